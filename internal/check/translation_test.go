package check

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// twinPair are an English post and its German translation.
func twinPair(t testing.TB, english, german string) (en, de *rule.Document) {
	t.Helper()
	en = document(t, "x.en.md", unit.English, english)
	de = document(t, "x.md", unit.German, german)
	en.Post.Translation, de.Post.Translation = "x", "x"
	en.Post.Slug, de.Post.Slug = "x", "x-de"
	for _, d := range []*rule.Document{en, de} {
		for i := range d.Cited {
			d.Cited[i].Twin = "x"
		}
	}
	return en, de
}

// twinFindings are those of the rules that compare twins.
func twinFindings(r *Report) []string {
	scale := *r
	scale.Files = slices.Clone(r.Files)
	for i := range scale.Files { // those that another rule sees within one post are no matter of translation
		f := &scale.Files[i]
		f.Findings = slices.DeleteFunc(slices.Clone(f.Findings), func(g cite.Finding) bool {
			return len(g.Related) == 0 || g.Related[0].Path == f.Path
		})
	}
	return append(findingsOf(r, "translation/"), findingsOf(&scale, "scale/")...)
}

func TestTranslations(t *testing.T) {
	tests := []struct {
		name, en, de string
		want         []string
	}{
		{"same", "Revenue rose from $5.2 billion to $19.2 billion, up 270%.", "Der Umsatz stieg von 5,2 Mrd. $ auf 19,2 Mrd. $, ein Plus von 270 %.", nil},
		{"billion kept", "The market is worth $19.2 billion and grows.", "Der Markt ist 19,2 Billionen $ wert und wächst.", []string{"scale/billion error 19,2 Billionen $"}},
		{"trillion is Billion", "The market will reach $3.5 trillion by 2028.", "Der Markt wird bis 2028 3,5 Billionen $ erreichen.", nil},
		{"trillion kept", "The market will reach $3.5 trillion by 2028.", "Der Markt wird bis 2028 3,5 Trillionen $ erreichen.", []string{"scale/billion error 3,5 Trillionen $"}},
		{"bn became Mio.", "It raised $75bn from 12 funds.", "Es nahm 75 Mio. $ von 12 Fonds ein.", []string{"scale/billion error 75 Mio. $"}},
		{"million became Milliarde", "It raised $75 million from 12 funds.", "Es nahm 75 Milliarden Dollar von 12 Fonds ein.", []string{"scale/billion error 75 Milliarden Dollar"}},
		{"separators translated", "It has 1,234 nodes and 45,678 users.", "Es hat 1.234 Knoten und 45.678 Nutzer.", nil},
		{"separators kept", "It costs $1,234 and 5.5% fees.", "Es kostet 1,234 $ und 5,5 % Gebühren.", []string{"scale/billion warning 1,234 $"}},
		{"separators kept and understood", "It has 1,234 nodes and 5.5% fees.", "Es hat 1,234 Knoten und 5,5 % Gebühren.", nil},
		{"range", "Costs fall by 50–85% and 5-8 trillion dollars are spent.", "Die Kosten sinken um 50–85 %, und 5 bis 8 Billionen Dollar werden ausgegeben.", nil},
		{"currency named by the list", "- Sport: 62%, some $254 million\n- Politics: 21%, or $86 million\n", "- Sport: 62 %, rund 254 Mio. Dollar\n- Politik: 21 %, also 86 Millionen\n", nil},
		{"range changed", "Costs fall by 50–85% in most cases.", "Die Kosten sinken meist um 50–80 %.", []string{"translation/figure warning 50–80 %"}},
		{"value changed", "The fee is 6.5% and the share 10%; the yield is 3.2%.", "Die Gebühr beträgt 6,5 %, der Anteil 10 % und die Rendite 3,4 %.", []string{"translation/figure warning 3,4 %"}},
		{"percent lost", "The share is 48% of all projects.", "Der Anteil beträgt 48 Projekte.", []string{"translation/figure warning 48"}},
		{"currency changed", "It raised $75 million from 12 funds.", "Es nahm 75 Mio. € von 12 Fonds ein.", []string{"translation/figure error 75 Mio. €"}},
		{"currency lost", "Its valuation is $7 billion.\n\nThe fee is $12.", "Die Bewertung liegt bei 7 Milliarden.\n\nDie Gebühr beträgt 12 $.", []string{"translation/figure warning 7 Milliarden"}},
		{"currency once in a change", "It rose from $2 trillion to $4 trillion.", "Es stieg von 2 auf 4 Billionen US-Dollar.", nil},
		{"over became under", "It has over 600 firms.", "Es hat unter 600 Firmen.", []string{"translation/figure warning 600"}},
		{"words", "A quarter of the 40 banks doubled their fees, half of them twice.", "Ein Viertel der 40 Banken verdoppelte die Gebühren, die Hälfte davon zweimal.", nil},
		{"words and digits", "A quarter of 40 banks; twelve funds; 100% more.", "25 % von 40 Banken; 12 Fonds; doppelt so viel.", nil},
		{"order changed", "Of 90 projects, 40 run on Solana and 25 on Base.", "40 laufen auf Solana und 25 auf Base, bei insgesamt 90 Projekten.", nil},
		{"missing", "It raised $75 million from 12 funds in a round led by 3 banks.\n\nFees are 5%.", "Es nahm 75 Mio. $ in einer Runde unter Führung von 3 Banken ein.\n\nDie Gebühren betragen 5 %.", []string{"translation/figure warning 12"}},
		{"added", "Fees are 5% in all regions.", "Die Gebühren betragen 5 % in allen 94 Regionen.", []string{"translation/figure warning 94"}},
		{"paragraph missing", "Fees are 5% at Lido.\n\nThe protocol holds $32 billion, earns 7.5% and has 400,000 users.\n\nThe rest is 12% at Aave.", "Die Gebühren betragen 5 % bei Lido.\n\nDer Rest sind 12 % bei Aave.", []string{"translation/figure warning $32 billion"}},
		{"paragraphs split", "Lido takes 5% of rewards. Aave has 12% of loans. Maker holds $5 billion.", "Lido nimmt 5 % der Erträge.\n\nAave hat 12 % der Kredite.\n\nMaker hält 5 Mrd. $.", nil},
		{"period changed", "Revenue was $5 billion in 2024.", "Der Umsatz lag 2025 bei 5 Mrd. $.", []string{"translation/figure warning 5 Mrd. $"}},
		{"span changed", "They pay $20 per month.", "Sie zahlen 20 $ pro Jahr.", []string{"translation/figure warning 20 $"}},
		{"unread in German", "It runs 3 data centres and 2 nodes at 5%.", "Es betreibt drei Rechenzentren und zwei Knoten bei 5 %.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			en, de := twinPair(t, tt.en, tt.de)
			r := examine(t, en, de)
			if diff := cmp.Diff(tt.want, twinFindings(r)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
				for _, f := range r.Files {
					for _, g := range f.Findings {
						t.Log(g.Rule, g.Message, g.Suggestion)
					}
				}
			}
		})
	}
}

