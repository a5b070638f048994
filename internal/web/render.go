package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/labstack/echo/v4"

	"beleg/internal/market"
	"beleg/internal/unit"
)

// request is what a page's handler knows of what was asked.
type request struct {
	ctx    context.Context
	lang   unit.Lang
	path   string // without language
	id     string // the path's parameter
	base   string // public address, no trailing slash
	params url.Values
	now    time.Time
	sees   bool // findings may be shown
	editor bool // the editor asks: nothing of the answer is kept
}

// param is a parameter of the address that the page declared.
func (r *request) param(name string) string { return r.params.Get(name) }

// period reads a parameter that names a day, month, quarter or year; the zero Period where it is absent.
func (r *request) period(name string) (market.Period, error) {
	v := r.param(name)
	if v == "" {
		return market.Period{}, nil
	}
	p, err := market.ParsePeriod(v)
	if err != nil {
		return p, badParameter(name, "%v", err)
	}
	return p, nil
}

// document is an answer before it is compressed and cached.
type document struct {
	status int
	mime   string
	body   []byte
	policy string        // Content-Security-Policy of its own
	maxAge time.Duration // how long anybody may keep it; 0 = ask each time
	fixed  bool          // never changes
}

// rendered is a document ready to be sent.
type rendered struct {
	document
	gzip, brotli []byte
	etag         string
	gen          int64
	until        time.Time
}

type pageKey struct {
	path, query, base string
	lang              unit.Lang
}

// cached serves what make renders for a path, language and the named parameters; other parameters do not matter.
// What was rendered stands until the store changes or PageTTL is over.
func (s *Server) cached(render func(*request) (*document, error), params ...string) echo.HandlerFunc {
	return func(c echo.Context) error {
		lang, fixedLang, err := langOf(c)
		if err != nil {
			return err
		}
		h := c.Response().Header()
		if !fixedLang {
			h.Add("Vary", "Accept-Language")
		}
		h.Add("Vary", "Accept-Encoding")
		editor := s.isEditor(c)
		ctx := c.Request().Context()
		gen, err := s.gen.current(ctx)
		if err != nil {
			return err
		}
		key := pageKey{path: c.Request().URL.Path, lang: lang, base: s.base(c), query: knownQuery(c, params)}
		now := s.Now()
		if r, ok := s.pages.Get(key); ok && !editor && r.gen == gen && now.Before(r.until) {
			return r.send(c)
		}
		query, err := url.ParseQuery(key.query)
		if err != nil {
			return badParameter("query", "%v", err)
		}
		doc, err := render(&request{ctx: ctx, lang: lang, path: key.path, id: c.Param("id"), base: key.base, params: query, now: now,
			sees: editor || s.PublicFindings, editor: editor})
		if err != nil {
			return err
		}
		r, err := finish(*doc, gen, now.Add(s.PageTTL))
		if err != nil {
			return err
		}
		if editor {
			private(c)
		}
		if doc.status == http.StatusOK && !editor {
			s.pages.Add(key, r)
		}
		return r.send(c)
	}
}

// maxParam is the longest value of a page's parameter that is looked at.
const maxParam = 64

func knownQuery(c echo.Context, params []string) string {
	if c.Request().URL.RawQuery == "" || len(params) == 0 {
		return ""
	}
	q, known := c.QueryParams(), url.Values{}
	for _, name := range params {
		if v := q.Get(name); v != "" && len(v) <= maxParam {
			known.Set(name, v)
		}
	}
	return known.Encode()
}

// base is the address under which the reader reaches the server.
func (s *Server) base(c echo.Context) string {
	if s.PublicURL != "" {
		return s.PublicURL
	}
	return c.Scheme() + "://" + c.Request().Host
}

// finish compresses a document and gives it its ETag.
func finish(d document, gen int64, until time.Time) (*rendered, error) {
	r := &rendered{document: d, gen: gen, until: until, etag: etagOf(d.body)}
	if !strings.HasPrefix(d.mime, "image/png") && len(d.body) > 512 {
		var err error
		if r.gzip, err = gzipped(d.body); err != nil {
			return nil, err
		}
		if r.brotli, err = brotlied(d.body); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func gzipped(b []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, 6)
	if err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	if _, err := w.Write(b); err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	return out.Bytes(), nil
}

func brotlied(b []byte) ([]byte, error) {
	var out bytes.Buffer
	w := brotli.NewWriterLevel(&out, 5)
	if _, err := w.Write(b); err != nil {
		return nil, fmt.Errorf("brotli: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("brotli: %w", err)
	}
	return out.Bytes(), nil
}

// send writes the smallest form that the client takes, or 304.
func (r *rendered) send(c echo.Context) error {
	h := c.Response().Header()
	body, suffix := r.body, ""
	switch accept := c.Request().Header.Get("Accept-Encoding"); {
	case r.brotli != nil && accepts(accept, "br"):
		body, suffix = r.brotli, "-br"
		h.Set("Content-Encoding", "br")
	case r.gzip != nil && accepts(accept, "gzip"):
		body, suffix = r.gzip, "-gz"
		h.Set("Content-Encoding", "gzip")
	}
	if r.policy != "" {
		h.Set("Content-Security-Policy", r.policy)
		h.Del("X-Frame-Options")
	}
	if h.Get("Cache-Control") != noStore {
		h.Set("Cache-Control", cacheControl(r.maxAge, r.fixed))
	}
	if r.status == http.StatusOK {
		etag := `"` + r.etag + suffix + `"`
		h.Set("ETag", etag)
		if matches(c.Request().Header.Get("If-None-Match"), etag) {
			h.Del("Content-Encoding")
			return c.NoContent(http.StatusNotModified)
		}
	}
	return c.Blob(r.status, r.mime, body)
}

func cacheControl(maxAge time.Duration, fixed bool) string {
	switch {
	case fixed:
		return "public, max-age=31536000, immutable"
	case maxAge > 0:
		return fmt.Sprintf("public, max-age=%d", int(maxAge.Seconds()))
	}
	return "no-cache"
}

// accepts tells whether an Accept-Encoding header takes a coding; a quality of 0 refuses it.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.TrimSpace(name) == coding {
			q = strings.ReplaceAll(q, " ", "")
			return q != "q=0" && q != "q=0.0" && q != "q=0.00" && q != "q=0.000"
		}
	}
	return false
}

func matches(ifNoneMatch, etag string) bool {
	for part := range strings.SplitSeq(ifNoneMatch, ",") {
		part = strings.TrimSpace(part)
		if part == "*" || strings.TrimPrefix(part, "W/") == etag {
			return true
		}
	}
	return false
}
