// Package check holds posts against data, arithmetic, their translations and each other: figures get verdicts, and rules
// findings. Each family of rules is a package of its own below this one; they share package rule.
package check

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/change"
	"beleg/internal/check/conflict"
	"beleg/internal/check/judge"
	"beleg/internal/check/prose"
	"beleg/internal/check/reckon"
	"beleg/internal/check/rule"
	"beleg/internal/check/share"
	"beleg/internal/check/twin"
)

// Engine checks posts. It is safe for concurrent use.
type Engine struct {
	catalog  rule.Catalog
	judge    *judge.Judge // nil: there is no data
	settings rule.Settings
	source   DataUsed
	silenced map[string]bool // ids of findings that the settings silence
}

// EngineConfig is what an Engine needs. Without a Judge the rules that need data are skipped and named as such.
type EngineConfig struct {
	Catalog  rule.Catalog
	Judge    *judge.Judge
	Data     DataUsed // what the report says of the judge's data
	Settings rule.Settings
}

// NewEngine fills in the defaults.
func NewEngine(c EngineConfig) *Engine {
	e := &Engine{catalog: c.Catalog, judge: c.Judge, settings: c.Settings.WithDefaults(), source: c.Data}
	e.silenced, e.settings.Ignore = silencedIDs(e.settings.Ignore)
	return e
}

// perDocument are the rules that look at one post at a time; together are those that need all of them.
var (
	perDocument = []func(*rule.Examination, *rule.Document){
		prose.Rules,
		change.Find,
		share.Find,
		reckon.Find,
	}
	together = []func(*rule.Examination){
		twin.Find,
		conflict.Find,
	}
)

// Examined is what a check came to, before it is put into a language.
type Examined struct {
	engine *Engine
	x      *rule.Examination
}

// Check is Examine and Report in one.
func (e *Engine) Check(ctx context.Context, given, others []*rule.Document, lang unit.Lang) (*Report, error) {
	examined, err := e.Examine(ctx, given, others)
	if err != nil {
		return nil, err
	}
	return examined.Report(lang), nil
}

