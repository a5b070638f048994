package fetch

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"code.dny.dev/ssrf"
)

// TestGuardSeesWhatIsDialled: a name that leads to a private address is refused when it is dialled.
func TestGuardSeesWhatIsDialled(t *testing.T) {
	asked := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer server.Close()
	var cfg Config
	cfg.fill()
	guarded := newHTTPClient(cfg, ssrf.New(ssrf.WithAnyPort()).Safe)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := guarded.Do(req)
	if err == nil {
		_ = resp.Body.Close()
		t.Fatal("a loopback address was dialled")
	}
	if err := classify(t.Context(), t.Context(), err); !errors.Is(err, ErrForbidden) || asked {
		t.Errorf("got %v, asked: %v", err, asked)
	}
}
