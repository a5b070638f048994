// Package fetch is the one HTTP client for upstreams and for pages that are read: it keeps a pace per host, retries what may
// pass, asks conditionally, bounds what it takes in, hashes it, and keeps requests to URLs that come from users away
// from private networks. It knows no upstream.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"code.dny.dev/ssrf"
	"golang.org/x/time/rate"

	"beleg/internal/market"
)

// Defaults of the limits in Config.
const (
	DefaultUserAgent     = "Beleg"
	DefaultTimeout       = 2 * time.Minute
	DefaultConnect       = 10 * time.Second
	DefaultHeader        = 30 * time.Second
	DefaultMaxBytes      = 64 << 20
	DefaultRetries       = 3
	DefaultRetryFirst    = time.Second
	DefaultRetryMost     = 30 * time.Second
	DefaultMaxRetryAfter = time.Minute
	DefaultMaxRedirects  = 4
)

// Config are the client's settings. A zero limit takes its default; a negative Retries or MaxRedirects means none.
type Config struct {
	UserAgent string // default "Beleg"
	Contact   string // URL or address that upstreams can turn to; sent in brackets behind the user agent

	Timeout       time.Duration // one attempt, from dialling to the last byte; default 2 min
	Connect       time.Duration // dialling and the TLS handshake, each; default 10 s
	Header        time.Duration // from the request sent to the answer's first line; default 30 s
	MaxBytes      int64         // of a body after decompression, where the request names no limit; default 64 MiB
	Retries       int           // attempts after the first; default 3
	RetryFirst    time.Duration // mean wait before the first of them, doubled with each further one; default 1 s
	RetryMost     time.Duration // longest such wait; default 30 s
	MaxRetryAfter time.Duration // a longer Retry-After is not waited for but returned in the StatusError; default 1 min
	MaxRedirects  int           // default 4

	Pace map[string]float64 // requests per second by host as in the URL, before Request.Pace; 0 = unlimited

	Logger *slog.Logger     // told of retries; default silent
	Clock  func() time.Time // default time.Now
	// Wait pauses between attempts and for the pace; default sleeps until the time has passed or ctx is done.
	Wait func(ctx context.Context, d time.Duration) error
	// Transport answers instead of the network. What keeps Public requests from private addresses then
	// sees addresses written in URLs only, since nothing is dialled.
	Transport http.RoundTripper
}

// Request is one GET.
type Request struct {
	Source     string // id of the source, for the log; may be ""
	URL        string
	Validators market.Validators // of the answer that is kept; sent to the URL's own host only
	Pace       float64           // requests per second to the URL's host; 0 = unlimited
	MaxBytes   int64             // 0 = Config.MaxBytes
	Accept     string            // default "*/*"
	// Public says that the URL comes from a user or a document: only http and https on their usual ports, no user name
	// in it, and no address that is private, loopback or otherwise special, checked when dialling and for every redirect.
	Public bool
}

// Answer is what an upstream said. Body is empty where NotModified.
type Answer struct {
	URL         string // what was asked, as PublicURL gives it
	Final       string // where redirects led, as PublicURL gives it
	Status      int
	ContentType string
	Body        []byte // decompressed
	SHA256      string // of Body, hex; "" where NotModified
	FetchedAt   time.Time
	Validators  market.Validators
	NotModified bool
	Expires     time.Time // when asking again can bring something new; zero where the upstream does not say
}

// Client asks upstreams. It is safe for concurrent use.
type Client struct {
	cfg      Config
	agent    string
	open     *http.Client // for hosts that the operator configured
	guarded  *http.Client // for all others
	guardian *ssrf.Guardian

	mu       sync.Mutex
	limiters map[string]*rate.Limiter // by host
}

// New fills in the defaults; the error joins every setting that makes no sense.
func New(cfg Config) (*Client, error) {
	if err := cfg.check(); err != nil {
		return nil, fmt.Errorf("fetch settings: %w", err)
	}
	cfg.fill()
	c := &Client{cfg: cfg, agent: cfg.UserAgent, guardian: ssrf.New(), limiters: map[string]*rate.Limiter{}}
	if cfg.Contact != "" {
		c.agent += " (+" + cfg.Contact + ")"
	}
	c.open = newHTTPClient(cfg, nil)
	c.guarded = newHTTPClient(cfg, c.guardian.Safe)
	return c, nil
}

func (cfg *Config) check() error {
	var errs []error
	for _, s := range []struct {
		name     string
		negative bool
	}{
		{"Timeout", cfg.Timeout < 0}, {"Connect", cfg.Connect < 0}, {"Header", cfg.Header < 0}, {"MaxBytes", cfg.MaxBytes < 0},
		{"RetryFirst", cfg.RetryFirst < 0}, {"RetryMost", cfg.RetryMost < 0}, {"MaxRetryAfter", cfg.MaxRetryAfter < 0},
	} {
		if s.negative {
			errs = append(errs, fmt.Errorf("%s is negative", s.name))
		}
	}
	for host, pace := range cfg.Pace {
		if !(pace >= 0) {
			errs = append(errs, fmt.Errorf("pace of %s is %v; want requests per second, 0 = unlimited", host, pace))
		}
	}
	for _, s := range []struct{ name, value string }{{"UserAgent", cfg.UserAgent}, {"Contact", cfg.Contact}} {
		if strings.ContainsFunc(s.value, func(r rune) bool { return r < ' ' || r > '~' }) {
			errs = append(errs, fmt.Errorf("%s %q holds characters that no HTTP header may", s.name, s.value))
		}
	}
	return errors.Join(errs...)
}

func (cfg *Config) fill() {
	for _, d := range []struct {
		value *time.Duration
		def   time.Duration
	}{
		{&cfg.Timeout, DefaultTimeout}, {&cfg.Connect, DefaultConnect}, {&cfg.Header, DefaultHeader},
		{&cfg.RetryFirst, DefaultRetryFirst}, {&cfg.RetryMost, DefaultRetryMost}, {&cfg.MaxRetryAfter, DefaultMaxRetryAfter},
	} {
		if *d.value == 0 {
			*d.value = d.def
		}
	}
	for _, d := range []struct {
		value *int
		def   int
	}{{&cfg.Retries, DefaultRetries}, {&cfg.MaxRedirects, DefaultMaxRedirects}} {
		if *d.value == 0 {
			*d.value = d.def
		}
		*d.value = max(*d.value, 0)
	}
	if cfg.MaxBytes == 0 {
		cfg.MaxBytes = DefaultMaxBytes
	}
	if cfg.UserAgent == "" {
		cfg.UserAgent = DefaultUserAgent
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Wait == nil {
		cfg.Wait = sleep
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-t.C:
		return nil
	}
}