// Examine holds the given posts against data, arithmetic, each other and the others. Of the others only what they say
// counts; nothing is reported of them. Demonstration posts among the others are left out. The verdicts of the given
// posts are filled in; the others are only read.
func (e *Engine) Examine(ctx context.Context, given, others []*rule.Document) (*Examined, error) {
	x := &rule.Examination{Catalog: e.catalog, Settings: e.settings, Given: given}
	for _, d := range others {
		if !d.Post.Demonstration && !isGiven(given, d) {
			x.Others = append(x.Others, d)
		}
	}
	if err := judge.Find(ctx, x, e.judge, e.source.Missing.EN); err != nil {
		return nil, err
	}
	for _, d := range given {
		for _, find := range perDocument {
			find(x, d)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	for _, find := range together {
		find(x)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return &Examined{e, x}, nil
}

// isGiven tells whether a stored post is one of the given ones: a draft is never held against its own stored copy.
func isGiven(given []*rule.Document, d *rule.Document) bool {
	return slices.ContainsFunc(given, func(g *rule.Document) bool { return SamePost(g.Post, d.Post) })
}

// SamePost tells whether two posts are one. A pasted draft has no address, so the same title in the same language tells as well.
func SamePost(a, b *cite.Post) bool {
	return a.Identity == b.Identity || a.SHA256 != "" && a.SHA256 == b.SHA256 || a.URL != "" && a.URL == b.URL ||
		a.Title != "" && a.Title == b.Title && a.Lang == b.Lang
}

// Report puts everything together: findings in text order, one per figure and matter, the counts, and what was skipped.
// lang is the language of the messages, "" that of each post.
func (e *Examined) Report(lang unit.Lang) *Report {
	x := e.x
	r := &Report{Files: make([]File, 0, len(x.Given))}
	byDoc := map[*rule.Document][]rule.Finding{}
	for _, f := range settle(x.Findings) {
		if e.engine.ignored(&f) {
			r.Summary.Silenced++
			continue
		}
		byDoc[f.Doc] = append(byDoc[f.Doc], f)
	}
	for _, d := range x.Given {
		file := e.file(d, byDoc[d], lang)
		r.Summary.add(&file)
		r.Files = append(r.Files, file)
	}
	r.Summary.RulesSkipped = append([]rule.Skipped{}, x.Skipped...)
	r.Summary.Data = e.engine.source
	return r
}

func (e *Examined) file(d *rule.Document, findings []rule.Finding, lang unit.Lang) File {
	file := File{Path: d.Path, Title: d.Post.Title, Lang: string(d.Post.Lang), Published: d.Post.Published.String(),
		Figures: make([]Checked, len(d.Cited)), Findings: make([]cite.Finding, len(findings)),
		Warnings: slices.Concat(d.Post.Warnings, Warnings(d, e.engine.catalog))}
	if lang == "" {
		lang = d.Post.Lang
	}
	flagged := map[*cite.Cited]bool{}
	for i := range findings {
		f := &findings[i]
		file.Findings[i] = f.Report(lang)
		if f.Severity != cite.Note {
			flagged[f.At] = true
			for _, c := range f.Figures {
				flagged[c] = true
			}
		}
	}
	for i := range d.Cited {
		c := &d.Cited[i]
		by := e.x.By(c)
		f := c.Figure
		f.Start, f.End = f.Start+d.Post.Offset, f.End+d.Post.Offset
		file.Figures[i] = Checked{Figure: f, Verdict: c.Verdict.Kind, VerdictDetail: Detail{Verdict: c.Verdict, CheckedBy: by}}
		if f.Kind != cite.Damage {
			file.Counts.add(c, flagged[c], by)
		}
	}
	return file
}

func (n *Counts) add(c *cite.Cited, flagged bool, by []string) {
	n.Figures++
	switch {
	case flagged:
		n.Findings++
	case slices.Contains(by, rule.ByData):
		n.Data++
	case slices.Contains(by, rule.ByArithmetic):
		n.Arithmetic++
	case len(by) > 0:
		n.Texts++
	case c.Verdict.Kind == cite.Forecast:
		n.Forecasts++
	case c.Verdict.Kind == cite.SourceOnly:
		n.Sourced++
	default:
		n.ReadOnly++
	}
}

func (t *Totals) add(f *File) {
	t.Figures += f.Counts.Figures
	t.Counts.Figures += f.Counts.Figures
	t.Counts.Findings += f.Counts.Findings
	t.Counts.Data += f.Counts.Data
	t.Counts.Arithmetic += f.Counts.Arithmetic
	t.Counts.Texts += f.Counts.Texts
	t.Counts.Forecasts += f.Counts.Forecasts
	t.Counts.Sourced += f.Counts.Sourced
	t.Counts.ReadOnly += f.Counts.ReadOnly
	for i := range f.Figures {
		if len(f.Figures[i].VerdictDetail.CheckedBy) > 0 {
			t.Checked++
		}
	}
	for i := range f.Findings {
		switch f.Findings[i].Severity {
		case cite.Error:
			t.Errors++
		case cite.Warning:
			t.Warnings++
		default:
			t.Notes++
		}
	}
}

// settle orders findings by document and place, and of several that say the same figures are wrong keeps the most
// certain: a second rule that trips over the same mistake is no second mistake.
func settle(findings []rule.Finding) []rule.Finding {
	rank := make(map[rule.Rule]int, len(rule.Rules))
	for i, r := range rule.Rules {
		rank[r] = i
	}
	byCertainty := slices.Clone(findings)
	slices.SortStableFunc(byCertainty, func(a, b rule.Finding) int {
		return cmp.Or(cmp.Compare(cause(&a), cause(&b)), cmp.Compare(rule.Weight(b.Severity), rule.Weight(a.Severity)),
			cmp.Compare(rank[a.Rule], rank[b.Rule]))
	})
	told := map[*cite.Cited]bool{}
	seen := map[string]bool{}
	var kept []rule.Finding
	for _, f := range byCertainty {
		id := f.ID()
		if seen[id] || disputes(&f) && told[f.At] {
			continue
		}
		seen[id] = true
		if disputes(&f) {
			told[f.At] = true
		}
		kept = append(kept, f)
	}
	slices.SortStableFunc(kept, func(a, b rule.Finding) int {
		return cmp.Or(cmp.Compare(a.At.Figure.Start, b.At.Figure.Start), cmp.Compare(rank[a.Rule], rank[b.Rule]))
	})
	return kept
}

// cause orders findings by what lies deeper: a slip of the translation makes sums and comparisons fail, not the other way round.
func cause(f *rule.Finding) int {
	if f.Rule == rule.Translation {
		return 0
	}
	return 1
}

// disputes tells whether a finding says that the number of its figure is wrong.
func disputes(f *rule.Finding) bool {
	switch r := f.Rule; {
	case f.Beside:
		return false
	case r == rule.DataMismatch, r == rule.Scale, r == rule.Translation, r == rule.Conflict, strings.HasPrefix(string(r), "math/"):
		return true
	}
	return false
}
