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
