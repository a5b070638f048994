package chart

import "testing"

func TestNoiseDoesNotFillAChart(t *testing.T) {
	for _, tt := range []struct {
		name                string
		low, high, from, to float64
	}{
		{"a real movement", 100, 101, 100, 101},
		{"float noise", 164752274924.93, 164752274925, 164669898787.49, 164834651062.44},
		{"a single value", 5, 5, 5, 5},
		{"below zero", -100.00001, -100, -100.050004995, -99.950005005},
	} {
		low, high := atLeast(tt.low, tt.high)
		if relative(low, tt.from) > 1e-6 || relative(high, tt.to) > 1e-6 {
			t.Errorf("%s: %v to %v, want %v to %v", tt.name, low, high, tt.from, tt.to)
		}
	}
}

func relative(a, b float64) float64 {
	d := a - b
	if d < 0 {
		d = -d
	}
	if b < 0 {
		b = -b
	}
	return d / b
}
