package check

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"beleg/internal/post"
	"beleg/internal/unit"
)

// TestRightArithmeticIsQuiet holds that what is computed and rounded rightly is never found fault with, and that what is
// far from it always is.
func TestRightArithmeticIsQuiet(t *testing.T) {
	find := func(r *rapid.T, text string) []string {
		d := document(t, "x.txt", unit.English, text)
		return findingsOf(examine(t, d), "math/")
	}
	t.Run("shares", func(t *testing.T) {
		rapid.Check(t, func(r *rapid.T) {
			whole := rapid.IntRange(50, 9000).Draw(r, "whole")
			part := rapid.IntRange(whole/20+1, whole).Draw(r, "part")
			decimals := rapid.IntRange(0, 2).Draw(r, "decimals")
			share := float64(part) / float64(whole) * 100
			form := rapid.SampledFrom([]string{"Of the $%[2]d million, $%[1]d million went to banks, or %[3]s%%.", "Banks took $%[1]d million of the $%[2]d million (%[3]s%%)."}).Draw(r, "form")
			right := fmt.Sprintf(form, part, whole, fmt.Sprintf("%.*f", decimals, share))
			if got := find(r, right); len(got) > 0 {
				r.Errorf("%s: %v", right, got)
			}
			wrong := fmt.Sprintf(form, part, whole, fmt.Sprintf("%.*f", decimals, share*1.6+7))
			if got := find(r, wrong); len(got) == 0 {
				r.Errorf("%s: nothing found", wrong)
			}
		})
	})
	t.Run("sums", func(t *testing.T) {
		rapid.Check(t, func(r *rapid.T) {
			a, b, c := rapid.IntRange(11, 999).Draw(r, "a"), rapid.IntRange(11, 999).Draw(r, "b"), rapid.IntRange(11, 999).Draw(r, "c")
			form := "Asia took $%d.5 million, Europe $%d.5 million and America $%d million, for a total of $%d million."
			right := fmt.Sprintf(form, a, b, c, a+b+c+1)
			if got := find(r, right); len(got) > 0 {
				r.Errorf("%s: %v", right, got)
			}
			wrong := fmt.Sprintf(form, a, b, c, (a+b+c)*13/10+1)
			if got := find(r, wrong); len(got) == 0 {
				r.Errorf("%s: nothing found", wrong)
			}
		})
	})
	t.Run("formulas", func(t *testing.T) {
		rapid.Check(t, func(r *rapid.T) {
			a, b := rapid.IntRange(100, 5000).Draw(r, "a"), rapid.IntRange(30, 400).Draw(r, "b")
			right := fmt.Sprintf("So %d × %d = %d rows.", a, b, a*b)
			if got := find(r, right); len(got) > 0 {
				r.Errorf("%s: %v", right, got)
			}
			wrong := fmt.Sprintf("So %d × %d = %d rows.", a, b, a*b*3/2+1)
			if got := find(r, wrong); len(got) == 0 {
				r.Errorf("%s: nothing found", wrong)
			}
		})
	})
}

// FuzzArithmetic holds that no text makes a check fail or takes it long.
func FuzzArithmetic(f *testing.F) {
	for _, s := range []string{
		"Von den 390 Mrd. $ entfallen 226 Mrd. $ auf Firmen, also 58 %.", "4.000 × 50.000 = 200 Millionen", "{m0} of {m9} or {p3}, 5 of 0 (0%)",
		"Täglich 5 Mio. $ – 150 Mio. $ pro Monat; zusammen 0 $", "−5 × −3 = 15 Mio. $", "- A 50 %\n- B 60 %\n- Rest 5 %\n",
	} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, german bool) {
		lang := unit.English
		if german {
			lang = unit.German
		}
		posts, err := post.Parse([]byte(text), post.Options{Path: "x.md", Lang: lang, Published: testDay})
		if err != nil {
			t.Skip(err)
		}
		examine(t, documentOf(t, "x.md", &posts[0]))
	})
}

// BenchmarkArithmetic checks a long text of nothing but sentences with figures.
func BenchmarkArithmetic(b *testing.B) {
	const paragraph = "Von den 390 Mrd. $ entfallen 226 Mrd. $ auf Firmen, also 58 %. Täglich sind es 2 Mrd. $, rund 60 Mrd. $ im Monat. " +
		"Der Rest von 42 % verteilt sich auf Asien (30 %) und Europa (12 %), zusammen 164 Mrd. $. Das sind 4 × 41 = 164 Mrd. $.\n\n"
	text := strings.Repeat(paragraph, 1000)
	d := document(b, "x.md", unit.German, text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		examine(b, d)
	}
}
