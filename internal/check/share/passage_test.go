package share

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/cite"
	"beleg/internal/figure"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

func read(t *testing.T, lang unit.Lang, text string) *examination {
	t.Helper()
	d := &rule.Document{Path: "x.txt", Post: &cite.Post{Lang: lang, Text: cite.PlainText(text, lang)}}
	for _, f := range figure.Read(&d.Post.Text, figure.Options{}).Figures {
		d.Cited = append(d.Cited, cite.Cited{Figure: f})
	}
	x := &examination{Examination: &rule.Examination{Settings: rule.Settings{}.WithDefaults()}, doc: d, passages: passagesOf(d), told: map[*number]bool{}}
	x.read()
	return x
}

// Numbers that are no figures are read as well, unless they are articles, years, or what each of several has.
func TestNumerals(t *testing.T) {
	for _, c := range []struct {
		name, lang, text, want string
	}{
		{"in words", "en", "Eighteen of the 60 firms (30 %) replied, nine of them late.", "Eighteen 60 30 % nine"},
		{"in digits", "en", "Only 14 of them (22 %) and 31 others stayed.", "14 22 % 31"},
		{"an article", "de", "Eine der 40 Banken (2 %) sitzt in Wien.", "40 2 %"},
		{"named again", "en", "The three hold 40 % of it.", "40 %"},
		{"of each", "de", "Je zwei der 40 Banken (10 %) kommen aus Wien und Graz.", "40 10 %"},
		{"a year", "en", "In 2025, 12 % of them left.", "12 %"},
		{"part of a name", "en", "The H100 and GPT-4 have 12 % each.", "12 %"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, p := range read(t, unit.Lang(c.lang), c.text).passages {
				for _, n := range p.numbers {
					got = append(got, n.figure.Text)
				}
			}
			if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What belongs together: the part, its percentage, and the whole where it is named.
func TestPairs(t *testing.T) {
	for _, c := range []struct {
		name, lang, text, want string
	}{
		{"in brackets", "en", "We met 12 banks (8 %).", "12 = 8 %"},
		{"said again", "de", "Wir trafen 12 Banken, mithin 8 %.", "12 = 8 %"},
		{"of a whole", "en", "We met 12 of the 150 banks, i.e. 8 %.", "12 / 150 = 8 %"},
		{"the whole first", "de", "Von 150 Banken trafen wir zwölf (8 %).", "zwölf / 150 = 8 %"},
		{"the percentage first", "en", "We met 8 % of the 150 banks, or 12.", "12 / 150 = 8 %"},
		{"the percentage first, in brackets", "de", "Wir trafen 8 Prozent (12 von 150 Banken).", "12 / 150 = 8 Prozent"},
		{"behind an attribute", "de", "Wir trafen 12 der im Mai gemeldeten 150 Banken, also 8 %.", "12 / 150 = 8 %"},
		{"with words of attribution", "de", "Es kamen 12 Banken – laut Protokoll 8 %.", "12 = 8 %"},
		{"across sentences", "en", "We met 12 of the 150 banks. That is 8 %.", "12 / 150 = 8 %"},
		{"the turned wording", "en", "With 12 million the larger part of the revenue of 150 million came from banks, i.e. 8 %.", "12 million / 150 million = 8 %"},
		{"nothing ties them", "en", "We met 12 banks and grew 8 %.", ""},
		{"another percentage between", "en", "We met 12 banks, 8 % of ours, 5 %.", "12 = 8 %"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, c := range read(t, unit.Lang(c.lang), c.text).pairs {
				s := c.part.figure.Text
				if c.whole != nil {
					s += " / " + c.whole.figure.Text
				}
				got = append(got, s+" = "+c.pct.figure.Text)
			}
			if diff := cmp.Diff(c.want, strings.Join(got, ", ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
