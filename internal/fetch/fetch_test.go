package fetch_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/fetch"
	"beleg/internal/market"
)

var now = time.Date(2026, 2, 12, 15, 0, 0, 0, time.UTC)

// waits records what a client would have waited.
type waits struct {
	mu  sync.Mutex
	all []time.Duration
}

func (w *waits) wait(ctx context.Context, d time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all = append(w.all, d)
	return ctx.Err()
}

// client never sleeps and is told that it is now.
func client(t *testing.T, cfg fetch.Config) (*fetch.Client, *waits) {
	t.Helper()
	w := &waits{}
	if cfg.Wait == nil {
		cfg.Wait = w.wait
	}
	if cfg.Clock == nil {
		cfg.Clock = func() time.Time { return now }
	}
	c, err := fetch.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c, w
}

// serve answers the first requests with the first handlers and all further ones with the last. It counts them.
func serve(t *testing.T, handlers ...http.HandlerFunc) (*httptest.Server, *atomic.Int32) {
	t.Helper()
	var n atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		i := int(n.Add(1)) - 1
		handlers[min(i, len(handlers)-1)](w, r)
	}))
	t.Cleanup(server.Close)
	return server, &n
}

func text(status int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func zipped(body string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, body)
	_ = z.Close()
	return b.String()
}

// place cuts the scheme.
func place(server *httptest.Server) string { return strings.TrimPrefix(server.URL, "http://") }

func TestGet(t *testing.T) {
	const body = `{"tvl":1}`
	var seen http.Header
	server, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen = r.Header.Clone()
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("ETag", `"abc"`)
		w.Header().Set("Last-Modified", "Thu, 12 Feb 2026 14:00:00 GMT")
		w.Header().Set("Cache-Control", "public, max-age=600")
		w.Header().Set("Age", "60")
		_, _ = io.WriteString(w, zipped(body))
	})
	c, _ := client(t, fetch.Config{UserAgent: "Beleg/1.2", Contact: "mailto:ed@example.org"})
	got, err := c.Get(t.Context(), fetch.Request{URL: server.URL + "/tvl?x=1&api_key=sesame#part", Accept: "application/json"})
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(body))
	want := fetch.Answer{
		URL: server.URL + "/tvl?x=1&api_key=***", Final: server.URL + "/tvl?x=1&api_key=***", Status: 200, ContentType: "application/json",
		Body: []byte(body), SHA256: hex.EncodeToString(sum[:]), FetchedAt: now, Expires: now.Add(9 * time.Minute),
		Validators: market.Validators{ETag: `"abc"`, LastModified: "Thu, 12 Feb 2026 14:00:00 GMT"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for name, want := range map[string]string{"User-Agent": "Beleg/1.2 (+mailto:ed@example.org)", "Accept": "application/json", "Accept-Encoding": "gzip",
		"If-None-Match": "", "If-Modified-Since": "", "Referer": "", "Authorization": ""} {
		if seen.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, seen.Get(name), want)
		}
	}
}

func TestConditional(t *testing.T) {
	server, n := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Expires", "Thu, 12 Feb 2026 15:20:00 GMT")
		if r.Header.Get("If-None-Match") == `"abc"` && r.Header.Get("If-Modified-Since") == "yesterday" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		text(200, "x")(w, r)
	})
	c, _ := client(t, fetch.Config{})
	kept := market.Validators{ETag: `"abc"`, LastModified: "yesterday"}
	got, err := c.Get(t.Context(), fetch.Request{URL: server.URL, Validators: kept})
	if err != nil {
		t.Fatal(err)
	}
	want := fetch.Answer{URL: server.URL, Final: server.URL, Status: 304, NotModified: true, Validators: kept, FetchedAt: now, Expires: now.Add(20 * time.Minute)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got, err := c.Get(t.Context(), fetch.Request{URL: server.URL}); err != nil || string(got.Body) != "x" {
		t.Errorf("without validators: %v %v", got, err)
	}
	if n.Load() != 2 {
		t.Errorf("%d requests", n.Load())
	}
	unasked, _ := serve(t, text(304, ""))
	var status *fetch.StatusError
	if _, err := c.Get(t.Context(), fetch.Request{URL: unasked.URL}); !errors.As(err, &status) || status.Status != 304 {
		t.Errorf("an unasked 304 gives %v", err)
	}
}

