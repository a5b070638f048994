package unit

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// The float of a decimal is the one nearest to it, however many digits it has.
func TestFloat64IsNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?[0-9]{1,20}(\.[0-9]{1,6})?(e-?[0-9]{1,2})?`).Draw(t, "number")
		d, err := ParseDecimal(text)
		if err != nil {
			t.Skip(err)
		}
		want, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Skip(err)
		}
		if got := d.Float64(); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	})
}
