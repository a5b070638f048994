package fetch

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"net/url"
	"time"

	"code.dny.dev/ssrf"
	"github.com/cenkalti/backoff/v5"
	"golang.org/x/time/rate"

	"beleg/internal/market"
)

// Get asks once, and again after failures that may pass: 429, most 5xx, broken connections, timeouts, answers broken off.
// It waits between attempts, longer each time or as long as the upstream asked. Errors are *Error, and wrap ctx's where that ended it.
func (c *Client) Get(ctx context.Context, r Request) (Answer, error) {
	u, err := parseURL(r)
	if err != nil {
		return Answer{}, err
	}
	wait := backoff.NewExponentialBackOff()
	wait.InitialInterval, wait.MaxInterval, wait.Multiplier = c.cfg.RetryFirst, c.cfg.RetryMost, 2
	for attempt := 1; ; attempt++ {
		a, err := c.attempt(ctx, r, u)
		if err == nil {
			a.URL = PublicURL(u.String())
			return a, nil
		}
		failure := &Error{Place: place(u), Attempts: attempt, Err: err}
		pause, again := c.pause(err, wait.NextBackOff())
		if !again || attempt > c.cfg.Retries || ctx.Err() != nil || !timeFor(ctx, pause) {
			return Answer{}, failure
		}
		c.cfg.Logger.DebugContext(ctx, "asking again", "source", r.Source, "place", place(u), "attempt", attempt, "wait", pause, "because", err)
		if err := c.cfg.Wait(ctx, pause); err != nil {
			failure.Err = fmt.Errorf("%w, then %w", failure.Err, err)
			return Answer{}, failure
		}
	}
}

// pause tells whether and after what time to ask again.
func (c *Client) pause(err error, next time.Duration) (time.Duration, bool) {
	var status *StatusError
	if errors.As(err, &status) {
		if !status.Temporary() || status.RetryAfter > c.cfg.MaxRetryAfter {
			return 0, false
		}
		return max(next, status.RetryAfter), true
	}
	for _, lasting := range []error{ErrURL, ErrForbidden, ErrRedirect, ErrTooLarge, ErrEmpty, ErrEncoding, ErrPace} {
		if errors.Is(err, lasting) {
			return 0, false
		}
	}
	var (
		certificate *tls.CertificateVerificationError
		dns         *net.DNSError
	)
	if errors.As(err, &certificate) || errors.As(err, &dns) && dns.IsNotFound {
		return 0, false
	}
	return next, true
}

func timeFor(ctx context.Context, d time.Duration) bool {
	end, limited := ctx.Deadline()
	return !limited || time.Until(end) > d
}

// keepPace waits for the host's turn.
func (c *Client) keepPace(ctx context.Context, r Request, u *url.URL) error {
	pace, fixed := c.cfg.Pace[u.Host]
	if !fixed {
		pace = r.Pace
	}
	if pace <= 0 {
		return nil
	}
	now := c.cfg.Clock()
	turn := c.limiter(u.Host, rate.Limit(pace), now).ReserveN(now, 1)
	d := turn.DelayFrom(now)
	if d <= 0 {
		return nil
	}
	if !timeFor(ctx, d) {
		turn.CancelAt(now)
		return fmt.Errorf("%w: the next turn is in %s", ErrPace, d.Round(time.Millisecond))
	}
	if err := c.cfg.Wait(ctx, d); err != nil {
		turn.CancelAt(c.cfg.Clock())
		return fmt.Errorf("wait for the host's turn: %w", err)
	}
	return nil
}

func (c *Client) limiter(host string, pace rate.Limit, now time.Time) *rate.Limiter {
	c.mu.Lock()
	defer c.mu.Unlock()
	l, ok := c.limiters[host]
	if !ok {
		l = rate.NewLimiter(pace, 1)
		c.limiters[host] = l
	}
	if l.Limit() != pace {
		l.SetLimitAt(now, pace)
	}
	return l
}

// attempt is one request with its redirects.
func (c *Client) attempt(ctx context.Context, r Request, u *url.URL) (Answer, error) {
	if err := c.keepPace(ctx, r, u); err != nil {
		return Answer{}, err
	}
	limited, cancel := context.WithTimeout(ctx, c.cfg.Timeout)
	defer cancel()
	resp, final, err := c.follow(limited, r, u)
	if err != nil {
		return Answer{}, classify(ctx, limited, err)
	}
	defer resp.Body.Close() //nolint:errcheck // nothing was written
	now := c.cfg.Clock()
	conditional := r.Validators != market.Validators{}
	if resp.StatusCode == http.StatusNotModified && conditional {
		return Answer{Final: PublicURL(final.String()), Status: resp.StatusCode, FetchedAt: now, NotModified: true,
			Validators: validators(resp.Header, r.Validators), Expires: expires(resp.Header, now)}, nil
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return Answer{}, statusError(resp, now)
	}
	most := r.MaxBytes
	if most <= 0 {
		most = c.cfg.MaxBytes
	}
	body, err := readBody(resp, most)
	if err != nil {
		return Answer{}, classify(ctx, limited, err)
	}
	sum := sha256.Sum256(body)
	return Answer{Final: PublicURL(final.String()), Status: resp.StatusCode, ContentType: resp.Header.Get("Content-Type"), Body: body,
		SHA256: hex.EncodeToString(sum[:]), FetchedAt: now, Validators: validators(resp.Header, market.Validators{}),
		Expires: expires(resp.Header, now)}, nil
}

// classify names what the network reported, without the URL that net/http repeats in its errors. limited is ctx with the
// attempt's time limit.
func classify(ctx, limited context.Context, err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	if cause := context.Cause(ctx); cause != nil {
		return fmt.Errorf("stopped: %w", cause)
	}
	for _, denied := range []error{ssrf.ErrProhibitedIP, ssrf.ErrProhibitedPort, ssrf.ErrProhibitedNetwork} {
		if errors.Is(err, denied) {
			return fmt.Errorf("%w: it leads to a private or special network", ErrForbidden)
		}
	}
	var timeout net.Error
	switch {
	case limited.Err() != nil:
		return fmt.Errorf("%w: %w", ErrTimeout, limited.Err())
	case errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Errorf("%w: %w", ErrTimeout, err)
	}
	return err
}

func statusError(resp *http.Response, now time.Time) *StatusError {
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return &StatusError{Status: resp.StatusCode, ContentType: media, Excerpt: Excerpt(errorBody(resp)),
		RetryAfter: retryAfter(resp.Header, now)}
}
