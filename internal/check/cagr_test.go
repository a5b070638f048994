package check

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/unit"
)

func TestRateThatDoesNotFollow(t *testing.T) {
	runRule(t, "math/cagr", []sentences{
		{"the base in the sentence before", "de", "Der Markt für Fernwartung wurde 2024 auf 13,3 Mrd. $ geschätzt. Bis 2032 soll er 350 Mrd. $ erreichen – eine durchschnittliche jährliche Wachstumsrate (CAGR) von 46,4 %.", []string{"math/cagr warning 46,4 %"}},
		{"from and to", "de", "Der Markt wächst von 2,1 Mrd. $ (2024) auf 12,5 Mrd. $ (2030), was einer jährlichen Wachstumsrate von 22,5 % entspricht.", []string{"math/cagr error 22,5 %"}},
		{"yearly by, over a stated time", "de", "Mit einer CAGR von 45 % wächst der Markt über fünf Jahre von 10,2 auf 37,5 Mrd. $.", []string{"math/cagr warning 45 %"}},
		{"an adverb", "de", "Der Markt soll jährlich um 40 % wachsen, von 10,2 Mrd. $ im Jahr 2024 auf 38,1 Mrd. $ im Jahr 2030.", []string{"math/cagr error 40 %"}},
		{"a list", "de", "## Markt\n\n- Marktgröße 2024: 4,2 Mrd. $\n- Marktgröße 2032: 31,5 Mrd. $\n- CAGR: 41,0 %\n", []string{"math/cagr warning 41,0 %"}},
		{"from and to", "en", "The market is projected to grow from $13.3 billion in 2024 to $350 billion by 2032, at a CAGR of 38.4%.", []string{"math/cagr error 38.4%"}},
		{"valued at", "en", "The custody market was valued at $2.1 billion in 2024. It is expected to reach $12.5 billion by 2030, growing at a compound annual growth rate of 22.5%.", []string{"math/cagr warning 22.5%"}},
		{"a source between", "en", "The market, valued at $2.1 billion in 2024, is projected to reach $12.5 billion by 2030, according to Grand View, expanding at a compound annual rate of 22.5%.", []string{"math/cagr warning 22.5%"}},
		{"a year, for some years", "en", "Growing 45% a year, the $10.2 billion market would reach $31.1 billion in five years.", []string{"math/cagr warning 45%"}},
		{"since", "en", "Revenue has been compounding at 60% annually since 2020, from $10.2 million to $54.5 million in 2025.", []string{"math/cagr error 60%"}},
	})
}

func TestRateThatFollows(t *testing.T) {
	runRule(t, "math/", []sentences{
		{"from and to", "de", "Der Markt wird von 24 Mrd. $ im Jahr 2025 auf 350 Mrd. $ im Jahr 2032 wachsen, ein CAGR von 46,6 %.", nil},
		{"the rate begins a year after the base", "de", "Der Markt lag 2024 bei 13,3 Mrd. $. Er soll bis 2032 auf 350 Mrd. $ wachsen, eine CAGR von 59,5 % (2025–2032).", nil},
		{"of another market", "de", "Der Markt für Chips lag 2024 bei 13,3 Mrd. $. Fernwartung soll bis 2032 350 Mrd. $ erreichen, mit einer CAGR von 20 %.", nil},
		{"one end only", "de", "Kartenvolumen ist auf jährlich 18 Mrd. $ gestiegen (106 % CAGR seit 2023).", nil},
		{"a yield", "de", "Von 10 Mrd. $ im Jahr 2024 auf 20 Mrd. $ im Jahr 2025: Die Rendite liegt bei 5 % pro Jahr.", nil},
		{"growth over the year", "de", "Der Umsatz stieg von 10,1 Mio. $ (2023) auf 20,3 Mio. $ (2025), während er 2024 gegenüber dem Vorjahr um 20 % wuchs.", nil},
		{"over months", "de", "Von 130,0 Mrd. $ auf 250,0 Mrd. $ in zehn Monaten sind monatlich 6,8 % Wachstum.", nil},
		{"another thing's rate", "de", "Der Markt wächst von 10 Mrd. $ (2024) auf 38 Mrd. $ (2030), während die Kosten um 5 % pro Jahr sinken.", nil},
		{"five years", "de", "Mit einer CAGR von 30 % wächst der Markt über fünf Jahre von 10 auf 37 Mrd. $.", nil},
		{"from and to", "en", "The market is projected to grow from $24 billion in 2025 to $350 billion by 2032, at a CAGR of 46.6%.", nil},
		{"a year, for some years", "en", "Growing 25% a year, the $10 billion market would reach $31 billion in five years.", nil},
		{"two markets", "en", "The chip market stood at $5.2 billion in 2024. Artificial intelligence will be worth $500 billion by 2030, a CAGR of 25%.", nil},
		{"several targets", "en", "From $4.1 billion in 2024 the market may reach $9.9 billion by 2028 and $20.4 billion by 2032, a CAGR of 22.2%.", nil},
		{"current base", "en", "The market, currently worth $5.0 billion, should reach $15.3 billion by 2030, growing at a compound annual rate of 32%.", nil},
		{"from the middle of a year to the end of another", "en", "It grew from $10.0 million in June 2022 to $30.0 million in December 2024, a compound annual growth rate of 55%.", nil},
	})
}

func TestRateSaysWhy(t *testing.T) {
	text := "The market is projected to grow from $13.3 billion in 2024 to $350 billion by 2032, at a CAGR of 46.4%."
	f := examine(t, document(t, "post.md", unit.English, text)).Files[0].Findings[0]
	want := []string{"From $13.3 billion (2024) to $350 billion (2032) over 8 years is 50.5% growth a year, but the text says “46.4%”.",
		"(350 billion / 13.3 billion)^(1/8) − 1 = 50.5%", "50.5%", "46.4%"}
	if diff := cmp.Diff(want, []string{f.Message, spaced(f.Evidence.Formula), f.Evidence.Computed, f.Evidence.Stated}); diff != "" {
		t.Error(diff)
	}
}
