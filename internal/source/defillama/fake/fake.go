// Package fake answers like DefiLlama: in its shapes and with its quirks, from data that the caller gives, at a time that
// the caller decides.
//
//	data, err := fake.Recorded("../shared/upstream/defillama") // or a *fake.Table of your own
//	up := fake.New(fake.Options{Data: data, Now: clock.Now})
//	server := httptest.NewServer(up)                           // or up.Transport(), which needs no port
//	source := defillama.New(fake.Hosts(server.URL))
//	up.Fail("/v2/chains", fake.TooManyRequests("30"), 2)       // the next two requests to that path
//
// All hosts of the upstream are answered by one handler, since their paths differ. Quirks that are kept: dates as strings
// in stablecoincharts; amounts rounded and zeros removed in all elements but the last; a current value beside the one of
// 00:00 (with the current hour as its date in protocol histories); volume and fees end with yesterday, whose sum lacks a
// part until noon; old names of chains in protocol and protocols; errors as plain text; validators, max-age and gzip.
package fake

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Options say what an Upstream knows and when it is.
type Options struct {
	Data Data
	Now  func() time.Time // default time.Now
}

// Upstream is the fake. It is safe for concurrent use.
type Upstream struct {
	data Data
	now  func() time.Time

	mu       sync.Mutex
	faults   []*planned
	requests []Request
}

// Request is one that the fake has seen.
type Request struct {
	Path   string // unescaped
	Query  url.Values
	Header http.Header
}

// New makes a fake upstream; without Data it knows nothing.
func New(o Options) *Upstream {
	if o.Data == nil {
		o.Data = NewTable()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Upstream{data: o.Data, now: o.Now}
}

// Hosts are base URLs for defillama.New that all lead to one address.
func Hosts(base string) map[string]string {
	return map[string]string{"": base, "stablecoins": base, "coins": base}
}

// Requests are those seen so far, faulty ones included.
func (u *Upstream) Requests() []Request {
	u.mu.Lock()
	defer u.mu.Unlock()
	return append([]Request(nil), u.requests...)
}

// ServeHTTP answers one request.
func (u *Upstream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	u.mu.Lock()
	u.requests = append(u.requests, Request{r.URL.Path, r.URL.Query(), r.Header.Clone()})
	u.mu.Unlock()
	a := u.answer(r)
	if f, ok := u.fault(r.URL.Path); ok {
		f.serve(w, r, a)
		return
	}
	a.serve(w, r)
}

// answer is a response before it is sent.
type answer struct {
	status int
	kind   string // content type
	maxAge time.Duration
	body   []byte
}

func plain(status int, text string) answer {
	return answer{status: status, kind: "text/plain; charset=utf-8", body: []byte(text)}
}

// gzipFrom is the size from which answers are compressed.
const gzipFrom = 1 << 10

func (a answer) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", a.kind)
	if a.status == http.StatusOK {
		sum := sha256.Sum256(a.body)
		tag := `W/"` + hex.EncodeToString(sum[:8]) + `"`
		h.Set("ETag", tag)
		h.Set("Cache-Control", "public, max-age="+strconv.Itoa(int(a.maxAge.Seconds())))
		h.Set("Vary", "Accept-Encoding")
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	body := a.body
	if len(body) >= gzipFrom && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = compress(body)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(a.status)
	_, _ = w.Write(body) // the client may have gone
}

func compress(body []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed) // the level exists
	_, _ = z.Write(body)                            // a Buffer takes everything
	_ = z.Close()
	return b.Bytes()
}

// route answers the paths below a prefix; rest is what follows it, without the slash.
type route struct {
	prefix string
	rest   bool // the path must go on
	handle func(u *Upstream, rest string, q url.Values) answer
}

var routes = []route{
	{"/v2/chains", false, (*Upstream).chains},
	{"/v2/historicalChainTvl", false, (*Upstream).chainHistory},
	{"/protocols", false, (*Upstream).protocols},
	{"/protocol", true, (*Upstream).protocol},
	{"/tvl", true, (*Upstream).currentTVL},
	{"/overview/dexs", false, (*Upstream).dexs},
	{"/overview/fees", false, (*Upstream).fees},
	{"/stablecoins", false, (*Upstream).stablecoins},
	{"/stablecoincharts", true, (*Upstream).stablecoinCharts},
	{"/stablecoin", true, (*Upstream).stablecoin},
	{"/api/categories", false, paid},
	{"/hacks", false, paid},
	{"/treasuries", false, paid},
}

func paid(*Upstream, string, url.Values) answer {
	return plain(http.StatusPaymentRequired, "Upgrade to the paid API plan at https://defillama.com/subscription")
}

func (u *Upstream) answer(r *http.Request) answer {
	for _, route := range routes {
		rest, ok := strings.CutPrefix(r.URL.Path, route.prefix)
		if !ok || rest != "" && !strings.HasPrefix(rest, "/") {
			continue
		}
		rest = strings.TrimPrefix(rest, "/")
		if route.rest && rest == "" {
			continue
		}
		return route.handle(u, rest, r.URL.Query())
	}
	return plain(http.StatusNotFound, "Not Found")
}

// How long answers may be kept, by host.
const (
	mainAge        = 10 * time.Minute
	stablecoinsAge = 30 * time.Minute
)

func document(v any, age time.Duration) answer {
	body, err := json.Marshal(v)
	if err != nil { // a value of the data is no number
		return plain(http.StatusInternalServerError, "Internal Error")
	}
	return answer{status: http.StatusOK, kind: "application/json", maxAge: age, body: body}
}
