package check

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

// say is one sentence in both languages of the posts.
type say struct{ de, en string }

// sayf fills both sentences with the same values, in the same order (or by index, "%[2]s").
func sayf(de, en string, values ...any) say {
	return say{de: fmt.Sprintf(de, values...), en: fmt.Sprintf(en, values...)}
}

func (s say) in(lang unit.Lang) string {
	if lang == unit.German {
		return s.de
	}
	return s.en
}

// finding is what a rule has found, before it is put into words and places of a report.
type finding struct {
	rule       Rule
	severity   cite.Severity
	doc        *Document
	at         *cite.Cited   // the figure that it is shown at
	figures    []*cite.Cited // the other figures of the same document that take part
	related    []place       // places in other documents, or the other place in this one
	says       say
	evidence   cite.Evidence
	formula    say // the arithmetic, where its wording depends on the language; else evidence.Formula
	suggestion *cite.Suggestion
}

// place is a figure of a document.
type place struct {
	doc   *Document
	cited *cite.Cited
}

// id names a finding by its rule and figures, so that it stays the same while text around it moves.
func (f *finding) id() string {
	ids := make([]string, 0, 1+len(f.figures)+len(f.related))
	for _, c := range f.figures {
		ids = append(ids, c.Figure.ID)
	}
	for _, p := range f.related {
		ids = append(ids, p.cited.Figure.ID)
	}
	sort.Strings(ids)
	sum := sha256.Sum256([]byte(string(f.rule) + "\n" + f.at.Figure.ID + "\n" + strings.Join(ids, "\n")))
	return hex.EncodeToString(sum[:6])
}

// report puts a finding into the words of a language and the offsets of its file.
func (f *finding) report(lang unit.Lang) cite.Finding {
	offset := f.doc.Post.Offset
	r := cite.Finding{ID: f.id(), Rule: string(f.rule), Severity: f.severity,
		Start: f.at.Figure.Start + offset, End: f.at.Figure.End + offset,
		Message: f.says.in(lang), Figures: []string{f.at.Figure.ID}, Evidence: f.evidence}
	if r.Evidence.Formula == "" {
		r.Evidence.Formula = f.formula.in(lang)
	}
	for _, c := range f.figures {
		if c != f.at {
			r.Figures = append(r.Figures, c.Figure.ID)
		}
	}
	for _, p := range f.related {
		r.Related = append(r.Related, cite.Related{Path: p.doc.Path, Figure: p.cited.Figure.ID,
			Start: p.cited.Figure.Start + p.doc.Post.Offset, End: p.cited.Figure.End + p.doc.Post.Offset, Text: p.cited.Figure.Text})
	}
	if f.suggestion != nil {
		s := *f.suggestion
		s.Start, s.End = s.Start+offset, s.End+offset
		r.Suggestion = &s
	}
	return r
}
