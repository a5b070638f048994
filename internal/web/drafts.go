package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"beleg/internal/check"
	"beleg/internal/check/rule"
	"beleg/internal/market"
	"beleg/internal/post"
	"beleg/internal/unit"
)

// Checks bounds what one check of a pasted text may take. Zero fields take the defaults.
type Checks struct {
	MaxBytes int           // of the text; default 1 MiB
	MaxTime  time.Duration // until the answer; default 10 s
	Parallel int           // checks at the same time; default 2
}

func (c *Checks) applyDefaults() {
	if c.MaxBytes <= 0 {
		c.MaxBytes = 1 << 20
	}
	if c.MaxTime <= 0 {
		c.MaxTime = 10 * time.Second
	}
	if c.Parallel <= 0 {
		c.Parallel = 2
	}
}

// draft is a text that somebody wants checked. Nothing of it is kept.
type draft struct {
	raw       []byte
	name      string      // of an uploaded file; its ending says how it is written
	format    post.Format // "" is told from name and text
	lang      unit.Lang
	published market.Period
}

// checkedDraft is a draft with what was found: one document and one file of the report for each post in it.
type checkedDraft struct {
	raw    []byte
	docs   []*rule.Document
	report *check.Report
}

// errors of the limits, as the caller reads them.
func (s *Server) tooLarge() *problem {
	return newProblem(http.StatusRequestEntityTooLarge, fmt.Sprintf("the text is larger than %d bytes, the most that is checked here at once", s.Checks.MaxBytes))
}

func (s *Server) tooBusy(c echo.Context) *problem {
	c.Response().Header().Set("Retry-After", "10")
	return newProblem(http.StatusServiceUnavailable, fmt.Sprintf("%d checks are under way already, the most at the same time; try again in a moment", s.Checks.Parallel))
}

func (s *Server) tooLong() *problem {
	return newProblem(http.StatusServiceUnavailable, fmt.Sprintf("the check took longer than %s, the most that one may take; check a shorter text", s.Checks.MaxTime))
}

// checkDraft checks a draft against data, itself and the stored posts. Reading figures cannot be interrupted, so a check
// that runs out of time ends in the background and holds its place until then.
func (s *Server) checkDraft(c echo.Context, d draft, lang unit.Lang) (*checkedDraft, error) {
	select {
	case s.checking <- struct{}{}:
	default:
		return nil, s.tooBusy(c)
	}
	type outcome struct {
		checked *checkedDraft
		err     error
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), s.Checks.MaxTime)
	defer cancel()
	done := make(chan outcome, 1)
	go func() {
		defer func() { <-s.checking }()
		defer func() {
			if r := recover(); r != nil {
				done <- outcome{err: fmt.Errorf("check a draft: panic: %v", r)}
			}
		}()
		checked, err := s.examineDraft(ctx, d, lang)
		done <- outcome{checked, err}
	}()
	select {
	case o := <-done:
		if errors.Is(o.err, context.DeadlineExceeded) {
			return nil, s.tooLong()
		}
		return o.checked, o.err
	case <-ctx.Done():
		return nil, s.tooLong()
	}
}

func (s *Server) examineDraft(ctx context.Context, d draft, lang unit.Lang) (*checkedDraft, error) {
	posts, err := post.Parse(d.raw, post.Options{Path: d.name, Format: d.format, Lang: d.lang, Published: d.published, Draft: true,
		Now: s.Now(), MaxBytes: s.Checks.MaxBytes})
	if err != nil {
		return nil, draftProblem(err)
	}
	stored, err := s.audited(ctx)
	if err != nil {
		return nil, err
	}
	checked := checkedDraft{raw: d.raw}
	for i := range posts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		checked.docs = append(checked.docs, &rule.Document{Path: cmp.Or(d.name, "draft"), Post: &posts[i], Cited: s.Reader.Read(&posts[i])})
	}
	if checked.report, err = s.Engine.Check(ctx, checked.docs, stored.docs, lang); err != nil {
		return nil, fmt.Errorf("check a draft: %w", err)
	}
	checked.report.Summary.Data, err = s.dataUsed(ctx)
	return &checked, err
}

// draftProblem puts what a text's reader says into an answer.
func draftProblem(err error) error {
	status := http.StatusUnprocessableEntity
	if errors.Is(err, post.ErrTooLarge) {
		status = http.StatusRequestEntityTooLarge
	}
	var e *post.Error
	if errors.As(err, &e) {
		said := *e
		if said.Path == "" {
			said.Path = "the text"
		}
		return newProblem(status, said.Error())
	}
	return err
}

