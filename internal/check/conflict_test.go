package check

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/post"
	"beleg/internal/unit"

	"beleg/internal/check/conflict"
	"beleg/internal/check/rule"
)

// posts is a case in which several texts are checked together. want names rule, severity, the figure that it is shown
// at and the other place: "cross/conflict warning 38 Milliarden ≠ 24 Milliarden".
type posts struct {
	name  string
	texts []string // "de: …" or "en: …"
	want  []string
}

// both are the findings of conflicts and slips as posts.want writes them.
func both(r *Report) []string {
	var got []string
	for _, file := range r.Files {
		byID := map[string]string{}
		for _, f := range file.Figures {
			byID[f.ID] = f.Text
		}
		for _, f := range file.Findings {
			if f.Rule != string(rule.Conflict) && f.Rule != string(rule.Scale) {
				continue
			}
			got = append(got, fmt.Sprintf("%s %s %s ≠ %s", f.Rule, f.Severity, byID[f.Figures[0]], f.Related[0].Text))
		}
	}
	return got
}

func readTexts(t testing.TB, texts []string) []*rule.Document {
	t.Helper()
	var docs []*rule.Document
	for i, text := range texts {
		lang, body, _ := strings.Cut(text, ": ")
		docs = append(docs, document(t, fmt.Sprintf("post-%d.md", i), unit.Lang(lang), fmt.Sprintf("# Beitrag %d\n\n%s\n", i, body)))
	}
	return docs
}

func runPosts(t *testing.T, cases []posts) {
	t.Helper()
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			got := both(examine(t, readTexts(t, tt.texts)...))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s\n(-want +got):\n%s", strings.Join(tt.texts, "\n---\n"), diff)
			}
		})
	}
}

func TestConflictsInOnePost(t *testing.T) {
	runPosts(t, []posts{
		{"levels", []string{"de: Lido hält 24 Milliarden US-Dollar TVL.\n\nDer TVL von Lido beläuft sich auf 38 Milliarden US-Dollar."},
			[]string{"cross/conflict warning 38 Milliarden US-Dollar ≠ 24 Milliarden US-Dollar"}},
		{"counts", []string{"en: Canton has 500 validators.\n\nThe Canton Network counts 820 validators."},
			[]string{"cross/conflict warning 820 ≠ 500"}},
		{"bounds that do not meet", []string{"de: Über 600 Institutionen nutzen das Canton Network.\n\nRund 350 Institutionen sind an Canton angeschlossen."},
			[]string{"cross/conflict warning 350 ≠ 600"}},
		{"over, but far over", []string{"de: Grass hat über 3 Millionen Nutzer.\n\nGrass zählt 8,5 Millionen Nutzer."},
			[]string{"cross/conflict warning 8,5 Millionen ≠ 3 Millionen"}},
		{"a part larger than the whole", []string{"de: Aave hat 400.000 Nutzer.\n\nAave zählt 700.000 aktive Nutzer."},
			[]string{"cross/conflict warning 700.000 ≠ 400.000"}},
		{"amounts of one year", []string{"en: Revenue of Aethir in 2025 was $38 million.\n\nIn 2025 Aethir made revenue of $54 million."},
			[]string{"cross/conflict error $54 million ≠ $38 million"}},
		{"a month larger than its year", []string{"en: Revenue of Aethir in 2025 was $38 million.\n\nIn October 2025 Aethir had revenue of $54 million."},
			[]string{"cross/conflict warning $54 million ≠ $38 million"}},
		{"forecasts for one year", []string{"en: The DePIN market cap is expected to reach $90 billion by the end of 2028.\n\nBy the end of 2028 the market cap of DePIN should reach $60 billion."},
			[]string{"cross/conflict warning $60 billion ≠ $90 billion"}},
		{"two bases of one forecast", []string{"en: The market for confidential computing was worth $10 billion in 2024. By 2030 the market for confidential computing is projected to reach $100 billion.\n\n" +
			"The market for confidential computing is projected to grow from $25 billion in 2025 to $100 billion by 2030."},
			[]string{"cross/conflict warning $25 billion ≠ $10 billion"}},
		{"somebody the catalogue does not know, by name", []string{"de: Quantix zählt 1,2 Millionen Nutzer.\n\nNach eigenen Angaben erreicht Quantix 800.000 Nutzer."},
			[]string{"cross/conflict warning 800.000 ≠ 1,2 Millionen"}},
		{"three values, told twice", []string{"de: Canton zählt 500 Validatoren.\n\nDas Canton Network betreibt 820 Validatoren.\n\nCanton läuft auf 1.100 Validatoren."},
			[]string{"cross/conflict warning 820 ≠ 500", "cross/conflict warning 1.100 ≠ 500"}},
		{"a repeated value, told once", []string{"de: Canton zählt 500 Validatoren.\n\nDie 500 Validatoren von Canton wachsen.\n\nDas Canton Network betreibt 820 Validatoren."},
			[]string{"cross/conflict warning 820 ≠ 500"}},
	})
}

