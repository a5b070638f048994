package check

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// Engine checks posts. It is safe for concurrent use.
type Engine struct {
	catalog  Catalog
	judge    *Judge // nil: there is no data
	settings Settings
	source   DataUsed
	silenced map[string]bool // ids of findings that the settings silence
}

// EngineConfig is what an Engine needs. Without a Judge the rules that need data are skipped and named as such.
type EngineConfig struct {
	Catalog  Catalog
	Judge    *Judge
	Data     DataUsed // what the report says of the judge's data
	Settings Settings
}

// NewEngine fills in the defaults.
func NewEngine(c EngineConfig) *Engine {
	e := &Engine{catalog: c.Catalog, judge: c.Judge, settings: c.Settings.withDefaults(), source: c.Data}
	e.silenced, e.settings.Ignore = silencedIDs(e.settings.Ignore)
	return e
}

// examination is one check under way.
type examination struct {
	*Engine
	given    []*Document
	others   []*Document
	findings []finding
	by       map[*cite.Cited][]string // what a figure was held against
	skipped  []Skipped
}

// perDocument are the rules that look at one post at a time; together are those that need all of them.
var (
	perDocument = []func(*examination, *Document){
		(*examination).textRules,
		(*examination).growth,
		(*examination).compound,
		(*examination).shares,
		(*examination).sums,
		(*examination).products,
		(*examination).sources,
	}
	together = []func(*examination){
		(*examination).translations,
		(*examination).conflicts,
	}
)

// Examined is what a check came to, before it is put into a language.
type Examined struct {
	x *examination
}

// Report puts what was found into words. lang is the language of the messages, "" that of each post.
func (e *Examined) Report(lang unit.Lang) *Report { return e.x.report(lang) }

// Check is Examine and Report in one.
func (e *Engine) Check(ctx context.Context, given, others []*Document, lang unit.Lang) (*Report, error) {
	examined, err := e.Examine(ctx, given, others)
	if err != nil {
		return nil, err
	}
	return examined.Report(lang), nil
}

