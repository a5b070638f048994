package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// What can be wrong with an answer or a request; Get's errors wrap one of these, a *StatusError, or what the network said.
var (
	ErrURL       = errors.New("not a URL that can be fetched")
	ErrForbidden = errors.New("address not allowed")
	ErrRedirect  = errors.New("redirect not followed")
	ErrTimeout   = errors.New("timed out")
	ErrPace      = errors.New("the host's pace leaves no time")
	ErrTooLarge  = errors.New("answer too large")
	ErrTruncated = errors.New("answer broken off")
	ErrEmpty     = errors.New("answer is empty")
	ErrEncoding  = errors.New("content encoding not understood")
)

// Error is what Get returns: which host and path could not be fetched and why. The message holds no query and no user name.
type Error struct {
	Place    string // host and path
	Attempts int
	Err      error
}

func (e *Error) Error() string {
	if e.Attempts > 1 {
		return fmt.Sprintf("%s: %v (after %d attempts)", e.Place, e.Err, e.Attempts)
	}
	return fmt.Sprintf("%s: %v", e.Place, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// StatusError is an answer with another status than 2xx or an expected 304.
type StatusError struct {
	Status      int
	ContentType string        // media type without parameters
	Excerpt     string        // the body's first words as plain text
	RetryAfter  time.Duration // what the upstream asked for; 0 = nothing
}

func (e *StatusError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "status %d", e.Status)
	if text := http.StatusText(e.Status); text != "" {
		b.WriteString(" " + text)
	}
	if e.RetryAfter > 0 {
		fmt.Fprintf(&b, ", asks to wait %s", e.RetryAfter)
	}
	if e.Excerpt != "" {
		fmt.Fprintf(&b, ": %s", e.Excerpt)
	}
	return b.String()
}

// Temporary tells whether the same request may succeed later.
func (e *StatusError) Temporary() bool {
	switch e.Status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return false
	}
	return e.Status >= 500
}
