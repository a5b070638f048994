package check

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"beleg/internal/unit"
)

// TestDerivedSums holds totals against parts that stand in other sentences, lists and tables.
func TestDerivedSums(t *testing.T) {
	runSentences(t, "math/sum", []sentences{
		{"several sentences and how many", "en", "Orca leads with $310 million. It is followed by Pelican with $66 million and Heron with $48 million. Together these three hold $524 million.", []string{"math/sum error $524 million"}},
		{"several sentences and how many fit", "en", "Orca leads with $310 million. It is followed by Pelican with $66 million and Heron with $48 million. Together these three hold $424 million.", nil},
		{"all rounds", "de", "Im Seed kamen 2,5 Mio. $ und in der Series A 9,5 Mio. $ zusammen. Über beide Runden hinweg sind das 15 Mio. $.", []string{"math/sum error 15 Mio. $"}},
		{"all rounds fit", "de", "Im Seed kamen 2,5 Mio. $ und in der Series A 9,5 Mio. $ zusammen. Über beide Runden hinweg sind das 12 Mio. $.", nil},
		{"one is added", "en", "Orca signed for $9.5 billion, Pelican for $5.5 billion. If Heron's $2.5 billion is added, these three contracts come to $24.5 billion.", []string{"math/sum error $24.5 billion"}},
		{"one is added and fits", "en", "Orca signed for $9.5 billion, Pelican for $5.5 billion. If Heron's $2.5 billion is added, these three contracts come to $17.5 billion.", nil},
		{"one more on top", "de", "Der Handel brachte 31 Mio. $. Weitere 14 Mio. $ kamen aus der Verwahrung hinzu, so dass der Umsatz 65 Mio. $ erreichte.", []string{"math/sum warning 65 Mio. $"}},
		{"one more on top fits", "de", "Der Handel brachte 31 Mio. $. Weitere 14 Mio. $ kamen aus der Verwahrung hinzu, so dass der Umsatz 45 Mio. $ erreichte.", nil},
		{"a list and its sum behind", "en", "The calls went to:\n\n- 41 million to search\n- 24 million to maps\n- 17 million to weather\n\nThere are no other kinds; altogether this makes the 92 million calls named above.\n", []string{"math/sum warning 92 million"}},
		{"a list and its sum behind fit", "en", "The calls went to:\n\n- 41 million to search\n- 24 million to maps\n- 17 million to weather\n\nThere are no other kinds; altogether this makes the 82 million calls named above.\n", nil},
		{"a definite count", "de", "Beschäftigt werden 140 Menschen in Oslo, 65 in Riga und 30 in Bergen. Die 265 Mitarbeiter arbeiten im Schichtbetrieb.", []string{"math/sum warning 265"}},
		{"a definite count fits", "de", "Beschäftigt werden 140 Menschen in Oslo, 65 in Riga und 30 in Bergen. Die 235 Mitarbeiter arbeiten im Schichtbetrieb.", nil},
		{"a column of a table", "de", "| Netz | Umsatz | Anteil |\n|---|---|---|\n| A | 12 Mio. $ | 24 % |\n| B | 20 Mio. $ | 40 % |\n| C | 18 Mio. $ | 36 % |\n| Gesamt | 58 Mio. $ | 100 % |\n", []string{"math/sum warning 58 Mio. $"}},
		{"a column of a table fits", "de", "| Netz | Umsatz | Anteil |\n|---|---|---|\n| A | 12 Mio. $ | 24 % |\n| B | 20 Mio. $ | 40 % |\n| C | 18 Mio. $ | 36 % |\n| Gesamt | 50 Mio. $ | 100 % |\n", nil},
		{"how many parts", "en", "The 61,000 servers stand in three places: 38,000 in Oslo, 16,500 in Riga and 9,500 in Bergen.", []string{"math/sum warning 61,000"}},
		{"how many parts fit", "en", "The 61,000 servers stand in three places: 38,000 in Oslo, 16,500 in Riga and 6,500 in Bergen.", nil},
		{"shares with the rest", "en", "Of its holders 38% live in Turkey, 17% in Norway, 12% in Chile, and 43% elsewhere.", []string{"math/sum warning 43%"}},
		{"shares with the rest fit", "en", "Of its holders 38% live in Turkey, 17% in Norway, 12% in Chile, and 33% elsewhere.", nil},
		{"shares and amounts in a list", "en", "Volume by venue:\n\n- Orca: $40 billion (40%)\n- Pelican: $35 billion (35%)\n- Heron: $10 billion (30%)\n- All others: $15 billion (15%)\n", []string{"math/sum warning 15%"}},
	})
}

