package fetch

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"syscall"
)

// newHTTPClient follows no redirect by itself and adds no header. control, where set, sees every address before it is dialled.
func newHTTPClient(cfg Config, control func(network, address string, _ syscall.RawConn) error) *http.Client {
	client := &http.Client{
		Transport:     cfg.Transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	if cfg.Transport != nil {
		return client
	}
	t := &http.Transport{
		DialContext:            (&net.Dialer{Timeout: cfg.Connect, Control: control}).DialContext,
		TLSHandshakeTimeout:    cfg.Connect,
		ResponseHeaderTimeout:  cfg.Header,
		MaxResponseHeaderBytes: 64 << 10,
		MaxIdleConnsPerHost:    2,
		MaxIdleConns:           20,
		IdleConnTimeout:        cfg.Timeout,
		DisableCompression:     true, // readBody does it, so that the limit counts what comes out
		ForceAttemptHTTP2:      true,
	}
	if control == nil {
		t.Proxy = http.ProxyFromEnvironment // a proxy would dial for us, past the guard
	}
	client.Transport = t
	return client
}

var redirects = []int{http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect}

// follow asks u and where it redirects to. The host that the operator configured may lie in a private network and gets
// the validators; every other host must be public and gets nothing but the bare request.
func (c *Client) follow(ctx context.Context, r Request, u *url.URL) (*http.Response, *url.URL, error) {
	at := u
	for hop := 0; ; hop++ {
		own := sameHost(u, at)
		resp, err := c.ask(ctx, r, at, own)
		if err != nil {
			return nil, nil, err
		}
		if !slices.Contains(redirects, resp.StatusCode) {
			return resp, at, nil
		}
		next, err := target(resp, at)
		_, _ = io.CopyN(io.Discard, resp.Body, errorBytes) // so that the connection can be used again
		_ = resp.Body.Close()
		if err != nil {
			return nil, nil, err
		}
		if hop == c.cfg.MaxRedirects {
			return nil, nil, fmt.Errorf("%w: more than %d in a row", ErrRedirect, c.cfg.MaxRedirects)
		}
		at = next
	}
}

func (c *Client) ask(ctx context.Context, r Request, at *url.URL, own bool) (*http.Response, error) {
	client := c.open
	if r.Public || !own {
		if err := c.checkAddress(at); err != nil {
			return nil, err
		}
		client = c.guarded
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("%w: malformed", ErrURL)
	}
	req.Header.Set("User-Agent", c.agent)
	req.Header.Set("Accept-Encoding", "gzip")
	req.Header.Set("Accept", "*/*")
	if r.Accept != "" {
		req.Header.Set("Accept", r.Accept)
	}
	if own && r.Validators.ETag != "" {
		req.Header.Set("If-None-Match", r.Validators.ETag)
	}
	if own && r.Validators.LastModified != "" {
		req.Header.Set("If-Modified-Since", r.Validators.LastModified)
	}
	return client.Do(req)
}

// target is where a redirect leads: http or https, never from https back to http, never with a user name.
func target(resp *http.Response, from *url.URL) (*url.URL, error) {
	to, err := from.Parse(resp.Header.Get("Location"))
	switch {
	case err != nil || resp.Header.Get("Location") == "":
		return nil, fmt.Errorf("%w: status %d without a usable Location", ErrRedirect, resp.StatusCode)
	case to.Scheme != "https" && (to.Scheme != "http" || from.Scheme == "https"):
		return nil, fmt.Errorf("%w: it leads to the scheme %s", ErrRedirect, to.Scheme)
	case to.Hostname() == "":
		return nil, fmt.Errorf("%w: it names no host", ErrRedirect)
	}
	to.User = nil
	if sameHost(from, to) {
		to.User = from.User
	}
	return to, nil
}
