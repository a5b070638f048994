package check

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"beleg/internal/unit"
)

// runRule checks each text alone and compares the findings of the rules that begin with prefix.
func runRule(t *testing.T, prefix string, cases []sentences) {
	t.Helper()
	for _, tt := range cases {
		t.Run(tt.lang+" "+tt.name, func(t *testing.T) {
			got := findingsOf(examine(t, document(t, "post.md", unit.Lang(tt.lang), tt.text)), prefix)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s\n(-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestGrowthThatDoesNotFollow(t *testing.T) {
	runRule(t, "math/growth", []sentences{
		{"from and to", "de", "Der Umsatz stieg von 5,2 Mrd. $ auf 19,2 Mrd. $ – ein Anstieg von 570 %.", []string{"math/growth error 570 %"}},
		{"the ratio taken for the growth", "de", "Die Einlagen kletterten von 20 Mio. $ auf 60 Mio. $, ein Plus von 300 %.", []string{"math/growth warning 300 %"}},
		{"what is left taken for the loss", "de", "Der Kurs fiel von 2,50 $ auf 1,00 $, also um 40 %.", []string{"math/growth error 40 %"}},
		{"in brackets", "de", "Die Zahl der Knoten wuchs von 1.250 auf 2.000 Knoten (+75 %).", []string{"math/growth warning 75 %"}},
		{"before its ends", "de", "Die Kosten sanken um 75 % von 120 $ auf 60 $.", []string{"math/growth error 75 %"}},
		{"between its ends", "de", "Die Kosten wurden von 120 $ um 75 % auf 60 $ gesenkt.", []string{"math/growth error 75 %"}},
		{"a multiple", "de", "Die Nutzerzahl verdreifachte sich von 2,1 auf 4,4 Millionen.", []string{"math/growth error verdreifachte"}},
		{"a multiple with its ends behind a colon", "de", "Das Volumen hat sich verfünffacht: von 1,2 Mrd. $ auf 3,6 Mrd. $.", []string{"math/growth error verfünffacht"}},
		{"halved", "de", "Der TVL halbierte sich von 12,4 Mrd. $ auf 9,3 Mrd. $.", []string{"math/growth error halbierte"}},
		{"points", "de", "Der Marktanteil sank von 32,4 % auf 24,1 %, also um 12 Prozentpunkte.", []string{"math/growth error 12 Prozentpunkte"}},
		{"per cent taken for points", "de", "Der Anteil stieg von 40,0 % auf 50,0 %, das sind 25 Prozentpunkte.", []string{"math/growth error 25 Prozentpunkte"}},
		{"the next sentence says the growth", "de", "Der Umsatz stieg von 14,2 Mio. $ im Jahr 2023 auf 21,3 Mio. $ im Jahr 2024. Das entspricht einem Wachstum von 80 %.", []string{"math/growth error 80 %"}},
		{"two dated values and the growth", "de", "2023 lag der Umsatz bei 14,2 Mio. $, 2024 bei 21,3 Mio. $ – ein Zuwachs von 80 %.", []string{"math/growth error 80 %"}},
		{"the earlier value in the sentence before", "de", "Im Jahr 2023 lag der Umsatz noch bei 14,2 Mio. $. Im Jahr 2024 waren es 21,3 Mio. $, ein Plus von 80 %.", []string{"math/growth warning 80 %"}},
		{"to, after the value of the year before", "de", "Die Einnahmen stiegen um 80 % auf 15,3 Mio. $, nach 10,2 Mio. $ im Vorjahr.", []string{"math/growth error 80 %"}},
		{"instead of", "de", "Der Preis liegt bei 25 $ statt 125 $ – 60 % weniger.", []string{"math/growth error 60 %"}},
		{"measured from its debut", "de", "Die Messe zog 18.400 Teilnehmer an – 70 % mehr als beim Debüt mit 12.300 Teilnehmern.", []string{"math/growth error 70 %"}},
		{"three times as large", "de", "Der Bestand ist mit 64.000 GPUs dreimal so groß wie vor einem Jahr (41.000 GPUs).", []string{"math/growth error dreimal"}},
		{"round numbers", "de", "Im Jahr darauf kamen 15.000 statt 10.000 Besucher, ein Plus von 80 %.", []string{"math/growth warning 80 %"}},
		{"coarse rounding is a note", "de", "Die Zahl stieg von 115.000 im September 2024 auf fast 450.000 im September 2025 – ein Anstieg von 300 % im Jahresvergleich.", []string{"math/growth note 300 %"}},

		{"from and to", "en", "Revenue grew from $5.2 billion to $19.2 billion, a 570% increase.", []string{"math/growth error 570%"}},
		{"the ratio taken for the growth", "en", "Deposits jumped from $1.2bn to $3.6bn (+300%).", []string{"math/growth error 300%"}},
		{"what is left taken for the loss", "en", "The price fell 40% from $2.50 to $1.00.", []string{"math/growth error 40%"}},
		{"ends the other way round", "en", "Revenue rose 80% to $15.3 million from $10.2 million.", []string{"math/growth error 80%"}},
		{"nearly tripled", "en", "Users nearly tripled from 2.1 million to 4.4 million.", []string{"math/growth error tripled"}},
		{"an object between", "en", "The exchange tripled its user base from 2.1 million to 4.4 million.", []string{"math/growth error tripled"}},
		{"quadrupled", "en", "Its user base quadrupled to 8.1 million from 2.9 million.", []string{"math/growth error quadrupled"}},
		{"fold", "en", "Volume is up fivefold since 2023, from $5.1 billion to $15.2 billion.", []string{"math/growth error fivefold"}},
		{"down from", "en", "TVL dropped to $4.1 billion, down 40% from $10.3 billion a year earlier.", []string{"math/growth error 40%"}},
		{"cheaper", "en", "Costs are 60% lower: $25 instead of $125.", []string{"math/growth error 60%"}},
		{"the next sentence", "en", "The network went from 1,250 nodes to 2,000 nodes. That is a 75% increase.", []string{"math/growth warning 75%"}},
		{"the sentence before", "en", "Revenue was $10.2 million in 2023. In 2024 it reached $15.3 million, an 80% increase.", []string{"math/growth warning 80%"}},
		{"more than", "en", "There are 18,400 attendees this year. That's 70% more than the 12,300 who came in 2024.", []string{"math/growth warning 70%"}},
		{"points", "en", "Its share rose from 41.0% to 52.0%, or 15 percentage points.", []string{"math/growth error 15 percentage points"}},
	})
}

func TestGrowthThatFollows(t *testing.T) {
	runRule(t, "math/growth", []sentences{
		{"within rounding", "de", "Er wuchs von 5,2 Mrd. $ auf 19,2 Mrd. $ – ein Anstieg von 270 %.", nil},
		{"much within rounding", "de", "Die Gebühren stiegen um 2.300 % und erreichten im Dezember 44 Mio. $, ausgehend von 1,8 Mio. $ im Januar.", nil},
		{"of another thing", "de", "Der Umsatz stieg von 5 auf 8 Mio. $, während die Kosten um 20 % sanken.", nil},
		{"of another thing, with and", "de", "Der Umsatz stieg von 5,1 auf 8,3 Mio. $ und die Zahl der Nutzer wuchs um 20 %.", nil},
		{"of another thing, by a genitive", "de", "Der Umsatz stieg von 5,1 auf 8,3 Mio. $ – bei einem Zuwachs der Nutzerzahl um 20 %.", nil},
		{"of another thing, behind", "de", "Der Umsatz stieg von 5,1 auf 8,3 Mio. $, ein Plus von 20 % bei den Kosten kam hinzu.", nil},
		{"of another thing, by more", "de", "Der Umsatz stieg von 5,1 auf 8,3 Mio. $ mit 20 % mehr Personal.", nil},
		{"costs cut by a range", "de", "Unternehmen senken ihre Kosten um 50–85 %. Eine Karte kostet 30 $, die andere 12 $.", nil},
		{"points or per cent", "de", "Der Anteil stieg von 40 % auf 50 %, also um 10 Prozentpunkte.", nil},
		{"per cent of per cent", "de", "Der Anteil stieg von 40 % auf 50 %, also um 25 %.", nil},
		{"per cent that means points", "de", "Der Anteil stieg von 40 % auf 50 %, also um 10 %.", nil},
		{"threefold, added or not", "de", "Die Zahl der Knoten wuchs um das Dreifache, von 1.000 auf 4.000.", nil},
		{"threefold, not added", "de", "Die Zahl der Knoten wuchs um das Dreifache, von 1.000 auf 3.000.", nil},
		{"more than doubled", "de", "Das Volumen hat sich mehr als verdoppelt: von 10 Mrd. $ auf 24 Mrd. $.", nil},
		{"ten times cheaper", "de", "Die Gebühren wurden um den Faktor 10 gesenkt, von 2,00 $ auf 0,20 $.", nil},
		{"a debut in another sentence", "de", "15.000 Teilnehmer werden erwartet. Die Messe – 50 % größer als ihr Debüt mit 10.000 Teilnehmern – ist ausverkauft.", nil},
		{"two growths of two things", "de", "Aave wuchs von 10,1 Mrd. $ auf 15,2 Mrd. $ (+50 %), Lido von 20,2 Mrd. $ auf 24,3 Mrd. $ (+20 %).", nil},
		{"handed out in order", "de", "Umsatz und Gewinn stiegen von 10 auf 15 bzw. von 2 auf 5 Mio. $, also um 50 % bzw. 150 %.", nil},
		{"a yearly rate is another matter", "de", "Der Markt wächst von 10 Mrd. $ im Jahr 2024 auf 38 Mrd. $ im Jahr 2030, also um durchschnittlich 25 % pro Jahr.", nil},
		{"denied", "de", "Der Umsatz stieg von 10,1 auf 15,2 Mio. $, nicht um 80 %.", nil},
		{"expected", "de", "Der Umsatz stieg von 10,1 auf 15,2 Mio. $ statt der erwarteten 80 %.", nil},
		{"against the year before, without its value", "de", "Im ersten Quartal waren es 12 Mio. $, im zweiten Quartal 2025 dann 14,2 Mio. $, ein Plus von 138 % gegenüber dem Vorjahr.", nil},
		{"faster by what fell", "de", "Die Zeit sank von 10 s auf 2 s, eine Verbesserung um 80 %.", nil},
		{"five times faster", "de", "Die Antwortzeit sank von 500 ms auf 100 ms und ist damit 5-mal schneller.", nil},

		{"of another thing, next sentence", "de", "Der Umsatz stieg von 10,1 auf 15,2 Mio. $. Das Team wuchs um 80 %.", nil},
		{"more than expected", "de", "Der Umsatz stieg von 10,1 auf 15,2 Mio. $. Das sind 20 % mehr als erwartet.", nil},
		{"a label of its own", "de", "Der Umsatz stieg von 5,1 auf 8,3 Mio. $ (Gewinn: +20 %).", nil},
		{"of the last year alone", "de", "Die Zahl stieg von 101 (2020) auf 303 (2024), ein Plus von 50 % allein im letzten Jahr.", nil},
		{"items about two things", "de", "- Morpho: 10.200 Nutzer, +20 %\n- Kamino: 15.300 Nutzer, +10 %\n", nil},
		{"rows about two things", "de", "| Protokoll | Nutzer | Zuwachs |\n|---|---|---|\n| Morpho | 10.200 | +20 % |\n| Kamino | 15.300 | +10 % |\n", nil},
		{"sentences about two things", "de", "Morpho zählte 2023 noch 10.200 Nutzer. Kamino kam 2024 auf 15.300 Nutzer, ein Plus von 10 %.", nil},
		{"below its peak", "en", "The token fell from $15.20 to $10.10, 60% below its peak of $25.", nil},
		{"then something else", "en", "The token rose from $10.10 to $12.20, then jumped another 50%.", nil},
		{"a number that was not understood", "en", "Of 1,000 respondents, 430 now use agents, compared with 210 a year earlier; that is 105% more.", nil},
		{"two bases", "en", "Revenue rose 50% to $15.3 million from $10.2 million a year earlier and 22% from $12.5 million in the prior quarter.", nil},
		{"measured over another time", "en", "The backlog reached $30.1bn at the end of June 2025, against $25.9bn in March 2025, and is 86% larger than a year earlier.", nil},
		{"of another thing", "en", "Revenue grew from $5.1 million to $8.3 million, while costs fell 20%.", nil},
		{"of another thing, behind", "en", "Revenue grew from $5.1 million to $8.3 million, a 20% increase in users helping along.", nil},
		{"of another thing, comma", "en", "Revenue grew from $5.1 million to $8.3 million, costs fell 20%.", nil},
		{"as another thing grew", "en", "Revenue doubled as users grew from 2.1 million to 2.9 million.", nil},
		{"above a forecast", "en", "It took $1.21 billion in the second quarter, up 207% on a year ago and well above the $1.08bn analysts had pencilled in.", nil},
		{"right", "en", "Revenue rose 50% to $15.3 million from $10.2 million.", nil},
		{"coarse inputs", "en", "Sales went from $1bn to $2bn, an 87% increase.", nil},
		{"nearly tripled", "en", "Users nearly tripled from 2 million to 5.8 million.", nil},
		{"three times as many", "en", "It now has 3 million users, three times as many as in 2022, when it had 1 million.", nil},
		{"times more, added or not", "en", "Capacity is three times more than before: 8.0 GW against 2.0 GW.", nil},
		{"halved", "en", "TVL halved from $12 billion to $6.1 billion.", nil},
		{"by an amount, or so many per cent", "en", "Revenue increased by $5 million, or 50%, to $15 million.", nil},
		{"an unrelated value before", "en", "The fund holds $10.2 million. Its token trades at $4.10, a 35% increase.", nil},
		{"several values before", "en", "In 2023 Aave took $4.1 million and Lido $7.7 million. In 2024 the sector took $15.3 million, a 60% increase.", nil},
		{"leverage", "en", "The token went from $10.20 to $15.30 on 3x leverage.", nil},
	})
}

func TestGrowthSaysWhy(t *testing.T) {
	tests := []struct {
		name, lang, text       string
		message, formula, says string
	}{
		{"growth", "de", "Der Umsatz stieg von 1,2 Mrd. $ auf 3,6 Mrd. $ – ein Anstieg von 300 %.",
			"Von 1,2 Mrd. $ auf 3,6 Mrd. $ sind es 200 % mehr, im Text steht „300 %“: Das ist das Verhältnis der beiden Werte, nicht der Zuwachs.", "3,6 Mrd. / 1,2 Mrd. − 1 = 200 %", "200 %"},
		{"decline", "en", "The price fell from $2.50 to $1.00, down 40%.",
			"From $2.50 to $1.00 is 60% less, but the text says “40%”: that is what is left, not what was lost.", "1 − 1 / 2.5 = 60%", "60%"},
		{"multiple", "en", "Users tripled from 2.1 million to 4.4 million.",
			"From 2.1 million to 4.4 million is 2.1 times as much, but the text says “tripled”.", "4.4 million / 2.1 million = 2.1", "2.1 times as much"},
		{"points", "de", "Der Anteil sank von 32,4 % auf 24,1 %, also um 12 Prozentpunkte.",
			"Von 32,4 % auf 24,1 % sind es 8,3 Prozentpunkte weniger, im Text steht „12 Prozentpunkte“.", "32,4 % − 24,1 % = 8,3 Prozentpunkte", "8,3 Prozentpunkte"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := examine(t, document(t, "post.md", unit.Lang(tt.lang), tt.text))
			if len(r.Files[0].Findings) == 0 {
				t.Fatal("nothing found")
			}
			f := r.Files[0].Findings[0]
			got := []string{spaced(f.Message), spaced(f.Evidence.Formula), spaced(f.Evidence.Computed)}
			if diff := cmp.Diff([]string{tt.message, tt.formula, tt.says}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// spaced writes blanks that do not break as plain ones.
func spaced(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }

func TestGrowthCountsWhatItChecked(t *testing.T) {
	r := examine(t, document(t, "post.md", unit.German, "Er wuchs von 5,2 Mrd. $ auf 19,2 Mrd. $ – ein Anstieg von 270 %. Die Kosten sanken um 30 %."))
	if got := r.Files[0].Counts.Arithmetic; got != 3 {
		t.Errorf("%d figures were checked by arithmetic, want 3", got)
	}
}

// What is computed from the written numbers and written with three digits is never disputed; what is far from it always is.
func TestGrowthFollowsItsArithmetic(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		from := float64(rapid.IntRange(100, 9999).Draw(r, "from")) / 10
		to := float64(rapid.IntRange(100, 9999).Draw(r, "to")) / 10
		wrong := rapid.Bool().Draw(r, "wrong")
		change := (to/from - 1) * 100
		verb, noun := "grew", "increase"
		if change < 0 {
			verb, noun, change = "fell", "drop", -change
		}
		if change < 5 {
			return
		}
		want := 0
		if wrong {
			change, want = change*1.7, 1
		}
		written := unit.FormatNumber(unit.FromFloat(math.Round(change*10)/10), unit.English)
		text := fmt.Sprintf("Revenue %s from $%.1f million to $%.1f million, a %s%% %s.", verb, from, to, written, noun)
		if got := findingsOf(examine(t, document(t, "post.md", unit.English, text)), "math/"); len(got) != want {
			r.Errorf("%s: %v", text, got)
		}
	})
}
