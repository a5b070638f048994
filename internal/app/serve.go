package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"beleg/assets"
	"beleg/internal/catalog"
	"beleg/internal/chart"
	"beleg/internal/check"
	"beleg/internal/check/judge"
	"beleg/internal/collect"
	"beleg/internal/store/sqlite"
	"beleg/internal/web"
)

// ServeCmd is `beleg serve`.
type ServeCmd struct {
	Addr       string        `help:"Address to listen on." default:":8080" env:"BELEG_ADDR"`
	PublicURL  string        `name:"public-url" help:"Address under which readers reach the server; it goes into snippets and links. Empty: the one each request came to." env:"BELEG_PUBLIC_URL"`
	NoCollect  bool          `help:"Serve only; ask no source." env:"BELEG_NO_COLLECT"`
	Demo       bool          `help:"Serve simulated data from a database of its own (demo.db beside --db)." env:"BELEG_DEMO"`
	Posts      []string      `help:"Folders and feeds of posts to read again and again." env:"BELEG_POSTS" placeholder:"PATH|URL"`
	PostsEvery time.Duration `help:"How often to read them." default:"15m" env:"BELEG_POSTS_EVERY"`
	EmbedSites []string      `help:"Sites that may frame embeds, as origins (https://blog.example); all if empty." env:"BELEG_EMBED_SITES" placeholder:"ORIGIN"`

	Findings    string `help:"Who sees what checks found: private (only with the editor's token) or public." enum:"private,public" default:"private" env:"BELEG_FINDINGS"`
	EditorToken string `help:"Opens the editor's pages; better given as the variable, which other users of the machine do not see." env:"BELEG_EDITOR_TOKEN"`
	Triage      string `help:"File with the editor's decisions about findings; findings.json beside the database if empty." env:"BELEG_TRIAGE" type:"path"`

	CheckBytes    int           `help:"Largest text that /check takes, in bytes." default:"1048576" env:"BELEG_CHECK_BYTES"`
	CheckTime     time.Duration `help:"Longest time for one check of a pasted text." default:"10s" env:"BELEG_CHECK_TIME"`
	CheckParallel int           `help:"Checks of pasted texts at the same time." default:"2" env:"BELEG_CHECK_PARALLEL"`

	RequestTimeout time.Duration `help:"Longest time for one request." default:"15s" env:"BELEG_REQUEST_TIMEOUT"`
	StopTimeout    time.Duration `help:"Longest wait for requests under way at a stop." default:"10s" env:"BELEG_STOP_TIMEOUT"`
	Parallel       int           `help:"Jobs that collect at the same time." default:"2" env:"BELEG_PARALLEL"`

	fetchSettings
	postSettings
	storeSettings
}

// leastToken is how long an editor's token is at least.
const leastToken = 12

// check lists everything that is wrong with the settings.
func (c *ServeCmd) check() error {
	var errs []error
	bad := func(flag, format string, args ...any) {
		errs = append(errs, fmt.Errorf("--%s: %w", flag, fmt.Errorf(format, args...)))
	}
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		bad("addr", "%q is no address; want HOST:PORT or :PORT", c.Addr)
	}
	if c.PublicURL != "" {
		base, err := baseURL(c.PublicURL)
		if err != nil {
			bad("public-url", "%w", err)
		}
		c.PublicURL = base
	}
	for _, site := range c.EmbedSites {
		if u, err := url.Parse(site); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || strings.Trim(u.Path, "/") != "" || strings.ContainsAny(site, " ;,'") {
			bad("embed-sites", "%q is no origin; want https://blog.example", site)
		}
	}
	for _, d := range []struct {
		flag  string
		value time.Duration
		least time.Duration
	}{
		{"posts-every", c.PostsEvery, time.Minute},
		{"request-timeout", c.RequestTimeout, time.Second},
		{"stop-timeout", c.StopTimeout, 0},
		{"fetch-timeout", c.FetchTimeout, time.Second},
		{"keep-answers", c.KeepAnswers, 24 * time.Hour},
		{"check-time", c.CheckTime, 100 * time.Millisecond},
	} {
		if d.value < d.least {
			bad(d.flag, "%s is shorter than %s", d.value, d.least)
		}
	}
	if c.Parallel < 1 || c.Parallel > 16 {
		bad("parallel", "%d is not between 1 and 16", c.Parallel)
	}
	if c.EditorToken != "" && len(c.EditorToken) < leastToken {
		bad("editor-token", "%d characters can be guessed; want at least %d", len(c.EditorToken), leastToken)
	}
	if c.CheckBytes < 1<<10 || c.CheckBytes > 64<<20 {
		bad("check-bytes", "%d is not between 1024 and 67108864", c.CheckBytes)
	}
	if c.CheckParallel < 1 || c.CheckParallel > 64 {
		bad("check-parallel", "%d is not between 1 and 64", c.CheckParallel)
	}
	if c.FetchBytes < 1<<10 {
		bad("fetch-bytes", "%d is less than 1024", c.FetchBytes)
	}
	if c.MaxPostBytes < 1<<10 {
		bad("max-post-bytes", "%d is less than 1024", c.MaxPostBytes)
	}
	for _, src := range c.Posts {
		if isURL(src) {
			continue
		}
		if _, err := os.Stat(src); err != nil {
			bad("posts", "%q can be neither read as a folder nor as a URL: %w", src, err)
		}
	}
	return errors.Join(errs...)
}