func TestConflictsOfAStranger(t *testing.T) {
	const body = "Quantix zählt 1,2 Millionen Nutzer.\n\nNach eigenen Angaben erreicht Quantix 800.000 Nutzer.\n"
	for title, want := range map[string][]string{
		"Quantix: Ein neues Netz":    {"cross/conflict warning 800.000 ≠ 1,2 Millionen"},
		"Was neue Netze versprechen": {"cross/conflict warning 800.000 ≠ 1,2 Millionen"},
	} {
		d := document(t, "quantix.md", unit.German, "# "+title+"\n\n"+body)
		if diff := cmp.Diff(want, both(examine(t, d))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", title, diff)
		}
	}
}

func TestNoConflictInOnePost(t *testing.T) {
	quiet := map[string]string{
		"one sentence":                "de: Lido stieg im TVL von 24 Milliarden US-Dollar auf 38 Milliarden US-Dollar.",
		"one paragraph":               "de: Lido hält 24 Milliarden US-Dollar TVL. Der TVL von Lido beläuft sich auf 38 Milliarden US-Dollar.",
		"rounding":                    "de: Lido hält 24 Milliarden US-Dollar TVL.\n\nDer TVL von Lido beläuft sich auf 24,3 Milliarden US-Dollar.",
		"over a smaller number":       "de: Über 600 Institutionen nutzen das Canton Network.\n\nAn Canton sind 840 Institutionen angeschlossen.",
		"nearly":                      "en: Canton has nearly 500 validators.\n\nThe Canton Network is run by 470 validators.",
		"a range that holds it":       "de: Der TVL von Aave liegt bei 20 bis 30 Milliarden US-Dollar.\n\nAave hält 27 Milliarden US-Dollar TVL.",
		"peak and current":            "de: Lido hält 24 Milliarden US-Dollar TVL.\n\nDer TVL von Lido erreichte einen Höchststand von 45 Milliarden US-Dollar.",
		"record":                      "en: Aave's TVL is $27 billion.\n\nAave's TVL set a record of $45 billion.",
		"target":                      "de: Lido hält 24 Milliarden US-Dollar TVL.\n\nDas Ziel von Lido sind 60 Milliarden US-Dollar TVL.",
		"potential":                   "en: Aave's TVL is $27 billion.\n\nAave's TVL could reach $60 billion.",
		"net and gross":               "en: Aave's revenue in 2025 was $120 million gross.\n\nAave's net revenue in 2025 was $30 million.",
		"a year ago":                  "de: Lido hält 24 Milliarden US-Dollar TVL.\n\nVor einem Jahr lag der TVL von Lido bei 15 Milliarden US-Dollar.",
		"another year":                "de: Lido hält 24 Milliarden US-Dollar TVL.\n\nNach dem Crash von 2022 sank der TVL von Lido auf 5 Milliarden US-Dollar.",
		"dated apart":                 "en: In March 2025 Grass had 2 million users.\n\nGrass has 8 million users.",
		"on one chain":                "de: Aave hält 27 Milliarden US-Dollar TVL.\n\nAuf Arbitrum hält Aave 1,9 Milliarden US-Dollar TVL.",
		"a sector on one chain":       "de: Weltweit gibt es 321 DePIN-Projekte.\n\nSolana beherbergt 63 DePIN-Projekte.",
		"a sector in its network":     "de: Weltweit gibt es 321 DePIN-Projekte.\n\nMit 63 DePIN-Projekten in seinem Netzwerk führt Solana.",
		"a region":                    "en: Helium runs 400,000 hotspots.\n\nIn Europe there are 60,000 Helium hotspots.",
		"a part":                      "de: io.net vermittelt 327.000 GPUs.\n\nVon den 327.000 GPUs bei io.net sind 28.000 geprüft.",
		"a part of what was counted":  "en: io.net has 327,000 GPUs.\n\nSome 28,000 of the 327,000 GPUs at io.net are verified.",
		"active and all":              "de: Grass hat 8,5 Millionen Nutzer.\n\nTäglich aktiv sind bei Grass 1,1 Millionen Nutzer.",
		"new ones":                    "de: Grass hat 8,5 Millionen Nutzer.\n\nGrass gewann 400.000 neue Nutzer.",
		"more of them":                "en: Canton has 500 validators.\n\nAnother 60 validators want to join Canton.",
		"of each":                     "de: Aethir erzielt 166 Millionen US-Dollar Umsatz im Jahr.\n\nEine einzelne GPU von Aethir bringt 25.000 US-Dollar Umsatz im Monat.",
		"hypothetical":                "de: Lido hält 24 Milliarden US-Dollar TVL.\n\nWenn Lido 50 Milliarden US-Dollar TVL hätte, wäre es größer als jede Bank.",
		"hypothetical in English":     "en: Aave's TVL is $27 billion.\n\nSuppose Aave's TVL were $50 billion.",
		"so far and by year":          "de: Render hat 2025 einen Umsatz von 38 Millionen US-Dollar erzielt.\n\nSeit dem Start kommt Render auf insgesamt 90 Millionen US-Dollar Umsatz.",
		"month and pace":              "en: Aethir's revenue in January 2026 was $12 million.\n\nAethir's annualised revenue is $150 million.",
		"two years":                   "en: Aethir's revenue in 2024 was $20 million.\n\nAethir's revenue in 2025 was $54 million.",
		"changes":                     "de: Die Einlagen bei Aave wuchsen um 4 Milliarden US-Dollar.\n\nDie Einlagen bei Aave betragen 40 Milliarden US-Dollar.",
		"shares":                      "de: Lido hält 24 % des gestakten Ethers.\n\nIm Kernmarkt hält Lido einen Anteil von 31 %.",
		"fee rates":                   "de: Die Infrastrukturgebühr von Lido beträgt 1 %.\n\nDie Liquiditätsgebühr von Lido beträgt 6,5 %.\n\nZusammen sind das bei Lido 7,5 % Gebühr.",
		"other currency":              "de: Die Konferenz brachte Hongkong 275 Mio. HK$.\n\nDer Beitrag der Konferenz für Hongkong lag bei 35,3 Mio. US-Dollar.",
		"somebody else":               "en: Filecoin has a market cap of $1.1 billion.\n\nThe market cap of Tensorix is $300 million.",
		"compared with somebody else": "de: Canton zählt 500 Validatoren.\n\nCanton wächst schneller als ein Netz mit 900 Validatoren.",
		"ongoing year":                "en: Aave Horizon holds $580 million in deposits.\n\nIn 2026 deposits at Aave Horizon exceed $1 billion.",
		"rounds":                      "de: Mesh sammelte in einer Series-C-Runde 75 Millionen US-Dollar ein.\n\nIn der Series-B-Runde hatte Mesh 82 Millionen US-Dollar eingesammelt.",
		"even growth":                 "en: The market for confidential computing was worth $10 billion in 2024. By 2030 the market for confidential computing is projected to reach $100 billion.\n\nThe market for confidential computing is projected to grow from $14.5 billion in 2025 to $100 billion by 2030.",
		"scenarios of two firms":      "en: According to Gartner the market for confidential computing is $24 billion.\n\nNote that figures differ.",
		"forecasts for two years":     "en: The DePIN market cap is expected to reach $60 billion by the end of 2027.\n\nBy the end of 2028 the market cap of DePIN should reach $90 billion.",
		"a kind of what is counted":   "de: Canton zählt 500 Validatoren.\n\nCanton wird von 30 Super-Validatoren gesteuert.",
		"an adjective":                "en: Canton has 500 validators.\n\nCanton has 40 permissioned validators.",
		"theory":                      "de: Solana schafft 1.100 TPS.\n\nTheoretisch sind bei Solana 65.000 TPS Durchsatz möglich.",
		"trade and transfers":         "en: Stablecoin volume reached $33 trillion in 2025.\n\nTrading volume of stablecoins came to $9 trillion in 2025.",
		"a segment":                   "en: Revenue of Consensys in 2025 was $250 million.\n\nIn 2025 Consensys had revenue from swaps of $60 million.",
		"holdings of two things":      "en: Tether holds $135 billion in Treasuries.\n\nTether holds $9 billion in bitcoin.",
		"rows of a table":             "de: MARA betreibt 57,4 EH/s Hashrate.\n\n| Firma | Hashrate |\n|---|---|\n| MARA | 57,4 EH/s |\n| Rioting | 86,5 EH/s |",
		"a list in a sentence":        "de: MARA steuert 57,4 EH/s Hashrate bei.\n\nAn Hashrate haben MARA 57,4 EH/s, Rioting 36,5 EH/s.",
		"labels":                      "de: - Curated Module: 36 Milliarden US-Dollar TVL bei Lido\n- Simple DVT: 2 Milliarden US-Dollar TVL bei Lido",
	}
	var cases []posts
	for name, text := range quiet {
		cases = append(cases, posts{name: name, texts: []string{text}})
	}
	slices.SortFunc(cases, func(a, b posts) int { return strings.Compare(a.name, b.name) })
	runPosts(t, cases)
}

