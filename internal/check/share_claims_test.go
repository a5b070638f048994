package check

import "testing"

// Shares of one whole that add up explain each other.
func TestRemainders(t *testing.T) {
	runSentences(t, "math/share", []sentences{
		{"unnamed others are no rest", "de", "Auf die Schiene kommen 62 % der Tonnen. Für Händler, Bauern und andere fahren Lkw, 29 %, und Schiffe, 6 %; die übrigen 3 % fliegen.", nil},
		{"the rest of all before it", "en", "Rail carries 62% of the freight. Lorries come to 29%, barges to 6%. The remaining 3% is flown.", nil},
		{"another rest and what follows it", "de", "Rund 70 % zahlen bar. Die anderen zahlen zu 20 % mit Karte und zu 10 % mit dem Telefon.", nil},
		{"too little is left", "en", "Rail carries 62% of the freight. The remaining 28% is flown.", []string{"math/share warning 28%"}},
		{"too little is left for the others", "de", "Auf die Bahn entfallen 62 % der Tonnen, auf die anderen 28 %.", []string{"math/share warning 28 %"}},
	})
}

// A share may be drawn from amounts by many words, and in a sentence of its own.
func TestDrawnShares(t *testing.T) {
	runSentences(t, "math/share", []sentences{
		{"a clause that concludes", "de", "Verkauft wurden 2,4 Millionen Räder. Davon bezogen die Händler 600.000, somit gingen 45 % aller Räder an sie.", []string{"math/share warning 45 %"}},
		{"a clause that concludes rightly", "de", "Verkauft wurden 2,4 Millionen Räder. Davon bezogen die Händler 600.000, somit gingen 25 % aller Räder an sie.", nil},
		{"said in other words", "en", "Of the 80 stations, 32 are unmanned; put differently, 55% of the network list runs itself.", nil},
		{"said in other words, of all that were counted", "en", "Of the 80 stations, 32 are unmanned; put differently, 55% of the fleet.", []string{"math/share error 55%"}},
		{"said in other words, rightly", "de", "Von den 80 Bahnhöfen sind 32 unbesetzt; mit anderen Worten, 40 % des Bestands.", nil},
		{"another measure in other words", "en", "Of the 80 stations, 32 are unmanned; in other words, 11% of the traffic runs itself.", nil},
		{"a verdict", "de", "Gestellt wurden 160 Anträge. Genehmigt wurden nur 48. Eine Quote von 52 %, klagt der Verband.", []string{"math/share warning 52 %"}},
		{"a verdict fits", "de", "Gestellt wurden 160 Anträge. Genehmigt wurden nur 48. Eine Quote von 30 %, klagt der Verband.", nil},
		{"what was usual", "de", "Gestellt wurden 160 Anträge. Genehmigt wurden nur 48. Eine Quote von 52 % wäre üblich.", nil},
		{"a verdict of those that failed", "en", "They filed 160 claims. A full 48 failed. A success rate of 70%.", nil},
		{"a turnout", "en", "Holders of 30 million shares voted, out of a total of 240 million. That corresponds to a turnout of 31%.", []string{"math/share warning 31%"}},
		{"a turnout fits", "en", "Holders of 30 million shares voted, out of a total of 240 million. That corresponds to a turnout of 12.5%.", nil},
		{"what makes up all", "en", "The register lists 42,000 farms. It could trace 6,300 of them to funds. Funds therefore make up 27% of all owners.", []string{"math/share warning 27%"}},
		{"what makes up all, rightly", "en", "The register lists 42,000 farms. It could trace 6,300 of them to funds. Funds therefore make up 15% of all owners.", nil},
		{"different things counted", "en", "The firm owns 4,200 trucks. It runs 61,400 servers. Utilisation is therefore 62%.", nil},
	})
}

// Most of something is not more than it.
func TestLargerThanItsWhole(t *testing.T) {
	runSentences(t, "math/share", []sentences{
		{"the lion's share", "en", "The trust holds $320 million. The lion's share sits in Oslo, where $410 million is managed.", []string{"math/share warning $410 million"}},
		{"the lion's share fits", "en", "The trust holds $320 million. The lion's share sits in Oslo, where $210 million is managed.", nil},
		{"the bulk of something else", "en", "The trust holds $320 million. The bulk of the loans, $410 million, sits in Oslo.", nil},
		{"most of it", "de", "Der Topf enthält 320 Mio. Euro. Den Großteil davon verwaltet Oslo, nämlich 410 Mio. Euro.", []string{"math/share warning 410 Mio. Euro"}},
		{"more in use than issued", "en", "Mira has issued 310,000 passes since its launch. In March 420,000 of Mira's passes were used at least once.", []string{"math/share warning 420,000"}},
		{"fewer in use than issued", "en", "Mira has issued 310,000 passes since its launch. In March 220,000 of Mira's passes were used at least once.", nil},
		{"those of another one", "en", "Mira has issued 310,000 passes since its launch. At Nora 420,000 passes are in use.", nil},
		{"issued in a month", "en", "Mira issued 310,000 passes last month. In March 420,000 of Mira's passes were used at least once.", nil},
		{"more running than sold", "de", "Das Werk hat 1.200 Pumpen verkauft. Im Mai waren 1.900 Pumpen in Betrieb.", []string{"math/share warning 1.900"}},
		{"over a span of time", "de", "Das Gehalt beträgt 1.400 Euro. Der Großteil ging an die Bank, im ganzen Jahr 9.800 Euro.", nil},
		{"another measure", "de", "Der Topf enthält 320 Mio. Euro. Den Großteil verwaltet Oslo mit 410 Leuten.", nil},
	})
}