// Examine holds the given posts against data, arithmetic, each other and the others. Of the others only what they say
// counts; nothing is reported of them. Demonstration posts among the others are left out. The verdicts of the given
// posts are filled in; the others are only read.
func (e *Engine) Examine(ctx context.Context, given, others []*Document) (*Examined, error) {
	x := &examination{Engine: e, given: given, by: map[*cite.Cited][]string{}}
	for _, d := range others {
		if !d.Post.Demonstration && !x.isGiven(d) {
			x.others = append(x.others, d)
		}
	}
	if err := x.data(ctx); err != nil {
		return nil, err
	}
	for _, d := range given {
		for _, rule := range perDocument {
			rule(x, d)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	for _, rule := range together {
		rule(x)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return &Examined{x}, nil
}

// isGiven tells whether a stored post is one of the given ones: a draft is never held against its own stored copy. A
// pasted draft has no address, so the same title in the same language tells as well.
func (x *examination) isGiven(d *Document) bool {
	return slices.ContainsFunc(x.given, func(g *Document) bool {
		a, b := g.Post, d.Post
		return a.Identity == b.Identity || a.SHA256 != "" && a.SHA256 == b.SHA256 || a.URL != "" && a.URL == b.URL ||
			a.Title != "" && a.Title == b.Title && a.Lang == b.Lang
	})
}

// add takes a finding, unless the writer has silenced its figure or the settings the rule.
func (x *examination) add(f finding) {
	if f.at.Link.Ignored != "" {
		return
	}
	for _, c := range f.figures {
		if c.Link.Ignored != "" {
			return
		}
	}
	switch severity, set := x.settings.Severities[f.rule]; {
	case set && severity == Off:
		return
	case set:
		f.severity = severity
	}
	x.findings = append(x.findings, f)
}

// What a figure was held against.
const (
	byData        = "data"
	byArithmetic  = "arithmetic"
	byTranslation = "translation"
	byOtherPosts  = "other-posts"
)

// checked notes what figures were held against.
func (x *examination) checked(by string, figures ...*cite.Cited) {
	for _, c := range figures {
		if !slices.Contains(x.by[c], by) {
			x.by[c] = append(x.by[c], by)
		}
	}
}

// report puts everything together: findings in text order, one per figure and matter, the counts, and what was skipped.
func (x *examination) report(lang unit.Lang) *Report {
	r := &Report{Files: make([]File, 0, len(x.given))}
	byDoc := map[*Document][]finding{}
	for _, f := range settle(x.findings) {
		if x.ignored(&f) {
			r.Summary.Silenced++
			continue
		}
		byDoc[f.doc] = append(byDoc[f.doc], f)
	}
	for _, d := range x.given {
		file := x.file(d, byDoc[d], lang)
		r.Summary.add(&file)
		r.Files = append(r.Files, file)
	}
	r.Summary.RulesSkipped = append([]Skipped{}, x.skipped...)
	r.Summary.Data = x.source
	return r
}

func (x *examination) file(d *Document, findings []finding, lang unit.Lang) File {
	file := File{Path: d.Path, Title: d.Post.Title, Lang: string(d.Post.Lang), Published: d.Post.Published.String(),
		Figures: make([]Checked, len(d.Cited)), Findings: make([]cite.Finding, len(findings)),
		Warnings: slices.Concat(d.Post.Warnings, Warnings(d, x.catalog))}
	if lang == "" {
		lang = d.Post.Lang
	}
	flagged := map[*cite.Cited]bool{}
	for i := range findings {
		f := &findings[i]
		file.Findings[i] = f.report(lang)
		if f.severity != cite.Note {
			flagged[f.at] = true
			for _, c := range f.figures {
				flagged[c] = true
			}
		}
	}
	for i := range d.Cited {
		c := &d.Cited[i]
		f := c.Figure
		f.Start, f.End = f.Start+d.Post.Offset, f.End+d.Post.Offset
		file.Figures[i] = Checked{Figure: f, Verdict: c.Verdict.Kind, VerdictDetail: Detail{Verdict: c.Verdict, CheckedBy: x.by[c]}}
		if f.Kind != cite.Damage {
			file.Counts.add(c, flagged[c], x.by[c])
		}
	}
	return file
}

func (n *Counts) add(c *cite.Cited, flagged bool, by []string) {
	n.Figures++
	switch {
	case flagged:
		n.Findings++
	case slices.Contains(by, byData):
		n.Data++
	case slices.Contains(by, byArithmetic):
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
func settle(findings []finding) []finding {
	rank := make(map[Rule]int, len(Rules))
	for i, r := range Rules {
		rank[r] = i
	}
	byCertainty := slices.Clone(findings)
	slices.SortStableFunc(byCertainty, func(a, b finding) int {
		return cmp.Or(cmp.Compare(weight(b.severity), weight(a.severity)), cmp.Compare(rank[a.rule], rank[b.rule]))
	})
	told := map[*cite.Cited]bool{}
	seen := map[string]bool{}
	var kept []finding
	for _, f := range byCertainty {
		id := f.id()
		if seen[id] || disputes(f.rule) && told[f.at] {
			continue
		}
		seen[id] = true
		if disputes(f.rule) {
			told[f.at] = true
		}
		kept = append(kept, f)
	}
	slices.SortStableFunc(kept, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.at.Figure.Start, b.at.Figure.Start), cmp.Compare(rank[a.rule], rank[b.rule]))
	})
	return kept
}

// disputes tells whether a rule says that a figure's number is wrong.
func disputes(r Rule) bool {
	switch {
	case r == DataMismatch, r == Scale, r == Translation, r == Conflict, strings.HasPrefix(string(r), "math/"):
		return true
	}
	return false
}

func weight(s cite.Severity) int {
	switch s {
	case cite.Error:
		return 2
	case cite.Warning:
		return 1
	}
	return 0
}

// monthsApart is how many months lie between two periods, 0 where they overlap.
func monthsApart(a, b market.Period) float64 {
	gap := max(a.Start().Sub(b.End()), b.Start().Sub(a.End()), 0)
	return gap.Hours() / (24 * 365.25 / 12)
}

// dated is the time that a figure speaks of: its own, else its post's day.
func dated(c *cite.Cited) (period market.Period, own bool) {
	if !c.Figure.Period.IsZero() {
		return c.Figure.Period, true
	}
	return c.Published, false
}
