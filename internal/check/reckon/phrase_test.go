package reckon

import (
	"strings"
	"testing"

	"beleg/internal/check/rule"
	"beleg/internal/cite"
	"beleg/internal/figure"
	"beleg/internal/post"
	"beleg/internal/unit"
)

// document is a text with its figures, not linked to anything.
func document(t *testing.T, lang unit.Lang, text string) *rule.Document {
	t.Helper()
	posts, err := post.Parse([]byte(text), post.Options{Path: "x.txt", Lang: lang})
	if err != nil {
		t.Fatal(err)
	}
	d := &rule.Document{Post: &posts[0]}
	for _, f := range figure.Read(&posts[0].Text, figure.Options{}).Figures {
		d.Cited = append(d.Cited, cite.Cited{Figure: f, Lang: lang})
	}
	return d
}

func TestPhrases(t *testing.T) {
	tests := []struct{ name, lang, in, want string }{
		{"kinds", "de", "Firmen zahlten 226 Mrd. $ (60 % der Gesamtsumme) in 3 Jahren.", "firmen zahlten {m0} ({p1} der gesamtsumme) in {d2}."},
		{"qualifiers are left out", "en", "It cost more than $5 million, up to about 20% of nearly $30 million.", "it cost {m0}, {p1} of {m2}."},
		{"bare numbers", "en", "They hold 40 and 25 of 90 billion dollars.", "they hold {b0} and {m1} of {m2}."},
		{"years and names are words", "en", "In 2024 the H100 and GPT-4 cost $5 million.", "in 2024 the h100 and gpt-4 cost {m0}."},
		{"dashes", "de", "Das sind 5 Mio. $ - rund 10 Mio. $ im Jahr.", "das sind {m0} – {m1} im jahr."},
		{"braces are no places", "en", "A {p0} costs $5 million.", "a p0 costs {m0}."},
	}
	for _, tt := range tests {
		t.Run(tt.lang+" "+tt.name, func(t *testing.T) {
			d := document(t, unit.Lang(tt.lang), tt.in)
			var got []string
			for _, p := range phrasesOf(d) {
				got = append(got, p.Text)
			}
			if s := strings.Join(got, "\n"); s != tt.want {
				t.Errorf("%s\nis read as %s\nwant       %s", tt.in, s, tt.want)
			}
		})
	}
}
