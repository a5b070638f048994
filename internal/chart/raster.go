package chart

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/tetratelabs/wazero"
)

const resvgFile = "engine/resvg.wasm.br"

// rasterPages bounds the memory of one rendering: 64 kB each. 4000 × 4000 pixels take 64 MB.
const rasterPages = 256 << 20 >> 16

// raster turns SVG into PNG with resvg. It draws one at a time and starts when it is first used.
type raster struct {
	files    fs.FS
	cacheDir string
	fonts    [][]byte

	mu      sync.Mutex
	runtime wazero.Runtime
	cache   wazero.CompilationCache
	module  wazero.CompiledModule
}

// png draws an SVG that many pixels wide.
func (r *raster) png(ctx context.Context, svg []byte, width int) ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("wait for resvg: %w", err)
	}
	if r.module == nil {
		// Compiling may take longer than a drawing; the next one shall find it done.
		if err := r.start(context.WithoutCancel(ctx)); err != nil {
			return nil, errors.Join(fmt.Errorf("start resvg: %w", err), r.stop(ctx))
		}
	}
	image, err := r.render(ctx, svg, width)
	if err != nil {
		return nil, fmt.Errorf("draw PNG: %w", err)
	}
	return image, nil
}

func (r *raster) start(ctx context.Context) error {
	packed, err := fs.ReadFile(r.files, resvgFile)
	if err != nil {
		return err
	}
	wasm, err := io.ReadAll(brotli.NewReader(bytes.NewReader(packed)))
	if err != nil {
		return fmt.Errorf("unpack %s: %w", resvgFile, err)
	}
	// Watching the context while it draws would make it fifteen times slower; size and memory bound the time instead.
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(rasterPages)
	if r.cacheDir != "" {
		if r.cache, err = wazero.NewCompilationCacheWithDir(r.cacheDir); err != nil {
			return fmt.Errorf("compilation cache: %w", err)
		}
		config = config.WithCompilationCache(r.cache)
	}
	r.runtime = wazero.NewRuntimeWithConfig(ctx, config)
	module, err := r.runtime.CompileModule(ctx, wasm)
	if err != nil {
		return fmt.Errorf("compile: %w", err)
	}
	if err := bind(ctx, r.runtime, module); err != nil {
		return err
	}
	r.module = module
	return nil
}

// resvgOptions are resvg-js' options, as far as they are needed.
type resvgOptions struct {
	FitTo struct {
		Mode  string `json:"mode"`
		Value int    `json:"value"`
	} `json:"fitTo"`
	Font struct {
		LoadSystemFonts   bool   `json:"loadSystemFonts"`
		DefaultFontFamily string `json:"defaultFontFamily"`
		SansSerifFamily   string `json:"sansSerifFamily"`
	} `json:"font"`
}

// The names by which resvg finds the fonts.
const (
	fontName     = "IBM Plex Sans"
	boldFontName = "IBM Plex Sans SemiBold"
)

// render draws in an instance of its own: what one drawing leaves behind cannot touch the next.
func (r *raster) render(ctx context.Context, svg []byte, width int) (image []byte, err error) {
	h := newHeap()
	ctx = context.WithValue(ctx, heapKey{}, h)
	h.module, err = r.runtime.InstantiateModule(ctx, r.module, wazero.NewModuleConfig().WithName(""))
	if err != nil {
		return nil, fmt.Errorf("instantiate: %w", err)
	}
	defer func() { err = errors.Join(err, h.module.Close(context.WithoutCancel(ctx))) }()
	defer func() {
		if fault := recover(); fault != nil { // an address outside the module's memory
			err = fmt.Errorf("resvg: %v", fault)
		}
	}()

	var o resvgOptions
	o.FitTo.Mode, o.FitTo.Value = "width", width
	o.Font.DefaultFontFamily, o.Font.SansSerifFamily = fontName, fontName
	options, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	at, err := h.put(ctx, string(options))
	if err != nil {
		return nil, err
	}
	fonts := &jsArray{}
	for _, f := range r.fonts {
		fonts.items = append(fonts.items, f)
	}
	tree, err := h.callFallible(ctx, "resvg_new", uint64(h.add(string(svg))), uint64(at), uint64(len(options)), uint64(h.add(fonts)))
	if err != nil {
		return nil, err
	}
	pixels, err := h.callFallible(ctx, "resvg_render", uint64(tree))
	if err != nil {
		return nil, err
	}
	file, err := h.callFallible(ctx, "renderedimage_asPng", uint64(pixels))
	if err != nil {
		return nil, err
	}
	return bytes.Clone(h.bytes(h.take(file))), nil
}

func (r *raster) close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.stop(context.Background())
}

// stop frees the runtime. The caller holds the lock.
func (r *raster) stop(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	var errs []error
	if r.runtime != nil {
		errs = append(errs, r.runtime.Close(ctx))
	}
	if r.cache != nil {
		errs = append(errs, r.cache.Close(ctx))
	}
	r.runtime, r.cache, r.module = nil, nil, nil
	return errors.Join(errs...)
}
