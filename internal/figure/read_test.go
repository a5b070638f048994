package figure

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// summary is what a figure says, in one line: its text, kind, value or ends, unit, and what else is set.
func summary(f *cite.Figure) string {
	if f.Kind == cite.Damage {
		return "damage → " + f.Restored
	}
	low, high := f.Ends()
	value := low.String()
	if f.IsRange() {
		value += "–" + high.String()
	}
	parts := []string{f.Text + " = " + string(f.Kind), value}
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	add(string(f.Unit))
	add(string(f.Qualifier))
	if f.Nearly {
		add("nearly")
	}
	if f.Change != "" {
		add("change:" + string(f.Change))
	}
	add(f.Relation)
	if f.Per != "" {
		add("per:" + string(f.Per))
	}
	add(f.Period.String())
	if f.Forecast {
		add("forecast")
	}
	for _, i := range f.Inferred {
		add("inferred:" + i)
	}
	return strings.Join(parts, " ")
}

type readCase struct {
	name string
	in   string
	want []string
}

func runCases(t *testing.T, lang unit.Lang, opt Options, cases []readCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text := cite.PlainText(c.in, lang)
			var got []string
			for _, f := range Read(&text, opt).Figures {
				got = append(got, summary(&f))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s\n(-want +got):\n%s", c.in, diff)
			}
		})
	}
}

var published = Options{Published: market.MustPeriod("2026-02-10")}

