// Package web serves the pages, the embeds and the API. It is the only package that knows Echo.
package web

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/time/rate"

	"beleg/internal/chart"
	"beleg/internal/check"
	"beleg/internal/check/judge"
	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// Catalog is what the pages need to know of the catalogue.
type Catalog interface {
	Sectors() []market.Sector
	AllSeries() []market.Series
	Series(id string) (market.Series, bool)
	Metric(id string) (market.Metric, bool)
	Subject(id string) (market.Subject, bool)
	Source(id string) (market.Source, bool)
	Sources() []market.Source
	Jobs() []market.Job
}

// Store is what the pages read.
type Store interface {
	Generation(ctx context.Context) (int64, error)
	Observations(ctx context.Context, series string, q market.ObservationQuery) ([]market.Observation, error)
	Revisions(ctx context.Context, series string, from, to market.Period) ([]market.Observation, error)
	EarliestVintage(ctx context.Context, series string) (time.Time, error)
	Freshness(ctx context.Context) ([]market.Freshness, error)
	Origin(ctx context.Context, id int64) (market.Origin, error)
	Runs(ctx context.Context, q market.RunQuery) ([]market.Run, error)
	JobStates(ctx context.Context) (map[string]market.JobState, error)
	Quarantine(ctx context.Context, series string, limit int) ([]market.Held, error)
	Posts(ctx context.Context, q cite.PostQuery) ([]cite.ListedPost, error)
	Post(ctx context.Context, slug string) (cite.Post, []cite.Cited, error)
	AllFigures(ctx context.Context) ([]cite.Cited, error)
}

// Charts draws.
type Charts interface {
	SVG(ctx context.Context, s chart.Spec, o chart.SVGOptions) ([]byte, error)
	PNG(ctx context.Context, s chart.Spec, width int) ([]byte, error)
}

// Config is what a Server needs. Zero limits take the defaults.
type Config struct {
	Catalog   Catalog
	Store     Store
	Charts    Charts
	Judge     *judge.Judge
	Engine    *check.Engine
	Reader    check.Reader
	Now       func() time.Time
	Log       *slog.Logger
	PublicURL string // address under which readers reach the server; "" = that of the request
	Version   string
	Simulated bool // everything shown comes from the demonstration's generator

	PublicFindings bool   // findings are shown to everybody; else only to the editor
	EditorToken    string // opens the editor's pages; "" keeps them closed
	Triage         string // file with what the editor has decided about findings; "": nothing can be decided here

	EmbedSites []string // sites that may frame /embed pages; default: every site

	RequestTimeout time.Duration // default 15 s
	HeaderTimeout  time.Duration // default 5 s
	StopTimeout    time.Duration // for requests under way at a stop; default 10 s
	PageTTL        time.Duration // how long a rendered page stands, ages in words included; default 60 s
	Pages          int           // rendered pages kept in memory; default 512
	MaxPoints      int           // observations in one API answer; default 20,000
	Checks         Checks
}

// Server is the HTTP side of Beleg.
type Server struct {
	Config
	echo      *echo.Echo
	templates map[unit.Lang]*template.Template
	assets    *assetSet
	pages     *lru.Cache[pageKey, *rendered]
	metrics   *metrics
	ready     atomic.Bool
	gen       generation
	corpus    corpusCache
	audit     auditCache
	guesses   *rate.Limiter // of the editor's token
	checking  chan struct{} // holds one entry per check under way
}

// New builds the routes and parses the templates.
func New(cfg Config) (*Server, error) {
	applyDefaults(&cfg)
	s := &Server{Config: cfg, metrics: newMetrics(prometheus.NewRegistry())}
	var err error
	if s.pages, err = lru.New[pageKey, *rendered](cfg.Pages); err != nil {
		return nil, fmt.Errorf("page cache: %w", err)
	}
	if s.assets, err = loadAssets(); err != nil {
		return nil, err
	}
	if err = s.parseTemplates(); err != nil {
		return nil, err
	}
	s.guesses = rate.NewLimiter(rate.Every(guessEvery), guessBurst)
	s.checking = make(chan struct{}, cfg.Checks.Parallel)
	s.gen = generation{store: cfg.Store, now: cfg.Now}
	s.echo = s.routes()
	return s, nil
}

func applyDefaults(cfg *Config) {
	for _, d := range []struct {
		value *time.Duration
		def   time.Duration
	}{
		{&cfg.RequestTimeout, 15 * time.Second},
		{&cfg.HeaderTimeout, 5 * time.Second},
		{&cfg.StopTimeout, 10 * time.Second},
		{&cfg.PageTTL, time.Minute},
	} {
		if *d.value <= 0 {
			*d.value = d.def
		}
	}
	if cfg.Pages <= 0 {
		cfg.Pages = 512
	}
	if cfg.MaxPoints <= 0 {
		cfg.MaxPoints = 20_000
	}
	if len(cfg.EmbedSites) == 0 {
		cfg.EmbedSites = []string{"*"}
	}
	cfg.Checks.applyDefaults()
	cfg.PublicURL = strings.TrimRight(cfg.PublicURL, "/")
}

// Handler is the whole server as a handler.
func (s *Server) Handler() http.Handler { return s.compressed(s.echo) }

// Serve answers requests on a listener until ctx ends, then lets those under way finish. It closes the listener.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: s.HeaderTimeout,
		ReadTimeout:       s.RequestTimeout,
		WriteTimeout:      2 * s.RequestTimeout,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	s.ready.Store(true)
	select {
	case err := <-failed:
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	s.ready.Store(false)
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.StopTimeout)
	defer cancel()
	if err := server.Shutdown(stop); err != nil {
		return fmt.Errorf("requests were still under way after %s: %w", s.StopTimeout, errors.Join(err, server.Close()))
	}
	return nil
}
