package defillama

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"beleg/internal/fetch"
	"beleg/internal/market"
)

// What can be wrong with an answer. An answer that stops early wraps fetch.ErrTruncated, an empty one fetch.ErrEmpty.
var (
	ErrNotJSON  = errors.New("answer is not JSON")
	ErrSchema   = errors.New("answer has another shape than expected")
	ErrUpstream = errors.New("upstream reports an error")
	ErrUnknown  = errors.New("unknown upstream")
	ErrPaid     = errors.New("only in the upstream's paid plan")
	ErrAbsent   = errors.New("answer holds no value")
)

// Error says which answer could not be read, where in the document (a JSON pointer; "" for the whole), and why.
type Error struct {
	Endpoint string
	Path     string
	Err      error
}

func (e *Error) Error() string {
	if e.Path == "" {
		return fmt.Sprintf("defillama %s: %v", e.Endpoint, e.Err)
	}
	return fmt.Sprintf("defillama %s: at %s: %v", e.Endpoint, e.Path, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// Explain puts a failed fetch into the upstream's terms: a 400 or 404 to a request that names a chain, protocol or coin
// means that the upstream does not know it (ErrUnknown), a 402 that it is not free (ErrPaid). Other errors come back as they are.
func (s *Source) Explain(r market.Request, err error) error {
	var status *fetch.StatusError
	if !errors.As(err, &status) {
		return err
	}
	switch status.Status {
	case http.StatusBadRequest, http.StatusNotFound:
		if what := named(r); what != "" && !fetch.IsHTML([]byte(status.Excerpt)) && status.ContentType != "text/html" {
			return fmt.Errorf("%w: %s: %w", ErrUnknown, what, err)
		}
	case http.StatusPaymentRequired:
		return fmt.Errorf("%w: %w", ErrPaid, err)
	}
	return err
}

// named says which chain, protocol or coin a request names; "" for none.
func named(r market.Request) string {
	var parts []string
	for _, p := range []struct{ param, word string }{{"slug", "protocol"}, {"id", "stablecoin"}, {"stablecoin", "stablecoin"}, {"chain", "chain"}} {
		if v := r.Params[p.param]; v != "" && v != allChains {
			parts = append(parts, fmt.Sprintf("%s %q", p.word, v))
		}
	}
	return strings.Join(parts, ", ")
}

// refusals are the upstream's texts for names it does not know; some come with status 200.
var refusals = []string{"Protocol not found", "There is no chain with that name", "Data not found", "Invalid request", "undefined"}

// explainBody looks at what an answer that could not be read is instead.
func explainBody(r market.Request, body []byte, err error) error {
	var at *Error
	if !errors.As(err, &at) {
		at = &Error{Err: err}
	}
	at.Endpoint = r.Endpoint
	if !errors.Is(err, ErrNotJSON) {
		return at
	}
	switch what := named(r); {
	case fetch.IsHTML(body):
		at.Err = fmt.Errorf("%w but an HTML page: %q", ErrNotJSON, fetch.Excerpt(body))
	case what != "" && hasPrefix(body, refusals):
		at.Err = fmt.Errorf("%w: %s: %w but text: %q", ErrUnknown, what, ErrNotJSON, fetch.Excerpt(body))
	default:
		at.Err = fmt.Errorf("%w but text: %q", ErrNotJSON, fetch.Excerpt(body))
	}
	return at
}

func hasPrefix(body []byte, any []string) bool {
	body = bytes.TrimSpace(body)
	for _, p := range any {
		if bytes.HasPrefix(body, []byte(p)) {
			return true
		}
	}
	return false
}
