package check

import "testing"

// Conclusions that call their thing by another name than the sentence before, and rates that only a copula ties to it.
func TestConcludedGrowthThatDoesNotFollow(t *testing.T) {
	runRule(t, "math/", []sentences{
		{"another name", "de", "2023 verbrauchten die Hallen 1,2 TWh, 2025 waren es 3,1 TWh. Der Durst der Anlagen ist damit in zwei Jahren um 258 % gestiegen.", []string{"math/growth warning 258 %"}},
		{"womit", "de", "Ende März zählte der Verband 44.000 Abonnenten. Ende Juni waren es bereits 71.000, womit die Leserschaft in drei Monaten um 91 % gewachsen ist.", []string{"math/growth warning 91 %"}},
		{"mere noch", "de", "Anfang 2023 kostete eine Prüfung 2,40 €. Im Januar 2026 waren es noch 0,31 €. Das ist ein Rückgang um 52 %.", []string{"math/growth warning 52 %"}},
		{"unit behind the value", "de", "Der Satz fiel von 64 auf 41 $ pro Platz und Woche, ein Minus von 52 %.", []string{"math/growth error 52 %"}},
		{"year by year", "de", "Im Januar 2026 wurden 940 Mio. $ versendet. Drei Jahre zuvor, im Januar 2023, waren es 120 Mio. $. Der Betrag ist damit jährlich um durchschnittlich 52 % gestiegen.", []string{"math/cagr warning 52 %"}},
		{"copula", "de", "Das Institut sieht den Markt 2025 bei 6,14 Mrd. $ und 2030 bei 41,75 Mrd. $, macht 26,5 % pro Jahr.", []string{"math/cagr error 26,5 %"}},
		{"month behind the value", "en", "Output climbed from 31,000 units a month in early 2024 to 67,000 a year later, a plus of 63%.", []string{"math/growth error 63%"}},
		{"today's", "en", "The bank sees volume climb from today's $8.4 billion to $190 billion by the end of 2030, which over five years means growth of 61% per annum.", []string{"math/cagr warning 61%"}},
		{"that is", "en", "Norden puts the market at $132 billion in 2025 and at $298 billion in 2029. That is about 11% a year.", []string{"math/cagr warning 11%"}},
		{"not quite", "en", "It was 388 TWh in 2024 and will be 921 TWh in 2030, growth of not quite 8% per year.", []string{"math/cagr warning 8%"}},
	})
}

func TestConcludedGrowthThatFollowsOrIsOfAnother(t *testing.T) {
	runRule(t, "math/", []sentences{
		{"another name", "de", "2023 verbrauchten die Hallen 1,2 TWh, 2025 waren es 3,1 TWh. Der Durst der Anlagen ist damit in zwei Jahren um 158 % gestiegen.", nil},
		{"another measure", "de", "2023 lag der Umsatz bei 12 Mio. €, 2025 waren es 31 Mio. €. Der Gewinn ist damit um 40 % gestiegen.", nil},
		{"no conclusion", "de", "2023 verbrauchten die Hallen 1,2 TWh, 2025 waren es 3,1 TWh. Die Preise der Anlagen sind um 20 % gestiegen.", nil},
		{"womit", "de", "Ende März zählte der Verband 44.000 Abonnenten. Ende Juni waren es bereits 71.000, womit die Leserschaft in drei Monaten um 61 % gewachsen ist.", nil},
		{"yield", "de", "2024 lagen dort 4,1 Mrd. $, 2025 waren es 5,2 Mrd. $. Das sind 4 % Zinsen pro Jahr.", nil},
		{"copula", "de", "Das Institut sieht den Markt 2025 bei 6,14 Mrd. $ und 2030 bei 41,75 Mrd. $, macht 46,7 % pro Jahr.", nil},
		{"more than halved", "de", "Das Protokoll will die Gebühr mehr als halbieren, von 5,2 % auf 2,3 %.", nil},
		{"while another falls", "de", "Der Satz fiel von 64 auf 41 $, während die Miete sank, ein Minus von 12 %.", nil},
		{"more than halved", "en", "The plan would more than halve the fee, from 5.2 cents to 2.3 cents.", nil},
		{"almost halved", "en", "The team almost halved the delay, from 90 hours to 49 hours.", nil},
		{"today's", "en", "The bank sees volume climb from today's $8.4 billion to $190 billion by the end of 2030, which over five years means growth of 87% per annum.", nil},
		{"that is", "en", "Norden puts the market at $132 billion in 2025 and at $298 billion in 2029. That is about 23% a year.", nil},
		{"earnings", "en", "Profit was up 20% on revenue of $5.1 billion, after $4.9 billion a year earlier.", nil},
		{"another measure", "en", "Revenue was $12 million in 2023 and $31 million in 2025. The staff has thus grown by 40%.", nil},
		{"not quite", "en", "It was 388 TWh in 2024 and will be 921 TWh in 2030, growth of not quite 16% per year.", nil},
	})
}