// Only given posts are reported of: a difference stands at the translation where that is given, else at the original.
func TestTranslationsOfStoredPosts(t *testing.T) {
	const (
		english = "Lido takes 5% of rewards.\n\nAave lends $19.2 billion to 400,000 users in 94 countries."
		german  = "Lido nimmt 5 % der Erträge.\n\nAave verleiht 19,2 Billionen $ an Nutzer in 94 Ländern."
	)
	check := func(t *testing.T, given, others []*rule.Document) map[string][]string {
		t.Helper()
		r, err := NewEngine(EngineConfig{Catalog: catalogue(t)}).Check(t.Context(), given, others, unit.English)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string][]string{}
		for _, f := range r.Files {
			for _, g := range f.Findings {
				if g.Rule != string(rule.Translation) && g.Rule != string(rule.Scale) {
					continue
				}
				line := g.Message
				for _, o := range g.Related {
					line += " [" + o.Path + ": " + o.Text + "]"
				}
				if g.Suggestion != nil {
					line += " → " + g.Suggestion.Text
				}
				got[f.Path] = append(got[f.Path], line)
			}
		}
		return got
	}
	const slip = "The German version says “19,2 Billionen $”, the English one “$19.2 billion”: “19,2 Billionen $” is a thousand times as much; " +
		"a German Billion is 10¹², an English billion 10⁹ (eine Milliarde). [x.en.md: $19.2 billion] → 19,2 Milliarden $"
	tests := []struct {
		name   string
		given  string
		want   map[string][]string
		others string
	}{
		{"both", "en de", map[string][]string{
			"x.en.md": {"“400,000” has no counterpart in the German version. [x.md: 19,2 Billionen $]"},
			"x.md":    {slip},
		}, ""},
		{"translation", "de", map[string][]string{
			"x.md": {slip, "“400,000” of the English version is missing here. [x.en.md: 400,000]"},
		}, "en"},
		{"original", "en", map[string][]string{
			"x.en.md": {
				"The English version says “$19.2 billion”, the German one “19,2 Billionen $”: “19,2 Billionen $” is a thousand times as much; " +
					"a German Billion is 10¹², an English billion 10⁹ (eine Milliarde). [x.md: 19,2 Billionen $]",
				"“400,000” has no counterpart in the German version. [x.md: 19,2 Billionen $]",
			},
		}, "de"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			en, de := twinPair(t, english, german)
			pick := func(names string) []*rule.Document {
				var docs []*rule.Document
				for _, n := range strings.Fields(names) {
					docs = append(docs, map[string]*rule.Document{"en": en, "de": de}[n])
				}
				return docs
			}
			if diff := cmp.Diff(tt.want, check(t, pick(tt.given), pick(tt.others))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A server lends posts without their texts: what is known are the sentences of their figures.
func TestTranslationsWithoutText(t *testing.T) {
	const english = "Lido takes 5% of rewards. It has 3 modules.\n\nAave lends $19.2 billion to 400,000 users.\n\nMaker pays 8%."
	tests := []struct {
		name, german string
		want         []string
	}{
		{"the same", "Lido nimmt 5 % der Erträge. Es hat drei Module.\n\nAave verleiht 19,2 Mrd. $ an 400.000 Nutzer.\n\nMaker zahlt 8 %.", nil},
		{"a slip", "Lido nimmt 5 % der Erträge.\n\nAave verleiht 19,2 Mio. $ an 400.000 Nutzer.\n\nMaker zahlt 8 %.", []string{"scale/billion error 19,2 Mio. $"}},
		{"a figure in a sentence that is known", "Lido nimmt 5 % der Erträge.\n\nAave verleiht 19,2 Mrd. $.\n\nMaker zahlt 8 %.", []string{"translation/figure warning 19,2 Mrd. $"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			en, de := twinPair(t, english, tt.german)
			en.Post.Text = cite.Text{}
			for i := range en.Cited { // what does not travel
				f := &en.Cited[i].Figure
				f.At, f.AtEnd, f.Sentence = 0, 0, [2]int{}
			}
			r, err := NewEngine(EngineConfig{Catalog: catalogue(t)}).Check(t.Context(), []*rule.Document{de}, []*rule.Document{en}, "")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, twinFindings(r)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Texts that are not translations of each other get one note, not a finding for every figure.
func TestTranslationsOfOtherTexts(t *testing.T) {
	en, de := twinPair(t,
		"Bitcoin fell 17% to $62,000 in two weeks.\n\nMiners earned $1.2 billion in January from 450 blocks a day.\n\nThe hashrate is 1,040 EH/s.",
		"Die Umlaufmenge liegt bei 305,7 Mrd. $, davon 164 Mrd. $ in USDT.\n\nDas sind 24 % mehr als im Juni und 86 % des Marktes von 355 Mrd. $.")
	got := twinFindings(examine(t, en, de))
	if diff := cmp.Diff([]string{"translation/figure note 305,7 Mrd. $"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