func TestReadGerman(t *testing.T) {
	runCases(t, unit.German, Options{}, []readCase{
		{"separators", "Es waren 1.234.567,89 € und 2.500 Nutzer.", []string{"1.234.567,89 € = money 1234567.89 EUR", "2.500 = count 2500 user"}},
		{"decimal comma with three digits", "Die Gebühr von 0,875 % blieb.", []string{"0,875 % = percent 0.875 %"}},
		{"thousands beside per cent", "Sie wuchs um 2.300 %.", []string{"2.300 % = percent 2300 % change:growth"}},
		{"English separators in a German text", "Das Volumen lag bei $1,250,000 und die Gebühr bei $1.5 Mio.", []string{"$1,250,000 = money 1250000 USD", "$1.5 Mio. = money 1500000 USD"}},
		{"untranslated thousands", "Das Netz schafft 65,000 TPS und hat 12,500 Knoten.", []string{"65,000 TPS = rate 65000 TPS", "12,500 = count 12500 node"}},
		{"no-break blanks", "Rund 250\u00a0Mio.\u00a0$ und 1\u202f250\u202f000 Wallets.", []string{"250\u00a0Mio.\u00a0$ = money 250000000 USD about", "1\u202f250\u202f000 = count 1250000 wallet"}},
		{"Billion is a million millions", "Der Markt ist 3,5 Billionen Dollar groß, nicht 3,5 Milliarden.", []string{"3,5 Billionen Dollar = money 3500000000000 USD", "3,5 Milliarden = money 3500000000 USD inferred:unit"}},
		{"compounds", "Die 75-Mio.-$-Runde im 350-Milliarden-Dollar-Markt", []string{"75-Mio.-$ = money 75000000 USD", "350-Milliarden-Dollar = money 350000000000 USD"}},
		{"spaced compounds", "Der 33 - Billionen - Dollar - Rückenwind", []string{"33 - Billionen - Dollar = money 33000000000000 USD"}},
		{"currency before and behind", "Mal $ 250 Millionen, mal 250 Mio. US-Dollar, mal USD 250 Mio., mal CHF 2,3 Mio.", []string{
			"$ 250 Millionen = money 250000000 USD", "250 Mio. US-Dollar = money 250000000 USD", "USD 250 Mio. = money 250000000 USD", "CHF 2,3 Mio. = money 2300000 CHF"}},
		{"magnitude between currency and number", "Ein EUR Mrd. 20 schwerer Fonds.", []string{"EUR Mrd. 20 = money 20000000000 EUR"}},
		{"other dollars", "Es kostete 275 Mio. HK$ (35,3 Mio. US$) und S$ 5.", []string{"275 Mio. HK$ = money 275000000 HKD", "35,3 Mio. US$ = money 35300000 USD", "S$ 5 = money 5 SGD"}},
		{"cashtags are no currency", "Der $BILL-Token stieg, 10 Mio. $POLY wurden verbrannt.", []string{"10 Mio. = count 10000000 poly"}},
		{"range", "Sie sparen 50–85 % in 6 bis 12 Monaten.", []string{"50–85 % = percent 50–85 % change:decline", "6 bis 12 Monaten = duration 6–12 month"}},
		{"range with blanks", "Es sind 5 - 8 Billionen US-Dollar.", []string{"5 - 8 Billionen US-Dollar = money 5000000000000–8000000000000 USD"}},
		{"range with zwischen", "Die Gebühren liegen zwischen 0,49 % und 4,5 %.", []string{"0,49 % und 4,5 % = percent 0.49–4.5 %"}},
		{"range of multiples", "Das 10- bis 100-fache, das Zwei- bis Dreifache.", []string{"10- bis 100-fache = multiple 10–100", "Zwei- bis Dreifache = multiple 2–3"}},
		{"range across magnitudes", "Zwischen 500 und 2 Millionen Nutzer.", []string{"500 und 2 Millionen = count 500–2000000 user"}},
		{"change with a shared unit", "Das Volumen stieg von 2 Billionen auf 4 Billionen US-Dollar.", []string{
			"2 Billionen = money 2000000000000 USD change:from r1 inferred:unit", "4 Billionen US-Dollar = money 4000000000000 USD change:to r1"}},
		{"change with a shared magnitude", "Das Limit stieg von 36 auf 60 Mio. Nutzer.", []string{"36 = count 36000000 user change:from r1 inferred:unit", "60 Mio. = count 60000000 user change:to r1"}},
		{"change and its growth", "Er wuchs von 5,2 Mrd. $ auf 19,2 Mrd. $ – ein Anstieg von 270 %.", []string{
			"5,2 Mrd. $ = money 5200000000 USD change:from r1", "19,2 Mrd. $ = money 19200000000 USD change:to r1", "270 % = percent 270 % change:growth r1"}},
		{"by is not to", "Die Kosten sanken um 30 % auf 70 €.", []string{"30 % = percent 30 % change:decline", "70 € = money 70 EUR change:to"}},
		{"share of a sum", "B2B-Zahlungen kommen auf 226 Mrd. $ (60 % der Gesamtsumme).", []string{"226 Mrd. $ = money 226000000000 USD r1", "60 % = percent 60 % r1"}},
		{"qualifiers", "Über 600 Firmen, mindestens 32 ETH, knapp 10 %, bis zu 24 %, weniger als 5 Tage, ~3 GW, ca. 69.000 Dollar, 250 Mio.+ Nutzer.", []string{
			"600 = count 600 firm over", "32 = count 32 eth at_least", "10 % = percent 10 % about nearly", "24 % = percent 24 % up_to", "5 Tage = duration 5 day under",
			"3 GW = energy 3 GW about", "69.000 Dollar = money 69000 USD about", "250 Mio. = count 250000000 user over"}},
		{"a sum is not bounded by its noun", "Ein Scheck über 2 Mrd. $ und eine Runde über 25 Mio. $.", []string{"2 Mrd. $ = money 2000000000 USD", "25 Mio. $ = money 25000000 USD"}},
		{"verbs that bound", "Das Volumen übersteigt inzwischen 9,3 Mrd. $ und nähert sich einem Umlauf von 300 Mrd. $.", []string{"9,3 Mrd. $ = money 9300000000 USD over", "300 Mrd. $ = money 300000000000 USD about"}},
		{"rates", "Das sind 20 $/Monat, 4 Mrd. $ pro Tag, jährlich 33 Mio. $ und 46,4 % CAGR.", []string{
			"20 $ = money 20 USD per:month", "4 Mrd. $ = money 4000000000 USD per:day", "33 Mio. $ = money 33000000 USD per:year", "46,4 % = percent 46.4 % change:growth per:compound"}},
		{"no rate", "Es waren 5 Mio. $ im Jahr 2024. Es gibt 300 Mio. monatlich aktive Nutzer.", []string{"5 Mio. $ = money 5000000 USD 2024", "300 Mio. = count 300000000 user"}},
		{"units", "Sie bauen 5 GW, verbrauchen 415 Terawattstunden, leisten 629 EH/s und speichern 2.721 Terabyte; 400 Millisekunden, 0,5 Prozentpunkte, 25 Basispunkte.", []string{
			"5 GW = energy 5 GW", "415 Terawattstunden = energy 415 TWh", "629 EH/s = rate 629 EH/s", "2.721 Terabyte = other 2721 TB", "400 Millisekunden = duration 400 ms",
			"0,5 Prozentpunkte = percent 0.5 pp", "25 Basispunkte = percent 25 bp"}},
		{"durations in compounds", "Die 200-Tage-Linie, der 30-Tagesdurchschnitt, 3 Geschäftstage, ein 17-Jähriger, die Zehnjahres-Roadmap.", []string{
			"200-Tage = duration 200 day", "30-Tagesdurchschnitt = duration 30 day", "3 Geschäftstage = duration 3 day", "17-Jähriger = duration 17 year", "Zehnjahres = duration 10 year"}},
		{"counted nouns", "Mit 63 DePIN-Projekten in 94 Ländern, 30 Blockchain - Netzwerken, 600 DeFi- und NFT-Projekten und 12 Bankpartnern.", []string{
			"63 = count 63 project", "94 = count 94 country", "30 = count 30 network", "600 = count 600 project", "12 = count 12 partner"}},
		{"adjectives before the noun", "Es sind 321 aktive Projekte und 2,5 Mrd. geprägte und verbrannte Coins.", []string{"321 = count 321 project", "2,5 Mrd. = count 2500000000 coin"}},
		{"models are counted too", "Trainiert auf 16.384 H100-GPUs und 2.048 H800.", []string{"16.384 = count 16384 gpu", "2.048 = count 2048 h800"}},
		{"elliptic count", "MoonPay bietet 123 Kryptowährungen; Transak bietet 173 an.", []string{"123 = count 123 cryptocurrency", "173 = count 173 cryptocurrency inferred:unit"}},
		{"part of a whole", "Rund 19,8 von 21 Millionen BTC sind geschürft.", []string{"19,8 = count 19800000 btc about inferred:unit", "21 Millionen = count 21000000 btc"}},
		{"multiples", "Es ist 10-mal schneller, 2.300x so groß, das 20-Fache und kostet 1/27 des Preises.", []string{
			"10-mal = multiple 10", "2.300x = multiple 2300", "20-Fache = multiple 20", "1/27 = multiple 0." + strings.Repeat("037", 20)}},
		{"ratio", "Der Tausch erfolgt 1 : 1, der Hebel ist 3 zu 1.", []string{"1 : 1 = other 1 ratio", "3 zu 1 = other 3 ratio"}},
		{"votes", "Das Haus stimmte mit 294 zu 134 Stimmen zu.", []string{"294 zu 134 = other 294 vote"}},
		{"proportion", "Das sind 7 von 10, und 3 von 10 Befragten zögern.", []string{"7 von 10 = percent 70 %", "3 = count 3 befragten inferred:unit", "10 = count 10 befragten"}},
		{"a change downwards", "Er fiel von über 3 auf unter 2 Mrd. $.", []string{"3 = money 3000000000 USD over change:from r1 inferred:unit", "2 Mrd. $ = money 2000000000 USD under change:to r1"}},
		{"units at the end of a sentence", "Die Karte zieht 350 W. Sie ist 2 m. Es sind 5 h.", []string{"350 W = energy 350 W", "2 m = other 2 m", "5 h = duration 5 h"}},
		{"number words", "Ein Viertel, zwei Drittel und die Hälfte; zehn Großbanken; eine Billion Abfragen; der Umsatz verdoppelte sich; unter einer Sekunde.", []string{
			"Ein Viertel = percent 25 %", "zwei Drittel = percent 66.6667 %", "die Hälfte = percent 50 %", "zehn = count 10 bank", "eine Billion = count 1000000000000 query",
			"verdoppelte = multiple 2 change:growth", "einer Sekunde = duration 1 s under"}},
		{"more number words", "Eine halbe Million Nutzer, zweieinhalb Milliarden Euro, anderthalb Jahre, siebenundzwanzig Länder.", []string{
			"Eine halbe Million = count 500000 user", "zweieinhalb Milliarden Euro = money 2500000000 EUR", "anderthalb Jahre = duration 1.5 year", "siebenundzwanzig = count 27 country"}},
		{"vague words state nothing", "Milliarden von Anfragen, Hunderte, mehrere hundert Millionen Dollar, drei Prioritäten, vier Ziele, ein Projekt, eine Bank.", nil},
		{"money that only its subject shows", "Die Bewertung liegt bei 7 Milliarden. Der Umsatz betrug 5 Mio. €.", []string{"7 Milliarden = money 7000000000 EUR inferred:unit", "5 Mio. € = money 5000000 EUR"}},
		{"money without any currency", "Die Bewertung liegt bei 7 Milliarden.", []string{"7 Milliarden = money 7000000000"}},
		{"cents", "Er kostet 12 Cent je kWh statt 0,15 €.", []string{"12 Cent = money 0.12 EUR inferred:unit", "0,15 € = money 0.15 EUR"}},
		{"signs", "Der Kurs fiel: −4,2 % und +5 %.", []string{"−4,2 % = percent -4.2 % change:decline", "5 % = percent 5 % change:growth"}},
		{"list items are not negative", "- 5 Mio. $ Umsatz\n- 3 Mio. $ Gewinn", []string{"5 Mio. $ = money 5000000 USD", "3 Mio. $ = money 3000000 USD"}},
	})
}

