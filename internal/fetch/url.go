package fetch

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"
)

// secretWords in a query parameter's name mark its value as a secret.
var secretWords = []string{"key", "token", "secret", "password", "signature", "auth"}

// PublicURL is a URL as it may be stored and shown: without user name and fragment, secrets in its query masked.
// A text that is no URL gives "".
func PublicURL(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	parts := strings.Split(u.RawQuery, "&")
	for i, part := range parts {
		name, _, assigned := strings.Cut(part, "=")
		if assigned && isSecret(name) {
			parts[i] = name + "=***"
		}
	}
	u.RawQuery = strings.Join(parts, "&")
	return u.String()
}

func isSecret(parameter string) bool {
	parameter = strings.ToLower(parameter)
	for _, w := range secretWords {
		if strings.Contains(parameter, w) {
			return true
		}
	}
	return false
}

// place is host and path, for messages.
func place(u *url.URL) string { return u.Host + u.EscapedPath() }

func parseURL(r Request) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(r.URL))
	switch {
	case err != nil: // the parser's message would repeat the whole URL
		return nil, &Error{Place: "request", Err: fmt.Errorf("%w: malformed", ErrURL)}
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, &Error{Place: place(u), Err: fmt.Errorf("%w: want http or https, not %q", ErrURL, u.Scheme)}
	case u.Hostname() == "":
		return nil, &Error{Place: place(u), Err: fmt.Errorf("%w: names no host", ErrURL)}
	case r.Public && u.User != nil:
		return nil, &Error{Place: place(u), Err: fmt.Errorf("%w: holds a user name", ErrURL)}
	}
	return u, nil
}

var defaultPorts = map[string]string{"http": "80", "https": "443"}

func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	return defaultPorts[u.Scheme]
}

// sameHost tells whether b is served by the one who serves a: the same name and port, or http moved to https.
func sameHost(a, b *url.URL) bool {
	if !strings.EqualFold(a.Hostname(), b.Hostname()) {
		return false
	}
	return port(a) == port(b) || (port(a) == "80" && b.Scheme == "https" && port(b) == "443")
}

// checkAddress refuses what the guard at dialling would refuse, as far as the URL itself shows it.
func (c *Client) checkAddress(u *url.URL) error {
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if p := port(u); p != "80" && p != "443" {
		return fmt.Errorf("%w: port %s", ErrForbidden, p)
	}
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return fmt.Errorf("%w: %s", ErrForbidden, host)
	}
	// A name's addresses are checked when they are dialled.
	if ip, err := netip.ParseAddr(host); err == nil && c.guardian.SafeAddr(ip) != nil {
		return fmt.Errorf("%w: %s", ErrForbidden, host)
	}
	return nil
}
