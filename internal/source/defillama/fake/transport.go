package fake

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"sync"
)

// Transport answers in the process, whatever host is asked; give it to fetch.Config.
func (u *Upstream) Transport() http.RoundTripper { return Transport(u) }

// Transport lets a handler answer without a port: bodies are streamed, handlers end when their request does, and a
// handler that panics with http.ErrAbortHandler breaks its answer off.
func Transport(h http.Handler) http.RoundTripper { return transport{h} }

type transport struct{ handler http.Handler }

// errAborted is what a client sees of a connection that is closed before the answer.
var errAborted = errors.New("connection closed by the upstream")

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancel(r.Context())
	req := r.Clone(ctx)
	req.RequestURI = r.URL.RequestURI()
	body, write := io.Pipe()
	w := &writer{header: http.Header{}, pipe: write, started: make(chan struct{}), ended: r.Context().Err}
	go func() {
		defer cancel()
		defer func() {
			if v := recover(); v != nil && v != http.ErrAbortHandler { //nolint:errorlint // the very value is meant
				panic(v)
			} else if v != nil {
				w.abort()
			}
		}()
		t.handler.ServeHTTP(w, req)
		w.WriteHeader(http.StatusOK)
		_ = write.Close() // never fails
	}()
	select {
	case <-ctx.Done():
		if err := r.Context().Err(); err != nil {
			_ = body.CloseWithError(err)
			return nil, err
		}
		select {
		case <-w.started: // the handler ended right after its answer
		default:
			return nil, errAborted
		}
	case <-w.started:
	}
	stop := context.AfterFunc(r.Context(), w.abort)
	resp := &http.Response{
		Status: strconv.Itoa(w.status) + " " + http.StatusText(w.status), StatusCode: w.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.sent, ContentLength: -1, Request: r,
		Body: &answerBody{body, func() { stop(); cancel() }},
	}
	if n, err := strconv.ParseInt(w.sent.Get("Content-Length"), 10, 64); err == nil {
		resp.ContentLength = n
	}
	return resp, nil
}

// answerBody tells the handler when the client has enough.
type answerBody struct {
	*io.PipeReader
	done func()
}

func (b *answerBody) Close() error {
	defer b.done()
	return b.PipeReader.Close()
}

// writer is the handler's side of an answer.
type writer struct {
	header  http.Header
	sent    http.Header // header as it was when the answer began
	status  int
	pipe    *io.PipeWriter
	once    sync.Once
	started chan struct{}
	ended   func() error // why the request is over; nil while it is not
}

func (w *writer) Header() http.Header { return w.header }

func (w *writer) WriteHeader(status int) {
	w.once.Do(func() {
		w.status, w.sent = status, w.header.Clone()
		close(w.started)
	})
}

func (w *writer) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.pipe.Write(p)
}

// Flush lets handlers flush; nothing is held back.
func (w *writer) Flush() {}

// abort ends the body with an error: the request's own where that has ended.
func (w *writer) abort() {
	err := w.ended()
	if err == nil {
		err = io.ErrUnexpectedEOF
	}
	_ = w.pipe.CloseWithError(err) // never fails
}