func TestReadEnglish(t *testing.T) {
	runCases(t, unit.English, Options{}, []readCase{
		{"separators", "It was $1,234,567.89 and 2,500 users.", []string{"$1,234,567.89 = money 1234567.89 USD", "2,500 = count 2500 user"}},
		{"billion is a thousand millions", "A $19-billion sector worth $1.08bn or US$2–3bn, €1.5 billion, £300m, $46T, $87K.", []string{
			"$19-billion = money 19000000000 USD", "$1.08bn = money 1080000000 USD", "US$2–3bn = money 2000000000–3000000000 USD", "€1.5 billion = money 1500000000 EUR",
			"£300m = money 300000000 GBP", "$46T = money 46000000000000 USD", "$87K = money 87000 USD"}},
		{"five metres", "A 5m cable carries 5m for $5m.", []string{"5m = other 5 m", "5m = other 5 m", "$5m = money 5000000 USD"}},
		{"magnitudes behind a plus", "35+ million transactions, $10+ million, 100,000+ GPUs, 1,000-plus nodes.", []string{
			"35+ million = count 35000000 transaction over", "$10+ million = money 10000000 USD over", "100,000 = count 100000 gpu over", "1,000 = count 1000 node over"}},
		{"ranges", "Rates of 5.25% to 5.5%, $175-185 billion, $5m-$7m, some 20-30% slower, 3.5 to 4 percent.", []string{
			"5.25% to 5.5% = percent 5.25–5.5 %", "$175-185 billion = money 175000000000–185000000000 USD", "$5m-$7m = money 5000000–7000000 USD", "20-30% = percent 20–30 % about change:decline", "3.5 to 4 percent = percent 3.5–4 %"}},
		{"from and to", "Spending tripled from $15 billion to $45 billion; prices range from $5 to $10.", []string{
			"tripled = multiple 3 change:growth", "$15 billion = money 15000000000 USD change:from r1", "$45 billion = money 45000000000 USD change:to r1", "$5 to $10 = money 5–10 USD"}},
		{"up, down and against", "Revenue was $1.21 billion, up 207% on a year ago; the backlog reached $30bn, against $25bn.", []string{
			"$1.21 billion = money 1210000000 USD", "207% = percent 207 % change:growth", "$30bn = money 30000000000 USD change:to r1", "$25bn = money 25000000000 USD change:from r1"}},
		{"no direction in longer words", "It has 99.9% uptime and 20% of addresses, 5% off-chain.", []string{"99.9% = percent 99.9 %", "20% = percent 20 %", "5% = percent 5 %"}},
		{"words", "Half of all nodes, a third of banks, two-thirds of users, three quarters of it, a quarter of a percentage point.", []string{
			"Half = percent 50 %", "a third = percent 33.3333 %", "two-thirds = percent 66.6667 %", "three quarters = percent 75 %", "quarter of a percentage point = percent 0.25 pp"}},
		{"words that look like it", "The first half of 2025, a third party, the last three quarters, double-digit growth, the first quarter.", []string{"three quarters = duration 3 quarter"}},
		{"number words", "Twelve funds, two weeks, a seven-day average, a quarter billion dollars, half a million users, two dozen banks, less than one cent.", []string{
			"Twelve = count 12 fund", "two weeks = duration 2 week", "seven-day = duration 7 day", "a quarter billion dollars = money 250000000 USD", "half a million = count 500000 user",
			"two dozen = count 24 bank", "one cent = money 0.01 USD under inferred:unit"}},
		{"rates", "It made $600 million in annualized volume, 12.4M transactions per day, $87.20 per share, $0.34/hr.", []string{
			"$600 million = money 600000000 USD per:annualised", "12.4M = count 12400000 transaction per:day", "$87.20 = money 87.2 USD", "$0.34 = money 0.34 USD per:hour"}},
		{"daily users are no rate", "It has 300,000 daily active addresses within a year.", []string{"300,000 = count 300000 address"}},
		{"shares in words", "Nearly 1 in 4 adults and 2/3 of voters agree.", []string{"1 in 4 = percent 25 % about nearly", "2/3 = percent 66.6667 %"}},
		{"negative", "EBITDA margin: -12.5%. A loss of -$5 million (+34% QoQ).", []string{"-12.5% = percent -12.5 % change:decline", "-$5 million = money -5000000 USD change:decline", "34% = percent 34 % change:growth"}},
		{"units", "A B200 draws 1,000W; 415TWh; 3.35 TB/s; 989 TFLOPS; 17.5 J/TH; 25bps; 945 terawatt-hours; 12 seconds.", []string{
			"1,000W = energy 1000 W", "415TWh = energy 415 TWh", "3.35 TB/s = rate 3.35 TB/s", "989 TFLOPS = rate 989 TFLOPS", "17.5 J/TH = other 17.5 J/TH", "25bps = percent 25 bp",
			"945 terawatt-hours = energy 945 TWh", "12 seconds = duration 12 s"}},
		{"dollars and cents", "It cost 20 dollars and 43 cents, or about $20.", []string{"20 dollars and 43 cents = money 20.43 USD", "$20 = money 20 USD about"}},
		{"votes", "The vote was 8-1.", []string{"8-1 = other 8 vote"}},
		{"versus", "They need 100-200 kilowatts per rack versus 10-20 before.", []string{"100-200 kilowatts = energy 100–200 kW", "10-20 = energy 10–20 kW inferred:unit"}},
	})
}