func TestConflictsAcrossPosts(t *testing.T) {
	runPosts(t, []posts{
		{"levels", []string{"de: Lido hält 24 Milliarden US-Dollar TVL.", "en: Lido has a TVL of $60 billion."},
			[]string{"cross/conflict warning 24 Milliarden US-Dollar ≠ $60 billion"}},
		{"levels within the definitions' spread", []string{"de: Lido hält 24 Milliarden US-Dollar TVL.", "en: Lido has a TVL of $31 billion."},
			[]string{"cross/conflict note 24 Milliarden US-Dollar ≠ $31 billion"}},
		{"prices move", []string{"de: Lido hält 24 Milliarden US-Dollar TVL.", "en: Lido has a TVL of $24.9 billion."}, nil},
		{"a month and a pace", []string{"de: Im Januar 2026 erzielte Aethir einen Umsatz von 55 Millionen US-Dollar.", "de: Aethir verzeichnete im dritten Quartal 2025 einen annualisierten Umsatz von 166 Millionen US-Dollar."},
			[]string{"cross/conflict warning 55 Millionen US-Dollar ≠ 166 Millionen US-Dollar"}},
		{"a pace that fits", []string{"de: Im Januar 2026 erzielte Aethir einen Umsatz von 15 Millionen US-Dollar.", "de: Aethir verzeichnet einen annualisierten Umsatz von 166 Millionen US-Dollar."}, nil},
		{"a year and a later month", []string{"de: Aethir erzielte 2025 einen Umsatz von 20 Millionen US-Dollar.", "de: Im Januar 2026 erzielte Aethir einen Umsatz von 55 Millionen US-Dollar."},
			[]string{"cross/conflict note 20 Millionen US-Dollar ≠ 55 Millionen US-Dollar"}},
		{"forecasts", []string{"de: Die Marktkapitalisierung von Stablecoins wird bis Ende 2026 voraussichtlich 1 Billion US-Dollar erreichen.", "en: Stablecoin supply is expected to reach $400 billion by the end of 2026."},
			[]string{"cross/conflict note 1 Billion US-Dollar ≠ $400 billion"}},
		{"a forecast and today", []string{"de: Die Marktkapitalisierung von Stablecoins wird bis Ende 2026 voraussichtlich 1 Billion US-Dollar erreichen.", "en: Stablecoin supply is $306 billion."}, nil},
		{"markets by two firms", []string{"en: According to Gartner the market for confidential computing was worth $13 billion in 2024.", "en: IDC estimates the market for confidential computing at $24 billion in 2024."},
			[]string{"cross/conflict note $13 billion ≠ $24 billion"}},
	})
}

