package check

import (
	"strings"
	"testing"

	"beleg/internal/cite"
)

func TestFragment(t *testing.T) {
	const text = "Vorher. Da bereits 270MilliardenimUmlauf270 Milliarden im Umlauf sind, wuchs es\nauf 300 Milliarden. Nachher."
	at := func(s string) (int, int) {
		i := strings.LastIndex(text, s)
		return i, i + len(s)
	}
	from, _ := at("Da bereits")
	_, to := at("auf 300 Milliarden.")
	damageAt, _ := at("270MilliardenimUmlauf")
	damage := cite.Figure{Kind: cite.Damage, At: damageAt, AtEnd: damageAt + len("270MilliardenimUmlauf")}
	const clean = "Da bereits 270 Milliarden im Umlauf sind, wuchs es auf 300 Milliarden."
	for _, figure := range []string{"270 Milliarden", "300 Milliarden"} {
		f := cite.Figure{Kind: cite.Money, Sentence: [2]int{from, to}}
		f.At, f.AtEnd = at(figure)
		doc := cite.PlainText(text, "de")
		got, start, end := fragment(&doc, &f, []cite.Figure{damage, f})
		if got != clean {
			t.Errorf("fragment %q, want %q", got, clean)
		}
		if got[start:end] != figure {
			t.Errorf("the figure in it is %q, want %q", got[start:end], figure)
		}
	}
}
