package chart

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// The defaults of Config.
const (
	DefaultEngines = 2 // each takes a core and about 40 MB while it draws
	DefaultTimeout = 10 * time.Second
	DefaultMemory  = 256 << 20
	DefaultCache   = 64 << 20
)

// MaxPNGSide bounds the width and the height of an image, in pixels.
const MaxPNGSide = 4000

// ErrClosed is returned for a drawing asked of a closed Renderer.
var ErrClosed = errors.New("chart renderer is closed")

// Config is what a Renderer needs. Only Files is required; a zero setting is its default.
type Config struct {
	Files    fs.FS         // assets.Engine: the chart script, fonts and resvg
	CacheDir string        // for resvg compiled to machine code; "" compiles it once per process (seconds)
	Engines  int           // JavaScript machines at most
	Timeout  time.Duration // for one drawing
	Memory   uint64        // bytes that one machine may use
	Cache    int64         // bytes of finished SVG and PNG kept in memory; negative keeps none
}

func (c Config) withDefaults() Config {
	if c.Engines == 0 {
		c.Engines = DefaultEngines
	}
	if c.Timeout == 0 {
		c.Timeout = DefaultTimeout
	}
	if c.Memory == 0 {
		c.Memory = DefaultMemory
	}
	if c.Cache == 0 {
		c.Cache = DefaultCache
	}
	return c
}

// Renderer draws specifications. It starts its engines when it first needs them, draws each specification once and
// is safe for concurrent use.
type Renderer struct {
	cfg     Config
	font    *typeface
	engines *engines
	raster  *raster
	done    *cache
	flight  singleflight.Group

	mu     sync.Mutex
	closed bool
	busy   sync.WaitGroup
}

// NewRenderer reads fonts and palette; it starts no engine. Errors name the setting or file that is at fault.
func NewRenderer(cfg Config) (*Renderer, error) {
	if cfg.Files == nil {
		return nil, errors.New("chart renderer: no Files")
	}
	if cfg.Engines < 0 || cfg.Timeout < 0 {
		return nil, fmt.Errorf("chart renderer: negative setting: Engines %d, Timeout %s", cfg.Engines, cfg.Timeout)
	}
	cfg = cfg.withDefaults()
	font, err := loadTypeface(cfg.Files)
	if err != nil {
		return nil, fmt.Errorf("chart renderer: %w", err)
	}
	script, err := fs.ReadFile(cfg.Files, scriptFile)
	if err != nil {
		return nil, fmt.Errorf("chart renderer: read script: %w", err)
	}
	return &Renderer{
		cfg: cfg, font: font, done: newCache(cfg.Cache),
		engines: newEngines(string(script), font.measure, cfg),
		raster:  &raster{files: cfg.Files, cacheDir: cfg.CacheDir, fonts: font.files},
	}, nil
}

// SVGOptions choose the form of an SVG. The zero value is the form for the page itself.
type SVGOptions struct {
	// Standalone is a file of its own, for <img>: with title, subtitle, credit and a background that follows the
	// reader's light or dark scheme. Without it the SVG is to be put into a page: it holds no style and no script, its
	// colours are classes (charts.css) and cited figures are links.
	Standalone bool
}

// SVG draws the chart. Errors wrap what Validate finds. The bytes are the caller's own.
func (r *Renderer) SVG(ctx context.Context, s Spec, o SVGOptions) ([]byte, error) {
	as := inline
	if o.Standalone {
		as = standalone
	}
	return r.once(ctx, s, "svg"+strconv.Itoa(int(as)), func(ctx context.Context) ([]byte, error) { return r.svg(ctx, &s, as) })
}

// PNG is the standalone chart as an image of that many pixels across, in light colours. The bytes are the caller's own.
func (r *Renderer) PNG(ctx context.Context, s Spec, width int) ([]byte, error) {
	if w, h := s.Size(); width < MinSide || width > MaxPNGSide || w > 0 && width*h/w > MaxPNGSide {
		return nil, fmt.Errorf("image %d pixels wide of a chart of %d×%d, want %d to %d on each side: %w", width, w, h, MinSide, MaxPNGSide, ErrSize)
	}
	return r.once(ctx, s, "png"+strconv.Itoa(width), func(ctx context.Context) ([]byte, error) {
		svg, err := r.svg(ctx, &s, forPNG)
		if err != nil {
			return nil, err
		}
		return r.raster.png(ctx, svg, width)
	})
}

// once makes a document, or gives the one that was made before or is just being made for somebody else. Who gives up
// waiting does not stop the others.
func (r *Renderer) once(ctx context.Context, s Spec, form string, draw func(context.Context) ([]byte, error)) ([]byte, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	key := s.Hash() + "." + form
	if b, ok := r.done.get(key); ok {
		return slices.Clone(b), nil
	}
	if err := r.enter(); err != nil {
		return nil, err
	}
	result := r.flight.DoChan(key, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.cfg.Timeout)
		defer cancel()
		b, err := draw(ctx)
		if err != nil {
			return nil, fmt.Errorf("draw chart %s: %w", s.ID, err)
		}
		r.done.put(key, b)
		return b, nil
	})
	select {
	case got := <-result:
		r.busy.Done()
		if got.Err != nil {
			return nil, got.Err
		}
		return slices.Clone(got.Val.([]byte)), nil
	case <-ctx.Done():
		go func() { <-result; r.busy.Done() }() // Close waits for the drawing, not for its reader
		return nil, fmt.Errorf("draw chart %s: %w", s.ID, ctx.Err())
	}
}

func (r *Renderer) enter() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return ErrClosed
	}
	r.busy.Add(1)
	return nil
}

func (r *Renderer) svg(ctx context.Context, s *Spec, as form) ([]byte, error) {
	if s.Kind == Sparkline {
		if spark := SparklineSVG(*s); spark != nil {
			return spark, nil
		}
		return nil, ErrNoData
	}
	legible := s.legible()
	s = &legible
	option, err := Option(*s)
	if err != nil {
		return nil, err
	}
	var f *frame
	width, height := s.Size()
	if as != inline {
		f = newFrame(s, r.font)
		width, height = f.drawing()
	}
	drawn, err := r.engines.draw(ctx, option, width, height)
	if err != nil {
		return nil, err
	}
	return compose(s, drawn, f, as)
}

// Close waits for drawings under way and frees the engines. Nothing can be drawn afterwards.
func (r *Renderer) Close() error {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	r.busy.Wait()
	return errors.Join(r.engines.close(), r.raster.close())
}
