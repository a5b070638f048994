package check

import (
	"fmt"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// Report is what a check came to, in the shape of the contract's JSON.
type Report struct {
	Files   []File `json:"files"`
	Summary Totals `json:"summary"`
}

// File is what was found in one post. A file that holds several posts has several entries. Offsets count bytes of the file.
type File struct {
	Path      string         `json:"path"`
	Title     string         `json:"title,omitempty"`
	Lang      string         `json:"lang"`
	Published string         `json:"published,omitempty"`
	Counts    Counts         `json:"counts"`
	Figures   []Checked      `json:"figures"`
	Findings  []cite.Finding `json:"findings"`
	Warnings  []string       `json:"warnings,omitempty"` // what was odd about the file or its marks
}

// Checked is a figure with its verdict.
type Checked struct {
	cite.Figure
	Verdict       cite.VerdictKind `json:"verdict"`
	VerdictDetail Detail           `json:"verdict_detail"`
}

// Detail is what a verdict rests on.
type Detail struct {
	cite.Verdict
	CheckedBy []string `json:"checked_by,omitempty"` // data, arithmetic, translation, other-posts
}

// Counts are those of the line that begins each page and report. A figure counts once, in the first group it belongs to,
// in the order of the fields: with findings (errors and warnings), against data, by arithmetic, against a translation or
// another post, forecast, read only.
type Counts struct {
	Figures    int `json:"figures"`
	Findings   int `json:"with_findings"`
	Data       int `json:"data"`
	Arithmetic int `json:"arithmetic"`
	Texts      int `json:"texts"`
	Forecasts  int `json:"forecasts"`
	Sourced    int `json:"sourced"`
	ReadOnly   int `json:"read_only"`
}

// Totals sums up a report. Checked are the figures that were held against data, arithmetic or another text.
type Totals struct {
	Figures      int            `json:"figures"`
	Checked      int            `json:"checked"`
	Errors       int            `json:"errors"`
	Warnings     int            `json:"warnings"`
	Notes        int            `json:"notes"`
	Silenced     int            `json:"silenced"` // findings left out because the settings say so; marks in the text are not counted
	Counts       Counts         `json:"counts"`
	RulesSkipped []rule.Skipped `json:"rules_skipped"`
	Data         DataUsed       `json:"data"`
}

// DataUsed is where the data came from and how new it was: the source is a database or a server, "" for none;
// newest is when its newest value was recorded, RFC 3339; missing is why there is no data.
type DataUsed struct {
	Source  string      `json:"source"`
	Newest  string      `json:"newest,omitempty"`
	Missing market.Text `json:"-"`
}

// Line is the line that begins each page and report: "46 figures: 6 checked against data, 9 by arithmetic, 4 with
// findings, 27 read only". Groups without a figure are left out.
func (n Counts) Line(lang unit.Lang) string {
	forecasts, oneForecast := rule.Both("%d Prognosen", "%d forecasts"), rule.Both("1 Prognose", "1 forecast")
	var parts []string
	for _, group := range []struct {
		n    int
		says rule.Say
	}{
		{n.Data, rule.Both("%d gegen Daten geprüft", "%d checked against data")},
		{n.Arithmetic, rule.Both("%d nachgerechnet", "%d by arithmetic")},
		{n.Texts, rule.Both("%d mit anderen Texten verglichen", "%d against other texts")},
		{n.Findings, rule.Both("%d mit Befund", "%d with findings")},
		{n.Forecasts, forecasts},
		{n.Sourced, rule.Both("%d mit Quelle", "%d with a source")},
		{n.ReadOnly, rule.Both("%d nur gelesen", "%d read only")},
	} {
		switch said := group.says.In(lang); {
		case group.n == 1 && said == forecasts.In(lang):
			parts = append(parts, oneForecast.In(lang))
		case group.n > 0:
			parts = append(parts, fmt.Sprintf(said, group.n))
		}
	}
	head := rule.Both("%d Zahlen", "%d figures")
	if n.Figures == 1 {
		head = rule.Both("%d Zahl", "%d figure")
	}
	line := fmt.Sprintf(head.In(lang), n.Figures)
	if len(parts) > 0 {
		line += ": " + strings.Join(parts, ", ")
	}
	return line
}
