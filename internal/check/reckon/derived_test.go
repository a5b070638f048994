package reckon

import (
	"testing"

	"beleg/internal/check/rule"
)

// TestUsually tells factors between spans as they are commonly reckoned.
func TestUsually(t *testing.T) {
	for _, c := range []struct {
		low, high, want float64
		varies          bool
	}{
		{360, 366, 365, false},
		{8640, 8784, 8760, false},
		{12, 12.2, 12, false},
		{28, 31, 29.5, true},
		{1 / 366., 1 / 360., 1 / 365., false},
	} {
		if got, varies := usually(rule.Within(c.low, c.high)); got != c.want || varies != c.varies {
			t.Errorf("usually(%v–%v) = %v, %v; want %v, %v", c.low, c.high, got, varies, c.want, c.varies)
		}
	}
}

// TestPricedSubject tells the thing whose price follows from the words before it.
func TestPricedSubject(t *testing.T) {
	for text, want := range map[string]string{
		"each share cost ":                         "share",
		"ein token kostete bei der ausgabe ":       "token",
		"a single licence sells for ":              "licence",
		"the round cost ":                          "",
		"die anteile kosteten ":                    "",
		"jede woche und jeder monat, das kostete ": "",
	} {
		got := ""
		if m := pricedSubject.FindStringSubmatch(text); m != nil {
			got = m[1]
		}
		if got != want {
			t.Errorf("price of %q in %q, want %q", got, text, want)
		}
	}
}
