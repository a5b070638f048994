package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// errorBytes is how much of a failure's body is read for its excerpt.
const errorBytes = 16 << 10

// readBody takes in a body, decompressed, of at most that many bytes.
func readBody(resp *http.Response, most int64) ([]byte, error) {
	if resp.ContentLength > most {
		return nil, fmt.Errorf("%w: announces %d bytes, at most %d are taken", ErrTooLarge, resp.ContentLength, most)
	}
	wire := &counter{r: resp.Body}
	plain, err := decompress(resp.Header.Get("Content-Encoding"), wire)
	if err != nil {
		return nil, broken(err, wire.n)
	}
	body, err := io.ReadAll(io.LimitReader(plain, most+1))
	switch {
	case int64(len(body)) > most:
		return nil, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, most)
	case err != nil:
		return nil, broken(err, wire.n)
	case resp.ContentLength >= 0 && wire.n != resp.ContentLength:
		return nil, fmt.Errorf("%w: %d of %d bytes came", ErrTruncated, wire.n, resp.ContentLength)
	case len(body) == 0:
		return nil, ErrEmpty
	}
	return body, nil
}

// errorBody is the beginning of a failure's body; what cannot be read is left out.
func errorBody(resp *http.Response) []byte {
	plain, err := decompress(resp.Header.Get("Content-Encoding"), resp.Body)
	if err != nil {
		return nil
	}
	body, _ := io.ReadAll(io.LimitReader(plain, errorBytes)) // an excerpt of what came is enough
	return body
}

func decompress(encoding string, wire io.Reader) (io.Reader, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "identity":
		return wire, nil
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(wire)
		if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return strings.NewReader(""), nil // an empty body, whatever it is said to be
		}
		return z, err
	default:
		return nil, fmt.Errorf("%w: %q was not asked for", ErrEncoding, encoding)
	}
}

// broken tells an answer that stops early from a time limit and from one that was cancelled.
func broken(err error, after int64) error {
	var network net.Error
	switch {
	case errors.Is(err, ErrEncoding), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded),
		errors.As(err, &network) && network.Timeout():
		return err
	}
	return fmt.Errorf("%w after %d bytes: %w", ErrTruncated, after, err)
}

// counter counts the bytes that came over the wire.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
