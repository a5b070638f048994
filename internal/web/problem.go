package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"beleg/internal/market"
)

// problem is an RFC 9457 problem document, and an error for callers to read. Anything else that a handler returns is
// "internal" to the caller and logged once.
type problem struct {
	Type     string `json:"type"`
	Title    string `json:"title"`
	Status   int    `json:"status"`
	Detail   string `json:"detail,omitempty"`
	Instance string `json:"instance,omitempty"`
	Param    string `json:"parameter,omitempty"`
	Earliest string `json:"earliest,omitempty"` // earliest vintage that can be asked for
}

func (p *problem) Error() string { return p.Detail }

func newProblem(status int, detail string) *problem {
	return &problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail}
}

// badParameter is a 400 that names the parameter.
func badParameter(name, format string, args ...any) *problem {
	p := newProblem(http.StatusBadRequest, fmt.Sprintf("parameter %q: ", name)+fmt.Sprintf(format, args...))
	p.Param = name
	return p
}

func notFound(what, id string) *problem {
	return newProblem(http.StatusNotFound, fmt.Sprintf("there is no %s %q", what, id))
}

// handleError answers what a handler could not: as a problem document under /api, as a page elsewhere.
func (s *Server) handleError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	p := s.asProblem(err, c)
	p.Instance = c.Request().URL.Path
	var write error
	if isAPI(c) {
		write = writeProblem(c, p)
	} else {
		write = s.errorPage(c, p)
	}
	if write != nil {
		s.Log.Debug("write an error answer", "err", write)
	}
}

func (s *Server) asProblem(err error, c echo.Context) *problem {
	var p *problem
	if errors.As(err, &p) {
		answer := *p
		return &answer
	}
	if errors.Is(err, market.ErrNotFound) {
		return newProblem(http.StatusNotFound, "there is nothing here")
	}
	var he *echo.HTTPError
	if errors.As(err, &he) && he.Code < http.StatusInternalServerError {
		return newProblem(he.Code, strings.ToLower(http.StatusText(he.Code)))
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return newProblem(http.StatusServiceUnavailable, "the request took too long")
	}
	s.Log.Error("request failed", "method", c.Request().Method, "path", c.Request().URL.Path, "err", err)
	return newProblem(http.StatusInternalServerError, "something went wrong here; it has been logged")
}

func writeProblem(c echo.Context, p *problem) error {
	body, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("problem document: %w", err)
	}
	return c.Blob(p.Status, "application/problem+json", body)
}

func isAPI(c echo.Context) bool { return strings.HasPrefix(c.Request().URL.Path, "/api/") }
