package chart

import (
	"math"
	"slices"
)

// sample names the points, by index and in order, that a line of so many columns needs to look the same as with all of
// them: of each column the first, last, lowest and highest point (M4: Jugel
// et al., PVLDB 7(10), 2014), and every point that keep names. A column never reaches across a gap. x must ascend.
func sample(x []int64, y []float64, columns int, gap, keep func(i int) bool) []int {
	n := len(x)
	if n <= 2*columns {
		return sequence(n)
	}
	var kept []int
	width := float64(x[n-1]-x[0]) / float64(columns)
	column := func(i int) int { return int(math.Floor(float64(x[i]-x[0]) / width)) }
	for from := 0; from < n; {
		to := from + 1
		for to < n && column(to) == column(from) && !gap(to) {
			to++
		}
		kept = append(kept, corners(y, from, to, keep)...)
		from = to
	}
	return kept
}

// corners are the points of one column that are kept.
func corners(y []float64, from, to int, keep func(i int) bool) []int {
	low, high := from, from
	kept := []int{from, to - 1}
	for i := from; i < to; i++ {
		if y[i] < y[low] {
			low = i
		}
		if y[i] > y[high] {
			high = i
		}
		if keep(i) {
			kept = append(kept, i)
		}
	}
	kept = append(kept, low, high)
	slices.Sort(kept)
	return slices.Compact(kept)
}

func sequence(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = i
	}
	return s
}
