package link

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/catalog"
	"beleg/internal/cite"
	"beleg/internal/unit"
)

// marked is a figure in a test's text: "⟦300 Mrd. $|money|USD|300000000000⟧", with "|growth" or "|forecast" behind.
var marked = regexp.MustCompile(`⟦([^|⟧]*)\|([^|⟧]*)\|([^|⟧]*)\|([^|⟧]*)((?:\|[a-z]+)*)⟧`)

// write makes a text of blocks by lines, the first a title where it begins with "# ", others headings where they begin
// with "## ", and takes the marked figures out of it.
func write(t testing.TB, s string) (*cite.Text, []cite.Figure) {
	t.Helper()
	var text cite.Text
	var figs []cite.Figure
	var b strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		kind := cite.Paragraph
		switch {
		case strings.HasPrefix(line, "# "):
			kind, line = cite.Title, line[2:]
		case strings.HasPrefix(line, "## "):
			kind, line = cite.Heading, line[3:]
		case strings.HasPrefix(line, "- "):
			kind, line = cite.ListItem, line[2:]
		}
		start, at := b.Len(), 0
		for _, m := range marked.FindAllStringSubmatchIndex(line, -1) {
			b.WriteString(line[at:m[0]])
			part := func(i int) string { return line[m[2*i]:m[2*i+1]] }
			f := cite.Figure{ID: fmt.Sprint(len(figs)), Text: part(1), Kind: cite.Kind(part(2)), Unit: unit.Unit(part(3)), At: b.Len()}
			if part(4) != "" {
				f.Value = unit.MustDecimal(part(4))
			}
			if strings.Contains(part(5), "growth") {
				f.Change = cite.Growth
			}
			f.Forecast = strings.Contains(part(5), "forecast")
			b.WriteString(part(1))
			f.AtEnd = b.Len()
			figs = append(figs, f)
			at = m[1]
		}
		b.WriteString(line[at:])
		text.Blocks = append(text.Blocks, cite.Block{Kind: kind, Start: start, End: b.Len()})
		b.WriteByte('\n')
	}
	text.Content = b.String()
	return &text, figs
}

func builtIn(t testing.TB) *Linker {
	t.Helper()
	c, err := catalog.Open("")
	if err != nil {
		t.Fatal(err)
	}
	return New(c, Config{})
}

// what is what a test looks at in a link: "subject/metric/series", with "-" for what is not said.
func what(l cite.Link) string {
	parts := []string{l.Subject, l.Metric, l.Series}
	for i, p := range parts {
		if p == "" {
			parts[i] = "-"
		}
	}
	return strings.Join(parts, "/")
}

