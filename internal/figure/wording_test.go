package figure

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// TestWordingGerman holds the ways of writing that are rarer than those of TestReadGerman.
func TestWordingGerman(t *testing.T) {
	runCases(t, unit.German, Options{}, []readCase{
		{"cents of a named currency", "Der Abruf kostet 40 US-Cent, der Strom 21,5 ct/kWh.", []string{"40 US-Cent = money 0.4 USD", "21,5 ct = money 0.215 EUR"}},
		{"dollars with any hyphen", "Es kostete 12 Mio. US-$, dann 0,30 US - Dollar und 8,5 Mrd. US\u2011Dollar.", []string{
			"12 Mio. US-$ = money 12000000 USD", "0,30 US - Dollar = money 0.3 USD", "8,5 Mrd. US\u2011Dollar = money 8500000000 USD"}},
		{"a stray blank before the full stop", "Der Ertrag lag bei 4,6 Mrd . $ im Mai.", []string{"4,6 Mrd . $ = money 4600000000 USD"}},
		{"Indian magnitudes", "Die Börse verlor ₹ 250 Crore.", []string{"₹ 250 Crore = money 2500000000 INR"}},
		{"voltage keeps its prefix", "Die Trasse führt ±380 kV.", []string{"380 kV = other 380 kV"}},
		{"watts and peak", "Das Gerät zieht 2.000 W. Der Park hat 30 MWp.", []string{"2.000 W = energy 2000 W", "30 MWp = energy 30 MWp"}},
		{"a stray blank before a comma or an ordinal's stop", "Im 3 . Quartal 2024 lag die Quote bei 61 , 7 % davon.", []string{"61 , 7 % = percent 61.7 % 2024-Q3"}},
		{"a list with one unit", "Die Stufen liegen bei 20.000, 45.000 oder 90.000 Euro, die Last bei 40 und 60 MW.", []string{
			"20.000 = money 20000 EUR inferred:unit", "45.000 = money 45000 EUR inferred:unit", "90.000 Euro = money 90000 EUR", "40 = energy 40 MW inferred:unit", "60 MW = energy 60 MW"}},
		{"one of so many", "Eine von acht Banken zögert, jede vierte Filiale schließt, jeden zweiten Tag.", []string{"Eine von acht = percent 12.5 %", "jede vierte = percent 25 %"}},
		{"points and parts", "Die Marge fiel um einen Prozentpunkt, das Lager ist zu 3/4 voll, die Quote ist 6 v. H. davon.", []string{
			"einen Prozentpunkt = percent 1 pp change:decline", "3/4 = percent 75 %", "6 v. H. = percent 6 %"}},
		{"a question of money is no count", "Die 40-Milliarden-Frage kostet 5 $.", []string{"40-Milliarden = money 40000000000 USD inferred:unit", "5 $ = money 5 USD"}},
		{"counted things have English ids", "Es gibt 90 Lizenzen, 800 Stellen, 45 Anträge und 2 Mio. Menschen.", []string{
			"90 = count 90 license", "800 = count 800 job", "45 = count 45 application", "2 Mio. = count 2000000 person"}},
		{"factors", "Es sank um den Faktor 45, dann um einen Faktor von mehr als 20.000.", []string{"45 = multiple 45", "20.000 = multiple 20000 over"}},
		{"models behind a times sign", "Trainiert auf 256 × H200.", []string{"256 = count 256 h200"}},
		{"how many there are of what was named", "Es waren 28 Filialen. Heute sind es 63, es waren nur 41. Im Register waren es 2019.", []string{"28 = count 28 filialen", "63 = count 63 filialen inferred:unit", "41 = count 41 filialen inferred:unit"}},
		{"a rate of counted things", "Das Netz schafft 210 Transaktionen pro Sekunde.", []string{"210 Transaktionen pro Sekunde = rate 210 TPS"}},
	})
}

