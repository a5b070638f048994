package chart

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"maps"
	"math"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tetratelabs/wazero"

	"beleg/internal/unit"
)

func small() Spec {
	return lineSpec(unit.English, days("2026-01-01", 10, func(i int) float64 { return float64(i) }))
}

func TestNewRendererSaysWhatIsMissing(t *testing.T) {
	whole := fstest.MapFS{}
	for _, name := range []string{regularFile, boldFile, scriptFile} {
		b, err := fs.ReadFile(assetFiles(), name)
		if err != nil {
			t.Fatal(err)
		}
		whole[name] = &fstest.MapFile{Data: b}
	}
	without := func(name string) fs.FS {
		m := maps.Clone(whole)
		delete(m, name)
		return m
	}
	for _, c := range []struct {
		name string
		in   Config
		want string // in the error; "" is none
	}{
		{"OK", Config{Files: whole}, ""},
		{"no files", Config{}, "Files"},
		{"no font", Config{Files: without(boldFile)}, boldFile},
		{"no script", Config{Files: without(scriptFile)}, scriptFile},
		{"negative engines", Config{Files: whole, Engines: -1}, "Engines -1"},
		{"broken font", Config{Files: fstest.MapFS{regularFile: {Data: []byte("x")}, boldFile: {}, scriptFile: {}}}, regularFile},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := NewRenderer(c.in)
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestRendererRefusesWhatCannotBeDrawn(t *testing.T) {
	r := newTestRenderer(t)
	s := small()
	s.Series = nil
	if _, err := r.SVG(t.Context(), s, SVGOptions{}); !errors.Is(err, ErrNoData) {
		t.Errorf("SVG: got %v, want %v", err, ErrNoData)
	}
	if _, err := r.PNG(t.Context(), s, 400); !errors.Is(err, ErrNoData) {
		t.Errorf("PNG: got %v, want %v", err, ErrNoData)
	}
	if _, err := Option(s); !errors.Is(err, ErrNoData) {
		t.Errorf("option: got %v, want %v", err, ErrNoData)
	}
	for _, width := range []int{-1, 0, MinSide - 1, MaxPNGSide + 1} {
		if _, err := r.PNG(t.Context(), small(), width); !errors.Is(err, ErrSize) {
			t.Errorf("PNG %d pixels wide: got %v, want %v", width, err, ErrSize)
		}
	}
}

func TestSparklineByTheRenderer(t *testing.T) {
	s := small()
	s.Kind = Sparkline
	if diff := cmp.Diff(string(SparklineSVG(s)), string(draw(t, s, SVGOptions{}))); diff != "" {
		t.Errorf("(-direct +renderer):\n%s", diff)
	}
}

func TestTallImagesAreRefused(t *testing.T) {
	s := small()
	s.Width, s.Height = MinSide, MaxSide
	if _, err := newTestRenderer(t).PNG(t.Context(), s, 400); !errors.Is(err, ErrSize) {
		t.Errorf("got %v, want %v", err, ErrSize)
	}
}

func TestSmallestAndLargestCharts(t *testing.T) {
	for _, size := range [][2]int{{MinSide, MinSide}, {MaxSide, MinSide}, {MinSide, MaxSide}, {MaxSide, MaxSide}} {
		s := specs()["cited"]
		s.Width, s.Height = size[0], size[1]
		for _, o := range []SVGOptions{{}, {Standalone: true}} {
			safe(t, draw(t, s, o), o.Standalone)
		}
	}
}

func TestManyAtOnceGetTheSame(t *testing.T) {
	r, err := NewRenderer(Config{Files: assetFiles(), Engines: 2, Timeout: testTimeout})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}()
	var wg sync.WaitGroup
	got := make([][3][]byte, 8)
	for i := range got {
		wg.Go(func() {
			for j := range got[i] {
				s := small()
				s.ID = fmt.Sprintf("c%d", j)
				b, err := r.SVG(t.Context(), s, SVGOptions{})
				if err != nil {
					t.Error(err)
				}
				got[i][j] = b
			}
		})
	}
	wg.Wait()
	for i := range got {
		for j := range got[i] {
			if !bytes.Equal(got[i][j], got[0][j]) {
				t.Errorf("reader %d got another chart c%d", i, j)
			}
		}
	}
	for i := range got[0][0] {
		got[0][0][i] = 'x'
	}
	s := small()
	s.ID = "c0"
	again, err := r.SVG(t.Context(), s, SVGOptions{})
	if err != nil || !bytes.Equal(again, got[1][0]) {
		t.Errorf("what one reader wrote into its copy reached another: %v", err)
	}
}

func TestWhoStopsWaitingGetsThatError(t *testing.T) {
	r := newTestRenderer(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.SVG(ctx, small(), SVGOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	if _, err := r.SVG(t.Context(), small(), SVGOptions{}); err != nil {
		t.Errorf("the next reader got %v", err)
	}
}

func TestLimits(t *testing.T) {
	many := lineSpec(unit.English, days("1900-01-01", 40_000, wave(1, 2e9, 40_000)))
	many.Width = MaxSide
	for _, c := range []struct {
		name string
		in   Config
	}{
		{"time", Config{Timeout: time.Millisecond}},
		{"memory", Config{Memory: 9 << 20}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.in.Files, c.in.Cache = assetFiles(), -1
			r, err := NewRenderer(c.in)
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // the second finds no machine that the first one broke
				if svg, err := r.SVG(t.Context(), many, SVGOptions{}); err == nil {
					t.Errorf("drew %d bytes in spite of the limit", len(svg))
				}
			}
			if err := r.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestClosedRenderer(t *testing.T) {
	r, err := NewRenderer(Config{Files: assetFiles(), Timeout: testTimeout})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.SVG(t.Context(), small(), SVGOptions{}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	other := small()
	other.ID = "other"
	if _, err := r.SVG(t.Context(), other, SVGOptions{}); !errors.Is(err, ErrClosed) {
		t.Errorf("got %v, want %v", err, ErrClosed)
	}
}

func TestCacheDropsWhatWasAskedForLeastRecently(t *testing.T) {
	body := bytes.Repeat([]byte{1}, 1000)
	c := newCache(3 * (1000 + overhead))
	for _, key := range []string{"a", "b", "c"} {
		c.put(key, body)
	}
	c.get("a")
	c.put("d", body)
	c.put("d", body)
	c.put("large", bytes.Repeat(body, 10))
	var kept []string
	for _, key := range []string{"a", "b", "c", "d", "large"} {
		if _, ok := c.get(key); ok {
			kept = append(kept, key)
		}
	}
	if diff := cmp.Diff([]string{"a", "c", "d"}, kept); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if c.size != c.limit {
		t.Errorf("holds %d of %d bytes", c.size, c.limit)
	}
}

func TestPNG(t *testing.T) {
	dir := t.TempDir()
	r, err := NewRenderer(Config{Files: assetFiles(), Cache: -1, CacheDir: dir, Timeout: testTimeout})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}()
	s := specs()["cited"]
	s.Subtitle, s.Credit = "in US-Dollar", "Quelle: Beispiel"
	decode := func(s Spec, width int) image.Image {
		t.Helper()
		b, err := r.PNG(t.Context(), s, width)
		if err != nil {
			t.Fatal(err)
		}
		m, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	m := decode(s, 1520)
	if got, want := m.Bounds().Size(), image.Pt(1520, 760); got != want {
		t.Errorf("size %v, want %v", got, want)
	}
	for name, c := range map[string]struct {
		box  image.Rectangle
		role string
	}{
		"title":        {image.Rect(40, 40, 600, 90), "ink"},
		"subtitle":     {image.Rect(40, 90, 600, 125), "muted"},
		"line":         {image.Rect(200, 150, 1480, 650), "line-1"},
		"cited marks":  {image.Rect(200, 150, 1480, 650), "cited"},
		"credit":       {image.Rect(40, 690, 600, 730), "muted"},
		"newest value": {image.Rect(1250, 150, 1480, 400), "ink"},
	} {
		if n := count(m, c.box, c.role); n < 20 {
			t.Errorf("%s: %d pixels of colour %s in %v", name, n, c.role, c.box)
		}
	}
	s.Title = ""
	if n := count(decode(s, 1520), image.Rect(40, 40, 600, 70), "ink"); n > 0 {
		t.Errorf("a chart without a title has %d pixels of one", n)
	}
	again := decode(specs()["cited"], 300)
	if got := again.Bounds().Dx(); got != 300 {
		t.Errorf("%d pixels wide, want 300", got)
	}
}

// count is how many pixels of a box have the light colour of a role, about.
func count(m image.Image, box image.Rectangle, role string) int {
	var want color.RGBA
	_, _ = fmt.Sscanf(colours.byRole[role].Light, "#%02x%02x%02x", &want.R, &want.G, &want.B)
	near := func(a uint32, b uint8) bool { d := int(a>>8) - int(b); return d > -12 && d < 12 }
	n := 0
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			r, g, b, _ := m.At(x, y).RGBA()
			if near(r, want.R) && near(g, want.G) && near(b, want.B) {
				n++
			}
		}
	}
	return n
}

// A newer resvg may ask for more than this host offers; then it must say for what, not fail somewhere later.
func TestUnknownImportIsNamed(t *testing.T) {
	module := func(name string, params byte) []byte {
		imported := append([]byte{1, 3, 'w', 'b', 'g', byte(len(name))}, name...)
		imported = append(imported, 0, 0)
		types := append([]byte{1, 0x60, params}, bytes.Repeat([]byte{0x7f}, int(params))...)
		types = append(types, 0)
		b := []byte{0, 'a', 's', 'm', 1, 0, 0, 0, 1, byte(len(types))}
		b = append(append(b, types...), 2, byte(len(imported)))
		return append(b, imported...)
	}
	for _, c := range []struct {
		name, in string
		params   byte
		want     string
	}{
		{"known, with the hash of another build", "__wbindgen_throw", 2, ""},
		{"known, hashed", "__wbg_set_0123456789abcdef", 3, ""},
		{"unknown", "__wbg_fetch_0123456789abcdef", 1, "wbg.__wbg_fetch_0123456789abcdef with 1 arguments"},
		{"other arguments", "__wbg_set_0123456789abcdef", 2, "wbg.__wbg_set_0123456789abcdef with 2 arguments"},
	} {
		t.Run(c.name, func(t *testing.T) {
			runtime := wazero.NewRuntime(t.Context())
			defer func() { _ = runtime.Close(t.Context()) }()
			m, err := runtime.CompileModule(t.Context(), module(c.in, c.params))
			if err != nil {
				t.Fatal(err)
			}
			err = bind(t.Context(), runtime, m)
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestWrap(t *testing.T) {
	font, err := loadTypeface(assetFiles())
	if err != nil {
		t.Fatal(err)
	}
	f := font.regular
	for _, c := range []struct {
		name, in string
		lines    int
		want     []string
	}{
		{"fits", "one two", 2, []string{"one two"}},
		{"breaks at blanks", "one two three four", 3, []string{"one two", "three four"}},
		{"cut in the last line", "one two three four five six", 2, []string{"one two", "three fou…"}},
		{"long word", "Donaudampfschiff", 2, []string{"Donauda…"}},
		{"nothing", "", 2, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := f.wrap(c.in, 10, 52, c.lines)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, line := range got {
				if w := f.measure(line) * 10; w > 52 {
					t.Errorf("%q is %v wide", line, w)
				}
			}
		})
	}
}

func TestMeasureReadsFonts(t *testing.T) {
	font, err := loadTypeface(assetFiles())
	if err != nil {
		t.Fatal(err)
	}
	regular := font.measure("300 Mrd. $", "12px x")
	if regular < 50 || regular > 70 {
		t.Errorf("ten characters of 12 px are %v wide", regular)
	}
	if got := font.measure("300 Mrd. $", "24px 'A 99px B'"); got != 2*regular {
		t.Errorf("twice the size is %v wide, not %v", got, 2*regular)
	}
	if bold := font.measure("300 Mrd. $", "normal 600 12px x"); bold <= regular {
		t.Errorf("bold is %v wide, regular %v", bold, regular)
	}
	if a, b := font.measure("1111", "12px x"), font.measure("8888", "12px x"); a != b {
		t.Errorf("figures differ in width: %v and %v", a, b)
	}
}

func TestPaletteHasEnoughContrast(t *testing.T) {
	for role, h := range colours.byRole {
		if role == "paper" || role == "grid" || role == "axis" {
			continue
		}
		for scheme, pair := range map[string][2]string{"light": {h.Light, colours.byRole["paper"].Light}, "dark": {h.Dark, colours.byRole["paper"].Dark}} {
			if got := contrast(pair[0], pair[1]); got < 4.5 {
				t.Errorf("%s on %s paper has a contrast of %.2f, want 4.5 (WCAG 2.2, 1.4.3)", role, scheme, got)
			}
		}
	}
}

func contrast(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(hex string) float64 {
	var c [3]uint8
	_, _ = fmt.Sscanf(hex, "#%02x%02x%02x", &c[0], &c[1], &c[2])
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v := float64(c[i]) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}
