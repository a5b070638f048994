package rule

import (
	"slices"

	"beleg/internal/cite"
	"beleg/internal/market"
)

// Catalog knows series, metrics and subjects by id, and lists the latter: their names tell what a figure is limited to.
type Catalog interface {
	Subjects() []market.Subject
	Metrics() []market.Metric
	Series(id string) (market.Series, bool)
	Metric(id string) (market.Metric, bool)
	Subject(id string) (market.Subject, bool)
}

// Examination is one check under way: rules read the posts and add what they find. It is for one goroutine.
type Examination struct {
	Catalog  Catalog
	Settings Settings
	Given    []*Document // findings are wanted of these
	Others   []*Document // these are only held against them
	Findings []Finding
	Skipped  []Skipped

	by map[*cite.Cited][]string
}

// Skipped is a rule that was not run, and why.
type Skipped struct {
	Rule   string `json:"rule"`
	Reason string `json:"reason"`
}

// Add takes a finding, unless the writer has silenced one of its figures or the settings its rule.
func (x *Examination) Add(f Finding) {
	if f.At.Link.Ignored != "" || slices.ContainsFunc(f.Figures, func(c *cite.Cited) bool { return c.Link.Ignored != "" }) {
		return
	}
	switch severity, set := x.Settings.Severities[f.Rule]; {
	case set && severity == Off:
		return
	case set:
		f.Severity = severity
	}
	x.Findings = append(x.Findings, f)
}

// What a figure was held against.
const (
	ByData        = "data"
	ByArithmetic  = "arithmetic"
	ByTranslation = "translation"
	ByOtherPosts  = "other-posts"
)

// Checked notes what figures were held against, whether they fitted or not.
func (x *Examination) Checked(by string, figures ...*cite.Cited) {
	if x.by == nil {
		x.by = map[*cite.Cited][]string{}
	}
	for _, c := range figures {
		if !slices.Contains(x.by[c], by) {
			x.by[c] = append(x.by[c], by)
		}
	}
}

// By is what a figure was held against.
func (x *Examination) By(c *cite.Cited) []string { return x.by[c] }

// MonthsApart is how many months lie between two periods, 0 where they overlap.
func MonthsApart(a, b market.Period) float64 {
	gap := max(a.Start().Sub(b.End()), b.Start().Sub(a.End()), 0)
	return gap.Hours() / (24 * 365.25 / 12)
}

// Dated is the time that a figure speaks of: its own, else its post's day.
func Dated(c *cite.Cited) (period market.Period, own bool) {
	if !c.Figure.Period.IsZero() {
		return c.Figure.Period, true
	}
	return c.Published, false
}
