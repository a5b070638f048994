package report

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"beleg/internal/check"
	"beleg/internal/check/rule"
	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The files that the sample report speaks of.
const (
	draft = "# Lido\n\nLido hält im Januar 2026 einen TVL von 32 Mrd. $, ein Plus von 80 % gegenüber 20 Mrd. $ vor einem Jahr.\n" +
		"Das Geld stieg von 5 Milliarden auf19Milliardenauf 19 Milliarden.\n"
	other = "Lido is worth nearly $100 billion,\tso \x1b[2J they say.\n"
)

// place finds a text in a file.
func place(t *testing.T, file, text string) (start, end int) {
	t.Helper()
	at := strings.Index(file, text)
	if at < 0 {
		t.Fatalf("%q is not in the sample", text)
	}
	return at, at + len(text)
}

// sample is a report with every kind of evidence: a German post with findings, an English one with a note, one without any.
func sample(t *testing.T) *check.Report {
	t.Helper()
	value := 31.7e9
	finding := func(file, text string, f cite.Finding) cite.Finding {
		f.Start, f.End = place(t, file, text)
		return f
	}
	at, end := place(t, other, "$100 billion")
	related := cite.Related{Path: "other.md", Figure: "f2", Start: at, End: end, Text: "$100 billion"}
	growth := finding(draft, "80 %", cite.Finding{ID: "0123456789ab", Rule: "math/growth", Severity: cite.Error,
		Message: "Aus 20 Mrd. $ und 32 Mrd. $ folgt ein Plus von 60 %, im Text stehen 80 %.", Figures: []string{"f1"},
		Evidence: cite.Evidence{Formula: "20 → 32 = +60 %", Computed: "60 %", Stated: "80 %"}})
	conflict := finding(draft, "32 Mrd. $", cite.Finding{ID: "1123456789ab", Rule: "cross/conflict", Severity: cite.Warning,
		Message: "Ein anderer Text nennt $100 billion.", Figures: []string{"f1"}, Related: []cite.Related{related},
		Evidence: cite.Evidence{Series: "lido-tvl", Period: market.MustPeriod("2026-01-31"), Value: &value,
			Vintage: "2026-02-01T06:00:00Z", LastTrue: market.MustPeriod("2026-01-12")}})
	from, _ := place(t, draft, "auf19Milliarden")
	damage := finding(draft, "auf19Milliarden", cite.Finding{ID: "2123456789ab", Rule: "text/damage", Severity: cite.Error,
		Message: "Beschädigter Text.", Figures: []string{"f3"},
		Suggestion: &cite.Suggestion{Start: from, End: from + len("auf19Milliardenauf 19 Milliarden"), Text: "$auf 19 Milliarden$"}})
	note := finding(other, "$100 billion", cite.Finding{ID: "3123456789ab", Rule: "source/missing", Severity: cite.Note,
		Message: "The sentence names no source for $100 billion.", Figures: []string{"f2"}})
	return &check.Report{
		Files: []check.File{
			{Path: "blog/entwürfe/draft 1.md", Title: "Lido", Lang: "de", Published: "2026-02-10", Counts: check.Counts{Figures: 5, Findings: 3, Arithmetic: 1, ReadOnly: 1},
				Findings: []cite.Finding{growth, conflict, damage}, Warnings: []string{`blog/entwürfe/draft 1.md:3: there is no series "lido-tvll"`}},
			{Path: "other.md", Title: "They say", Lang: "en", Counts: check.Counts{Figures: 1, ReadOnly: 1}, Findings: []cite.Finding{note}},
			{Path: "clean.md", Title: "Clean", Lang: "en", Published: "2026-02-10", Findings: []cite.Finding{}},
		},
		Summary: check.Totals{Figures: 6, Checked: 1, Errors: 2, Warnings: 1, Notes: 1, Silenced: 2,
			Counts:       check.Counts{Figures: 6, Findings: 3, Arithmetic: 1, ReadOnly: 2},
			RulesSkipped: []rule.Skipped{{Rule: "translation/figure", Reason: "too many posts"}},
			Data:         check.DataUsed{Source: "data/beleg.db", Newest: "2026-02-12T06:30:00Z"}},
	}
}

func options() Options {
	files := map[string]string{"blog/entwürfe/draft 1.md": draft, "other.md": other, "clean.md": ""}
	return Options{Now: time.Date(2026, 2, 12, 9, 45, 0, 0, time.UTC), Version: "1.2.3", File: func(path string) []byte {
		if text, ok := files[path]; ok {
			return []byte(text)
		}
		return nil
	}}
}

// golden compares with a file below testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func TestReports(t *testing.T) {
	tests := []struct {
		name   string
		format Format
		change func(*check.Report, *Options)
	}{
		{"report.txt", FormatText, nil},
		{"report-de.txt", FormatText, func(_ *check.Report, o *Options) { o.Lang = unit.German }},
		{"report-colour.txt", FormatText, func(_ *check.Report, o *Options) { o.Colour = true }},
		{"report-no-data.txt", FormatText, func(r *check.Report, _ *Options) {
			r.Summary.Data = check.DataUsed{Missing: market.Text{DE: "es gibt keine", EN: "there is none"}}
			r.Summary.RulesSkipped = []rule.Skipped{{Rule: "data/mismatch", Reason: "there is none"}}
			r.Files = r.Files[2:]
			r.Summary.Counts, r.Summary.Errors, r.Summary.Warnings, r.Summary.Notes, r.Summary.Silenced = check.Counts{}, 0, 0, 0, 0
		}},
		{"report-no-files.txt", FormatText, func(_ *check.Report, o *Options) { o.File = nil }},
		{"report.json", FormatJSON, nil},
		{"report.sarif", FormatSARIF, nil},
		{"report-github.txt", FormatGitHub, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, o := sample(t), options()
			if tt.change != nil {
				tt.change(r, &o)
			}
			var b bytes.Buffer
			if err := Write(&b, tt.format, r, o); err != nil {
				t.Fatal(err)
			}
			golden(t, tt.name, b.Bytes())
			if !o.Colour && bytes.ContainsRune(b.Bytes(), '\x1b') {
				t.Error("a control sequence of a post reaches the output")
			}
		})
	}
	if err := Write(&bytes.Buffer{}, "xml", sample(t), options()); err == nil {
		t.Error("an unknown format was written")
	}
}

