// Package rule is what the rules of a check share: posts laid out with their figures, findings under way, arithmetic on
// intervals, and the settings that rules heed.
package rule

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sort"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// Rule is the id of a rule, as reports and settings name it.
type Rule string

// The rules, as DESIGN's table of checks explains them.
const (
	DataMismatch Rule = "data/mismatch"
	DataRevised  Rule = "data/revised"
	DataStale    Rule = "data/stale"
	MathGrowth   Rule = "math/growth"
	MathShare    Rule = "math/share"
	MathSum      Rule = "math/sum"
	MathCAGR     Rule = "math/cagr"
	MathProduct  Rule = "math/product"
	Conflict     Rule = "cross/conflict"
	Scale        Rule = "scale/billion"
	Translation  Rule = "translation/figure"
	TextDamage   Rule = "text/damage"
	TextCurrency Rule = "text/currency"
	TextPeriod   Rule = "text/period"
	SourceNone   Rule = "source/missing"
)

// Rules are all rules, in the order of which one is heard where two speak of the same figure: the more certain first.
var Rules = []Rule{TextDamage, Scale, DataMismatch, DataRevised, MathCAGR, MathGrowth, MathShare, MathSum, MathProduct,
	Translation, Conflict, DataStale, TextCurrency, TextPeriod, SourceNone}

// Say is one sentence in both languages of the posts.
type Say struct{ DE, EN string }

// Sayf fills both sentences with the same values, in the same order (or by index, "%[2]s").
func Sayf(de, en string, values ...any) Say {
	return Say{DE: fmt.Sprintf(de, values...), EN: fmt.Sprintf(en, values...)}
}

// In is the sentence in a language.
func (s Say) In(lang unit.Lang) string {
	if lang == unit.German {
		return s.DE
	}
	return s.EN
}

// Finding is what a rule has found, before it is put into words and places of a report.
type Finding struct {
	Rule       Rule
	Severity   cite.Severity
	Doc        *Document
	At         *cite.Cited   // the figure that it is shown at
	Beside     bool          // it speaks of what is missing beside that figure, not of the figure
	Figures    []*cite.Cited // the other figures of the same document that take part
	Related    []Place       // places in other documents, or the other place in this one
	Says       Say
	Evidence   cite.Evidence
	Formula    Say // the arithmetic, where its wording depends on the language; else Evidence.Formula
	Suggestion *cite.Suggestion
}

// Place is a figure of a document.
type Place struct {
	Doc   *Document
	Cited *cite.Cited
}

// ID names a finding by its rule and figures, so that it stays the same while text around it moves.
func (f *Finding) ID() string {
	ids := make([]string, 0, 1+len(f.Figures)+len(f.Related))
	for _, c := range f.Figures {
		ids = append(ids, c.Figure.ID)
	}
	for _, p := range f.Related {
		ids = append(ids, p.Cited.Figure.ID)
	}
	sort.Strings(ids)
	sum := sha256.Sum256([]byte(string(f.Rule) + "\n" + f.At.Figure.ID + "\n" + strings.Join(ids, "\n")))
	return hex.EncodeToString(sum[:6])
}

// Report puts a finding into the words of a language and the offsets of its file.
func (f *Finding) Report(lang unit.Lang) cite.Finding {
	offset := f.Doc.Post.Offset
	r := cite.Finding{ID: f.ID(), Rule: string(f.Rule), Severity: f.Severity,
		Start: f.At.Figure.Start + offset, End: f.At.Figure.End + offset,
		Message: f.Says.In(lang), Figures: []string{f.At.Figure.ID}, Evidence: f.Evidence}
	if r.Evidence.Formula == "" {
		r.Evidence.Formula = f.Formula.In(lang)
	}
	for _, c := range f.Figures {
		if c != f.At {
			r.Figures = append(r.Figures, c.Figure.ID)
		}
	}
	for _, p := range f.Related {
		r.Related = append(r.Related, cite.Related{Path: p.Doc.Path, Figure: p.Cited.Figure.ID,
			Start: p.Cited.Figure.Start + p.Doc.Post.Offset, End: p.Cited.Figure.End + p.Doc.Post.Offset, Text: p.Cited.Figure.Text})
	}
	if f.Suggestion != nil {
		s := *f.Suggestion
		s.Start, s.End = s.Start+offset, s.End+offset
		r.Suggestion = &s
	}
	return r
}

// Both is one sentence in both languages, as it stands.
func Both(de, en string) Say { return Say{DE: de, EN: en} }

// Weight orders severities: 2 for an error, 1 for a warning, 0 for less.
func Weight(s cite.Severity) int {
	switch s {
	case cite.Error:
		return 2
	case cite.Warning:
		return 1
	}
	return 0
}