// TestDerivedProducts holds amounts against the prices, rates and terms of the sentences around them.
func TestDerivedProducts(t *testing.T) {
	runSentences(t, "math/product", []sentences{
		{"put on a year", "de", "Der Monatsumsatz lag bei 310.000 $. Auf das Jahr hochgerechnet wären das 5,9 Mio. $.", []string{"math/product error 5,9 Mio. $"}},
		{"put on a year fits", "de", "Der Monatsumsatz lag bei 310.000 $. Auf das Jahr hochgerechnet wären das 3,7 Mio. $.", nil},
		{"by the quarter", "de", "An Miete fallen 9,6 Mio. $ jährlich an. Quartalsweise fließen also 3,4 Mio. $ ab.", []string{"math/product error 3,4 Mio. $"}},
		{"by the quarter fits", "de", "An Miete fallen 9,6 Mio. $ jährlich an. Quartalsweise fließen also 2,4 Mio. $ ab.", nil},
		{"a single day and a month", "en", "About $12 million change hands every single day, roughly $90 million a month.", []string{"math/product error $90 million"}},
		{"in two weeks", "en", "Within two weeks 28,000 keys were issued, on average 3,100 a day.", []string{"math/product error 3,100"}},
		{"in two weeks fits", "en", "Within two weeks 28,000 keys were issued, on average 2,000 a day.", nil},
		{"hours a day", "en", "A card rents for $2.50 an hour. With 16 hours in use, it grosses about $60 per day.", []string{"math/product error $60"}},
		{"hours a day fit", "en", "A card rents for $2.50 an hour. With 16 hours in use, it grosses about $40 per day.", nil},
		{"per second", "en", "It handles 2,000 orders per second. In a day, that would be 350 million.", []string{"math/product error 350 million"}},
		{"over the term", "de", "Die Anleihe läuft vier Jahre. Gezahlt werden 6,5 Mio. € im Jahr. Über die gesamte Laufzeit summieren sich die Zinsen auf 36 Mio. €.", []string{"math/product error 36 Mio. €"}},
		{"over the term fits", "de", "Die Anleihe läuft vier Jahre. Gezahlt werden 6,5 Mio. € im Jahr. Über die gesamte Laufzeit summieren sich die Zinsen auf 26 Mio. €.", nil},
		{"a price and a count in the sentence before", "de", "Im Januar lieferte das Netz 48 GWh, und zwar zum Preis von 25 € je Megawattstunde. In der Bilanz stehen daher 2,1 Mio. €.", []string{"math/product error 2,1 Mio. €"}},
		{"a price and a count in the sentence before fit", "de", "Im Januar lieferte das Netz 48 GWh, und zwar zum Preis von 25 € je Megawattstunde. In der Bilanz stehen daher 1,2 Mio. €.", nil},
		{"a price per megabyte", "en", "It charges $0.05 per megabyte. Its customers stored 900 GB, resulting in revenue of $450,000.", []string{"math/product error $450,000"}},
		{"a price per megabyte fits", "en", "It charges $0.05 per megabyte. Its customers stored 900 GB, resulting in revenue of $45,000.", nil},
		{"apiece", "en", "Its vault holds 52,000 ounces. At $4,000 apiece this makes holdings of $308 million.", []string{"math/product error $308 million"}},
		{"a bond of each", "en", "The network has 24 operators, each with a bond of $50,000, so that $1.9 million is at stake.", []string{"math/product error $1.9 million"}},
		{"steady power", "en", "The smelter draws a steady 90 MW. Over a year that adds up to 560 GWh.", []string{"math/product error 560 GWh"}},
		{"steady power fits", "de", "Die Anlage läuft Tag und Nacht mit 40 MW. Das ergibt im Jahr rund 350 GWh.", nil},
		{"not all from there", "en", "The plant runs day and night on 25 MW. Over the full year it bought 180 GWh from the grid, the rest came from its own turbines.", nil},
		{"the proceeds", "de", "Jede Aktie kostete 40 Euro. Der Konzern kaufte 2,2 Millionen Aktien zurück. Der Kaufpreis von 120 Millionen Euro stammte aus Krediten.", []string{"math/product error 120 Millionen Euro"}},
		{"the proceeds fit", "en", "The farm issued 4,200 shares. Each share cost $250. The proceeds of $1.05 million went into turbines.", nil},
		{"the proceeds at two prices", "en", "The farm issued 6,200 shares. Each share cost $250 at issue and $310 later. The proceeds of $1.9 million went into turbines.", nil},
		{"a bill for more", "en", "A single licence costs $90 a month. The agency bought 1,200 licences. The bill of $1.1 million covers hardware too.", nil},
		{"a newer price", "en", "A battery cost about $210 per kilowatt-hour in 2023; current offers are around $140. For 50 MWh that means $7 million.", nil},
		{"a product told before", "en", "There are 12,400 members on the basic plan at $15 a month, bringing in $186,000; sponsors add $64,000, and events cover the final $50,000. Together that is $300,000.", nil},
		{"as it stood later", "en", "The desk earned $3.2 million a month in spring. Since then it has shrunk. Annualised, revenue stood at $29 million in autumn.", nil},
		{"a pointed year", "en", "The desk earned $3.2 million a month in spring. Annualised, that comes to $48 million.", []string{"math/product error $48 million"}},
		{"a runway from afar", "en", "The fund holds $30 million. It spends $1.25 million a month. That gives it a runway of 36 months.", []string{"math/product error 36 months"}},
		{"an average", "en", "It counted 4.2 million trades with a volume of $840 million, corresponding to an average of $310 per trade.", []string{"math/product error $310"}},
		{"an average fits", "en", "It counted 4.2 million trades with a volume of $840 million, corresponding to an average of $200 per trade.", nil},
		{"an average of all", "en", "So far 150 million payments with a value of $45 million were made, so 55 cents on average.", []string{"math/product error 55 cents"}},
		{"a price per power, ten times off", "en", "The campus will have 1.6 gigawatts.\n\nThe developer plans for $48 billion, that is $3 billion per gigawatt.", []string{"math/product error $3 billion"}},
		{"a price per power, two digits", "en", "The campus will have 1.5 gigawatts.\n\nThe developer plans for $48 billion, that is $3.2 billion per gigawatt.", []string{"math/product error $3.2 billion"}},
		{"full-load hours", "de", "Der Park mit 80 MW kommt auf 3.000 Volllaststunden und liefert jährlich 340 GWh.", []string{"math/product error 340 GWh"}},
		{"full-load hours fit", "de", "Der Park mit 80 MW kommt auf 3.000 Volllaststunden und liefert jährlich 240 GWh.", nil},
		{"around the clock", "en", "The hall draws 40 MW and, running around the clock, would use 0.9 TWh a year.", []string{"math/product error 0.9 TWh"}},
		{"around the clock fits", "en", "The hall draws 40 MW and, running around the clock, would use 0.35 TWh a year.", nil},
		{"at part load", "en", "At an average load of 75% the campus with 200 MW will consume 2.1 TWh a year.", []string{"math/product error 2.1 TWh"}},
		{"at part load fits", "en", "At an average load of 75% the campus with 200 MW will consume 1.3 TWh a year.", nil},
		{"more than a year has hours", "de", "Das Werk mit 50 MW verbraucht 0,9 TWh im Jahr.", []string{"math/product error 0,9 TWh"}},
		{"a queue", "de", "Am Tag werden 50.000 ETH bearbeitet. In der Schlange stehen 600.000 ETH, neue Validatoren warten deshalb 29 Tage.", []string{"math/product error 29 Tage"}},
		{"a queue fits", "de", "Am Tag werden 50.000 ETH bearbeitet. In der Schlange stehen 600.000 ETH, neue Validatoren warten deshalb 12 Tage.", nil},
		{"a coupon", "en", "It issued a bond of $400 million at 1.25% (annual interest: $8 million).", []string{"math/product error $8 million"}},
		{"a coupon fits", "en", "It issued a bond of $400 million at 1.25% (annual interest: $5 million).", nil},
		{"what is left", "en", "A card earns $900 a month; the network keeps 10%, so that roughly $590 are left.", nil},
		{"a price of a coin", "en", "The treasury holds 2,000 BTC. At a price of $80,000 they are worth $240 million.", []string{"math/product error $240 million"}},
		{"scaled up", "en", "One card grosses $30 per day. Scaled up to 100 cards at the same price, that is $2.9 million a year.", []string{"math/product error $2.9 million"}},
		{"scaled up fits", "en", "One card grosses $30 per day. Scaled up to 100 cards at the same price, that is $1.1 million a year.", nil},
		{"ten times off", "de", "Das Netz nimmt 0,0005 $ pro Vorgang. Im Januar zählte es 4,2 Mio. Vorgänge und erlöste damit 21.000 $.", []string{"math/product error 21.000 $"}},
	})
}

