// Package remote reads data and posts from a running Beleg over its API, so that a check needs no database. What the
// server does not say, an older one for instance, is left out.
package remote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"beleg/internal/fetch"
	"beleg/internal/market"
)

// Config says which server is asked and how. Only URL is required; zero limits take the defaults.
type Config struct {
	URL       string // base address, without /api
	UserAgent string
	Timeout   time.Duration // of one answer; default 30 s
	MaxBytes  int64         // of one answer; default 64 MiB
	MaxPosts  int           // the newest so many are read; default 1000
	Parallel  int           // posts read at the same time; default 4
	// Wait pauses between attempts; default sleeps.
	Wait func(ctx context.Context, d time.Duration) error
}

// The limits' defaults.
const (
	DefaultTimeout  = 30 * time.Second
	DefaultMaxBytes = 64 << 20
	DefaultMaxPosts = 1000
	DefaultParallel = 4
)

// retries is how often an answer that may come after all is asked for again.
const retries = 1

// Client reads from one server. Series are read once each, when they are first asked for. It is safe for concurrent use.
type Client struct {
	cfg  Config
	http *fetch.Client

	mu     sync.Mutex
	series map[string]*history
}

// New fills in the defaults.
func New(cfg Config) (*Client, error) {
	base, err := url.Parse(cfg.URL)
	if err != nil || base.Host == "" {
		return nil, fmt.Errorf("%q is not the address of a server", cfg.URL)
	}
	cfg.URL = strings.TrimRight(cfg.URL, "/")
	if cfg.Timeout == 0 {
		cfg.Timeout = DefaultTimeout
	}
	if cfg.MaxBytes == 0 {
		cfg.MaxBytes = DefaultMaxBytes
	}
	if cfg.MaxPosts == 0 {
		cfg.MaxPosts = DefaultMaxPosts
	}
	if cfg.Parallel == 0 {
		cfg.Parallel = DefaultParallel
	}
	client, err := fetch.New(fetch.Config{UserAgent: cfg.UserAgent, Timeout: cfg.Timeout, Connect: min(cfg.Timeout, fetch.DefaultConnect),
		Header: cfg.Timeout, MaxBytes: cfg.MaxBytes, Retries: retries, MaxRetryAfter: cfg.Timeout, Wait: cfg.Wait})
	if err != nil {
		return nil, err
	}
	return &Client{cfg: cfg, http: client, series: map[string]*history{}}, nil
}

// get reads an answer of the API into a value. What is not there gives market.ErrNotFound.
func (c *Client) get(ctx context.Context, into any, path ...string) error {
	for i := range path {
		path[i] = url.PathEscape(path[i])
	}
	return c.getURL(ctx, into, c.cfg.URL+"/api/v1/"+strings.Join(path, "/"))
}

func (c *Client) getURL(ctx context.Context, into any, address string) error {
	answer, err := c.http.Get(ctx, fetch.Request{URL: address, Accept: "application/json"})
	var status *fetch.StatusError
	if errors.As(err, &status) && status.Status == http.StatusNotFound {
		return fmt.Errorf("%w: %w", market.ErrNotFound, err)
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal(answer.Body, into); err != nil {
		return fmt.Errorf("%s: not an answer of Beleg: %w", answer.URL, err)
	}
	return nil
}

// Newest is when the newest value of the server was recorded; zero where it has none.
func (c *Client) Newest(ctx context.Context) (time.Time, error) {
	var list struct {
		Series []struct {
			RecordedAt time.Time `json:"recorded_at"`
		} `json:"series"`
	}
	if err := c.get(ctx, &list, "series"); err != nil {
		return time.Time{}, fmt.Errorf("read the list of series: %w", err)
	}
	if list.Series == nil {
		return time.Time{}, errors.New("read the list of series: not an answer of Beleg")
	}
	var newest time.Time
	for _, s := range list.Series {
		if s.RecordedAt.After(newest) {
			newest = s.RecordedAt
		}
	}
	return newest, nil
}
