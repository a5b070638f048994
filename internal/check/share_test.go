package check

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"beleg/internal/unit"
)

// runSentences checks each text by itself and compares the findings of rules whose id begins with prefix.
func runSentences(t *testing.T, prefix string, cases []sentences) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.lang+" "+c.name, func(t *testing.T) {
			r := examine(t, document(t, c.name+".md", unit.Lang(c.lang), c.text))
			if diff := cmp.Diff(c.want, findingsOf(r, prefix), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s\n(-want +got):\n%s", c.text, diff)
				for _, f := range r.Files[0].Findings {
					t.Log(f.Message, "|", f.Evidence.Formula)
				}
			}
		})
	}
}

func TestShares(t *testing.T) {
	runSentences(t, "math/share", []sentences{
		{"part of a whole", "de", "Von den 390 Mrd. $ entfallen 226 Mrd. $ auf Firmen, also 71 %.", []string{"math/share error 71 %"}},
		{"part of a whole fits", "de", "Von den 390 Mrd. $ entfallen 226 Mrd. $ auf Firmen, also 58 %.", nil},
		{"genitive", "de", "An der Wahl nahmen 1.300 der 2.000 Validatoren teil (85 %).", []string{"math/share error 85 %"}},
		{"genitive fits", "de", "An der Wahl nahmen 1.300 der 2.000 Validatoren teil (65 %).", nil},
		{"shared magnitude", "de", "Auf Asien entfallen 120 von 480 Mio. Nutzern, das sind 25 %.", nil},
		{"shared magnitude is off", "de", "Auf Asien entfallen 120 von 480 Mio. Nutzern, das sind 35 %.", []string{"math/share error 35 %"}},
		{"share first", "en", "The desk handled 45% of the $900 million, or $405 million.", nil},
		{"share first is off", "en", "The desk handled 45% of the $900 million, or $504 million.", []string{"math/share error 45%"}},
		{"share first in brackets", "en", "Only 15% (18 of 60 firms) replied.", []string{"math/share error 15%"}},
		{"total named later", "en", "USDC is worth $75 billion, 25% of the total market of $300 billion.", nil},
		{"total of the line before", "de", "- Das Volumen erreichte 480 Mrd. $\n- Firmen zahlten davon 120 Mrd. $ (40 % der Gesamtsumme)\n", []string{"math/share warning 40 %"}},
		{"total of the line before fits", "de", "- Das Volumen erreichte 480 Mrd. $\n- Firmen zahlten davon 120 Mrd. $ (25 % der Gesamtsumme)\n", nil},
		{"coarse rounding is a note", "de", "- Bezahlt wurden 390 Mrd. $\n- Firmen zahlten 226 Mrd. $ (60 % der Gesamtsumme)\n", []string{"math/share note 60 %"}},
		{"an older total fits", "de", "Der Umlauf betrug 300 Mrd. $. Gehandelt wurden 900 Mrd. $. USDC kommt auf 75 Mrd. $, ein Viertel des gesamten Umlaufs.", nil},
		{"joint share", "en", "The two hold 40 and 25 of 90 billion dollars, together over 80%.", []string{"math/share warning 80%"}},
		{"joint share fits", "en", "The two hold 40 and 25 of 90 billion dollars, together over 70%.", nil},
		{"joint share in the next sentence", "de", "Tether hält 180 Mrd. $ und Circle 70 Mrd. $ der 300 Mrd. $. Zusammen sind das 95 %.", []string{"math/share warning 95 %"}},
		{"joint share in the next sentence fits", "de", "Tether hält 180 Mrd. $ und Circle 70 Mrd. $ der 300 Mrd. $. Zusammen sind das 83 %.", nil},
		{"what is left of the effort", "en", "A node checks just 2,000 of 500,000 samples. That cuts the effort to about 2%.", []string{"math/share warning 2%"}},
		{"what is left of the effort fits", "en", "A node checks just 2,000 of 500,000 samples. That cuts the effort to about 0.4%.", nil},
		{"what is saved", "de", "Wer 40.000 Zeilen prüft, muss nur 1.000 Zeilen lesen, was den Aufwand um 97,5 % senkt.", nil},
		{"what is saved is off", "de", "Wer 40.000 Zeilen prüft, muss nur 1.000 Zeilen lesen, was den Aufwand um 85 % senkt.", []string{"math/share warning 85 %"}},
		{"the other end of a saving", "de", "Das reduziert den Aufwand auf etwa 0,1 %. Ein Knoten, der 200 Millionen Zeilen prüft, muss nur 50.000 Zeilen lesen, was die Kosten um 99,9 % senkt.",
			[]string{"math/share warning 0,1 %"}},
		{"the rest", "en", "Staff takes 60% of the budget. The remaining 30% goes to grants.", []string{"math/share warning 30%"}},
		{"the rest fits", "en", "Staff takes 60% of the budget. The remaining 40% goes to grants.", nil},
		{"the rest of several", "de", "45 % gehen an das Team, 35 % an Investoren, die übrigen 20 % an die Stiftung.", nil},
		{"the rest of a share of a share", "de", "70 % der Nutzer leben in Asien, davon 20 % in Japan; die restlichen 30 % leben in Europa.", nil},
		{"half and half", "de", "Wenn die Hälfte der Knoten aktualisiert und die andere Hälfte nicht, bricht das Netz.", nil},
		{"fractions", "en", "Two thirds of the 600 nodes, or 400, run on one cloud.", nil},
		{"fractions are off", "en", "Two thirds of the 600 nodes, or 200, run on one cloud.", []string{"math/share error Two thirds"}},
		{"a share of something else", "de", "Der Umlauf von 300 Mrd. $ wuchs, während 75 Mrd. $ auf Circle entfallen und 12 % der Nutzer in Asien leben.", nil},
		{"growth is no share", "de", "Von 5,2 Mrd. $ stieg der Wert auf 19,2 Mrd. $, ein Plus von 270 %.", nil},
		{"a fee is no share", "en", "Of the 60 million dollars, 20 million earn a fee of 2%.", nil},
		{"a rate beside amounts", "en", "The fund manages $40 billion of the $90 billion market and yields 5%.", nil},
		{"shares of another base", "en", "The company has 1,200 of the 2,000 licences; 35% of its revenue comes from Asia.", nil},
		{"over its share", "de", "Auf diesen Anbieter entfallen 24 % der Einlagen, fast 90 Mrd. $.", nil},
		{"a share of that", "en", "The sector is worth $19 billion. Bittensor makes up $4 billion of that, or 41%.", []string{"math/share warning 41%"}},
		{"a share of that fits", "en", "The sector is worth $19 billion. Bittensor makes up $4 billion of that, or 21%.", nil},
		{"the same by another noun", "en", "Roughly 30% of the 12,000 nodes, that is 6,600 machines, sit idle.", []string{"math/share error 30%"}},
		{"a quota", "en", "Of 1,250 applications, 300 made the cut, an acceptance rate of 44%.", []string{"math/share error 44%"}},
		{"the rest of an enumeration", "de", "ETH hat 55 % im Korb, BTC 40 % und SOL die restlichen 15 %.", []string{"math/share warning 15 %"}},
		{"the rest after shares of shares", "de", "Das Team bekam 20 %, die Hälfte davon sofort. Die Fonds bekamen 30 %, ein Drittel davon sofort, und die übrigen 50 % die Nutzer.", nil},
		{"a distance is no share", "de", "Der Kurs liegt bei 3.300 $, 30 % unter dem Hoch von 4.700 $.", nil},
		{"less than elsewhere", "de", "Statt 100 $ zahlen Nutzer nur 20 $, 30 % weniger als bei der Bank.", nil},
		{"few do it, and it cuts costs", "en", "Only 20 of 100 banks use it, which cuts costs by 30%.", nil},
		{"a return on a part", "en", "Supply is 120 million ETH, 34 million of which is staked (28%), yielding 3%.", nil},
		{"a success elsewhere", "de", "Von 100 Projekten überleben 10, die Erfolgsquote bei Banken liegt bei 60 %.", nil},
		{"part above whole", "de", "Es waren 36 Transaktionen, darunter 50 Transaktionen aus Asien.", []string{"math/share error 50"}},
		{"part above whole, parts fit", "en", "There were 36 million transactions, including 5 million transfers and 7 million transactions on weekends.", nil},
	})
}

func TestImpossibleParts(t *testing.T) {
	runSentences(t, "scale/billion", []sentences{
		{"billion for million", "en", "The market is $390 million, of which $226 billion is business.", []string{"scale/billion error $226 billion"}},
		{"Billionen for Milliarden", "de", "Von den 390 Mrd. $ entfallen 226 Bio. $ auf Firmen.", []string{"scale/billion error 226 Bio. $"}},
		{"fits", "en", "The market is $390 billion, of which $226 billion is business.", nil},
		{"a smaller scale is fine", "de", "Von den 390 Mrd. $ entfallen 226 Mio. $ auf Firmen.", nil},
		{"not a part", "en", "The market is $390 million, and rivals hold $226 billion.", nil},
		{"a change is no part", "de", "Das Volumen stieg von 390 Mio. $ auf 226 Mrd. $.", nil},
	})
}
