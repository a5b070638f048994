package web

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"beleg/internal/check"
	"beleg/internal/check/prose"
	"beleg/internal/check/rule"
	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// checkFormPage is the empty form, or the form with what was wrong with the last one.
type checkFormPage struct {
	Today    market.Period
	MaxBytes int
	Text     string
	Wrong    string
}

func (s *Server) checkForm(r *request) (*document, error) {
	return s.page(r, http.StatusOK, "check.html", view{Title: message(r.lang, "check.title"), Description: message(r.lang, "check.lead"),
		Index: true, Data: &checkResult{Form: checkFormPage{Today: market.DayOf(r.now), MaxBytes: s.Checks.MaxBytes}}})
}

// checkResult is a page of /check: the form, and once there is something to show, the annotated texts.
type checkResult struct {
	Form  checkFormPage
	Line  string
	Data  string // which data it rests on
	Posts []annotated

	Corrected string // the text with damage repaired; "" where there is none
	Repaired  int
}

// annotated is one post of a draft: its text with the figures marked, block by block, and the findings beside them.
type annotated struct {
	Title     string
	Titled    bool // the title is a passage of the text
	Lang      string
	Published market.Period
	Line      string
	Errors    int
	Warnings  int
	Notes     int
	Odd       []string
	First     []findingCard // what needs thought, to jump to
	Passages  []passage
	Embeds    []snippet
}

// passage is a block of the text with the findings that belong to it.
type passage struct {
	Kind     cite.BlockKind
	Level    int
	Pieces   []piece
	Findings []findingCard
}

// piece is a stretch of text; those that are figures have a severity, "read" where nothing was found, or "damage".
type piece struct {
	Text   string
	Class  string
	Number int    // of the finding that it leads to; 0 for none
	Title  string // what the figure was read as
}

// findingCard is a finding as a page shows it.
type findingCard struct {
	cite.Finding
	Number  int
	Written string // the figure
	Spark   template.HTML
	Series  market.Series
	Places  []relatedPlace
}

// relatedPlace is the other place of a finding, with the page that shows it where it is stored.
type relatedPlace struct {
	cite.Related
	Title string
	Link  string
}

// snippet is the code that embeds a series which the draft cites.
type snippet struct {
	ID, Name, Code string
}

// checkPage answers the form: the text comes back annotated. Nothing of it is kept or logged.
func (s *Server) checkPage(c echo.Context) error {
	private(c)
	lang, _, err := langOf(c)
	if err != nil {
		return err
	}
	r := &request{ctx: c.Request().Context(), lang: lang, path: "/check", base: s.base(c), params: url.Values{}, now: s.Now()}
	d, err := s.formDraft(c)
	if err == nil {
		var checked *checkedDraft
		if checked, err = s.checkDraft(c, d, lang); err == nil {
			var doc *document
			if doc, err = s.annotatedPage(r, checked); err == nil {
				return c.Blob(doc.status, doc.mime, doc.body)
			}
		}
	}
	p := s.asProblem(err, c)
	if p.Status >= http.StatusInternalServerError && p.Status != http.StatusServiceUnavailable {
		return p
	}
	page := checkFormPage{Today: market.DayOf(r.now), MaxBytes: s.Checks.MaxBytes, Text: string(d.raw), Wrong: p.Detail}
	doc, err := s.page(r, p.Status, "check.html", view{Title: message(lang, "check.title"), Description: message(lang, "check.lead"),
		Data: &checkResult{Form: page}})
	if err != nil {
		return err
	}
	return c.Blob(doc.status, doc.mime, doc.body)
}

func (s *Server) annotatedPage(r *request, checked *checkedDraft) (*document, error) {
	p := checkResult{Line: checked.report.Summary.Counts.Line(r.lang), Data: s.dataAge(r.lang, checked.report.Summary.Data),
		Form: checkFormPage{Today: market.DayOf(r.now), MaxBytes: s.Checks.MaxBytes}}
	stored, err := s.audited(r.ctx)
	if err != nil {
		return nil, err
	}
	number := 0
	var findings []cite.Finding
	for i := range checked.docs {
		a, err := s.annotate(r, checked.docs[i], &checked.report.Files[i], stored, &number)
		if err != nil {
			return nil, err
		}
		p.Posts = append(p.Posts, a)
		findings = append(findings, checked.report.Files[i].Findings...)
	}
	if fixed, n := prose.Fix(checked.raw, findings); n > 0 {
		p.Corrected, p.Repaired = string(fixed), n
	}
	return s.page(r, http.StatusOK, "check.html", view{Title: message(r.lang, "check.title"), Description: p.Line, Data: &p})
}

