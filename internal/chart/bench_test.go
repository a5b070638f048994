package chart

import (
	"fmt"
	"testing"

	"beleg/internal/unit"
)

func BenchmarkOption(b *testing.B) {
	s := lineSpec(unit.German, days("2020-01-01", 1000, wave(240e9, 310e9, 1000)))
	for b.Loop() {
		if _, err := Option(s); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSVG(b *testing.B) {
	r := newTestRenderer(b)
	for _, n := range []int{365, 1000, 10_000} {
		s := lineSpec(unit.German, days("1990-01-01", n, wave(240e9, 310e9, n)))
		s.Cited = specs()["cited"].Cited
		b.Run(fmt.Sprintf("%dpoints", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := r.SVG(b.Context(), s, SVGOptions{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSparkline(b *testing.B) {
	s := lineSpec(unit.German, days("2025-02-11", 365, wave(240e9, 310e9, 365)))
	for b.Loop() {
		if SparklineSVG(s) == nil {
			b.Fatal("nothing drawn")
		}
	}
}

func BenchmarkPNG(b *testing.B) {
	r, err := NewRenderer(Config{Files: assetFiles(), Cache: -1, CacheDir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	s := lineSpec(unit.German, days("2025-02-11", 365, wave(240e9, 310e9, 365)))
	if _, err := r.PNG(b.Context(), s, 100); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := r.PNG(b.Context(), s, 1200); err != nil {
			b.Fatal(err)
		}
	}
	if err := r.Close(); err != nil {
		b.Fatal(err)
	}
}