func TestFailures(t *testing.T) {
	page := "<!DOCTYPE html><html><head><title>521: down</title><style>p{}</style></head><body><script>x</script><p>Web\nserver</p></body></html>"
	tests := []struct {
		name     string
		handler  http.HandlerFunc
		requests int32
		is       error
		want     string // of the message, after host and path
	}{
		{"429 is asked again", text(429, `{"message":"Too many"}`, "Content-Type", "application/json"), 4, nil,
			`status 429 Too Many Requests: {"message":"Too many"} (after 4 attempts)`},
		{"429 with a page", text(429, page, "Content-Type", "text/html", "Retry-After", "7"), 4, nil,
			`status 429 Too Many Requests, asks to wait 7s: 521: down Web server (after 4 attempts)`},
		{"a long Retry-After is left to the caller", text(429, "", "Retry-After", "3600"), 1, nil, `status 429 Too Many Requests, asks to wait 1h0m0s`},
		{"500", text(500, "Internal Error"), 4, nil, `status 500 Internal Server Error: Internal Error (after 4 attempts)`},
		{"521 with a page", text(521, page, "Content-Type", "text/html; charset=UTF-8"), 4, nil, `status 521: 521: down Web server (after 4 attempts)`},
		{"501 does not pass", text(501, ""), 1, nil, `status 501 Not Implemented`},
		{"400 does not pass", text(400, "Protocol not found"), 1, nil, `status 400 Bad Request: Protocol not found`},
		{"404 does not pass", text(404, "a\x00b\u202e c"), 1, nil, `status 404 Not Found: a b c`},
		{"empty", text(200, ""), 1, fetch.ErrEmpty, `answer is empty`},
		{"no content", text(204, ""), 1, fetch.ErrEmpty, `answer is empty`},
		{"unknown encoding", text(200, "x", "Content-Encoding", "br"), 1, fetch.ErrEncoding, `content encoding not understood: "br" was not asked for`},
		{"fewer bytes than announced", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, "half")
		}, 4, fetch.ErrTruncated, `answer broken off after 4 bytes: unexpected EOF (after 4 attempts)`},
		{"chunks without an end", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "half")
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}, 4, fetch.ErrTruncated, `answer broken off after 4 bytes: unexpected EOF (after 4 attempts)`},
		{"half a gzip", text(200, zipped("a long body, or what is long here")[:20], "Content-Encoding", "gzip"), 4, fetch.ErrTruncated,
			`answer broken off after 20 bytes: unexpected EOF (after 4 attempts)`},
		{"no gzip", text(200, "plain text after all", "Content-Encoding", "gzip"), 4, fetch.ErrTruncated,
			`answer broken off after 20 bytes: gzip: invalid header (after 4 attempts)`},
		{"too large", text(200, strings.Repeat("x", 101)), 1, fetch.ErrTooLarge, `answer too large: announces 101 bytes, at most 100 are taken`},
		{"too large once unpacked", text(200, zipped(strings.Repeat("x", 10000)), "Content-Encoding", "gzip"), 1, fetch.ErrTooLarge,
			`answer too large: more than 100 bytes`},
		{"connection closed", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, 4, io.EOF, `EOF (after 4 attempts)`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			server, n := serve(t, tt.handler)
			c, _ := client(t, fetch.Config{MaxBytes: 100})
			got, err := c.Get(t.Context(), fetch.Request{URL: server.URL + "/some/path?api_key=sesame"})
			if err == nil {
				t.Fatalf("got %q", got.Body)
			}
			if want := place(server) + "/some/path: " + tt.want; err.Error() != want {
				t.Errorf("got  %s\nwant %s", err, want)
			}
			if tt.is != nil && !errors.Is(err, tt.is) {
				t.Errorf("%v is not %v", err, tt.is)
			}
			if n.Load() != tt.requests {
				t.Errorf("%d requests, want %d", n.Load(), tt.requests)
			}
		})
	}
}

