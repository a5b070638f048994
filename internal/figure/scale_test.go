//go:build unix

package figure

import (
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

const (
	steepest = 12 // how many times as long ten times the text may take
	fattest  = 8  // how many times the text the heap may hold at its peak, the text included
)

// Time and memory grow with the text, not faster. Time is the processor's, so that other work on the machine does not count.
func TestScales(t *testing.T) {
	if testing.Short() {
		t.Skip("slow: reads 10 MB several times")
	}
	one := posts(t)
	const size = 10 << 20
	small := cite.PlainText(strings.Repeat(one, 1+size/10/len(one)), unit.German)
	large := cite.PlainText(strings.Repeat(small.Content, 10), unit.German)
	const runs = 2
	least := func(text *cite.Text) time.Duration {
		best := time.Duration(1<<63 - 1)
		for range runs {
			start := processorTime(t)
			Read(text, Options{})
			best = min(best, processorTime(t)-start)
		}
		return best
	}
	a, b := least(&small), least(&large)
	t.Logf("%.1f MB in %v, %.1f MB in %v (%.1f MB/s)", mb(len(small.Content)), a, mb(len(large.Content)), b, mb(len(large.Content))/b.Seconds())
	if b > steepest*a {
		t.Errorf("ten times the text takes %.1f times as long", float64(b)/float64(a))
	}
	peak := peakHeap(func() { Read(&large, Options{}) })
	t.Logf("peak heap %.1f MB for %.1f MB of text (%.1f×)", mb(int(peak)), mb(len(large.Content)), float64(peak)/float64(len(large.Content)))
	if peak > fattest*uint64(len(large.Content)) {
		t.Errorf("peak heap is %.1f times the text", float64(peak)/float64(len(large.Content)))
	}
}

// No text, however made, slows the reading down much more than a post does.
func TestHostileTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("slow: reads 128 kB of each text")
	}
	const (
		size    = 1 << 17
		slowest = 2 * time.Second * underRace // of processor time; posts of that size take about a hundredth
	)
	for _, piece := range []string{
		"5% 2020 ", "((((1", "1 000 000 ", "von 1 auf 2 ", "a1", "01 02 ", "- ", "im Januar ", "1.", "1,", "$", "$1", "%", "eins ", "ein ", "zwei Drittel ", "über ", "\"1\" ", "1-", "1–2 ", "x1x ", "¨u", "uu¨ 1", "Wort ", "GPU-", "U.S.", ") ", "1 Mio. Projekte und ",
	} {
		text := cite.PlainText(strings.Repeat(piece, size/len(piece)), unit.German)
		for _, lang := range []unit.Lang{unit.German, unit.English} {
			text.Lang = lang
			start := processorTime(t)
			Read(&text, Options{Explain: true})
			if took := processorTime(t) - start; took > slowest {
				t.Errorf("128 kB of %q in %s take %v", piece, lang, took)
			}
		}
	}
}

// processorTime is what the process has used of the processor.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Skipf("no processor time: %v", err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func mb(n int) float64 { return float64(n) / (1 << 20) }

// peakHeap is the most heap in use while f runs, the text itself included, looked at every few milliseconds.
func peakHeap(f func()) uint64 {
	runtime.GC()
	done := make(chan struct{})
	peak := make(chan uint64)
	go func() {
		var m runtime.MemStats
		most := uint64(0)
		for {
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
			select {
			case <-done:
				peak <- most
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	f()
	close(done)
	return <-peak
}
