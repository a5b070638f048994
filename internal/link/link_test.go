package link

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/catalog"
	"beleg/internal/cite"
	"beleg/internal/market"
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
		{"TVL of a chain", "Base now has a TVL of ⟦$4.2bn|money|USD|4200000000⟧.", []string{"base/tvl/base-tvl"}},
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

func TestNoObservation(t *testing.T) {
	l := builtIn(t)
	for _, tc := range []struct {
		name, in string
		want     []string
	}{
		{"a target", "Das Ziel ist ein TVL von ⟦250 Mrd. $|money|USD|250000000000⟧ für DeFi.", []string{"defi/tvl/-"}},
		{"the same amount, once a forecast", "Der TVL von DeFi soll ⟦250 Mrd. $|money|USD|250000000000|forecast⟧ erreichen.\nDer DeFi-TVL von ⟦250 Mrd. $|money|USD|250000000000⟧ ist kein Hype.",
			[]string{"defi/tvl/defi-tvl", "defi/tvl/-"}},
		{"a peak without a date", "DeFi's TVL had its all-time peak at ⟦$180 billion|money|USD|180000000000⟧.", []string{"defi/tvl/-"}},
		{"on one chain only", "Auf Base liegen Stablecoins mit einem Angebot von ⟦4,5 Mrd. $|money|USD|4500000000⟧.", []string{"stablecoins/supply/-"}},
		{"of one chain only", "Solana hat einen TVL von ⟦5,6 Mrd. $|money|USD|5600000000⟧ und ein DEX-Volumen von ⟦3 Mrd. $|money|USD|3000000000⟧.",
			[]string{"solana/tvl/solana-tvl", "dexs/volume/-"}},
		{"a part of it", "Morphos TVL liegt bei ⟦8,5 Mrd. $|money|USD|8500000000⟧, davon entfallen ⟦5 Mrd. $|money|USD|5000000000⟧ auf Ethereum.",
			[]string{"morpho/tvl/morpho-tvl", "morpho/tvl/-"}},
		{"a version is not the whole", "Aave V3 hat einen TVL von ⟦28 Mrd. $|money|USD|28000000000⟧.", []string{"aave-v3/tvl/-"}},
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

	text, figs := write(t, "Q4: Der TVL von DeFi erreicht ⟦250 Mrd. $|money|USD|250000000000⟧.")
	figs[0].Period = market.MustPeriod("2026-Q4")
	for published, want := range map[string]string{"2026-02-10": "defi/tvl/-", "2026-12-31": "defi/tvl/defi-tvl", "2027-01-15": "defi/tvl/defi-tvl"} {
		got := what(l.Link(text, figs, PostContext{Published: market.MustPeriod(published)})[0])
		if got != want {
			t.Errorf("a figure about 2026-Q4 in a post of %s gives %s, want %s", published, got, want)
		}
	}
}

func TestPins(t *testing.T) {
	l := builtIn(t)
	const in = "Lidos TVL fiel auf ⟦26 Mrd. $|money|USD|26000000000⟧, der von Aave auf ⟦30 Mrd. $|money|USD|30000000000⟧."
	mark := func(text *cite.Text, figs []cite.Figure, i int, keys map[string]string) {
		text.Marks = append(text.Marks, cite.Mark{At: figs[i].AtEnd, Keys: keys})
	}
	for _, tc := range []struct {
		name     string
		mark     map[string]string // on the first figure
		defaults map[string]string
		want     []string
		ignored  string // of the first figure
		pinned   bool   // the first figure
	}{
		{name: "nothing pinned", want: []string{"lido/tvl/lido-tvl", "aave/tvl/aave-tvl"}},
		{name: "a mark wins", mark: map[string]string{"series": "eigenlayer-tvl"}, want: []string{"eigenlayer/tvl/eigenlayer-tvl", "aave/tvl/aave-tvl"}, pinned: true},
		{name: "a mark wins over a unit that does not fit", mark: map[string]string{"series": "usdt-supply"}, want: []string{"usdt/supply/usdt-supply", "aave/tvl/aave-tvl"}, pinned: true},
		{name: "an unknown series links nothing", mark: map[string]string{"series": "lido-tlv"}, want: []string{"-/-/-", "aave/tvl/aave-tvl"}, pinned: true},
		{name: "ignored by a mark", mark: map[string]string{"ignore": "an example"}, want: []string{"lido/tvl/lido-tvl", "aave/tvl/aave-tvl"}, ignored: "an example"},
		{name: "ignored in the whole post", defaults: map[string]string{"ignore": "fiction"}, want: []string{"lido/tvl/lido-tvl", "aave/tvl/aave-tvl"}, ignored: "fiction"},
		{name: "a default does not overrule another subject", defaults: map[string]string{"series": "lido-tvl"}, want: []string{"lido/tvl/lido-tvl", "aave/tvl/aave-tvl"}, pinned: true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text, figs := write(t, in)
			if tc.mark != nil {
				mark(text, figs, 0, tc.mark)
			}
			links := l.Link(text, figs, PostContext{Defaults: tc.defaults})
			if diff := cmp.Diff(tc.want, []string{what(links[0]), what(links[1])}); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if links[0].Ignored != tc.ignored {
				t.Errorf("ignored %q, want %q", links[0].Ignored, tc.ignored)
			}
			if links[0].Pinned != tc.pinned || links[1].Pinned {
				t.Errorf("pinned %v and %v, want %v and false", links[0].Pinned, links[1].Pinned, tc.pinned)
			}
		})
	}

	text, figs := write(t, "Der Wert lag bei ⟦26 Mrd. $|money|USD|26000000000⟧, ein Plus von ⟦12|count|project|12⟧ Projekten.")
	links := l.Link(text, figs, PostContext{Defaults: map[string]string{"series": "lido-tvl"}})
	if got := what(links[0]); got != "lido/tvl/lido-tvl" || !links[0].Pinned {
		t.Errorf("an amount that says no subject gives %s, want the post's default series", got)
	}
	if links[1].Series != "" {
		t.Errorf("a count of projects is tied to %s, whose unit it is not in", links[1].Series)
	}
}

