package rule

import (
	"fmt"
	"math"
	"strings"

	"beleg/internal/unit"
)

// Shown is how many digits of a computed value are written.
const Shown = 3

// Computed is a computed value as either language writes it.
func Computed(v float64, u unit.Unit) Say {
	digits := Shown
	if u == unit.Percent && v > 99 && v < 100 || math.Abs(v) >= 1000 && math.Abs(v) < 1e6 {
		digits += 2
	}
	d := unit.FromFloat(v)
	return Say{DE: unit.Format(d, u, unit.German, unit.Round(digits)), EN: unit.Format(d, u, unit.English, unit.Round(digits))}
}

// Tell is Sayf for values that differ between the languages too: those that are a Say.
func Tell(de, en string, values ...any) Say {
	in := func(lang unit.Lang) []any {
		vs := make([]any, len(values))
		for i, v := range values {
			if s, ok := v.(Say); ok {
				v = s.In(lang)
			}
			vs[i] = v
		}
		return vs
	}
	return Say{DE: oneStop(fmt.Sprintf(de, in(unit.German)...)), EN: oneStop(fmt.Sprintf(en, in(unit.English)...))}
}

// oneStop leaves one full stop at the end of a sentence whose last word is an abbreviation.
func oneStop(sentence string) string {
	if s, ok := strings.CutSuffix(sentence, ".."); ok {
		return s + "."
	}
	return sentence
}