// formats are the ways in which a posted text can be written, by media type. What scripts send when they say nothing is
// told from the text.
var formats = map[string]post.Format{
	"text/markdown": post.Markdown, "text/html": post.HTML, "text/plain": post.Text, "text/mdx": post.MDX,
	"": "", "application/x-www-form-urlencoded": "", "application/octet-stream": "",
}

// apiCheck answers POST /api/v1/check: the body is the text, its media type how it is written.
func (s *Server) apiCheck(c echo.Context) error {
	d, err := s.apiDraft(c)
	if err != nil {
		return err
	}
	checked, err := s.checkDraft(c, d, "")
	if err != nil {
		return err
	}
	private(c)
	if s.Simulated {
		c.Response().Header().Set("Beleg-Simulated", "true")
	}
	return c.JSON(http.StatusOK, checked.report)
}

func (s *Server) apiDraft(c echo.Context) (draft, error) {
	var d draft
	mediaType, _, _ := strings.Cut(c.Request().Header.Get("Content-Type"), ";")
	format, known := formats[strings.ToLower(strings.TrimSpace(mediaType))]
	if !known {
		return d, newProblem(http.StatusUnsupportedMediaType, fmt.Sprintf("the body is the text itself: text/markdown, text/mdx, text/html or text/plain, not %.60q", mediaType))
	}
	d.format = format
	err := d.options(c.QueryParam("lang"), c.QueryParam("published"))
	if err != nil {
		return d, err
	}
	d.raw, err = s.readBody(c)
	return d, err
}

// options reads what a request says about the draft beside its text.
func (d *draft) options(lang, published string) error {
	switch lang {
	case "", "auto":
	case string(unit.German), string(unit.English):
		d.lang = unit.Lang(lang)
	default:
		return badParameter("lang", "%.60q is none of auto, de and en", lang)
	}
	if published == "" {
		return nil
	}
	day, err := market.ParsePeriod(published)
	if err != nil || day.Granularity() != market.Day {
		return badParameter("published", "%.60q is no day, such as 2026-02-10", published)
	}
	d.published = day
	return nil
}

func (s *Server) readBody(c echo.Context) ([]byte, error) {
	raw, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, int64(s.Checks.MaxBytes)))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, s.tooLarge()
	case err != nil:
		return nil, newProblem(http.StatusBadRequest, "the body could not be read to its end")
	}
	return raw, nil
}

// formSlack is what a form may hold beside the text: names of fields, boundaries, the other fields.
const formSlack = 64 << 10

// formDraft reads the form of /check: a pasted text or an uploaded file, never both.
func (s *Server) formDraft(c echo.Context) (draft, error) {
	var d draft
	r := c.Request()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, int64(2*s.Checks.MaxBytes+formSlack)) // percent-encoding and both fields
	err := r.ParseForm()
	if err == nil {
		err = r.ParseMultipartForm(int64(s.Checks.MaxBytes + formSlack))
	}
	if err != nil && !errors.Is(err, http.ErrNotMultipart) {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return d, s.tooLarge()
		}
		return d, newProblem(http.StatusBadRequest, "the form could not be read")
	}
	if r.MultipartForm != nil {
		defer func() { _ = r.MultipartForm.RemoveAll() }() // temporary files
	}
	if err := d.options(r.FormValue("language"), r.FormValue("published")); err != nil {
		return d, err
	}
	d.raw = []byte(strings.ReplaceAll(r.FormValue("text"), "\r\n", "\n"))
	file, head, err := r.FormFile("file")
	if err == nil {
		defer func() { _ = file.Close() }() // only read
		if head.Size > 0 {
			if len(strings.TrimSpace(string(d.raw))) > 0 {
				return d, badParameter("file", "there is a pasted text too; send one of them")
			}
			if d.raw, err = io.ReadAll(io.LimitReader(file, int64(s.Checks.MaxBytes)+1)); err != nil {
				return d, badParameter("file", "could not be read")
			}
			d.name = path.Base(head.Filename)
		}
	}
	if len(d.raw) > s.Checks.MaxBytes {
		return d, s.tooLarge()
	}
	if len(strings.TrimSpace(string(d.raw))) == 0 {
		return d, badParameter("text", "there is nothing to check yet: paste a text or choose a file")
	}
	return d, nil
}

const noStore = "no-store"

// private tells everybody on the way to keep nothing of an answer.
func private(c echo.Context) {
	h := c.Response().Header()
	h.Set("Cache-Control", noStore)
	h.Set("X-Robots-Tag", "noindex")
}