func TestReadDamaged(t *testing.T) {
	runCases(t, unit.German, Options{}, []readCase{
		{"both amounts get their dollars", "wuchs von 5,2 Milliarden auf19,2Milliardenauf 19,2 Milliarden im Umlauf", []string{
			"5,2 Milliarden = money 5200000000 USD change:from r1 inferred:unit", "damage → $auf 19,2 Milliarden$", "19,2 Milliarden = money 19200000000 USD change:to r1 inferred:unit"}},
		{"signs in front", "im Dezember 44Millionen,ausgehendvon44 Millionen, ausgehend von 1,8 Millionen im Januar", []string{
			"damage → $44 Millionen, ausgehend von$", "44 Millionen = money 44000000 USD change:to r1 inferred:unit", "1,8 Millionen = money 1800000 USD change:from r1 inferred:unit"}},
		{"a foreign dollar", "trug 275 Millionen HK(35,3Millionen(35,3 Millionen) bei", []string{
			"275 Millionen HK = money 275000000 HKD inferred:unit", "damage → $(35,3 Millionen$", "35,3 Millionen = money 35300000 USD inferred:unit"}},
		{"a range cut in two", "zwischen 25.000 und40.000und 40.000 pro Monat", []string{
			"25.000 = money 25000 USD at_least r1 inferred:unit", "damage → $und 40.000$", "40.000 = money 40000 USD up_to r1 per:month inferred:unit"}},
		{"the qualifier before a lost sign", "liegt bei etwa 130140Mrd.und130 - 140 Mrd. und 250 Mrd. im Ganzen", []string{
			"damage → $130 - 140 Mrd. und$", "130 - 140 Mrd. = money 130000000000–140000000000 USD about inferred:unit", "250 Mrd. = money 250000000000 USD inferred:unit"}},
	})
}