// A mark binds to the figure before it in its block, not to one of another paragraph.
func TestPinBindsInItsBlock(t *testing.T) {
	l := builtIn(t)
	text, figs := write(t, "Der Wert lag bei ⟦26 Mrd. $|money|USD|26000000000⟧.\nOhne Zahl.")
	text.Marks = []cite.Mark{{At: strings.Index(text.Content, "Ohne") + 4, Keys: map[string]string{"series": "lido-tvl"}}}
	if got := what(l.Link(text, figs, PostContext{})[0]); got != "-/-/-" {
		t.Errorf("a mark of the next paragraph pinned the figure to %s", got)
	}
}

func TestConfidence(t *testing.T) {
	l := builtIn(t)
	text, figs := write(t, "# Lido im Januar\nLidos TVL fiel auf ⟦26 Mrd. $|money|USD|26000000000⟧.\nDer Markt ist müde. Zuletzt waren es ⟦24 Mrd. $|money|USD|24000000000⟧.")
	links := l.Link(text, figs, PostContext{})
	if links[0].Confidence <= links[1].Confidence {
		t.Errorf("a figure beside its subject and metric has confidence %v, one that only the title explains %v", links[0].Confidence, links[1].Confidence)
	}
	want := []string{"name «Lidos» before it", "metric word «tvl» before it", "unit USD fits lido-tvl"}
	if diff := cmp.Diff(want, links[0].Reasons); diff != "" {
		t.Errorf("reasons: -want +got\n%s", diff)
	}
	for _, link := range links {
		if link.Confidence < 0 || link.Confidence > 1 {
			t.Errorf("confidence %v", link.Confidence)
		}
	}
	strict := New(l.catalog, Config{SubjectThreshold: 1.01})
	for i, link := range strict.Link(text, figs, PostContext{}) {
		if got := what(link); got != "-/-/-" {
			t.Errorf("figure %d is linked to %s above a threshold that nothing reaches", i, got)
		}
	}
}

func FuzzLink(f *testing.F) {
	l := builtIn(f)
	f.Add("# Lido\nLidos TVL fiel auf 26 Mrd. $, 24 % weniger. (Aave: 30)", uint(20), uint(9))
	f.Add("•\u00a0USDT\r\n\xff – Base 1.5.", uint(0), uint(3))
	f.Fuzz(func(t *testing.T, body string, at, length uint) {
		text := inLines(body, unit.German)
		var figs []cite.Figure
		for start, n := 0, 0; start < len(body) && n < 50; n++ {
			from := start + int(at%17)
			to := from + 1 + int(length%23)
			if to > len(body) {
				break
			}
			figs = append(figs, cite.Figure{ID: fmt.Sprint(n), At: from, AtEnd: to, Kind: cite.Money, Unit: unit.USD, Value: unit.NewDecimal(int64(to), 6)})
			start = to
		}
		links := l.Link(&text, figs, PostContext{Title: body})
		if len(links) != len(figs) {
			t.Fatalf("%d links for %d figures", len(links), len(figs))
		}
		for i, link := range links {
			if link.Figure != figs[i].ID || link.Confidence < 0 || link.Confidence > 1 {
				t.Errorf("link %d is of figure %q with confidence %v", i, link.Figure, link.Confidence)
			}
			if link.Series != "" && (link.Subject == "" || link.Metric == "") {
				t.Errorf("link %d has series %q without subject or metric", i, link.Series)
			}
		}
	})
}

// BenchmarkLink links all annotated posts, some 330 kB with 800 figures.
func BenchmarkLink(b *testing.B) {
	dir := shared()
	if dir == "" {
		b.Skip("no reference annotation: ../shared/gold is absent and BELEG_SHARED names no folder with it")
	}
	l := builtIn(b)
	posts := readGold(b, dir)
	size := 0
	for _, p := range posts {
		size += len(p.text.Content)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for i := range posts {
			l.Link(&posts[i].text, posts[i].figs, PostContext{})
		}
	}
}

// BenchmarkLinkLong links one text of growing length: the time per byte must not grow with it.
func BenchmarkLinkLong(b *testing.B) {
	l := builtIn(b)
	paragraph := "Der TVL von Lido fiel auf ⟦26 Mrd. $|money|USD|26000000000⟧, während Aave auf ⟦30 Mrd. $|money|USD|30000000000⟧ kam. " +
		"Das Protokoll hält ⟦24 %|percent|%|24⟧ des gesamten gestakten Ethereum. Mit ⟦63|count|project|63⟧ Projekten wächst auch DePIN.\n"
	for name, unit := range map[string]string{
		"paragraphs": paragraph,
		"sentences":  strings.ReplaceAll(paragraph, "\n", " "),
		"clauses":    strings.ReplaceAll(strings.ReplaceAll(paragraph, "\n", " "), ". ", ", "),
	} {
		for _, times := range []int{10, 100, 1000} {
			text, figs := write(b, strings.Repeat(unit, times))
			b.Run(fmt.Sprint(name, "/", len(figs)), func(b *testing.B) {
				b.SetBytes(int64(len(text.Content)))
				for b.Loop() {
					l.Link(text, figs, PostContext{})
				}
			})
		}
	}
}
