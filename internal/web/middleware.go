package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/labstack/echo/v4"
)

// Content-Security-Policies. Styles set by script through the object model are no inline styles. Charts in JSON blocks are no scripts.
const (
	policyPage = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
		"form-action 'self'; base-uri 'none'; manifest-src 'self'; frame-ancestors "
	// policyImage is for SVG files: they carry their own style element and nothing that runs.
	policyImage = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)

// secure sets the headers that every answer carries; only /embed pages may be framed.
func (s *Server) secure(next echo.HandlerFunc) echo.HandlerFunc {
	framed := policyPage + strings.Join(s.EmbedSites, " ")
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()")
		if _, path := splitLang(c.Request().URL.Path); strings.HasPrefix(path, "/embed/") {
			h.Set("Content-Security-Policy", framed)
		} else {
			h.Set("Content-Security-Policy", policyPage+"'none'")
			h.Set("X-Frame-Options", "DENY")
		}
		return next(c)
	}
}

// limited ends a request's context after the time that one may take.
func (s *Server) limited(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, cancel := context.WithTimeout(c.Request().Context(), s.RequestTimeout)
		defer cancel()
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}

// observed counts and times requests by route, and writes a debug line for each.
func (s *Server) observed(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		err := next(c)
		if err != nil {
			c.Error(err)
		}
		took := time.Since(start)
		route := c.Path()
		if route == "" {
			route = "other"
		}
		s.metrics.request(route, c.Request().Method, c.Response().Status, took)
		s.Log.Debug("request", "method", c.Request().Method, "path", c.Request().URL.Path,
			"status", c.Response().Status, "took", took.Round(time.Microsecond))
		return nil
	}
}

// open lets other origins read, as embedders' scripts do.
func open(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set("Access-Control-Allow-Origin", "*")
		c.Response().Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		return next(c)
	}
}

// compressed compresses what the page cache has not compressed already.
func (s *Server) compressed(h http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.CompressionLevel(5))
	if err != nil { // constant options
		return h
	}
	return wrap(h)
}