func TestTwinsAndCopiesNeverConflict(t *testing.T) {
	de := document(t, "de.md", unit.German, "# Lido heute\n\nLido hält 24 Milliarden US-Dollar TVL.\n")
	en := document(t, "en.md", unit.English, "# Lido today\n\nLido has a TVL of $60 billion.\n")
	copied := document(t, "copy.md", unit.German, "# Lido heute\n\nLido hält 70 Milliarden US-Dollar TVL.\n")
	if got := both(examine(t, de, copied)); got != nil {
		t.Errorf("a copy under the same title: %v", got)
	}
	for _, d := range []*rule.Document{de, en} {
		for i := range d.Cited {
			d.Cited[i].Twin = "lido"
		}
	}
	if got := both(examine(t, de, en)); got != nil {
		t.Errorf("twins: %v", got)
	}
}

// lend takes away what a server does not lend: the text, and what refers to it.
func lend(d *rule.Document) *rule.Document {
	lent := &rule.Document{Path: d.Path, Post: &cite.Post{Identity: d.Post.Identity, Title: d.Post.Title, Lang: d.Post.Lang}, Cited: slices.Clone(d.Cited)}
	for i := range lent.Cited {
		f := &lent.Cited[i].Figure
		f.At, f.AtEnd, f.Sentence, f.Nouns, f.Metrics = 0, 0, [2]int{}, nil, nil
	}
	return lent
}