// TestDerivedSlips holds results that are off by a thousand.
func TestDerivedSlips(t *testing.T) {
	runSentences(t, "scale/billion", []sentences{
		{"a sum", "de", "Orca will 210 Mrd. $ ausgeben, Pelikan 160 Mrd. $ und Reiher 130 Mrd. $. Zusammen planen die drei also mit 500 Bio. $.", []string{"scale/billion error 500 Bio. $"}},
		{"a sum fits", "de", "Orca will 210 Mrd. $ ausgeben, Pelikan 160 Mrd. $ und Reiher 130 Mrd. $. Zusammen planen die drei also mit 500 Mrd. $.", nil},
		{"an exchange rate", "de", "Gehandelt wurden 2,9 Billionen Won, beim Kurs von 1.450 Won je Dollar also 2 Billionen US-Dollar.", []string{"scale/billion error 2 Billionen US-Dollar"}},
		{"a price", "en", "It emptied 120,000 wallets, on average with $4,000 per wallet. That adds up to $480 billion.", []string{"scale/billion error $480 billion"}},
	})
}

// TestRightProductsAreQuiet holds that what is multiplied and rounded rightly is never found fault with, and that what is
// far from it always is.
func TestRightProductsAreQuiet(t *testing.T) {
	forms := []struct {
		text   string // with a count, a price and a result
		factor float64
	}{
		{"It sold %d licences at $%d each for $%d.", 1},
		{"The network has %d operators, each with a bond of $%d, so that $%d is at stake.", 1},
		{"They counted %d calls in January. At $%d per call this makes $%d.", 1},
	}
	rapid.Check(t, func(r *rapid.T) {
		form := rapid.SampledFrom(forms).Draw(r, "form")
		count, price := rapid.IntRange(2101, 9999).Draw(r, "count"), rapid.IntRange(3, 999).Draw(r, "price")
		find := func(result int) []string {
			text := fmt.Sprintf(form.text, count, price, result)
			return findingsOf(examine(t, document(t, "x.txt", unit.English, text)), "math/")
		}
		if got := find(count * price); len(got) > 0 {
			r.Errorf(form.text+": %v", count, price, count*price, got)
		}
		if wrong := count*price*17/10 + 3; len(find(wrong)) == 0 {
			r.Errorf(form.text+": nothing found", count, price, wrong)
		}
	})
}