func TestFailuresPass(t *testing.T) {
	for name, failure := range map[string]http.HandlerFunc{
		"429":    text(429, ""),
		"500":    text(500, ""),
		"closed": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"half": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, "half")
		},
	} {
		t.Run(name, func(t *testing.T) {
			server, n := serve(t, failure, failure, text(200, "whole"))
			c, _ := client(t, fetch.Config{})
			got, err := c.Get(t.Context(), fetch.Request{URL: server.URL})
			if err != nil || string(got.Body) != "whole" || n.Load() != 3 {
				t.Errorf("got %q, %v after %d requests", got.Body, err, n.Load())
			}
		})
	}
}

func TestWaitsGrow(t *testing.T) {
	server, _ := serve(t, text(503, "", "Retry-After", "9"), text(503, "", "Retry-After", now.Add(12*time.Second).Format(http.TimeFormat)), text(503, ""))
	c, w := client(t, fetch.Config{Retries: 5, RetryFirst: time.Second, RetryMost: 8 * time.Second})
	if _, err := c.Get(t.Context(), fetch.Request{URL: server.URL}); err == nil {
		t.Fatal("no error")
	}
	bounds := [][2]time.Duration{
		{9 * time.Second, 9 * time.Second}, {12 * time.Second, 12 * time.Second},
		{2 * time.Second, 6 * time.Second}, {4 * time.Second, 12 * time.Second}, {4 * time.Second, 12 * time.Second},
	}
	if len(w.all) != len(bounds) {
		t.Fatalf("waited %v", w.all)
	}
	for i, d := range w.all {
		if d < bounds[i][0] || d > bounds[i][1] {
			t.Errorf("wait %d was %s, want %v", i+1, d, bounds[i])
		}
	}
}

func TestRetriesMayBeNone(t *testing.T) {
	server, n := serve(t, text(500, ""))
	c, _ := client(t, fetch.Config{Retries: -1})
	if _, err := c.Get(t.Context(), fetch.Request{URL: server.URL}); err == nil || n.Load() != 1 {
		t.Errorf("%v after %d requests", err, n.Load())
	}
}

func TestNoTimeToWait(t *testing.T) {
	server, n := serve(t, text(503, "", "Retry-After", "50"))
	c, w := client(t, fetch.Config{})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	var status *fetch.StatusError
	_, err := c.Get(ctx, fetch.Request{URL: server.URL})
	if !errors.As(err, &status) || status.RetryAfter != 50*time.Second || n.Load() != 1 || len(w.all) != 0 {
		t.Errorf("%v after %d requests, waited %v", err, n.Load(), w.all)
	}
}

func TestCancelledWhileWaiting(t *testing.T) {
	server, n := serve(t, text(500, "down"))
	ctx, cancel := context.WithCancel(t.Context())
	c, _ := client(t, fetch.Config{Wait: func(ctx context.Context, _ time.Duration) error { cancel(); return ctx.Err() }})
	_, err := c.Get(ctx, fetch.Request{URL: server.URL})
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "status 500") || n.Load() != 1 {
		t.Errorf("%v after %d requests", err, n.Load())
	}
}

// handler answers in the process.
type handler func(*http.Request) (*http.Response, error)

func (h handler) RoundTrip(r *http.Request) (*http.Response, error) { return h(r) }

func answer(status int, body string, header ...string) *http.Response {
	h := http.Header{}
	for i := 0; i < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body))}
}

// hanging ends with the request.
type hanging struct{ ctx context.Context }

func (h hanging) Read([]byte) (int, error) { <-h.ctx.Done(); return 0, h.ctx.Err() }
func (h hanging) Close() error             { return nil }

func TestHanging(t *testing.T) {
	tests := map[string]handler{
		"before the answer": func(r *http.Request) (*http.Response, error) { <-r.Context().Done(); return nil, r.Context().Err() },
		"within the body": func(r *http.Request) (*http.Response, error) {
			a := answer(200, "")
			a.Body, a.ContentLength = hanging{r.Context()}, -1
			return a, nil
		},
	}
	for name, h := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var n int
				c, err := fetch.New(fetch.Config{Timeout: 40 * time.Second, Retries: 1, Transport: handler(func(r *http.Request) (*http.Response, error) { n++; return h(r) })})
				if err != nil {
					t.Fatal(err)
				}
				start := time.Now()
				_, err = c.Get(t.Context(), fetch.Request{URL: "https://api.example.com/slow?token=sesame"})
				want := "api.example.com/slow: timed out: context deadline exceeded (after 2 attempts)"
				if !errors.Is(err, fetch.ErrTimeout) || err.Error() != want {
					t.Errorf("got %v, want %s", err, want)
				}
				if took := time.Since(start); n != 2 || took < 80*time.Second || took > 83*time.Second {
					t.Errorf("%d attempts took %s", n, took)
				}
			})
		})
	}
	t.Run("the caller's limit ends it", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			c, err := fetch.New(fetch.Config{Transport: tests["within the body"]})
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			if _, err = c.Get(ctx, fetch.Request{URL: "https://api.example.com/slow"}); !errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "attempts") {
				t.Errorf("got %v", err)
			}
		})
	})
}

