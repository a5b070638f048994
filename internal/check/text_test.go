package check

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"beleg/internal/cite"
	"beleg/internal/post"
	"beleg/internal/unit"

	"beleg/internal/check/prose"
	"beleg/internal/check/rule"
)

// sharedPosts is the folder of real posts; the test is skipped without it.
func sharedPosts(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("BELEG_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "posts")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no real posts at %s (BELEG_SHARED names another place)", dir)
	}
	return dir
}

// repaired checks a file and gives its bytes with all damage repaired.
func repaired(t *testing.T, path string, raw []byte) ([]byte, int) {
	t.Helper()
	posts, err := post.Parse(raw, post.Options{Path: path, Published: testDay})
	if err != nil {
		t.Fatal(err)
	}
	var docs []*rule.Document
	for i := range posts {
		docs = append(docs, documentOf(t, path, &posts[i]))
	}
	var findings []cite.Finding
	for _, f := range examine(t, docs...).Files {
		findings = append(findings, f.Findings...)
	}
	return prose.Fix(raw, findings)
}

func TestFixRepairsDamage(t *testing.T) {
	const (
		glued  = "Der Sektor wuchs von 5 Milliarden auf19MilliardenU¨berschussauf 19 Milliarden Überschuss an.\n"
		mended = "Der Sektor wuchs von 5 Milliarden $auf 19 Milliarden Überschuss$ an.\n"
	)
	latin := func(s string) []byte {
		raw, err := charmap.Windows1252.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return []byte(raw)
	}
	tests := []struct {
		name, path string
		in, want   []byte
		n          int
	}{
		{"text", "a.txt", []byte(glued), []byte(mended), 1},
		{"nothing to repair", "a.txt", []byte("Es waren 5 Milliarden $ und 19 Milliarden $.\n"), []byte("Es waren 5 Milliarden $ und 19 Milliarden $.\n"), 0},
		{"twice", "a.txt", []byte(glued + "\n" + glued), []byte(mended + "\n" + mended), 2},
		{"a byte order mark and line ends", "a.txt", []byte("\ufeffTitel\r\n\r\n" + strings.ReplaceAll(glued, "\n", "\r\n")),
			[]byte("\ufeffTitel\r\n\r\n" + strings.ReplaceAll(mended, "\n", "\r\n")), 1},
		{"front matter", "a.md", []byte("---\ntitle: Überschuss\nlang: de\n---\n\n" + glued), []byte("---\ntitle: Überschuss\nlang: de\n---\n\n" + mended), 1},
		{"markup in the source", "a.md", []byte("Von 5 Milliarden auf19Milliardenauf **19 Milliarden** stieg es.\n"),
			[]byte("Von 5 Milliarden $auf **19 Milliarden$** stieg es.\n"), 1},
		{"Windows-1252", "a.txt", latin("Gr\u00f6\u00dfe: Der Umsatz stieg von 5 Milliarden auf19Milliardenimja\u00a8hrlichenMittelauf 19 Milliarden im j\u00e4hrlichen Mittel an.\n"),
			latin("Gr\u00f6\u00dfe: Der Umsatz stieg von 5 Milliarden $auf 19 Milliarden im j\u00e4hrlichen Mittel$ an.\n"), 1},
		{"a percent sign swallowed the second dollar", "a.txt", []byte("Es waren 5 Millionen mitbiszu80mit bis zu 80 % Rabatt.\n"),
			[]byte("Es waren 5 Millionen $mit bis zu 80 % Rabatt.\n"), 1},
		{"HTML", "a.html", []byte("<html><body><p>Von 5 Milliarden auf19Milliardenimja¨hrlichenauf 19 Milliarden im j&auml;hrlichen Mittel.</p></body></html>"),
			[]byte("<html><body><p>Von 5 Milliarden $auf 19 Milliarden im j&auml;hrlichen$ Mittel.</p></body></html>"), 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, n := repaired(t, tt.path, tt.in)
			if n != tt.n || !bytes.Equal(got, tt.want) {
				t.Errorf("%d repaired, want %d\ngot  %q\nwant %q", n, tt.n, got, tt.want)
			}
			if again, n := repaired(t, tt.path, got); n != 0 || !bytes.Equal(again, got) {
				t.Errorf("there is damage left: %d in %q", n, got)
			}
		})
	}
}