func TestConflictWithLentPosts(t *testing.T) {
	draft := document(t, "draft.md", unit.German, "# Entwurf\n\nLido hält 24 Milliarden US-Dollar TVL.\n")
	other := lend(document(t, "other.md", unit.English, "# Other\n\nLido has a TVL of $60 billion.\n\nLido's TVL peaked at $90 billion.\n"))
	r, err := NewEngine(EngineConfig{Catalog: catalogue(t)}).Check(context.Background(), []*rule.Document{draft}, []*rule.Document{other}, unit.English)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"cross/conflict warning 24 Milliarden US-Dollar ≠ $60 billion"}
	if diff := cmp.Diff(want, both(r)); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	if got, want := r.Files[0].Findings[0].Message, "This says “24 Milliarden US-Dollar”, but the post “Other” says “$60 billion” (Lido, Total value locked (TVL))."; got != want {
		t.Errorf("message %q, want %q", got, want)
	}
}

func TestConflictSaysWhatDataSupport(t *testing.T) {
	tests := []struct {
		name        string
		first       cite.VerdictKind
		second      cite.VerdictKind
		at, message string
	}{
		{"neither", "", "", "24 Milliarden US-Dollar", "Hier steht „24 Milliarden US-Dollar“, im Beitrag „Zwei“ dagegen „60 Milliarden US-Dollar“ (Lido, Hinterlegter Wert (TVL))."},
		{"this one", cite.AgreesRounded, "", "60 Milliarden US-Dollar", "Hier steht „60 Milliarden US-Dollar“, im Beitrag „Eins“ dagegen „24 Milliarden US-Dollar“ (Lido, Hinterlegter Wert (TVL)). Die Daten stützen „24 Milliarden US-Dollar“."},
		{"against this one", cite.WasTrueOn, "", "24 Milliarden US-Dollar", "Hier steht „24 Milliarden US-Dollar“, im Beitrag „Zwei“ dagegen „60 Milliarden US-Dollar“ (Lido, Hinterlegter Wert (TVL)). Die Daten widersprechen „24 Milliarden US-Dollar“."},
		{"the other one", "", cite.Agrees, "24 Milliarden US-Dollar", "Hier steht „24 Milliarden US-Dollar“, im Beitrag „Zwei“ dagegen „60 Milliarden US-Dollar“ (Lido, Hinterlegter Wert (TVL)). Die Daten stützen „60 Milliarden US-Dollar“."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			one := document(t, "1.md", unit.German, "# Eins\n\nLido hält 24 Milliarden US-Dollar TVL.\n")
			two := document(t, "2.md", unit.German, "# Zwei\n\nLido hält 60 Milliarden US-Dollar TVL.\n")
			one.Cited[0].Verdict.Kind, two.Cited[0].Verdict.Kind = tt.first, tt.second
			x := &rule.Examination{Catalog: catalogue(t), Settings: rule.Settings{}.WithDefaults(), Given: []*rule.Document{one, two}}
			conflict.Find(x)
			if len(x.Findings) != 1 {
				t.Fatalf("%d findings, want 1", len(x.Findings))
			}
			f := x.Findings[0]
			if f.At.Figure.Text != tt.at || f.Says.DE != tt.message {
				t.Errorf("at %q: %q\nwant %q: %q", f.At.Figure.Text, f.Says.DE, tt.at, tt.message)
			}
		})
	}
}