func TestNoAnswerOverAPort(t *testing.T) {
	stop := make(chan struct{})
	server, _ := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-stop:
		}
	})
	defer close(stop)
	c, w := client(t, fetch.Config{Header: 20 * time.Millisecond, Retries: 1})
	if _, err := c.Get(t.Context(), fetch.Request{URL: server.URL}); !errors.Is(err, fetch.ErrTimeout) || len(w.all) != 1 {
		t.Errorf("%v after waiting %v", err, w.all)
	}
}

func TestConnectionRefused(t *testing.T) {
	server, _ := serve(t, text(200, "x"))
	server.Close()
	c, w := client(t, fetch.Config{Retries: 2})
	_, err := c.Get(t.Context(), fetch.Request{URL: server.URL + "/v2/chains?token=sesame"})
	if err == nil || !strings.HasPrefix(err.Error(), place(server)+"/v2/chains: ") || strings.Contains(err.Error(), "sesame") || len(w.all) != 2 {
		t.Errorf("%v after waiting %v", err, w.all)
	}
}

func TestUntrustedCertificate(t *testing.T) {
	server := httptest.NewUnstartedServer(text(200, "x"))
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError) // it would complain about the handshake
	server.StartTLS()
	defer server.Close()
	c, w := client(t, fetch.Config{})
	var certificate *tls.CertificateVerificationError
	if _, err := c.Get(t.Context(), fetch.Request{URL: server.URL}); !errors.As(err, &certificate) || len(w.all) != 0 {
		t.Errorf("%v after waiting %v", err, w.all)
	}
}

func TestPace(t *testing.T) {
	tests := []struct {
		name  string
		fixed map[string]float64
		pace  float64
		urls  []string
		want  time.Duration
	}{
		{"two a second", nil, 2, []string{"http://a/1", "http://a/2", "http://a/3", "http://a/4"}, 1500 * time.Millisecond},
		{"every host has its own", nil, 2, []string{"http://a/1", "http://b/1", "http://a/2", "http://b/2"}, 500 * time.Millisecond},
		{"unlimited", nil, 0, []string{"http://a/1", "http://a/2", "http://a/3"}, 0},
		{"the setting goes before the request", map[string]float64{"a": 1}, 100, []string{"http://a/1", "http://a/2", "http://a/3"}, 2 * time.Second},
		{"also where it is unlimited", map[string]float64{"a": 0}, 1, []string{"http://a/1", "http://a/2"}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, err := fetch.New(fetch.Config{Pace: tt.fixed, Transport: handler(func(*http.Request) (*http.Response, error) { return answer(200, "x"), nil })})
				if err != nil {
					t.Fatal(err)
				}
				start := time.Now()
				for _, u := range tt.urls {
					if _, err := c.Get(t.Context(), fetch.Request{URL: u, Pace: tt.pace}); err != nil {
						t.Fatal(err)
					}
				}
				if took := time.Since(start); took.Round(time.Millisecond) != tt.want {
					t.Errorf("took %s, want %s", took, tt.want)
				}
			})
		})
	}
}

func TestPaceHoldsForRetriesAndGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var at []time.Duration
		start := time.Now()
		c, err := fetch.New(fetch.Config{Retries: 1, RetryFirst: time.Millisecond, Transport: handler(func(*http.Request) (*http.Response, error) {
			at = append(at, time.Since(start))
			return answer(500, ""), nil
		})})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Get(t.Context(), fetch.Request{URL: "http://a/", Pace: 0.1}); err == nil {
			t.Error("no error")
		}
		if len(at) != 2 || at[1]-at[0] < 9*time.Second {
			t.Errorf("attempts at %v", at)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		before := time.Now()
		if _, err := c.Get(ctx, fetch.Request{URL: "http://a/", Pace: 0.1}); !errors.Is(err, fetch.ErrPace) || !strings.Contains(err.Error(), "next turn is in 10s") {
			t.Errorf("got %v", err)
		}
		if time.Since(before) != 0 || len(at) != 2 {
			t.Errorf("it waited %s and asked %d times", time.Since(before), len(at))
		}
	})
}

func TestMaxBytes(t *testing.T) {
	bomb := zipped(strings.Repeat("\x00", 50<<20))
	server, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/bomb" {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = io.WriteString(w, bomb)
			return
		}
		n, _ := strconv.Atoi(r.URL.Path[1:])
		w.WriteHeader(http.StatusOK)
		_ = http.NewResponseController(w).Flush() // so that no length is announced
		_, _ = io.WriteString(w, strings.Repeat("x", n))
	})
	c, _ := client(t, fetch.Config{MaxBytes: 1 << 20})
	for path, limits := range map[string]struct {
		most int64
		ok   bool
	}{"/100": {100, true}, "/101": {100, false}, "/1048576": {0, true}, "/1048577": {0, false}, "/bomb": {0, false}} {
		got, err := c.Get(t.Context(), fetch.Request{URL: server.URL + path, MaxBytes: limits.most})
		if (err == nil) != limits.ok || err != nil && !errors.Is(err, fetch.ErrTooLarge) {
			t.Errorf("%s: %d bytes, %v", path, len(got.Body), err)
		}
	}
}