func TestFixHeedsBounds(t *testing.T) {
	fix := func(start, end int, text string) cite.Finding {
		return cite.Finding{Rule: string(rule.TextDamage), Suggestion: &cite.Suggestion{Start: start, End: end, Text: text}}
	}
	other := cite.Finding{Rule: string(rule.DataMismatch), Suggestion: &cite.Suggestion{Start: 0, End: 1, Text: "X"}}
	tests := []struct {
		name     string
		findings []cite.Finding
		want     string
		n        int
	}{
		{"in any order", []cite.Finding{fix(4, 6, "B"), fix(0, 2, "A")}, "A23B67", 2},
		{"overlapping", []cite.Finding{fix(0, 4, "A"), fix(2, 6, "B")}, "A4567", 1},
		{"outside", []cite.Finding{fix(6, 9, "A"), fix(-1, 2, "B"), fix(5, 4, "C")}, "01234567", 0},
		{"other rules", []cite.Finding{other}, "01234567", 0},
		{"none", nil, "01234567", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, n := prose.Fix([]byte("01234567"), tt.findings); string(got) != tt.want || n != tt.n {
				t.Errorf("%q with %d, want %q with %d", got, n, tt.want, tt.n)
			}
		})
	}
}

// All damaged runs of the real posts are found with their restoration, and repairing them adds dollar signs and takes the
// glued runs away, nothing else.
func TestDamageOfRealPosts(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(sharedPosts(t), "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	runs := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		posts, err := post.Parse(raw, post.Options{Path: file, Published: testDay})
		if err != nil {
			t.Fatal(err)
		}
		d := documentOf(t, file, &posts[0])
		want, at := []byte{}, 0
		for i := range d.Cited {
			f := &d.Cited[i].Figure
			if f.Kind != cite.Damage {
				continue
			}
			source := raw[f.End:]
			blanks := len(source) - len(bytes.TrimLeft(source, " "))
			restored := strings.Trim(f.Restored, "$")
			want = append(append(want, raw[at:f.Start]...), f.Restored...)
			at = f.End + blanks + len(restored)
			if string(raw[f.End+blanks:at]) != restored {
				t.Errorf("%s: the copy behind %q is %q, the figure says %q", filepath.Base(file), f.Text, raw[f.End+blanks:at], restored)
			}
			runs++
		}
		want = append(want, raw[at:]...)
		got, _ := repaired(t, file, raw)
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s repaired (-want +got):\n%s", filepath.Base(file), diff)
		}
		if _, n := repaired(t, file, got); n != 0 {
			t.Errorf("%s: %d damaged runs are left", filepath.Base(file), n)
		}
	}
	if runs != 32 {
		t.Errorf("%d damaged runs in all posts, want 32", runs)
	}
}