// annotate lays a checked post out as passages.
func (s *Server) annotate(r *request, d *rule.Document, file *check.File, stored *audit, number *int) (annotated, error) {
	a := annotated{Title: d.Post.Title, Lang: string(d.Post.Lang), Published: d.Post.Published, Line: file.Counts.Line(r.lang), Odd: file.Warnings}
	cards := map[string][]findingCard{} // by the figure that a finding is shown at
	worst := map[string]cite.Severity{}
	for _, f := range file.Findings {
		card, err := s.findingCard(r, f, d, stored)
		if err != nil {
			return a, err
		}
		cards[f.Figures[0]] = append(cards[f.Figures[0]], card)
		switch f.Severity {
		case cite.Error:
			a.Errors++
		case cite.Warning:
			a.Warnings++
		default:
			a.Notes++
		}
		marked := f.Figures
		if f.Severity == cite.Note { // it may speak of half the post
			marked = marked[:1]
		}
		for _, id := range marked {
			worst[id] = worse(worst[id], f.Severity)
		}
	}
	var series []string
	next := 0
	for _, block := range d.Post.Text.Blocks {
		if block.Kind == cite.Code {
			continue
		}
		a.Titled = a.Titled || block.Kind == cite.Title
		p := passage{Kind: block.Kind, Level: min(block.Level+1, 4)}
		at := block.Start
		for next < len(d.Cited) && d.Cited[next].Figure.At < block.Start {
			next++
		}
		for ; next < len(d.Cited) && d.Cited[next].Figure.At < block.End; next++ {
			f := &d.Cited[next].Figure
			if f.At < at {
				continue
			}
			p.text(d.Post.Text.Content[at:f.At])
			mark := piece{Text: d.Post.Text.Content[f.At:f.AtEnd], Class: markClass(f, worst[f.ID])}
			if f.Kind != cite.Damage {
				mark.Title = formatReading(r.lang, f)
			}
			for _, card := range cards[f.ID] {
				*number++
				card.Number, card.Written = *number, f.Text
				p.Findings = append(p.Findings, card)
				if card.Severity != cite.Note && card.Rule != string(rule.TextDamage) {
					a.First = append(a.First, card)
				}
				if mark.Number == 0 {
					mark.Number = *number
				}
			}
			delete(cards, f.ID)
			p.Pieces = append(p.Pieces, mark)
			at = f.AtEnd
			if id := d.Cited[next].Link.Series; id != "" && !slices.Contains(series, id) {
				series = append(series, id)
			}
		}
		p.text(d.Post.Text.Content[at:block.End])
		a.Passages = append(a.Passages, p)
	}
	for _, id := range series {
		if x, ok := s.Catalog.Series(id); ok {
			a.Embeds = append(a.Embeds, snippet{ID: id, Name: x.Name.In(r.lang), Code: iframe(r, x)})
		}
	}
	return a, nil
}

func (p *passage) text(s string) {
	if s != "" {
		p.Pieces = append(p.Pieces, piece{Text: s})
	}
}

// markClass is how a figure is set off in the text.
func markClass(f *cite.Figure, worst cite.Severity) string {
	switch {
	case f.Kind == cite.Damage:
		return "damage"
	case worst != "":
		return string(worst)
	}
	return "read"
}

func worse(a, b cite.Severity) cite.Severity {
	order := []cite.Severity{"", cite.Note, cite.Warning, cite.Error}
	if slices.Index(order, b) > slices.Index(order, a) {
		return b
	}
	return a
}

// findingCard adds to a finding the small chart of the series it rests on and where its other places can be read.
func (s *Server) findingCard(r *request, f cite.Finding, d *rule.Document, stored *audit) (findingCard, error) {
	card := findingCard{Finding: f}
	for _, rel := range f.Related {
		place := relatedPlace{Related: rel}
		if stored != nil {
			for _, other := range stored.docs {
				if other.Path == rel.Path {
					place.Title, place.Link = other.Post.Title, "/figure/"+rel.Figure
				}
			}
		}
		card.Places = append(card.Places, place)
	}
	if f.Evidence.Series == "" {
		return card, nil
	}
	for i := range d.Cited {
		if d.Cited[i].Figure.ID == f.Figures[0] {
			row, err := s.figureRow(r, &d.Cited[i])
			if err != nil {
				return card, fmt.Errorf("chart of finding %s: %w", f.ID, err)
			}
			card.Spark, card.Series = row.Spark, row.Series
		}
	}
	return card, nil
}

// iframe is the code that shows a series in another page.
func iframe(r *request, x market.Series) string {
	return fmt.Sprintf(`<iframe src="%s/%s/embed/%s" title="%s" width="100%%" height="640" loading="lazy" style="border:0"></iframe>`,
		r.base, r.lang, x.ID, escape(x.Name.In(r.lang)))
}

// dataAge says which data a report rests on.
func (s *Server) dataAge(lang unit.Lang, used check.DataUsed) string {
	newest, err := time.Parse(time.RFC3339, used.Newest)
	if err != nil {
		return message(lang, "check.nodata")
	}
	return messagef(lang, "check.data", formatDate(lang, market.DayOf(newest)))
}
