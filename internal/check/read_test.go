package check

import (
	"fmt"
	"strings"
	"testing"

	"beleg/internal/catalog"
	"beleg/internal/cite"
	"beleg/internal/link"
	"beleg/internal/post"
)

func TestMarksDateFigures(t *testing.T) {
	read := func(t *testing.T, markdown string) cite.Cited {
		t.Helper()
		posts, err := post.Parse([]byte(markdown), post.Options{Path: "x.md"})
		if err != nil {
			t.Fatal(err)
		}
		c, err := catalog.Open("")
		if err != nil {
			t.Fatal(err)
		}
		cited := Reader{Linker: link.New(c, link.Config{})}.Read(&posts[0])
		if len(cited) != 1 {
			t.Fatalf("%d figures, want 1", len(cited))
		}
		return cited[0]
	}
	const text = "The TVL of Lido was $32 billion%s%s.\n"
	tests := []struct{ name, front, period, mark, want string }{
		{"read", "", " in January 2026", "", "2026-01"},
		{"marked", "", " in January 2026", " <!-- beleg: period=2025-12-31 -->", "2025-12-31"},
		{"for the whole post", "---\ntitle: x\nbeleg:\n  period: 2025-Q3\n---\n\n", "", "", "2025-Q3"},
		{"the text wins over the whole post", "---\ntitle: x\nbeleg:\n  period: 2025-Q3\n---\n\n", " in January 2026", "", "2026-01"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := read(t, tt.front+fmt.Sprintf(text, tt.period, tt.mark))
			if got := c.Figure.Period.String(); got != tt.want {
				t.Errorf("period %s, want %s", got, tt.want)
			}
		})
	}
}

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
		got, start, end := fragment(&doc, &f, damagedRuns([]cite.Figure{damage, f}))
		if got != clean {
			t.Errorf("fragment %q, want %q", got, clean)
		}
		if got[start:end] != figure {
			t.Errorf("the figure in it is %q, want %q", got[start:end], figure)
		}
	}
}