// Run serves until ctx ends.
func (c *ServeCmd) Run(ctx context.Context, g *Globals, env *Env) error {
	for _, name := range unknownVariables(env.Vars) {
		env.Log.Warn("nothing reads this variable", "name", name)
	}
	built, err := catalog.Open(g.Catalog)
	if err != nil {
		return errors.Join(c.check(), err)
	}
	settings, sourceErr := readSourceSettings(env.Vars, built.Sources())
	if err := errors.Join(c.check(), sourceErr); err != nil {
		return err
	}
	if c.Triage == "" {
		c.Triage = filepath.Join(filepath.Dir(g.DB), "findings.json")
	}
	h := house{env: env, built: built, listing: built, collectNow: env.Now}
	if c.Demo {
		g.DB = filepath.Join(filepath.Dir(g.DB), "demo.db")
		settings = h.simulate(settings)
	}
	h.up = buildUpstreams(settings)
	if err := checkJobs(built, h.up.sources); err != nil {
		return err
	}
	collecting := *env
	collecting.Now = h.collectNow
	if h.store, err = openStore(ctx, g, &collecting, built, c.storeSettings, c.Demo); err != nil {
		return err
	}
	err = c.serve(ctx, &h)
	return errors.Join(err, h.store.Close())
}

// house is what the parts of a running server share.
type house struct {
	env        *Env
	built      *catalog.Catalog
	listing    listingCatalog // the catalogue as pages and collector see it
	up         upstreams
	store      *sqlite.Store
	transport  http.RoundTripper // nil: the network
	collectNow func() time.Time
	rehearsal  *rehearsal // nil but in the demonstration
}

// serve runs the server, the collector and the reading of posts side by side until ctx ends or one of them fails.
func (c *ServeCmd) serve(ctx context.Context, h *house) error {
	env, built, listing, store := h.env, h.built, h.listing, h.store
	renderer, err := chart.NewRenderer(chart.Config{Files: assets.Engine, CacheDir: cacheDir()})
	if err != nil {
		return fmt.Errorf("prepare the chart renderer: %w", err)
	}
	collector, err := c.collector(h)
	if err != nil {
		return errors.Join(err, renderer.Close())
	}
	public, err := c.client(env, nil)
	if err != nil {
		return errors.Join(err, renderer.Close())
	}
	shelf := newShelf(env, store, built, public, c.postSettings)
	if err := shelf.addDemonstration(ctx); err != nil {
		return errors.Join(err, renderer.Close())
	}
	judge := judge.New(built, store, env.Now, judge.Config{})
	server, err := web.New(web.Config{
		Catalog: listing, Store: store, Charts: renderer,
		Judge: judge, Engine: check.NewEngine(check.EngineConfig{Catalog: built, Judge: judge}), Reader: shelf.reader,
		PublicFindings: c.Findings == "public", EditorToken: c.EditorToken, Triage: c.Triage,
		Checks: web.Checks{MaxBytes: c.CheckBytes, MaxTime: c.CheckTime, Parallel: c.CheckParallel},
		Now:    env.Now, Log: env.Log, PublicURL: c.PublicURL, Version: version(), Simulated: c.Demo,
		EmbedSites: c.EmbedSites, RequestTimeout: c.RequestTimeout, StopTimeout: c.StopTimeout,
	})
	if err != nil {
		return errors.Join(err, renderer.Close())
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Addr)
	if err != nil {
		return errors.Join(fmt.Errorf("--addr %s: %w", c.Addr, err), renderer.Close())
	}
	env.Log.Info("serving", "url", localURL(listener.Addr()), "version", version(), "simulated", c.Demo)

	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return server.Serve(ctx, listener) })
	if !c.NoCollect {
		group.Go(func() error {
			if err := h.rehearsal.run(ctx, collector); err != nil {
				return err
			}
			return collector.Schedule(ctx)
		})
	}
	group.Go(func() error {
		if err := shelf.relink(ctx); err != nil && ctx.Err() == nil {
			return err
		}
		return nil // a stop leaves the rest to the next start
	})
	group.Go(func() error { h.expire(ctx); return nil })
	if len(c.Posts) > 0 {
		group.Go(func() error { return shelf.watch(ctx, c.Posts, c.PostsEvery) })
	}
	err = group.Wait()
	env.Log.Info("stopped")
	return errors.Join(err, renderer.Close())
}

// expireEvery is how often answers that are older than they are kept for are removed.
const expireEvery = 24 * time.Hour

// expire removes old answers now and then every day, until ctx ends.
func (h *house) expire(ctx context.Context) {
	tick := time.NewTicker(expireEvery)
	defer tick.Stop()
	for {
		n, err := h.store.ExpirePayloads(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			h.env.Log.Error("remove old answers", "err", err)
		case n > 0:
			h.env.Log.Info("old answers removed; their hashes, addresses and times are kept", "answers", n)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (c *ServeCmd) collector(h *house) (*collect.Collector, error) {
	collecting := *h.env
	collecting.Now = h.collectNow
	client, err := c.client(&collecting, h.transport)
	if err != nil {
		return nil, err
	}
	return collect.New(collect.Config{Catalog: h.listing, Store: h.store, Fetcher: client, Sources: h.up.sources,
		Pace: h.up.settings.pace, Now: h.collectNow, Log: h.env.Log, Parallel: c.Parallel}), nil
}

// localURL is the address to open in a browser on this machine.
func localURL(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// cacheDir is where the compiled PNG renderer is kept between starts; "" where the system names no such place.
func cacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "beleg")
}
