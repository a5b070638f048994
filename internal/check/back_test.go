package check

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/check/rule"
	"beleg/internal/unit"
)

// told is a post of its own about somebody whom no catalogue knows: its language and title, its paragraphs, and what
// is found in it, as both writes it.
type told struct {
	title, text string
	want        []string
}

const published = "2026-02-10"

func readTold(t *testing.T, name, title, text string) *rule.Document {
	t.Helper()
	lang, title, _ := strings.Cut(title, ": ")
	return document(t, name, unit.Lang(lang), fmt.Sprintf("---\ntitle: %q\ndate: %s\n---\n\n%s\n", title, published, text))
}

func TestNumbersThatReferBack(t *testing.T) {
	for name, tt := range map[string]told{
		"users, with a time": {"de: Kranich und die Überweisung", "Kranich zählte Ende Januar 2026 rund 640.000 Nutzer in neun Ländern. Bei Kranich sitzt man in Wien.\n\n" +
			"Das Geschäft ist mühsam.\n\nVon den 480.000 Nutzern, die Kranich Ende Januar 2026 hatte, zahlt kaum jemand.",
			[]string{"cross/conflict error 480.000 ≠ 640.000"}},
		"a compound": {"de: Kranich und die Überweisung", "Bei Kranich sind derzeit 340 Großkunden unter Vertrag.\n\nMan redet viel.\n\nDie 290 Großkunden von Kranich zahlen pünktlich.",
			[]string{"cross/conflict error 290 ≠ 340"}},
		"nodes of one network": {"de: Orvia, ein Netz aus Kellern", "Orvia betreibt heute 3.200 aktive Knoten. Für Orvia ist das ein Rekordjahr gewesen.\n\nDie Kosten sinken.\n\nMit seinen 4.100 aktiven Knoten ist Orvia größer als alle anderen.",
			[]string{"cross/conflict error 4.100 ≠ 3.200"}},
		"revenue of a year": {"de: Orvia, ein Netz aus Kellern", "Der Umsatz von Orvia lag 2025 bei 48 Mio. Euro. Die Firma sitzt in Linz.\n\nVieles ist neu.\n\nBei einem Umsatz von 39 Mio. Euro im Jahr 2025 ist Orvia noch klein.",
			[]string{"cross/conflict error 39 Mio. Euro ≠ 48 Mio. Euro"}},
		"what somebody holds": {"en: Tellus and the long wait", "Tellus was founded in Leeds. At the end of January Tellus held 12,400 ETH.\n\nPatience is cheap.\n\nOf the 14,800 ETH that Tellus held at the end of January, little has moved.",
			[]string{"cross/conflict error 14,800 ≠ 12,400"}},
		"charging points": {"en: Tellus and the long wait", "Today Tellus runs 1,450 charging points. In spring Tellus wants more.\n\nIt is cold.\n\nThe 1,900 charging points that Tellus runs are mostly new.",
			[]string{"cross/conflict error 1,900 ≠ 1,450"}},
		"licensed partners": {"en: Tellus and the long wait", "Tellus has 62 licensed partners. In spring Tellus wants more.\n\nIt is cold.\n\nFor Tellus all depends on its 48 licensed partners.",
			[]string{"cross/conflict error 48 ≠ 62"}},
		"a loss in an attack": {"en: Tellus and the long wait", "In the hack of June 2025 Tellus lost $18 million. People at Tellus still talk of it.\n\nIt is cold.\n\nSince the hack of June 2025, in which Tellus lost $27 million, there are two keys.",
			[]string{"cross/conflict error $27 million ≠ $18 million"}},
		"a round": {"en: Tellus and the long wait", "In October Tellus raised $24 million in a Series B. People at Tellus celebrated.\n\nIt is cold.\n\nThe $42 million that Tellus raised in the Series B of October will not last.",
			[]string{"cross/conflict error $42 million ≠ $24 million"}},
		"a month above its year": {"de: Orvia, ein Netz aus Kellern", "Orvia nahm im Jahr 2025 insgesamt 12 Mio. Euro ein, allein im November waren es 14,5 Mio. Euro.",
			[]string{"cross/conflict warning 14,5 Mio. Euro ≠ 12 Mio. Euro"}},
		"a month above its year, in English": {"en: Tellus and the long wait", "Revenue for all of 2025 came to $8.1 million. December alone brought in $9.4 million.",
			[]string{"cross/conflict warning $9.4 million ≠ $8.1 million"}},
		"a month above its year, in tokens": {"en: Tellus and the long wait", "Tellus mined 310 bitcoin in all of 2025. In October alone, 342 bitcoin were added.",
			[]string{"cross/conflict warning 342 ≠ 310"}},
		"a whole that several hold": {"en: The cellars of the cooperatives", "The 40 oldest cooperatives held $6.2 billion at the end of January.\n\nIt is cold.\n\nEven if one sold the whole $8.9 billion that the 40 oldest cooperatives held at the end of January, nothing would change.",
			[]string{"cross/conflict error $8.9 billion ≠ $6.2 billion"}},
		"cards in use": {"de: Orvia, ein Netz aus Kellern", "Anfang Februar waren bei Orvia 52.000 Karten im Umlauf. Bei Orvia gibt es keine Kantine.\n\nEs ist kalt.\n\nMit ihren 71.000 ausgegebenen Karten ist Orvia größer als andere.",
			[]string{"cross/conflict warning 71.000 ≠ 52.000"}},
		"power": {"de: Orvia, ein Netz aus Kellern", "Orvia betreibt drei Rechenzentren mit einer Anschlussleistung von 180 MW. Bei Orvia ist man stolz.\n\nEs ist kalt.\n\nAusgelastet sind die 240 MW Anschlussleistung von Orvia kaum.",
			[]string{"cross/conflict warning 240 MW ≠ 180 MW"}},
		"staff by two names": {"de: Orvia, ein Netz aus Kellern", "Ende 2025 beschäftigte Orvia 318 Menschen. Bei Orvia gibt es keine Kantine.\n\nEs ist kalt.\n\nFür die 402 Beschäftigten, die Orvia Ende 2025 hatte, gibt es ein Wohnheim.",
			[]string{"cross/conflict error 402 ≠ 318"}},
		"a rate": {"en: Tellus and the long wait", "The default rate of Tellus was 2.1 % in 2025. At Tellus nobody comments.\n\nIt is cold.\n\nWith a default rate of 3.4 % in 2025, Tellus did worse than banks.",
			[]string{"cross/conflict error 3.4 % ≠ 2.1 %"}},
		"of each day": {"en: Tellus and the long wait", "In January Tellus handled 3.1 million transactions a day. At Tellus nobody comments.\n\nIt is cold.\n\nAt 4.4 million transactions a day in January, Tellus is no longer small.",
			[]string{"cross/conflict error 4.4 million ≠ 3.1 million"}},
		"another scale": {"en: Tellus and the long wait", "Utilities spent $217 billion on lines in 2025.\n\nIt is cold.\n\nThe $217 million that utilities spent on lines have not helped.",
			[]string{"scale/billion error $217 million ≠ $217 billion"}},
		"another scale of a market": {"de: Orvia, ein Netz aus Kellern", "Der Markt ist 7,4 Milliarden Dollar groß.\n\nEs ist kalt.\n\nIn einem 7,4 Billionen Dollar Markt ist für alle Platz.",
			[]string{"scale/billion warning 7,4 Billionen Dollar ≠ 7,4 Milliarden Dollar"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, both(examine(t, readTold(t, "post.md", tt.title, tt.text)))); diff != "" {
				t.Errorf("%s\n(-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestNumbersThatDoNotReferBack(t *testing.T) {
	const de, en = "de: Orvia, ein Netz aus Kellern", "en: Tellus and the long wait"
	for name, tt := range map[string]told{
		"the same number":          {title: de, text: "Ende Januar zählte Orvia 4.200 Kunden.\n\nVon den 4.200 Kunden, die Orvia Ende Januar hatte, zahlen alle."},
		"rounded":                  {title: de, text: "Ende Januar zählte Orvia 4.187 Kunden.\n\nDie rund 4.200 Kunden, die Orvia Ende Januar hatte, zahlen alle."},
		"another time":             {title: de, text: "Ende Januar zählte Orvia 4.200 Kunden.\n\nVon den 3.100 Kunden, die Orvia Ende Juni hatte, zahlten alle."},
		"a year before":            {title: de, text: "Ende 2025 zählte Orvia 4.200 Kunden, zwölf Monate zuvor waren es 3.100 Kunden.\n\nDie 4.200 Kunden von Orvia zahlen pünktlich."},
		"those who left":           {title: en, text: "At the end of January Tellus had 4,200 customers.\n\nThe 310 customers that left Tellus at the end of January will be missed."},
		"those who signed":         {title: en, text: "At the end of January Tellus had 4,200 customers.\n\nThe 410 customers who signed with Tellus in January pay more."},
		"of a survey":              {title: de, text: "Orvia zählt 12.000 aktive Nutzer.\n\nDie 800 aktiven Nutzer, die Orvia befragt hat, sind zufrieden."},
		"in one country":           {title: de, text: "Orvia zählt 12.000 aktive Nutzer.\n\nDie 800 aktiven Nutzer in Österreich zahlen Orvia mehr."},
		"in one place":             {title: en, text: "Tellus employs 310 engineers.\n\nThe 40 engineers in Leeds built most of Tellus."},
		"somebody else":            {title: en, text: "Tellus runs 1,450 charging points.\n\nThe 5,800 charging points that Voltrek runs are older."},
		"a competitor's":           {title: de, text: "Orvia betreibt heute 3.200 aktive Knoten.\n\nBei Helix sind die 9.800 aktiven Knoten in der Hand weniger."},
		"a plan":                   {title: en, text: "Tellus runs 1,450 charging points today.\n\nThe 4,000 charging points that Tellus plans will need a bank."},
		"the largest":              {title: de, text: "Orvia zählt 340 Großkunden.\n\nDie 20 größten Großkunden von Orvia zahlen die Hälfte."},
		"new ones":                 {title: de, text: "Orvia zählt 340 Großkunden.\n\nDie 60 neuen Großkunden von Orvia kamen im Herbst."},
		"another mark":             {title: en, text: "Tellus has 62 licensed partners.\n\nThe 20 unpaid partners of Tellus complain."},
		"a sum":                    {title: en, text: "Tellus has 60 licensed partners. There are 25 licensed partners at Tellus in Wales.\n\nThe 85 licensed partners of Tellus meet in May."},
		"net and gross":            {title: de, text: "Der Umsatz von Orvia lag 2025 brutto bei 48 Mio. Euro.\n\nBei einem Netto-Umsatz von 12 Mio. Euro im Jahr 2025 ist Orvia noch klein."},
		"another year":             {title: de, text: "Der Umsatz von Orvia lag 2025 bei 48 Mio. Euro.\n\nBei einem Umsatz von 12 Mio. Euro im Jahr 2024 war Orvia noch klein."},
		"a quarter":                {title: en, text: "In 2025 Tellus had revenue of $24 million.\n\nIn the fourth quarter of 2025 Tellus had revenue of $9 million."},
		"peak and present":         {title: en, text: "At the end of January Tellus held 12,400 ETH.\n\nAt its peak Tellus held 30,000 ETH, at the end of January last year."},
		"another round":            {title: en, text: "In October Tellus raised $24 million in a Series B.\n\nThe $6 million that Tellus raised in the Series A went into tools."},
		"all rounds":               {title: en, text: "In October Tellus raised $24 million in a Series B.\n\nIn total Tellus has raised $33 million."},
		"valuations of two":        {title: de, text: "Orvia wurde im Oktober mit 240 Millionen Euro bewertet.\n\nHelix wurde im Oktober mit 900 Millionen Euro bewertet."},
		"a month within its year":  {title: de, text: "Orvia nahm im Jahr 2025 insgesamt 12 Mio. Euro ein, allein im November waren es 1,5 Mio. Euro."},
		"a month of another year":  {title: en, text: "Revenue for all of 2024 came to $8.1 million. December 2025 alone brought in $9.4 million."},
		"a month of somebody else": {title: en, text: "Tellus had revenue of $8.1 million in 2025. At Voltrek December alone brought in $9.4 million."},
		"average of a month":       {title: de, text: "Orvia nahm 2025 im Schnitt 3 Mio. Euro ein. Im Dezember allein waren es 4 Mio. Euro."},
		"digits by chance":         {title: en, text: "Tellus paid $4.1 million for the site.\n\nAmericans spend $4.1 billion on ice cream."},
		"a part of its market":     {title: en, text: "Tellus is worth $56 million.\n\nA $56 billion market does not notice Voltrek at all, and $56 billion is no small sum."},
		"small counts":             {title: de, text: "Orvia hat drei Standorte.\n\nDie zwei Standorte in der Schweiz sind Orvia am liebsten."},
		"of each":                  {title: de, text: "Orvia betreibt heute 3.200 aktive Knoten.\n\nIn jedem Land sind es im Schnitt 140 aktive Knoten, sagt Orvia."},
		"in a department":          {title: de, text: "Orvia beschäftigt 410 Menschen. Bei Orvia ist man stolz.\n\nIn der Entwicklung arbeiten bei Orvia 120 Mitarbeiter."},
		"for some loans":           {title: en, text: "The default rate of Tellus was 2.1 % in 2025. At Tellus nobody comments.\n\nFor loans to start-ups the default rate of Tellus was 6.4 % in 2025."},
		"for some clients":         {title: en, text: "Tellus manages $1.4 billion. At Tellus nobody comments.\n\nThe $300 million that Tellus manages for pension funds is safe."},
		"what was recovered":       {title: en, text: "In the hack of June 2025 Tellus lost $9 million. At Tellus nobody comments.\n\nThe $3 million recovered after the hack of June 2025 went to users of Tellus."},
		"called something":         {title: en, text: "Tellus has 410 customers. At Tellus nobody comments.\n\nThe 50 customers that Tellus calls strategic bring most revenue."},
		"who do something":         {title: en, text: "Tellus has 410 customers. At Tellus nobody comments.\n\nAt Tellus one hears that 120 customers pay more than $1 million."},
		"what was sold":            {title: de, text: "Ende Januar hielt Orvia 12.000 ETH. Bei Orvia ist man stolz.\n\nDie 3.000 ETH, die Orvia Ende Januar verkaufte, fehlen jetzt."},
		"fully diluted":            {title: en, text: "The token of Tellus has a market capitalisation of $130 million. At Tellus nobody comments.\n\nFully diluted, the market capitalisation of the token of Tellus is $420 million."},
		"hypothetical":             {title: en, text: "Tellus runs 1,450 charging points today.\n\nIf Tellus had 5,000 charging points, it would make money."},
	} {
		t.Run(name, func(t *testing.T) {
			if got := both(examine(t, readTold(t, "post.md", tt.title, tt.text))); len(got) > 0 {
				t.Errorf("%s\nfound %q", tt.text, got)
			}
		})
	}
}

// pairTold are two posts of two authors.
type pairTold struct {
	titles, texts [2]string
	want          []string
}

func TestWhatTwoPostsSayOfOne(t *testing.T) {
	titles := [2]string{"de: Orvia, ein Netz aus Kellern", "de: Drei Netze im Vergleich: Orvia, Helix, Tamsin"}
	english := [2]string{"en: Tellus and the long wait", "en: Who charges the chargers?"}
	mixed := [2]string{"de: Orvia, ein Netz aus Kellern", "en: Three networks compared"}
	for name, tt := range map[string]pairTold{
		"nodes at one time": {titles, [2]string{"Bei Orvia zählt man genau. Ende Januar betrieb Orvia 3.200 aktive Knoten.",
			"## Orvia\n\nOrvia ist klein. Ende Januar waren 4.800 aktive Knoten in Betrieb.\n\n## Helix\n\nHelix ist groß. Ende Januar liefen dort 9.000 aktive Knoten."},
			[]string{"cross/conflict error 3.200 ≠ 4.800"}},
		"revenue of a year": {titles, [2]string{"Orvia setzte im Jahr 2025 insgesamt 18 Mio. Euro um. Bei Orvia ist man stolz.", "Der Umsatz von Orvia lag 2025 bei 26 Mio. Euro."},
			[]string{"cross/conflict error 18 Mio. Euro ≠ 26 Mio. Euro"}},
		"staff by two names": {titles, [2]string{"Orvia beschäftigte Ende 2025 insgesamt 140 Menschen. Bei Orvia ist man stolz.", "Ende 2025 hatte Orvia 210 Mitarbeiter. Bei Orvia wird gespart."},
			[]string{"cross/conflict error 140 ≠ 210"}},
		"in two languages": {mixed, [2]string{"Ende Januar betrieb Orvia 3.200 aktive Knoten. Bei Orvia zählt man genau.", "At the end of January Orvia ran 4,800 active nodes. The people at Orvia like it."},
			[]string{"cross/conflict error 3.200 ≠ 4,800"}},
		"a round": {english, [2]string{"In October Tellus raised $24 million in a Series B. The people at Tellus rejoice.", "The Series B of October brought Tellus $34 million. At Tellus nobody comments. Last year Tellus was quiet."},
			[]string{"cross/conflict error $24 million ≠ $34 million"}},
		"of now": {english, [2]string{"Tellus runs 1,450 fast chargers. The people at Tellus rejoice.", "In Wales alone there are few. Overall, though, Tellus has 2,600 fast chargers. At Tellus nobody comments."},
			[]string{"cross/conflict warning 1,450 ≠ 2,600"}},

		"a business year": {titles, [2]string{"Im Geschäftsjahr 2025 erlöste Orvia 18 Mio. Euro. Bei Orvia ist man stolz.", "Bei Orvia wird gespart. Im Gesamtjahr 2025 setzte die Firma 26 Mio. Euro um."},
			[]string{"cross/conflict error 18 Mio. Euro ≠ 26 Mio. Euro"}},
		"the end of a year": {english, [2]string{"Our visit to Kestrin was short. Kestrin's contracted backlog stood at $24 million at the end of December.", "Kestrin puts its contracted backlog at $31 million as of year-end 2025. At Kestrin nobody comments."},
			[]string{"cross/conflict error $24 million ≠ $31 million"}},
		"in its halls": {english, [2]string{"We asked Tellus. At the end of 2025 it had 18,200 chargers in operation.", "Last year was good for Tellus. On 31 December, 11,800 chargers were running in Tellus's halls."},
			[]string{"cross/conflict error 18,200 ≠ 11,800"}},
		"an industry": {titles, [2]string{"Ende Januar belief sich die Marktkapitalisierung aller tokenisierten Silberprodukte auf 240 Mio. Euro.", "Zusammen kamen tokenisierte Silberprodukte Ende Januar auf einen Börsenwert von 390 Mio. Euro."},
			[]string{"cross/conflict warning 240 Mio. Euro ≠ 390 Mio. Euro"}},

		"another industry":     {titles, [2]string{"Ende Januar belief sich die Marktkapitalisierung aller Silberprodukte auf 240 Mio. Euro.", "Zusammen kamen die Kupferprodukte Ende Januar auf einen Börsenwert von 390 Mio. Euro."}, nil},
		"an industry's months": {titles, [2]string{"Ende Januar belief sich die Marktkapitalisierung aller Silberprodukte auf 240 Mio. Euro.", "Zusammen kamen die Silberprodukte Ende Juni auf einen Börsenwert von 390 Mio. Euro."}, nil},
		"a bolder forecast":    {titles, [2]string{"Ende Januar belief sich die Marktkapitalisierung aller Silberprodukte auf 240 Mio. Euro.", "Mit einem Börsenwert der Silberprodukte von 390 Mio. Euro Ende Januar ist die Bank deutlich optimistischer."}, nil},
		"another time":         {titles, [2]string{"Ende Januar betrieb Orvia 3.200 aktive Knoten. Bei Orvia zählt man genau.", "Ende Juni betrieb Orvia 1.800 aktive Knoten. Bei Orvia wird gespart."}, nil},
		"another owner":        {titles, [2]string{"Ende Januar betrieb Orvia 3.200 aktive Knoten. Bei Orvia zählt man genau.", "Ende Januar liefen bei Helix 9.000 aktive Knoten, sagt Helix."}, nil},
		"by heading":           {titles, [2]string{"Ende Januar betrieb Orvia 3.200 aktive Knoten. Bei Orvia zählt man genau.", "## Helix\n\nBei Helix ist alles größer. Ende Januar liefen dort 9.000 aktive Knoten."}, nil},
		"in one country":       {titles, [2]string{"Ende Januar betrieb Orvia 3.200 aktive Knoten. Bei Orvia zählt man genau.", "In Österreich betrieb Orvia Ende Januar 900 aktive Knoten. Bei Orvia wird gespart."}, nil},
		"a plan":               {titles, [2]string{"Ende Januar betrieb Orvia 3.200 aktive Knoten. Bei Orvia zählt man genau.", "Bis Ende Januar wollte Orvia 5.000 aktive Knoten betreiben, so das Ziel von Orvia."}, nil},
		"net and gross":        {titles, [2]string{"Orvia setzte im Jahr 2025 brutto 18 Mio. Euro um. Bei Orvia ist man stolz.", "Der Umsatz von Orvia lag 2025 netto bei 6 Mio. Euro. Bei Orvia wird gespart."}, nil},
		"a quarter":            {titles, [2]string{"Orvia setzte im Jahr 2025 insgesamt 18 Mio. Euro um. Bei Orvia ist man stolz.", "Im vierten Quartal 2025 setzte Orvia 7 Mio. Euro um. Bei Orvia wird gespart."}, nil},
		"another currency":     {titles, [2]string{"Orvia setzte im Jahr 2025 insgesamt 18 Mio. Euro um. Bei Orvia ist man stolz.", "Orvia setzte im Jahr 2025 insgesamt 21 Mio. US-Dollar um. Bei Orvia wird gespart."}, nil},
		"a product's revenue":  {english, [2]string{"In 2025 Tellus made revenue of $24 million. The people at Tellus rejoice.", "In 2025 Tellus made subscription revenue of $9 million. At Tellus nobody comments."}, nil},
		"another round":        {english, [2]string{"In October Tellus raised $24 million in a Series B. The people at Tellus rejoice.", "In 2023 Tellus raised $6 million in a Series A. At Tellus nobody comments."}, nil},
		"the same":             {english, [2]string{"In October Tellus raised $24 million in a Series B. The people at Tellus rejoice.", "The Series B of October brought Tellus $24 million. At Tellus nobody comments."}, nil},
		"both say both": {english, [2]string{"At the end of January Tellus had 1,450 active chargers. Of these, Tellus leases 600 active chargers at the end of January. The people at Tellus rejoice.",
			"At the end of January Tellus had 1,450 active chargers. At Tellus nobody comments."}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			docs := []*rule.Document{readTold(t, "a.md", tt.titles[0], tt.texts[0]), readTold(t, "b.md", tt.titles[1], tt.texts[1])}
			if diff := cmp.Diff(tt.want, both(examine(t, docs...))); diff != "" {
				t.Errorf("%s\n---\n%s\n(-want +got):\n%s", tt.texts[0], tt.texts[1], diff)
			}
		})
	}
}