func TestTextRules(t *testing.T) {
	tests := []sentences{
		// currency: loud
		{"revenue in words", "de", "Der Umsatz von Helium lag bei 150 Millionen.", []string{"text/currency warning 150 Millionen"}},
		{"locked value", "de", "In Lido lag ein TVL von 32 Milliarden.", []string{"text/currency warning 32 Milliarden"}},
		{"a valuation", "en", "Mesh raised money at a valuation of 1.2 billion.", []string{"text/currency warning 1.2 billion"}},
		{"market cap", "en", "The market cap of Helium came to 19.2 billion in 2025.", []string{"text/currency warning 19.2 billion"}},
		{"several are one finding", "de", "Der Umsatz von Helium lag bei 150 Millionen. Der Gewinn von Helium betrug im Jahr 2025 rund 20 Millionen.",
			[]string{"text/currency warning 150 Millionen"}},
		{"a price", "de", "Das Training des Modells kostete rund 100 Millionen.", []string{"text/currency note 100 Millionen"}},
		{"a round", "en", "Mesh raised 75 million in 2026.", []string{"text/currency note 75 million"}},
		// currency: quiet
		{"a number of tokens", "de", "Die Stiftung zahlte 2025 rund 30 Millionen in ETH aus.", nil},
		{"a number of things", "en", "In 2025 the network cost its operators 12 validators.", nil},
		{"a currency", "de", "Der Umsatz von Helium lag bei 150 Millionen Dollar.", nil},
		{"a currency before", "de", "Helium nahm 2025 $24 Mio. ein. Der Umsatz von Aethir lag 2025 bei 150 Millionen.", nil},
		{"a share", "de", "Der Umsatz von Helium stieg um 150 %.", nil},
		{"people", "de", "Helium hatte 2025 rund 150 Millionen Nutzer.", nil},
		{"coins", "de", "Lido verwahrte 2025 rund 9,4 Millionen ETH.", nil},
		{"transactions", "en", "Solana processed a volume of 150 million transactions in 2025.", nil},
		{"a number of something unnamed", "de", "Es waren 2025 rund 150 Millionen.", nil},
		{"silenced by the writer", "de", "Der Umsatz von Helium lag 2025 bei 150 Millionen.<!-- beleg: ignore=\"Beispiel\" -->", nil},

		// period: loud
		{"today's level", "de", "Lido hält 9,4 Millionen ETH.", nil}, // a count of coins is tied to no metric
		{"today's users", "de", "Helium hat derzeit 450.000 Nutzer.", []string{"text/period note 450.000"}},
		{"today's value", "en", "Lido currently holds $32 billion in TVL.", []string{"text/period note $32 billion"}},
		{"several are one note", "en", "Lido currently has $32 billion in TVL. Helium now has 450,000 users.", []string{"text/period note $32 billion"}},
		// period: quiet
		{"a date", "de", "Im Januar 2026 hat Helium 450.000 Nutzer.", nil},
		{"as of", "en", "As of 10 February 2026, Lido holds $32 billion in TVL.", nil},
		{"a year in the sentence", "en", "Lido has $32 billion in TVL, more than in 2024.", nil},
		{"the past", "de", "Helium hatte 450.000 Nutzer.", nil},
		{"a forecast", "en", "Lido is expected to reach $50 billion in TVL by 2027.", nil},
		{"a few", "de", "Lido hat 4 Nutzer.", nil},
		{"a change", "en", "The TVL of Lido is up by $5 billion.", nil},
		{"a share", "de", "Lido hält 24 % des Marktes.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := findingsOf(examine(t, document(t, "post.md", unit.Lang(tt.lang), tt.text+"\n")), "text/")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestSources(t *testing.T) {
	const claim = "Lido hielt im Januar 2026 einen TVL von %d Milliarden Dollar%s."
	said := func(n int, link string) string { return fmt.Sprintf(claim, n, link) }
	const linked = " ([DefiLlama](https://defillama.com))"
	tests := []struct {
		name, text string
		want       []string
	}{
		{"no source at all", said(31, "") + " " + said(32, "") + " " + said(33, ""), []string{"source/missing note 31 Milliarden Dollar"}},
		{"one of two is linked", said(31, linked) + " " + said(32, ""), []string{"source/missing note 32 Milliarden Dollar"}},
		{"many are one note", said(30, linked) + " " + said(31, "") + " " + said(32, "") + " " + said(33, "") + " " + said(34, ""),
			[]string{"source/missing note 31 Milliarden Dollar"}},
		{"a link in the sentence", said(31, linked), nil},
		{"a list of sources", said(31, "") + "\n\n## Quellen\n\n- DefiLlama\n", nil},
		{"nothing that could be looked up", "Ich habe 3 Kaffee getrunken und 20 % Trinkgeld gegeben.", nil},
		{"a heading", "## Lido: TVL von 32 Milliarden Dollar\n\nMehr dazu bald.", nil},
		{"silenced", said(31, "") + ` <!-- beleg: ignore="eigene Zählung" -->`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := findingsOf(examine(t, document(t, "post.md", unit.German, tt.text+"\n")), "source/")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestWarnings(t *testing.T) {
	const figure = "\n\nThe TVL of Lido was $32 billion in January 2026. %s\n"
	tests := []struct {
		name, front, mark string
		want              []string
	}{
		{"all is well", "title: x\nbeleg:\n  series: lido-tvl", `<!-- beleg: series=lido-tvl period=2026-01 ignore="quoted" -->`, nil},
		{"no such series", "title: x", `<!-- beleg: series=lido-tvll -->`, []string{`post.md:5: there is no series "lido-tvll"`}},
		{"unknown key", "title: x", `<!-- beleg: perid=2026-01 -->`, []string{`post.md:5: unknown key "perid"; there are ignore, period, series`}},
		{"no period", "title: x", `<!-- beleg: period=January -->`, []string{`post.md:5: period: not a period (want 2026, 2026-Q1, 2026-02 or 2026-02-10): "January"`}},
		{"no reason", "title: x", `<!-- beleg: ignore -->`, []string{`post.md:5: ignore needs a reason: ignore="why"`}},
		{"an empty reason", "title: x", `<!-- beleg: ignore=" " -->`, []string{`post.md:5: ignore needs a reason: ignore="why"`}},
		{"front matter", "title: x\nbeleg:\n  series: lido-tvll\n  perid: 2026", "",
			[]string{`post.md:5: front matter: unknown key "perid"; there are ignore, period, series`, `post.md:4: front matter: there is no series "lido-tvll"`}},
		{"no figure before it", "title: x", "\n\nNo number here. <!-- beleg: series=lido-tvl -->",
			[]string{"post.md:7: the mark binds to no figure: there is none before it in its paragraph"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := "---\n" + tt.front + "\n---" + fmt.Sprintf(figure, tt.mark)
			r := examine(t, document(t, "post.md", unit.English, text))
			if diff := cmp.Diff(tt.want, r.Files[0].Warnings); diff != "" {
				t.Errorf("warnings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestIgnore(t *testing.T) {
	const text = "Der Umsatz von Helium lag im Jahr 2025 bei 150 Millionen.\n"
	check := func(t *testing.T, ignore ...rule.Ignore) *Report {
		t.Helper()
		e := NewEngine(EngineConfig{Catalog: catalogue(t), Settings: rule.Settings{Ignore: ignore}})
		r, err := e.Check(context.Background(), []*rule.Document{document(t, "blog/drafts/helium.md", unit.German, text)}, nil, "")
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	all := check(t).Files[0].Findings
	if len(all) != 2 || all[0].Rule != string(rule.TextCurrency) || all[1].Rule != string(rule.SourceNone) {
		t.Fatalf("without ignoring: %+v", all)
	}
	tests := []struct {
		name   string
		ignore rule.Ignore
		silent int
	}{
		{"by id", rule.Ignore{ID: all[0].ID}, 1},
		{"by another id", rule.Ignore{ID: "000000000000"}, 0},
		{"by rule", rule.Ignore{Rule: rule.TextCurrency}, 1},
		{"by group of rules", rule.Ignore{Rule: "text/*"}, 1},
		{"by file", rule.Ignore{Path: "helium.md"}, 2},
		{"by folder", rule.Ignore{Path: "drafts"}, 2},
		{"by pattern", rule.Ignore{Path: "drafts/*.md"}, 2},
		{"by another folder", rule.Ignore{Path: "posts/*.md"}, 0},
		{"by text", rule.Ignore{Text: "150 millionen"}, 2},
		{"by text and rule", rule.Ignore{Text: "150 Millionen", Rule: rule.SourceNone}, 1},
		{"everything must hold", rule.Ignore{ID: all[0].ID, Rule: rule.SourceNone}, 0},
		{"nothing named", rule.Ignore{Reason: "none"}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := check(t, tt.ignore)
			if got := len(all) - len(r.Files[0].Findings); got != tt.silent || r.Summary.Silenced != tt.silent {
				t.Errorf("%d silenced, the total says %d; want %d", got, r.Summary.Silenced, tt.silent)
			}
		})
	}
}
