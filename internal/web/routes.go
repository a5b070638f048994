package web

import (
	"encoding/xml"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// routes builds the router. Pages live without their language prefix, which localise takes off.
func (s *Server) routes() *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.handleError
	e.Pre(localise)
	e.Use(s.observed, middleware.RecoverWithConfig(middleware.RecoverConfig{DisablePrintStack: true}), s.secure, s.limited)

	get := func(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) {
		e.GET(path, h, m...)
		e.HEAD(path, h, m...)
	}
	span := []string{"range", "from", "to", "as_of"}
	get("/", s.cached(s.dashboard))
	get("/sectors/:id", s.cached(s.sector))
	get("/series/:id", s.cached(s.series, span...))
	get("/posts", s.cached(s.posts))
	get("/posts/:id", s.cached(s.post))
	get("/figure/:id", s.cached(s.figure))
	get("/sources", s.cached(s.sources))
	get("/sources/:id", s.cached(s.source))
	get("/embed/:id", s.cached(s.embed, append(span, "width")...), open)
	get("/embed/figure/:id", s.cached(s.embedFigure), open)
	get("/check", s.cached(s.checkForm))
	e.POST("/check", s.checkPage)
	s.editorRoutes(get, e)
	get("/sitemap.xml", s.cached(s.sitemap))
	get("/robots.txt", s.robots)
	get("/assets/*", s.asset)
	get("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") })
	get("/readyz", s.readyz)
	get("/metrics", echo.WrapHandler(s.metrics.handler()))
	s.apiRoutes(get, e)
	return e
}

// readyz answers 200 once the server serves and the store answers.
func (s *Server) readyz(c echo.Context) error {
	if !s.ready.Load() {
		return newProblem(http.StatusServiceUnavailable, "starting or stopping")
	}
	if _, err := s.Store.Generation(c.Request().Context()); err != nil {
		return newProblem(http.StatusServiceUnavailable, "the store does not answer")
	}
	return c.String(http.StatusOK, "ready\n")
}

func (s *Server) robots(c echo.Context) error {
	return c.String(http.StatusOK, fmt.Sprintf("User-agent: *\nDisallow: /api/\nDisallow: /editor\nSitemap: %s/sitemap.xml\n", s.base(c)))
}

func (s *Server) sitemap(r *request) (*document, error) {
	lib, err := s.library(r.ctx)
	if err != nil {
		return nil, err
	}
	paths := []string{"/", "/posts", "/sources"}
	for _, x := range s.Catalog.AllSeries() {
		if !x.Retired {
			paths = append(paths, "/series/"+x.ID)
		}
	}
	for i := range lib.posts {
		paths = append(paths, "/posts/"+lib.posts[i].Slug)
	}
	type location struct {
		Loc string `xml:"loc"`
	}
	set := struct {
		XMLName xml.Name   `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []location `xml:"url"`
	}{}
	for _, path := range paths {
		for _, lang := range []string{"de", "en"} {
			set.URLs = append(set.URLs, location{r.base + "/" + lang + path})
		}
	}
	body, err := xml.Marshal(set)
	if err != nil {
		return nil, fmt.Errorf("sitemap: %w", err)
	}
	return &document{status: http.StatusOK, mime: "application/xml; charset=utf-8", body: append([]byte(xml.Header), body...)}, nil
}
