package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beleg/internal/check/rule"
	"beleg/internal/cite"
)

func TestParseRules(t *testing.T) {
	const text = `# how strictly these posts are checked
lang: en
rules:
  math/*: note
  math/sum: error
  text/period: off
tolerances: {rounding: 0.05, far: 0.2, window: 6, over: 2, nearly: 0.8, about: 0.1}
notes: 7
ignore:
  - {rule: source/missing, path: "drafts/*.md", reason: sources are added later}
  - {id: 0123456789ab, reason: checked by hand}
  - {rule: "math/*", text: 60 %, reason: rounded on purpose}
`
	got, err := parseRules([]byte(text), "beleg.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := ruleSettings{lang: "en", settings: rule.Settings{
		Bounds:     rule.Bounds{Over: 2, Nearly: 0.8, About: 0.1},
		Tolerances: rule.Tolerances{Rounding: 0.05, Far: 0.2, Window: 6},
		Severities: map[rule.Rule]cite.Severity{rule.MathGrowth: cite.Note, rule.MathShare: cite.Note, rule.MathCAGR: cite.Note,
			rule.MathProduct: cite.Note, rule.MathSum: cite.Error, rule.TextPeriod: rule.Off},
		Notes: 7,
		Ignore: []rule.Ignore{
			{Rule: rule.SourceNone, Path: "drafts/*.md", Reason: "sources are added later"},
			{ID: "0123456789ab", Reason: "checked by hand"},
			{Rule: "math/*", Text: "60 %", Reason: "rounded on purpose"},
		},
	}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(ruleSettings{})); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
	if got, err := parseRules([]byte("# nothing\n"), "beleg.yaml"); err != nil || len(got.settings.Ignore) > 0 {
		t.Errorf("an empty file: %+v, %v", got, err)
	}
}

func TestParseRulesNamesEveryFault(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"an unknown key", "lnag: de\n", []string{`beleg.yaml:1: unknown key "lnag"; there are ignore, lang, notes, rules, tolerances`}},
		{"another language", "lang: fr\n", []string{`beleg.yaml:1: lang: "fr"; want auto, de or en`}},
		{"an unknown rule", "rules:\n  math/som: off\n", []string{`beleg.yaml:2: there is no rule "math/som"; there are cross/conflict, `}},
		{"another severity", "rules:\n  math/sum: fatal\n", []string{`beleg.yaml:2: math/sum: "fatal"; want off, note, warning or error`}},
		{"a rule twice", "rules:\n  math/sum: off\n  math/sum: note\n", []string{"beleg.yaml:3: math/sum is given twice"}},
		{"a tolerance out of bounds", "tolerances:\n  over: 0.5\n  about: much\n", []string{`beleg.yaml:2: "0.5" is not a number from 1 to 100`, `beleg.yaml:3: "much" is not`}},
		{"an unknown tolerance", "tolerances:\n  above: 1\n", []string{`beleg.yaml:2: unknown key "above"`}},
		{"half a month", "tolerances: {window: 1.5}\n", []string{`beleg.yaml:1: "1.5" is not a whole number from 1 to 120`}},
		{"ignoring everything", "ignore:\n  - {reason: I know}\n", []string{"beleg.yaml:2: ignore: name an id"}},
		{"ignoring without a reason", "ignore:\n  - {rule: math/sum}\n", []string{"beleg.yaml:2: ignore: the reason is missing"}},
		{"ignoring an unknown rule", "ignore:\n  - {rule: sum, reason: x}\n", []string{`beleg.yaml:2: ignore: there is no rule "sum"`}},
		{"a broken pattern", "ignore:\n  - {path: \"[\", reason: x}\n", []string{`beleg.yaml:2: ignore: "[" is no pattern`}},
		{"a misspelt key of an entry", "ignore:\n  - {rul: math/sum, reason: x}\n", []string{`beleg.yaml:2: unknown key "rul"; there are id, path, reason, rule, text`}},
		{"no list", "ignore: math/sum\n", []string{"beleg.yaml:1: ignore: want a list"}},
		{"no keys", "- a\n", []string{"beleg.yaml:1: want keys with values"}},
		{"no YAML", "rules: [\n", []string{"beleg.yaml: ", "line"}},
		{"several at once", "lang: fr\nnotes: 0\n", []string{"beleg.yaml:1: lang", `beleg.yaml:2: "0" is not a whole number from 1 to 1000`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parseRules([]byte(tt.text), "beleg.yaml")
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q lacks %q", err, want)
				}
			}
		})
	}
}

func FuzzParseRules(f *testing.F) {
	f.Add([]byte("rules: {math/*: off}\nignore: [{path: x, reason: y}]\n"))
	f.Add([]byte("a: &a [*a]\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := parseRules(raw, "beleg.yaml")
		for _, g := range r.settings.Ignore {
			if err == nil && (g.Reason == "" || g == (rule.Ignore{Reason: g.Reason})) {
				t.Errorf("%q silences without saying what or why: %+v", raw, g)
			}
		}
	})
}

func TestFindRules(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("beleg.yaml", "lang: de\n")
	write("near/beleg.yaml", "lang: en\n")
	far, near := write("far/deep/post.md", "x"), write("near/post.md", "x")
	for _, tt := range []struct {
		name  string
		files []string
		want  string
	}{
		{"above the file", []string{far}, "de"},
		{"beside the file", []string{near}, "en"},
		{"of the first file", []string{near, far}, "en"},
		{"of a folder", []string{filepath.Join(root, "near")}, "en"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := findRules(tt.files)
			if err != nil || string(got.lang) != tt.want {
				t.Errorf("%q, %v; want %q", got.lang, err, tt.want)
			}
		})
	}
}