func TestRatesShowTheirArithmetic(t *testing.T) {
	docs := readTexts(t, []string{"de: Im Januar 2026 erzielte Aethir einen Umsatz von 55 Millionen US-Dollar.", "de: Aethir verzeichnete im dritten Quartal 2025 einen annualisierten Umsatz von 166 Millionen US-Dollar."})
	got := examine(t, docs...).Files[0].Findings
	i := slices.IndexFunc(got, func(f cite.Finding) bool { return f.Rule == string(rule.Conflict) })
	if i < 0 {
		t.Fatal("nothing found")
	}
	want := cite.Evidence{Formula: "55 Millionen US-Dollar × 12 = 660\u00a0Mio.\u00a0$ gegenüber 166 Millionen US-Dollar im Jahr", Computed: "166\u00a0Mio.\u00a0$", Stated: "55 Millionen US-Dollar"}
	if diff := cmp.Diff(want, got[i].Evidence, cmp.Comparer(func(a, b market.Period) bool { return a == b })); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAgreementAcrossPostsIsChecked(t *testing.T) {
	docs := readTexts(t, []string{"de: Lido hält 24 Milliarden US-Dollar TVL.", "en: Lido has a TVL of $24 billion."})
	r := examine(t, docs...)
	if got := r.Files[0].Figures[0].VerdictDetail.CheckedBy; !slices.Contains(got, rule.ByOtherPosts) {
		t.Errorf("checked by %v, want %s", got, rule.ByOtherPosts)
	}
}

// TestConflictsInRealPosts holds the real posts to what must be found in them.
func TestConflictsInRealPosts(t *testing.T) {
	dir := os.Getenv("BELEG_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	paths, _ := filepath.Glob(filepath.Join(dir, "posts", "*.txt"))
	if len(paths) == 0 {
		t.Skip("no posts in " + dir)
	}
	var docs []*rule.Document
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := post.Parse(raw, post.Options{Path: path, Published: testDay})
		if err != nil {
			t.Fatal(err)
		}
		for i := range parsed {
			docs = append(docs, documentOf(t, path, &parsed[i]))
		}
	}
	want := []string{
		"cross/conflict note 150 Millionen ≠ 72 Millionen $",
		"cross/conflict note 350 - 400 Milliarden ≠ 1 Billion $",
		"cross/conflict warning 100 Milliarden US-Dollar ≠ 32 Milliarden USD",
		"cross/conflict warning 24 Millionen ≠ 13,3 Millionen $",
		"cross/conflict warning 24 Mrd. ≠ 13,3 Milliarden US-Dollar",
		"cross/conflict warning 250 ≠ 321",
		"cross/conflict warning 3 Millionen ≠ 8,5 Millionen",
		"cross/conflict warning 55 Millionen ≠ 166 Millionen",
	}
	got := both(examine(t, docs...))
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func BenchmarkConflicts(b *testing.B) {
	var docs []*rule.Document
	for i := range 200 {
		var text strings.Builder
		fmt.Fprintf(&text, "# Beitrag %d\n\n", i)
		for k := range 20 {
			fmt.Fprintf(&text, "Lido hält %d Milliarden US-Dollar TVL.\n\nDas Canton Network betreibt %d Validatoren.\n\n", 20+(i+k)%30, 500+(i*k)%400)
		}
		docs = append(docs, document(b, fmt.Sprintf("post-%d.md", i), unit.German, text.String()))
	}
	for b.Loop() {
		conflict.Find(&rule.Examination{Catalog: catalogue(b), Settings: rule.Settings{}.WithDefaults(), Given: docs})
	}
}
