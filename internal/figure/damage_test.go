package figure

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// restoredLine is the line with its glued runs cut out and the dollar signs put back.
func restoredLine(line string) string {
	var f damageFinder
	var b strings.Builder
	at := 0
	for _, p := range f.find(line) {
		b.WriteString(line[at:p.start] + "$" + line[p.source:p.end])
		if !p.open {
			b.WriteString("$")
		}
		at = p.end
	}
	return b.String() + line[at:]
}

func TestDamage(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"amounts either side", "von 5,2 Milliarden auf19,2Milliardenauf 19,2 Milliarden im Umlauf", "von 5,2 Milliarden $auf 19,2 Milliarden$ im Umlauf"},
		{"umlauts are split", "Mit 38 Mio. fu¨rteuresGerätu¨ber9Mio.für teures Gerätü", "Mit 38 Mio. fu¨rteuresGerätu¨ber9Mio.für teures Gerätü"},
		{"umlaut in the source", "kostet 3 Mio. fu¨rdieja¨hrliche5Mio.für die jährliche 5 Mio. Miete", "kostet 3 Mio. $für die jährliche 5 Mio.$ Miete"},
		{"quotes and dashes are dropped", "gab 4 Mrd. andieOnChainBo¨rse7Mrd.an die „On-Chain“-Börse 7 Mrd. aus", "gab 4 Mrd. $an die „On-Chain“-Börse 7 Mrd.$ aus"},
		{"prefix style", "from 10billionto10 billion to 12 billion", "from $10 billion to$ 12 billion"},
		{"source begins after a blank", "Horizon (580 Mio. )undArc(50.000) und Arc (50.000 ) zeigt", "Horizon (580 Mio. $) und Arc (50.000$ ) zeigt"},
		{"a dash is all that was lost", "etwa 130140Mrd.und130 - 140 Mrd. und 250 Mrd.", "etwa $130 - 140 Mrd. und$ 250 Mrd."},
		{"a percent sign opens a comment", "mit 7 Mio. ertragund5ertrag und 5 % mehr", "mit 7 Mio. $ertrag und 5 % mehr"},
		{"glued to the word before", "275 Millionen HK(35,3Millionen(35,3 Millionen) zur Wirtschaft", "275 Millionen HK$(35,3 Millionen$) zur Wirtschaft"},
		{"two in a line", "1 Mrd. und2Mrd.und 2 Mrd. sowie 3 Mrd. bis4Mrd.bis 4 Mrd. Ende", "1 Mrd. $und 2 Mrd.$ sowie 3 Mrd. $bis 4 Mrd.$ Ende"},
		{"apostrophe", "from 3bninBitcoin′smarketto3bn in Bitcoin's market to 4bn", "from $3bn in Bitcoin's market to$ 4bn"},
		{"repeated words are no damage", "Es waren 10 10 Prozent und und 2024 2024", "Es waren 10 10 Prozent und und 2024 2024"},
		{"repeated number is no damage", "1.000.000 und 1.000.000 und 1.000.000", "1.000.000 und 1.000.000 und 1.000.000"},
		{"compound is no damage", "das Krypto-Krypto-Paar 2024-2024-25", "das Krypto-Krypto-Paar 2024-2024-25"},
		{"what repeats inside words is no damage", "pay 4 basis points per month on the amounts", "pay 4 basis points per month on the amounts"},
		{"text without digits", "auf demaufdem auf dem Weg", "auf demaufdem auf dem Weg"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, restoredLine(tt.in)); diff != "" {
				t.Errorf("restored (-want +got):\n%s", diff)
			}
		})
	}
}

// damaged typesets what stands between pairs of dollar signs as a page with TeX would.
func damaged(text string) string {
	var b strings.Builder
	for i, part := range strings.Split(text, "$") {
		if i%2 == 0 {
			b.WriteString(part)
			continue
		}
		for _, r := range part {
			switch split, ok := accents[r]; {
			case isDropped(r):
			case ok:
				b.WriteString(split)
			default:
				b.WriteRune(r)
			}
		}
		b.WriteString(strings.TrimRight(part, " "))
	}
	return b.String()
}

// Whatever text is damaged comes back, dollar signs and all.
func TestDamageRoundTrip(t *testing.T) {
	words := []string{"für", "über", "Anstieg", "von", "die", "jährliche", "On-Chain", "Märkte", "„Ziel“", "und"}
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 5).Draw(t, name), " ")
		}
		amount := func(name string) string { return rapid.StringMatching(`[1-9][0-9]{0,2},[1-9] Mrd\.`).Draw(t, name) }
		a, b := amount("a"), amount("b")
		text := "Betrag " + a + " $" + draw("inside") + " zu " + b + "$ " + draw("after") + "."
		if got := restoredLine(damaged(text)); got != text {
			t.Fatalf("damaged %q\nrestored %q\nwas      %q", damaged(text), got, text)
		}
	})
}

func FuzzDamage(f *testing.F) {
	f.Add("von 5,2 Milliarden auf19,2Milliardenauf 19,2 Milliarden im Umlauf")
	f.Add("1¨u1¨ü 1ü\xff")
	f.Add("aaaaaaaaaaaaaaaa1 aaaaaaaaaaaaaaaa1")
	f.Fuzz(func(t *testing.T, line string) {
		var d damageFinder
		at := 0
		for _, p := range d.find(line) {
			if p.start < at || p.mid <= p.start || p.source < p.mid || p.end <= p.source || p.end > len(line) {
				t.Fatalf("passage %+v out of order after %d", p, at)
			}
			if utf8.ValidString(line) && !(utf8.ValidString(line[p.start:p.mid]) && utf8.ValidString(line[p.source:p.end])) {
				t.Fatalf("passage %+v cuts a character", p)
			}
			at = p.end
		}
	})
}