func TestPeriodsAndForecasts(t *testing.T) {
	runCases(t, unit.German, published, []readCase{
		{"its own time behind each", "Sie stieg von 115.000 Nutzern im September 2024 auf fast 450.000 im September 2025.", []string{
			"115.000 = count 115000 user change:from r1 2024-09", "450.000 = count 450000 user about nearly change:to r1 2025-09 inferred:unit"}},
		{"quarter in words", "Im dritten Quartal 2025 waren es 166 Mio. $.", []string{"166 Mio. $ = money 166000000 USD 2025-Q3"}},
		{"the end of a year", "Bis Ende 2026 sollen es 1 Mio. ETH sein.", []string{"1 Mio. = count 1000000 eth 2026-12-31 forecast"}},
		{"a forecast by its year", "Der Markt erreicht bis 2030 rund 50 Mrd. $.", []string{"50 Mrd. $ = money 50000000000 USD about 2030 forecast"}},
		{"a forecast by its words", "Er wird voraussichtlich 50 Mrd. $ erreichen, derzeit sind es 5 Mrd. $.", []string{"50 Mrd. $ = money 50000000000 USD forecast", "5 Mrd. $ = money 5000000000 USD"}},
		{"the end of a change is due, its start is not", "Er soll von 24 Mrd. $ im Jahr 2025 auf 350 Mrd. $ bis 2032 wachsen.", []string{
			"24 Mrd. $ = money 24000000000 USD change:from r1 2025", "350 Mrd. $ = money 350000000000 USD change:to r1 2032 forecast"}},
		{"a year of comparison dates nothing", "Es waren 33 Bio. $, ein Plus von 72 % gegenüber 2024.", []string{"33 Bio. $ = money 33000000000000 USD", "72 % = percent 72 % change:growth"}},
		{"another clause's time dates nothing", "Sie nahm 150 Mio. $ ein, und die Prognose reicht bis 2028.", []string{"150 Mio. $ = money 150000000 USD"}},
		{"a month before the publication", "Im Dezember kamen 44 Mio. $ zusammen.", []string{"44 Mio. $ = money 44000000 USD 2025-12 inferred:period"}},
		{"a month after the year of its line", "2021 stieg sie um 2.300 % und erreichte im Dezember 44 Mio. $.", []string{"2.300 % = percent 2300 % change:growth 2021", "44 Mio. $ = money 44000000 USD 2021-12 inferred:period"}},
		{"a quarter without its year", "Im 4. Quartal waren es 5 Mio. $, bis zum 3. Quartal sollen es 9 Mio. $ sein.", []string{
			"5 Mio. $ = money 5000000 USD 2025-Q4 inferred:period", "9 Mio. $ = money 9000000 USD 2026-Q3 forecast inferred:period"}},
		{"a day without its year", "Am 7. Februar waren es 5 Mio. $, am 24. Dezember noch 4 Mio. $.", []string{
			"5 Mio. $ = money 5000000 USD 2026-02-07 inferred:period", "4 Mio. $ = money 4000000 USD 2025-12-24 inferred:period"}},
		{"a day, and what was then", "Das sind 24 % mehr als am 1. Juni 2025, als der Umlauf bei 246 Mrd. $ lag.", []string{
			"24 % = percent 24 % change:growth", "246 Mrd. $ = money 246000000000 USD 2025-06-01"}},
		{"a time is carried on", "Im Januar 2026 nahmen sie 150 Mio. $ ein. Aethir kam auf 55 Mio. $. Heute sind es 9 Mio. $.", []string{
			"150 Mio. $ = money 150000000 USD 2026-01", "55 Mio. $ = money 55000000 USD 2026-01 inferred:period", "9 Mio. $ = money 9000000 USD"}},
		{"a lead dates the line", "Q1 2026 (Januar bis März): Der TVL erreicht 160 Mrd. $.", []string{"160 Mrd. $ = money 160000000000 USD 2026-Q1"}},
		{"until the end of the year", "Bis Jahresende werden 250 Mrd. $ erwartet.", []string{"250 Mrd. $ = money 250000000000 USD 2026-12-31 forecast"}},
	})
	runCases(t, unit.English, published, []readCase{
		{"dates", "It held $5bn on March 22, 2022, $6bn in Q3'25 and $7bn in the first half of 2023.", []string{
			"$5bn = money 5000000000 USD 2022-03-22", "$6bn = money 6000000000 USD 2025-Q3", "$7bn = money 7000000000 USD 2023-H1"}},
		{"an event's year dates nothing", "At CES 2026 it showed a 45 W chip.", []string{"45 W = energy 45 W"}},
		{"forecasts", "It is expected to reach $300 billion by the end of 2026; it is $250 billion now.", []string{
			"$300 billion = money 300000000000 USD 2026-12-31 forecast", "$250 billion = money 250000000000 USD"}},
	})
}