func TestRedirects(t *testing.T) {
	tests := []struct {
		name   string
		r      fetch.Request
		hops   map[string]string // URL without scheme and user → Location
		is     error
		want   string   // message, or where it ended
		asked  []string // URL, user and validator of each request
		config fetch.Config
	}{
		{"on the same host everything goes along", fetch.Request{URL: "http://ed:pw@api.example.com/a", Validators: market.Validators{ETag: "e"}},
			map[string]string{"api.example.com/a": "/b", "api.example.com/b": "https://api.example.com/c"}, nil, "https://api.example.com/c",
			[]string{"http://api.example.com/a ed e", "http://api.example.com/b ed e", "https://api.example.com/c ed e"}, fetch.Config{}},
		{"to another host nothing does", fetch.Request{URL: "https://ed:pw@api.example.com/a?api_key=sesame", Validators: market.Validators{ETag: "e"}},
			map[string]string{"api.example.com/a?api_key=sesame": "https://cdn.example.org/b"}, nil, "https://cdn.example.org/b",
			[]string{"https://api.example.com/a?api_key=sesame ed e", "https://cdn.example.org/b  "}, fetch.Config{}},
		{"and back it does again", fetch.Request{URL: "https://api.example.com/a", Validators: market.Validators{ETag: "e"}},
			map[string]string{"api.example.com/a": "https://cdn.example.org/b", "cdn.example.org/b": "https://api.example.com/c"}, nil, "https://api.example.com/c",
			[]string{"https://api.example.com/a  e", "https://cdn.example.org/b  ", "https://api.example.com/c  e"}, fetch.Config{}},
		{"a configured private host may redirect within itself", fetch.Request{URL: "http://127.0.0.1:8080/a"},
			map[string]string{"127.0.0.1:8080/a": "/b"}, nil, "http://127.0.0.1:8080/b", nil, fetch.Config{}},
		{"but not to another port", fetch.Request{URL: "http://127.0.0.1:8080/a"},
			map[string]string{"127.0.0.1:8080/a": "http://127.0.0.1:22/"}, fetch.ErrForbidden, "127.0.0.1:8080/a: address not allowed: port 22", nil, fetch.Config{}},
		{"nobody into private networks", fetch.Request{URL: "https://api.example.com/a"},
			map[string]string{"api.example.com/a": "http://169.254.169.254/latest"}, fetch.ErrRedirect, "api.example.com/a: redirect not followed: it leads to the scheme http", nil, fetch.Config{}},
		{"nobody into private networks over http either", fetch.Request{URL: "http://api.example.com/a"},
			map[string]string{"api.example.com/a": "http://169.254.169.254/latest"}, fetch.ErrForbidden, "api.example.com/a: address not allowed: 169.254.169.254", nil, fetch.Config{}},
		{"from https to http", fetch.Request{URL: "https://api.example.com/a"}, map[string]string{"api.example.com/a": "http://api.example.com/a"},
			fetch.ErrRedirect, "api.example.com/a: redirect not followed: it leads to the scheme http", nil, fetch.Config{}},
		{"to a file", fetch.Request{URL: "http://api.example.com/a"}, map[string]string{"api.example.com/a": "file:///etc/passwd"},
			fetch.ErrRedirect, "api.example.com/a: redirect not followed: it leads to the scheme file", nil, fetch.Config{}},
		{"in circles", fetch.Request{URL: "http://api.example.com/a"}, map[string]string{"api.example.com/a": "/a"},
			fetch.ErrRedirect, "api.example.com/a: redirect not followed: more than 4 in a row", nil, fetch.Config{}},
		{"none allowed", fetch.Request{URL: "http://api.example.com/a"}, map[string]string{"api.example.com/a": "/b"},
			fetch.ErrRedirect, "api.example.com/a: redirect not followed: more than 0 in a row", nil, fetch.Config{MaxRedirects: -1}},
		{"to nowhere", fetch.Request{URL: "http://api.example.com/a"}, map[string]string{"api.example.com/a": ""},
			fetch.ErrRedirect, "api.example.com/a: redirect not followed: status 302 without a usable Location", nil, fetch.Config{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var asked []string
			tt.config.Transport = handler(func(r *http.Request) (*http.Response, error) {
				user, _, _ := r.BasicAuth()
				if r.Header.Get("Referer") != "" {
					t.Errorf("%s is told that it comes from %s", r.URL, r.Header.Get("Referer"))
				}
				u := *r.URL
				u.User = nil
				asked = append(asked, fmt.Sprintf("%s %s %s", &u, user, r.Header.Get("If-None-Match")))
				if to, ok := tt.hops[strings.TrimPrefix(strings.TrimPrefix(u.String(), "https://"), "http://")]; ok {
					return answer(302, "moved", "Location", to), nil
				}
				return answer(200, "x"), nil
			})
			c, _ := client(t, tt.config)
			got, err := c.Get(t.Context(), tt.r)
			switch {
			case tt.is != nil:
				if !errors.Is(err, tt.is) || err.Error() != tt.want {
					t.Errorf("got %v\nwant %s", err, tt.want)
				}
			case err != nil || got.Final != tt.want:
				t.Errorf("ended at %q, %v", got.Final, err)
			}
			if tt.asked != nil {
				if diff := cmp.Diff(tt.asked, asked); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
			}
		})
	}
}

func TestURLsOfUsers(t *testing.T) {
	tests := []struct {
		name, url string
		is        error // nil = may be asked
	}{
		{"a page", "https://example.com/post?utm_source=x", nil},
		{"a public address", "http://93.184.216.34/", nil},
		{"a file", "file:///etc/passwd", fetch.ErrURL},
		{"no scheme", "example.com", fetch.ErrURL},
		{"no host", "http:///x", fetch.ErrURL},
		{"malformed", "http://%zz", fetch.ErrURL},
		{"user name", "http://ed@example.com/", fetch.ErrURL},
		{"loopback", "http://127.0.0.1/", fetch.ErrForbidden},
		{"loopback by name", "http://localhost/", fetch.ErrForbidden},
		{"loopback by name with a dot", "http://LOCALHOST./", fetch.ErrForbidden},
		{"below localhost", "http://x.localhost/", fetch.ErrForbidden},
		{"loopback, version 6", "http://[::1]/", fetch.ErrForbidden},
		{"loopback, mapped", "http://[::ffff:127.0.0.1]/", fetch.ErrForbidden},
		{"private", "http://10.1.2.3/", fetch.ErrForbidden},
		{"private, version 6", "http://[fd00::1]/", fetch.ErrForbidden},
		{"link-local", "http://169.254.169.254/latest/meta-data", fetch.ErrForbidden},
		{"carrier's network", "http://100.64.0.1/", fetch.ErrForbidden},
		{"unspecified", "http://0.0.0.0/", fetch.ErrForbidden},
		{"unusual port", "http://example.com:6379/", fetch.ErrForbidden},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			asked := false
			c, w := client(t, fetch.Config{Transport: handler(func(*http.Request) (*http.Response, error) { asked = true; return answer(200, "x"), nil })})
			_, err := c.Get(t.Context(), fetch.Request{URL: tt.url, Public: true})
			if !errors.Is(err, tt.is) || asked != (tt.is == nil) || len(w.all) > 0 {
				t.Errorf("got %v (asked: %v, waited %v), want %v", err, asked, w.all, tt.is)
			}
		})
	}
}

func TestPublicURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://api.llama.fi/v2/chains":                 "https://api.llama.fi/v2/chains",
		"https://ed:pw@h/x#f":                            "https://h/x",
		"https://h/x?stablecoin=1&b=%20":                 "https://h/x?stablecoin=1&b=%20",
		"https://h/x?X_CG_demo_api_key=1&accessToken=2&": "https://h/x?X_CG_demo_api_key=***&accessToken=***&",
		"http://%zz": "",
	} {
		if got := fetch.PublicURL(in); got != want {
			t.Errorf("%s gives %s, want %s", in, got, want)
		}
	}
}

func TestExcerpt(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{" Protocol\n not\tfound ", "Protocol not found"},
		{"\ufeff<p>a<b>b</b>&amp;c</p>", "a b &c"},
		{"<script>alert(1)</script>seen", "seen"},
		{"<svg><text>kept</text></svg>", "kept"},
		{"a\x1b[31mred\x07\u202eback", "a [31mred back"},
		{"\xff\xfe", "\ufffd"},
		{strings.Repeat("ä", 200), strings.Repeat("ä", 160) + "…"},
	}
	for _, tt := range tests {
		if got := fetch.Excerpt([]byte(tt.in)); got != tt.want {
			t.Errorf("%q gives %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestNewRefusesSettings(t *testing.T) {
	_, err := fetch.New(fetch.Config{Timeout: -1, MaxBytes: -1, Contact: "a\nb", Pace: map[string]float64{"h": -1}})
	for _, part := range []string{"Timeout is negative", "MaxBytes is negative", "pace of h is -1", `Contact "a\nb" holds characters`} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%v does not say that %s", err, part)
		}
	}
}

func FuzzExcerpt(f *testing.F) {
	for _, s := range []string{"text", "<html><script>", "\xff<", "<!--", "<style></STYLE>x"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got := fetch.Excerpt(body)
		if n := len([]rune(got)); n > 161 || strings.ContainsAny(got, "\x00\x1b\r\n\t\u202e") || got != strings.TrimSpace(got) {
			t.Errorf("%q gives %q", body, got)
		}
	})
}

func FuzzHeaders(f *testing.F) {
	f.Add("120", "max-age=5", "Thu, 12 Feb 2026 15:20:00 GMT", "1")
	f.Add("99999999999999999999", `public, max-age="7"`, "0", "-1")
	f.Add(" -5", "no-store", "", "x")
	f.Fuzz(func(t *testing.T, retry, cache, expires, age string) {
		c, w := client(t, fetch.Config{Retries: 1, Transport: handler(func(r *http.Request) (*http.Response, error) {
			if r.URL.Path == "/again" {
				return answer(503, "", "Retry-After", retry), nil
			}
			return answer(200, "x", "Cache-Control", cache, "Expires", expires, "Age", age), nil
		})})
		a, err := c.Get(t.Context(), fetch.Request{URL: "http://h/"})
		if err != nil || !a.Expires.IsZero() && a.Expires.Before(now) {
			t.Errorf("expires %s, %v", a.Expires, err)
		}
		var status *fetch.StatusError
		if _, err := c.Get(t.Context(), fetch.Request{URL: "http://h/again"}); !errors.As(err, &status) || status.RetryAfter < 0 {
			t.Errorf("%v", err)
		}
		for _, d := range w.all {
			if d < 0 || d > fetch.DefaultMaxRetryAfter {
				t.Errorf("Retry-After %q makes it wait %s", retry, d)
			}
		}
	})
}
