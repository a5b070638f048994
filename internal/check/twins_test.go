package check

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/cite"
	"beleg/internal/post"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

var update = flag.Bool("update", false, "write golden files anew")

// parse reads a text as the post of a file.
func parse(t testing.TB, name string, raw []byte) *rule.Document {
	t.Helper()
	posts, err := post.Parse(raw, post.Options{Path: name, Published: testDay})
	if err != nil {
		t.Fatal(err)
	}
	return documentOf(t, name, &posts[0])
}

func readTwin(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "twins", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// Good translations, in all the ways in which two languages say one quantity, have no findings.
func TestFaithfulSentences(t *testing.T) {
	for _, line := range strings.Split(strings.TrimSpace(string(readTwin(t, "faithful.txt"))), "\n") {
		english, german, ok := strings.Cut(line, " || ")
		if !ok {
			t.Fatalf("no pair: %q", line)
		}
		en, de := twinPair(t, english, german)
		if got := twinFindings(examine(t, en, de)); len(got) > 0 {
			t.Errorf("%q\n%s\n%s", got, english, german)
		}
	}
}

// longPairs are posts with their translations, by file.
var longPairs = []struct{ original, translation string }{
	{"rollups-lose-money.md", "rollups-verlieren-geld.md"},
	{"batteriespeicher.md", "storage.md"},
}

func TestLongPairs(t *testing.T) {
	for _, p := range longPairs {
		t.Run(p.original, func(t *testing.T) {
			a, b := parse(t, p.original, readTwin(t, p.original)), parse(t, p.translation, readTwin(t, p.translation))
			r := examine(t, a, b)
			if got := twinFindings(r); len(got) > 0 {
				t.Errorf("a faithful translation has findings %q", got)
			}
			for _, file := range r.Files {
				if file.Counts.Texts+file.Counts.Arithmetic < file.Counts.Figures {
					t.Errorf("%s: of %d figures not all are held against the twin: %+v", file.Path, file.Counts.Figures, file.Counts)
				}
			}
		})
	}
}

// Each figure of a long translation that gets another digit is told, and no other one is.
func TestChangedDigits(t *testing.T) {
	for _, p := range longPairs {
		t.Run(p.original, func(t *testing.T) {
			a := parse(t, p.original, readTwin(t, p.original))
			raw := readTwin(t, p.translation)
			for _, c := range parse(t, p.translation, raw).Cited {
				f := c.Figure
				n := strings.IndexAny(f.Text, "0123456789")
				if n < 0 || f.IsRange() || strings.HasPrefix(string(raw[f.Start:]), "18 giga") {
					continue // in words, or perhaps no range any more, or one of two titles that must be alike
				}
				changed := append([]byte{}, raw...)
				changed[f.Start+n] = '1' + (f.Text[n]-'0'+3)%9
				b := parse(t, p.translation, changed)
				r := examine(t, a, b)
				got := twinFindings(r)
				if len(got) == 0 { // a share that is wrong by itself is told as such
					got = findingsOf(r, "math/share")
				}
				if len(got) != 1 {
					t.Errorf("%q as %q: findings %q", f.Text, changed[f.Start:f.End], got)
				}
			}
		})
	}
}

// A translation with a mistake in every paragraph.
func TestFaultyTranslation(t *testing.T) {
	original := parse(t, "rollups-lose-money.md", readTwin(t, "rollups-lose-money.md"))
	faulty := string(readTwin(t, "rollups-verlieren-geld.md"))
	for _, m := range [][2]string{
		{"nehmen 41 der 52", "nehmen 14 der 52"},
		{"11,4 Millionen Dollar", "11,4 Milliarden Dollar"},
		{"1,9 Mio. $", "1,9 Mio. €"},
		{"| 0,0108 $", "| 0,108 $"},
		{"um über 90 Prozent", "um unter 90 Prozent"},
		{"4.096 Transaktionen", "4,096 Transaktionen"},
		{"und kostet 1,05 $", "und ist billig"},
		{"26 Millionen Dollar", "26 Millionen"},
		{"monatlich zwischen", "jährlich zwischen"},
		{"Bis 2028 rechnen", "Bis 2029 rechnen"},
		{"2,4 Mrd. $", "2,4 Billionen $"},
		{"von 6 auf 48", "von 48 auf 6"},
		{"Marge von 34 %", "Marge von 34"},
	} {
		if !strings.Contains(faulty, m[0]) {
			t.Fatalf("%q is not in the translation", m[0])
		}
		faulty = strings.Replace(faulty, m[0], m[1], 1)
	}
	translation := parse(t, "rollups-verlieren-geld.md", []byte(faulty))
	type told struct {
		At, Rule, Severity, German, English, Formula string
		Suggestion                                   string `json:",omitempty"`
	}
	var got []told
	examined, err := NewEngine(EngineConfig{Catalog: catalogue(t)}).Examine(t.Context(), []*rule.Document{original, translation}, nil)
	if err != nil {
		t.Fatal(err)
	}
	german, english := examined.Report(unit.German), examined.Report(unit.English)
	for i, file := range german.Files {
		doc := []*rule.Document{original, translation}[i]
		for k, f := range file.Findings {
			if f.Rule != string(rule.Translation) && f.Rule != string(rule.Scale) {
				continue
			}
			line := told{At: doc.Path + ": " + string(doc.Post.Raw[f.Start-doc.Post.Offset:f.End-doc.Post.Offset]), Rule: f.Rule, Severity: string(f.Severity),
				German: f.Message, English: english.Files[i].Findings[k].Message, Formula: f.Evidence.Formula}
			if f.Suggestion != nil {
				line.Suggestion = f.Suggestion.Text
			}
			got = append(got, line)
		}
	}
	golden(t, filepath.Join("testdata", "twins", "faulty.golden.json"), got)
}

// golden compares a value with a file, or writes it with -update.
func golden(t *testing.T, name string, value any) {
	t.Helper()
	got, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile(name, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The bundled posts are each other's translation.
func TestDemonstrationTwins(t *testing.T) {
	posts, err := post.Demonstration()
	if err != nil {
		t.Fatal(err)
	}
	var docs []*rule.Document
	for i := range posts {
		docs = append(docs, documentOf(t, posts[i].Path, &posts[i]))
	}
	r := examine(t, docs...)
	if got := twinFindings(r); len(got) > 0 {
		t.Errorf("findings %q", got)
	}
	compared := 0
	for _, file := range r.Files {
		for _, f := range file.Figures {
			for _, by := range f.VerdictDetail.CheckedBy {
				if by == rule.ByTranslation && f.Kind != cite.Damage {
					compared++
				}
			}
		}
	}
	if compared < 30 {
		t.Errorf("%d figures are held against the translation", compared)
	}
}