func TestNotFigures(t *testing.T) {
	tests := []struct {
		why  string
		lang unit.Lang
		in   string
		want []string
	}{
		{whyYear, unit.German, "Im Jahr 2026, seit 2019, 2025–2026, 2020/21, in den 1990ern, in den 90ern.", []string{"2026", "2019", "2025–2026", "2020/21", "1990ern", "90ern"}},
		{whyDate, unit.German, "Am 8. Januar 2026, vom 10. bis 12. Februar, 30.01.2026, 2026-01-30, Jan. 2026, Dezember 2025.", []string{"8. Januar 2026", "10. bis 12. Februar", "30.01.2026", "2026-01-30", "Jan. 2026", "Dezember 2025"}},
		{whyDate, unit.English, "On March 22, 2022, Jan. 30, 22 March 2022, February 17, the 1st of May 2024, 12/31/2025.", []string{"March 22, 2022", "Jan. 30", "22 March 2022", "February 17", "1st of May 2024", "12/31/2025"}},
		{whyQuarter, unit.German, "Q3 2025, im 2. Quartal, Q2 / Q3 2025, 2. / 3. Quartal 2025, H1 2025, 1. Halbjahr 2026.", []string{"Q3 2025", "2. Quartal", "Q2 / Q3 2025", "2. / 3. Quartal 2025", "H1 2025", "1. Halbjahr 2026"}},
		{whyTime, unit.German, "Um 14:30 Uhr, um 9 Uhr.", []string{"14:30 Uhr", "9 Uhr"}},
		{whyTime, unit.English, "At 9:30 a.m. and 5pm.", []string{"9:30 a.m", "5pm"}},
		{whyVersion, unit.German, "Lido V3, Geth 1.13, Version 4.1.0 und Node 20.11.", []string{"V3", "1.13", "4.1.0"}},
		{whyIdentifier, unit.German, "GPT-4, ERC-8004, SHA-256, H100, Web3, L2, x402, T+2, 24/7, Layer-2-Netze, secp256k1, 5G, 3D, 10-K, 2-of-3.", []string{
			"GPT-4", "ERC-8004", "SHA-256", "H100", "Web3", "L2", "x402", "T+2", "24/7", "Layer-2", "secp256k1", "5G", "3D", "10-K", "2-of-3"}},
		{whyOrdinal, unit.German, "Phase 1, Nr. 924, Dokument 42, § 23, Abs. 2, #7, Rang 17, Spalte 0, dann 1, der 3. Generation, Artikel 68, Tabelle 4.2.", []string{
			"1", "924", "42", "§ 23", "2", "#7", "17", "0", "1", "3.", "68", "4.2"}},
		{whyOrdinal, unit.German, "1. Erstens\n2) Zweitens\n(3) Drittens\n4/ Viertens", []string{"1.", "2)", "(3)", "4/"}},
		{whyOrdinal, unit.English, "RTX 4090, Apache 2.0, the 4th round, Top 10, section 3.4[12].", []string{"4090", "2.0", "4th", "10", "3.4", "[12]"}},
		{whyReadTime, unit.German, "19 Min. Lesezeit", []string{"19 Min. Lesezeit"}},
		{whyReadTime, unit.English, "12 min read", []string{"12 min read"}},
		{whyURL, unit.German, "Mehr auf https://example.org/2025/12/top-10?id=77, www.example.org/5.", []string{"https://example.org/2025/12/top-10?id=77", "www.example.org/5"}},
		{whyPhone, unit.German, "Tel. +49 30 1234567-89", []string{"49 30 1234567-89"}},
		{whyName, unit.German, "S&P 500, HTTP 402", []string{"500"}},
		{whyDate, unit.German, "Seit dem 1.7. gilt es.", []string{"1.7."}},
		{whyTime, unit.German, "Geöffnet von 8 bis 18 Uhr, auch 10–16 Uhr.", []string{"8 bis 18 Uhr", "10–16 Uhr"}},
		{whyIdentifier, unit.German, "Hauptstraße 5, 80331 München. Das Modell Falke-40B lief.", []string{"80331", "Falke-40B"}},
		{whyOrdinal, unit.German, "Die Top - 20 - Liste", []string{"20"}},
		{whyPhone, unit.English, "Call 1-888-HOTLINE.", []string{"1-888-HOTLINE"}},
		{whyOrdinal, unit.English, "Highway 66, section 4b(a)(2), Table 3-1, part 1 of 4, page 7 of 30.", []string{"66", "4b(a)(2)", "3-1", "1 of 4", "7 of 30"}},
	}
	for _, tt := range tests {
		t.Run(tt.why+" "+string(tt.lang), func(t *testing.T) {
			text := cite.PlainText(tt.in, tt.lang)
			r := Read(&text, Options{Explain: true})
			for _, f := range r.Figures {
				t.Errorf("%q is read as a figure: %s", f.Text, summary(&f))
			}
			var got []string
			for _, n := range r.NotFigures {
				if n.Why == tt.why {
					got = append(got, n.Text)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s\n(-want +got):\n%s", tt.in, diff)
			}
		})
	}
}

func TestPassagesHaveTheirOwnLanguage(t *testing.T) {
	text := cite.PlainText("Der Markt ist auf dem Weg und die Zahl ist 1,5 Billionen Dollar.\n\nThe market is on its way and the number is 1.5 billion dollars.", "")
	var got []string
	for _, f := range Read(&text, Options{}).Figures {
		got = append(got, summary(&f))
	}
	want := []string{"1,5 Billionen Dollar = money 1500000000000 USD", "1.5 billion dollars = money 1500000000 USD"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestBlocks(t *testing.T) {
	content := "Titel 5 Mio. $\n19 Min. Lesezeit\nport 8080\nText 7 Mio. $\nQuelle: 9 Mio. $ bei X"
	text := cite.Text{Content: content, Lang: unit.German, Runs: []cite.Run{{Len: len(content), Src: 100, SrcLen: len(content)}}}
	at := 0
	kinds := []cite.BlockKind{cite.Title, cite.Byline, cite.Code, cite.Paragraph, cite.Sources}
	for i, l := range strings.Split(content, "\n") {
		text.Blocks = append(text.Blocks, cite.Block{Kind: kinds[i], Start: at, End: at + len(l)})
		at += len(l) + 1
	}
	r := Read(&text, Options{Explain: true})
	var got []string
	for _, f := range r.Figures {
		got = append(got, f.Text)
		if f.Start != f.At+100 || content[f.At:f.AtEnd] != f.Text {
			t.Errorf("%q stands at %d of the content and %d of the file", f.Text, f.At, f.Start)
		}
	}
	if diff := cmp.Diff([]string{"5 Mio. $", "7 Mio. $"}, got); diff != "" {
		t.Errorf("figures (-want +got):\n%s", diff)
	}
}

func TestCandidates(t *testing.T) {
	text := cite.PlainText("Die Marktkapitalisierung von Aethir erreichte 150 Mio. $, während Render Network 38 Mio. $ Umsatz machte.", unit.German)
	figures := Read(&text, Options{}).Figures
	type candidates struct{ Nouns, Metrics []string }
	var got []candidates
	for _, f := range figures {
		var c candidates
		for _, n := range f.Nouns {
			c.Nouns = append(c.Nouns, n.Text+" ("+n.Scope+")")
		}
		for _, m := range f.Metrics {
			c.Metrics = append(c.Metrics, m.Text+" ("+m.Scope+")")
		}
		got = append(got, c)
	}
	want := []candidates{
		{[]string{"Aethir (clause)", "Marktkapitalisierung (clause)", "Render Network (sentence)", "Umsatz (sentence)"}, []string{"Marktkapitalisierung (clause)", "Umsatz (sentence)"}},
		{[]string{"Render Network (clause)", "Umsatz (clause)", "Aethir (sentence)", "Marktkapitalisierung (sentence)"}, []string{"Umsatz (clause)", "Marktkapitalisierung (sentence)"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