// What code scanning relies on: rules by index, regions that are the figure's, fixes that are the suggestion.
func TestSARIFSaysWhereAndWhich(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, FormatSARIF, sample(t), options()); err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if len(run.Results) != 4 || len(run.Tool.Driver.Rules) != len(rule.Rules) {
		t.Fatalf("%d results, %d rules", len(run.Results), len(run.Tool.Driver.Rules))
	}
	for _, rule := range run.Tool.Driver.Rules {
		if rule.ShortDescription.Text == "" {
			t.Errorf("rule %s is not described", rule.ID)
		}
	}
	for _, r := range run.Results {
		if got := run.Tool.Driver.Rules[r.RuleIndex].ID; got != r.RuleID {
			t.Errorf("index %d of %s leads to %s", r.RuleIndex, r.RuleID, got)
		}
	}
	first := run.Results[0].Locations[0].Physical
	if first.Artifact.URI != "blog/entw%C3%BCrfe/draft%201.md" || first.Region.Snippet.Text != "80 %" || first.Region.StartLine != 3 || first.Region.StartColumn != 64 {
		t.Errorf("the first result lies at %+v, %+v", first.Artifact, first.Region)
	}
	fix := run.Results[2].Fixes[0].Changes[0].Replacements[0]
	at := fix.Deleted.ByteOffset
	if fixed := draft[:at] + fix.Inserted.Text + draft[at+fix.Deleted.ByteLength:]; !strings.HasSuffix(fixed, "von 5 Milliarden $auf 19 Milliarden$.\n") {
		t.Errorf("applying the fix gives %q", fixed)
	}
}

func TestGitHubEscapes(t *testing.T) {
	r := sample(t)
	r.Files[0].Path = "a,b:c%.md"
	r.Files[0].Findings[0].Message = "100 % falsch\n::error::wirklich"
	var b bytes.Buffer
	if err := Write(&b, FormatGitHub, r, options()); err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(b.String(), "\n")
	for _, want := range []string{"::error file=a%2Cb%3Ac%25.md,", "title=math/growth 0123456789ab::100 %25 falsch ::error::wirklich%0A20 → 32 = +60 %25"} {
		if !strings.Contains(first, want) {
			t.Errorf("%q lacks %q", first, want)
		}
	}
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("wörter ", 30)
	tests := []struct {
		name, file, text string
		want             excerpt
	}{
		{"a short line", "eins\nDer Wert ist 5 %.\r\ndrei", "5 %", excerpt{"Der Wert ist ", "5 %", "."}},
		{"a tab", "a\t5 % b", "5 %", excerpt{"a ", "5 %", " b"}},
		{"a long line", long + "5 % " + long, "5 %", excerpt{"…" + strings.Repeat("wörter ", 6)[3:], "5 %", " " + strings.TrimRight(strings.Repeat("wörter ", 8)[:len("wörter ")*6+4], " ") + "…"}},
		{"a long figure", "x " + strings.Repeat("9", 100), strings.Repeat("9", 100), excerpt{"x ", strings.Repeat("9", 59) + "…", ""}},
		{"over lines", "von 5\n bis 6 %", "5\n bis 6 %", excerpt{"von ", "5", ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start, end := place(t, tt.file, tt.text)
			got := newPage([]byte(tt.file)).excerpt(start, end)
			if got.before != tt.want.before && tt.name != "a long line" || got.marked != tt.want.marked {
				t.Errorf("%q, want %q", got, tt.want)
			}
			if n := len([]rune(got.before + got.marked + got.after)); n > excerptWidth+excerptMarked {
				t.Errorf("%d characters", n)
			}
		})
	}
}

// A place leads back to its byte, and an excerpt shows the bytes at it, whatever the file.
func TestPlaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("aä €\t\r\n\x1b\u202e"))).Draw(t, "text")
		raw := append([]byte(text), rapid.SliceOfN(rapid.Byte(), 0, 3).Draw(t, "bytes")...)
		at := rapid.IntRange(-2, len(raw)+2).Draw(t, "at")
		page := newPage(raw)
		p := page.at(at)
		clamped := min(max(at, 0), len(raw))
		if want := 1 + bytes.Count(raw[:clamped], []byte{'\n'}); p.line != want {
			t.Fatalf("line %d, want %d", p.line, want)
		}
		lineStart := bytes.LastIndexByte(raw[:clamped], '\n') + 1
		if want := len([]rune(string(raw[lineStart:clamped]))) + 1; p.column != want {
			t.Fatalf("column %d, want %d", p.column, want)
		}
		e := page.excerpt(at, at+rapid.IntRange(-1, 9).Draw(t, "length"))
		for _, s := range []string{e.before, e.marked, e.after} {
			if strings.ContainsAny(s, "\n\r\x1b\u202e") {
				t.Fatalf("%q can move the cursor", s)
			}
		}
	})
}
