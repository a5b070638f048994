package chart

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"time"
)

// Config is what a Renderer needs. Only Files is required; a zero setting is its default.
type Config struct {
	Files    fs.FS         // package assets: the chart bundle, fonts and resvg
	CacheDir string        // for resvg compiled to machine code; "" compiles it once per process (2 s)
	Engines  int           // JavaScript engines at most; default 2
	Timeout  time.Duration // for one drawing; default 10 s
	Memory   uint64        // bytes one engine may use; default 256 MB
	Cache    int64         // bytes of finished SVG and PNG kept in memory; default 64 MB
	Logger   *slog.Logger  // default: silent
}

// Renderer draws specifications. It starts its engines when it first needs them, draws each specification once and
// is safe for concurrent use.
type Renderer struct{ cfg Config }

// NewRenderer checks the configuration; it starts nothing.
func NewRenderer(cfg Config) (*Renderer, error) { return &Renderer{cfg: cfg}, nil }

// SVGOptions choose the form of an SVG. The zero value is the form for the page itself.
type SVGOptions struct {
	// Standalone is a file of its own, for <img>: with title, subtitle, credit and a background that follows the
	// reader's light or dark scheme. Without it the SVG is to be put into a page: it holds no style and no script, its
	// colours are classes (charts.css) and cited figures are links.
	Standalone bool
}

// SVG draws the chart. Errors wrap what Validate finds.
func (r *Renderer) SVG(ctx context.Context, s Spec, o SVGOptions) ([]byte, error) {
	return nil, errors.ErrUnsupported
}

// PNG is the standalone chart as an image of that many pixels across, in light colours.
func (r *Renderer) PNG(ctx context.Context, s Spec, width int) ([]byte, error) {
	return nil, errors.ErrUnsupported
}

// Close waits for drawings under way and frees the engines.
func (r *Renderer) Close() error { return nil }

// Option is the ECharts option for the browser: JSON that is safe inside <script type="application/json">, with
// formatters and colours as names that charts.js resolves. Errors wrap what Validate finds.
func Option(s Spec) ([]byte, error) { return nil, errors.ErrUnsupported }

// SparklineSVG is a small SVG without axes or text, drawn without an engine; nil where there is nothing to draw.
func SparklineSVG(s Spec) []byte { return nil }