func TestLink(t *testing.T) {
	l := builtIn(t)
	for _, tc := range []struct {
		name, in string
		want     []string
	}{
		// Pegs and answers

		{"supply of all stablecoins in dollars", "Das Stablecoin-Angebot liegt bei ⟦300 Mrd. $|money|USD|300000000000⟧.",
			[]string{"stablecoins/supply/stablecoins-market-cap"}},
		{"market cap of a pegged token answers its supply", "The market cap of USDT reached ⟦$187 billion|money|USD|187000000000⟧ in January.",
			[]string{"usdt/market-cap/usdt-supply"}},
		{"supply in tokens", "Im Umlauf sind ⟦74 Milliarden|count|usdc|74000000000⟧ USDC.",
			[]string{"usdc/supply/usdc-supply"}},
		{"a bare amount of a token", "USDT passed ⟦$180 billion|money|USD|180000000000⟧ this week.",
			[]string{"usdt/market-cap/usdt-supply"}},
		{"euros are not the peg", "The market cap of USDC reached ⟦€70 billion|money|EUR|70000000000⟧.",
			[]string{"usdc/market-cap/-"}},

		// A part is not its whole

		{"USDT is not stablecoins", "Stablecoins are growing. The supply of USDT alone is ⟦$187 billion|money|USD|187000000000⟧.",
			[]string{"usdt/supply/usdt-supply"}},
		{"tokenised treasuries are not RWA", "Tokenized treasuries now have a market cap of ⟦$8 billion|money|USD|8000000000⟧, a small part of all RWAs.",
			[]string{"tokenized-treasuries/market-cap/-"}},
		{"Helium Mobile is not Helium", "Die Zahl der Helium Mobile-Abonnenten stieg auf ⟦450.000|count|subscriber|450000⟧.",
			[]string{"helium-mobile/subscribers/-"}},
		{"a product is not its maker", "Der Horizon-Markt von Aave hat ⟦580 Mio. $|money|USD|580000000⟧ an Einlagen.",
			[]string{"aave-horizon/deposits/-"}},

		// Metrics

		{"TVL of a protocol", "Lidos TVL fiel auf ⟦26 Mrd. $|money|USD|26000000000⟧.", []string{"lido/tvl/lido-tvl"}},
		{"TVL of a chain", "Base now has a TVL of ⟦$4.2bn|money|USD|4200000000⟧.", []string{"-/-/-"}},
		{"TVL on a chain", "The TVL on Base rose to ⟦$4.2bn|money|USD|4200000000⟧.", []string{"base/tvl/base-tvl"}},
		{"old name of a chain", "Der TVL der BNB Smart Chain liegt bei ⟦6 Mrd. $|money|USD|6000000000⟧.", []string{"bnb-chain/tvl/bsc-tvl"}},
		{"new name of a protocol", "EigenCloud's TVL is ⟦$7 billion|money|USD|7000000000⟧.", []string{"eigenlayer/tvl/eigenlayer-tvl"}},
		{"deposits are not TVL", "Aave hält ⟦50 Mrd. $|money|USD|50000000000⟧ an Einlagen.", []string{"aave/deposits/-"}},
		{"a rise of the TVL", "Der TVL von Morpho stieg um ⟦40 %|percent|%|40|growth⟧.", []string{"morpho/tvl/morpho-tvl"}},
		{"a percentage is no TVL", "Der TVL von Lido ist gestiegen; Lido verlangt eine Gebühr von ⟦10 %|percent|%|10⟧.", []string{"lido/fee-rate/-"}},
		{"a funding round is an event", "Morpho raised ⟦$50 million|money|USD|50000000⟧ in a funding round.", []string{"morpho/funding/-"}},
		{"a valuation is an event", "Circle wurde mit ⟦7 Mrd. $|money|USD|7000000000⟧ bewertet.", []string{"circle/valuation/-"}},
		{"a word in two parts", "Der Markt für Confidential Computing soll bis 2032 ein Volumen von ⟦350 Mrd. $|money|USD|350000000000|forecast⟧ erreichen.",
			[]string{"confidential-computing/market-size/-"}},
		{"the company, by the metric", "Tether reported a profit of ⟦$13 billion|money|USD|13000000000⟧.", []string{"tether/profit/-"}},
		{"the token, by the metric", "Die umlaufende Menge von Tether liegt bei ⟦187 Mrd. $|money|USD|187000000000⟧.", []string{"usdt/supply/usdt-supply"}},
		{"daily volume of exchanges", "Das Handelsvolumen der DEXs betrug gestern ⟦12 Mrd. $|money|USD|12000000000⟧.", []string{"dexs/volume/dexs-volume"}},
		{"a forecast keeps its series, to be judged when due", "Der TVL von DeFi soll bis Ende 2026 ⟦250 Mrd. $|money|USD|250000000000|forecast⟧ erreichen.",
			[]string{"defi/tvl/defi-tvl"}},

		// Who is meant

		{"comparison", "Lido hat mehr TVL als Aave: ⟦26 Mrd. $|money|USD|26000000000⟧.", []string{"lido/tvl/lido-tvl"}},
		{"who reckons so", "Binance Research says the TVL of Solana is ⟦$9 billion|money|USD|9000000000⟧.", []string{"solana/tvl/solana-tvl"}},
		{"brackets", "Aave (⟦30 Mrd. $|money|USD|30000000000⟧ TVL) liegt vor Morpho (⟦6 Mrd. $|money|USD|6000000000⟧ TVL).",
			[]string{"aave/tvl/aave-tvl", "morpho/tvl/morpho-tvl"}},
		{"several at once are none of them", "USDT und USDC kommen zusammen auf ein Angebot von ⟦260 Mrd. $|money|USD|260000000000⟧.", []string{"-/-/-"}},
		{"carried on to the next sentence", "Im Januar kam Aethir auf einen Umsatz von ⟦55 Mio. $|money|USD|55000000⟧. Helium folgte mit ⟦24 Mio. $|money|USD|24000000⟧.",
			[]string{"aethir/revenue/-", "helium/revenue/-"}},
		{"a pronoun", "Euler ist ein Protokoll für Kredite. Es hat einen TVL von ⟦1 Mrd. $|money|USD|1000000000⟧.", []string{"euler/tvl/euler-tvl"}},
		{"a short name beside the full one", "Aave Horizon wächst schnell.\nDie Einlagen von Horizon liegen bei ⟦580 Mio. $|money|USD|580000000⟧.",
			[]string{"aave-horizon/deposits/-"}},
		{"a short name alone", "Am Horizon liegen Einlagen von ⟦580 Mio. $|money|USD|580000000⟧.", []string{"-/-/-"}},
		{"an English word that is a name in capitals", "The base of the market cap is ⟦$5 billion|money|USD|5000000000⟧.", []string{"-/-/-"}},
		{"nobody", "Ein Hedgefonds mit ⟦50 Mio. $|money|USD|50000000⟧ wäre betroffen.", []string{"-/-/-"}},
		{"the same amount again", "# Wie Mesh Zahlungen vereint\nMesh sammelte ⟦75 Mio. $|money|USD|75000000⟧ ein.\nEin Teil der ⟦75 Mio. $|money|USD|75000000⟧ floss in Lizenzen.",
			[]string{"mesh/funding/-", "mesh/funding/-"}},
		{"an attribute of a compound", "Der ⟦27-Milliarden-Dollar|money|USD|27000000000⟧-KI-Agenten-Sektor wächst.", []string{"ai-agents/market-cap/-"}},
		{"a list under its lead", "Die TVL der großen Protokolle:\n- Lido: ⟦26 Mrd. $|money|USD|26000000000⟧\n- Aave: ⟦30 Mrd. $|money|USD|30000000000⟧",
			[]string{"lido/tvl/lido-tvl", "aave/tvl/aave-tvl"}},
		{"damage says nothing", "Lidos TVL fiel auf⟦auf26Milliarden|damage||⟧auf ⟦26 Milliarden|money|USD|26000000000⟧.", []string{"-/-/-", "lido/tvl/lido-tvl"}},
		{"a central bank speaks of its country", "The Bank of England expects inflation of ⟦2.5%|percent|%|2.5⟧.", []string{"uk/inflation/-"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text, figs := write(t, tc.in)
			var got []string
			for _, link := range l.Link(text, figs, PostContext{}) {
				got = append(got, what(link))
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