// TestWordingEnglish holds the ways of writing that are rarer than those of TestReadEnglish.
func TestWordingEnglish(t *testing.T) {
	runCases(t, unit.English, Options{}, []readCase{
		{"each number by its own separators", "A stake of $12,345 was worth $987,654.32 later.", []string{"$12,345 = money 12345 USD", "$987,654.32 = money 987654.32 USD"}},
		{"a letter before what is counted", "It has 7m customers, 1.5m LINK and a 9m cable.", []string{"7m = count 7000000 customer", "1.5m = count 1500000 link", "9m = other 9 m"}},
		{"chips are not bytes", "They ordered 64 GB200 GPUs.", []string{"64 = count 64 gpu"}},
		{"pence", "The share closed at 41p.", []string{"41p = money 0.41 GBP"}},
		{"shares in words", "Eight in ten banks agree, 2 out of 5 do not, and 9 in 12 months came.", []string{"Eight in ten = percent 80 %", "2 out of 5 = percent 40 %", "12 months = duration 12 month"}},
		{"hyphened quarters, and a name", "It lost three-quarters. Four Corner Street is closed.", []string{"three-quarters = percent 75 % change:decline"}},
		{"lists with one unit", "A cut of 10, 15 or 20 basis points.", []string{
			"10 = percent 10 bp change:decline inferred:unit", "15 = percent 15 bp inferred:unit", "20 basis points = percent 20 bp"}},
		{"a range with a rate at both ends", "Prices ranged between $31.20/MWh and $48.90/MWh.", []string{"$31.20/MWh and $48.90 = money 31.2–48.9 USD"}},
		{"parts in words", "Sales fell by a third, output is down a fifth, a third agreed, one-eighth left, and it was cut by more than half.", []string{
			"a third = percent 33.3333 % change:decline", "a fifth = percent 20 % change:decline", "one-eighth = percent 12.5 %", "half = percent 50 % over change:decline"}},
		{"points that lead to a share", "The margin slipped four points to 37%; it scored 12 points.", []string{"four points = percent 4 pp change:decline", "37% = percent 37 % change:to", "12 = count 12 point"}},
		{"fractions as one sign", "It pays 3½% over 1¼ years.", []string{"3½% = percent 3.5 %", "1¼ years = duration 1.25 year"}},
		{"sponsors", "The bill has 38 co-sponsors.", []string{"38 = count 38 sponsor"}},
		{"business days", "It takes two to four business days by a factor of 150.", []string{"two to four business days = duration 2–4 day", "150 = multiple 150"}},
		{"part of what was counted", "It holds 4 million ether worth $9bn and stakes 1.2 million of them.", []string{
			"4 million = count 4000000 eth", "$9bn = money 9000000000 USD", "1.2 million = count 1200000 eth inferred:unit"}},
		{"Swiss francs", "A fine of SFr 7 million.", []string{"SFr 7 million = money 7000000 CHF"}},
	})
}

