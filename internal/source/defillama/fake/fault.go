package fake

import (
	"net/http"
	"strconv"
	"time"
)

// Fault is what an upstream does instead of answering. The zero parts of it leave the answer as it is.
type Fault struct {
	Status      int         // 0 = the answer's own
	Header      http.Header // sent besides
	ContentType string
	Body        string        // instead of the answer's, where Replace
	Replace     bool          // send Body, even if empty
	Delay       time.Duration // before the first byte
	Hang        bool          // never send a byte
	Stall       bool          // send half of the body, then nothing more
	Truncate    bool          // send half of the body, then close the connection
}

// The faults that upstreams are known for.

// TooManyRequests is a 429 with a JSON body; retryAfter "" sends no Retry-After.
func TooManyRequests(retryAfter string) Fault {
	return Fault{Status: http.StatusTooManyRequests, Header: retry(retryAfter), ContentType: "application/json",
		Replace: true, Body: `{"message":"Too many requests"}`}
}

// TooManyRequestsPage is a 429 with an HTML body.
func TooManyRequestsPage(retryAfter string) Fault {
	return Fault{Status: http.StatusTooManyRequests, Header: retry(retryAfter), ContentType: "text/html; charset=UTF-8",
		Replace: true, Body: "<!DOCTYPE html><html><head><title>Just a moment</title></head><body>You are being rate limited</body></html>"}
}

func retry(after string) http.Header {
	if after == "" {
		return nil
	}
	return http.Header{"Retry-After": {after}}
}

// InternalError is a 500 in plain text.
func InternalError() Fault {
	return Fault{Status: http.StatusInternalServerError, ContentType: "text/plain; charset=utf-8", Replace: true, Body: "Internal Error"}
}

// ServerDown is a 521 page of the network in front of the upstream.
func ServerDown() Fault {
	return Fault{Status: 521, ContentType: "text/html; charset=UTF-8", Replace: true,
		Body: "<!DOCTYPE html><html><head><title>521: Web server is down</title></head><body><script>var x=1</script><h1>Web server is down</h1></body></html>"}
}

// Page is HTML with status 200.
func Page() Fault {
	return Fault{Status: http.StatusOK, ContentType: "text/html; charset=UTF-8", Replace: true,
		Body: "<!DOCTYPE html><html><head><title>Checking your browser</title></head><body></body></html>"}
}

// ErrorObject is a JSON object with a complaint and status 200.
func ErrorObject(message string) Fault {
	return Fault{Status: http.StatusOK, ContentType: "application/json", Replace: true, Body: `{"error":` + strconv.Quote(message) + `}`}
}

// Text is a text with that status.
func Text(status int, text string) Fault {
	return Fault{Status: status, ContentType: "text/plain; charset=utf-8", Replace: true, Body: text}
}

// Empty is status 200 without a body.
func Empty() Fault { return Fault{Status: http.StatusOK, Replace: true} }

// Truncated breaks the connection in the middle of the answer.
func Truncated() Fault { return Fault{Truncate: true} }

// Stalled stops in the middle of the answer and keeps the connection.
func Stalled() Fault { return Fault{Stall: true} }

// Slow answers after a while.
func Slow(d time.Duration) Fault { return Fault{Delay: d} }

// Hanging never answers.
func Hanging() Fault { return Fault{Hang: true} }

// RedirectTo leads elsewhere.
func RedirectTo(address string) Fault {
	return Fault{Status: http.StatusFound, Header: http.Header{"Location": {address}}, Replace: true, ContentType: "text/plain"}
}

type planned struct {
	path  string
	fault Fault
	left  int
}

// Fail makes requests to a path ("/v2/chains", unescaped; "*" for all) meet a fault: the next times ones, or all
// until Heal where times is negative. Faults of one path come in the order in which they were planned.
func (u *Upstream) Fail(path string, f Fault, times int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.faults = append(u.faults, &planned{path, f, times})
}

// Heal forgets all faults.
func (u *Upstream) Heal() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.faults = nil
}

func (u *Upstream) fault(path string) (Fault, bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, p := range u.faults {
		if p.left == 0 || p.path != "*" && p.path != path {
			continue
		}
		if p.left > 0 {
			p.left--
		}
		return p.fault, true
	}
	return Fault{}, false
}

func (f Fault) serve(w http.ResponseWriter, r *http.Request, a answer) {
	if f.Hang || !pause(r, f.Delay) {
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	}
	for name, values := range f.Header {
		w.Header()[name] = values
	}
	if f.Status != 0 {
		a.status = f.Status
	}
	if f.Replace {
		a.kind, a.body = f.ContentType, []byte(f.Body)
	}
	if f.Stall || f.Truncate {
		f.half(w, r, a)
		return
	}
	if !f.Replace {
		a.serve(w, r)
		return
	}
	if a.kind != "" {
		w.Header().Set("Content-Type", a.kind)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // the client may have gone
}

// half sends the first half of a body under the length of the whole.
func (f Fault) half(w http.ResponseWriter, r *http.Request, a answer) {
	w.Header().Set("Content-Type", a.kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body[:len(a.body)/2])
	_ = http.NewResponseController(w).Flush() // what cannot be flushed comes with the end
	if f.Stall {
		<-r.Context().Done()
	}
	panic(http.ErrAbortHandler)
}

// pause waits; false where the client left first.
func pause(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-r.Context().Done():
		return false
	}
}