// TestTables reads rows by the head of their table: units and magnitudes of columns, counts, ranks, and signs.
func TestTables(t *testing.T) {
	rows := []string{
		"#\tFund\tInflow ($m)\tHoldings, MW\tBTC\tNote\tYTD",
		"1\tAlpha\t-12.5\t40\t1,250\t77\t-3.5%",
		"2\tBeta\t+7\t\t900\t\t−8%",
	}
	text := cite.Text{Content: strings.Join(rows, "\n"), Lang: unit.English}
	at := 0
	for _, row := range rows {
		text.Blocks = append(text.Blocks, cite.Block{Kind: cite.TableRow, Start: at, End: at + len(row)})
		at += len(row) + 1
	}
	text.Runs = []cite.Run{{Len: len(text.Content), SrcLen: len(text.Content)}}
	var got []string
	for _, f := range Read(&text, Options{}).Figures {
		got = append(got, summary(&f))
	}
	want := []string{
		"-12.5 = money -12500000 USD change:decline inferred:unit", "40 = energy 40 MW inferred:unit", "1,250 = count 1250 btc inferred:unit", "-3.5% = percent -3.5 % change:decline",
		"7 = money 7000000 USD change:growth inferred:unit", "900 = count 900 btc inferred:unit", "−8% = percent -8 % change:decline",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestContextOfWords holds what words around a figure say of its direction, bound, time and certainty, and what they do not.
func TestContextOfWords(t *testing.T) {
	runCases(t, unit.German, published, []readCase{
		{"verbs in two parts", "Der Absatz legte um 12 Prozent auf 4,5 Milliarden Euro zu, der Gewinn ging um 3 % auf 9 Mio. € zurück.", []string{
			"12 Prozent = percent 12 % change:growth", "4,5 Milliarden Euro = money 4500000000 EUR change:to", "3 % = percent 3 % change:decline", "9 Mio. € = money 9000000 EUR change:to"}},
		{"what comes on top", "Im Sommer kamen 8 Mrd. $ hinzu.", []string{"8 Mrd. $ = money 8000000000 USD change:by"}},
		{"over a way point", "Die Quote sank von 40 % über 35 % auf zuletzt 31,5 %.", []string{
			"40 % = percent 40 % change:from r1", "35 % = percent 35 %", "31,5 % = percent 31.5 % change:to r1"}},
		{"two things are no change", "Es reicht von 90 Banken bis nach Asien, auf 4 Mio. Konten verteilt.", []string{"90 = count 90 bank", "4 Mio. = count 4000000 account"}},
		{"about is not above", "Sie verhandeln über 6 Mrd. $, verteilt über fünf Jahre.", []string{"6 Mrd. $ = money 6000000000 USD", "fünf Jahre = duration 5 year"}},
		{"the span before is another time", "Im Januar 2026 waren es 31 Mio. $ nach 27 Mio. $ im Vorquartal.", []string{"31 Mio. $ = money 31000000 USD 2026-01", "27 Mio. $ = money 27000000 USD"}},
		{"topics and verbs that foresee nothing", "Prognosemärkte erreichten 9 Mrd. $. Der Bericht rechnet 40 % davon dem Netz zu. Sie sollen Berichten zufolge 3 Mrd. $ umgesetzt haben.", []string{
			"9 Mrd. $ = money 9000000000 USD", "40 % = percent 40 %", "3 Mrd. $ = money 3000000000 USD"}},
		{"a price target", "Kaufen, Kursziel 65 €.", []string{"65 € = money 65 EUR forecast"}},
	})
	runCases(t, unit.English, published, []readCase{
		{"verbs that lead to an end", "Orders more than doubled to $90bn; cash slumped 40%, to $3bn; the ratio is down to 1.4x from 2.9x.", []string{
			"doubled = multiple 2 over change:growth", "$90bn = money 90000000000 USD change:to", "40% = percent 40 % change:decline", "$3bn = money 3000000000 USD change:to",
			"1.4x = multiple 1.4 change:to r1", "2.9x = multiple 2.9 change:from r1"}},
		{"one sum turned into another", "It turned $10,000 into $250,000.", []string{"$10,000 = money 10000 USD change:from r1", "$250,000 = money 250000 USD change:to r1"}},
		{"spread over time", "It is written off over six years and took over two years.", []string{"six years = duration 6 year", "two years = duration 2 year over"}},
		{"less than a named sum", "It made $8bn, less than the $11bn of 2024.", []string{"$8bn = money 8000000000 USD", "$11bn = money 11000000000 USD 2024"}},
		{"now is not then", "A licence of $900 in 2020 now costs $1,900.", []string{"$900 = money 900 USD 2020", "$1,900 = money 1900 USD"}},
		{"a day, and what there was", "When it opened on 3 May 2025, there were $60bn of deposits.", []string{"$60bn = money 60000000000 USD 2025-05-03"}},
		{"no year that is still to come", "In 2026 it cut costs. In December it made $5m.", []string{"$5m = money 5000000 USD 2025-12 inferred:period"}},
		{"a kept target, and a topic", "The bank has held its target at 4%. Prediction markets took $2bn.", []string{"4% = percent 4 %", "$2bn = money 2000000000 USD"}},
		{"plans", "It pencilled in $30bn and is looking for $1 trillion.", []string{"$30bn = money 30000000000 USD forecast", "$1 trillion = money 1000000000000 USD forecast"}},
	})
	runCases(t, unit.English, Options{}, []readCase{
		{"beyond the dates of an undated text", "In January 2026 it held $5bn. It is 2 GW by 2031.", []string{"$5bn = money 5000000000 USD 2026-01", "2 GW = energy 2 GW 2031 forecast"}},
	})
}
