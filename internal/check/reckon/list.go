package reckon

import (
	"regexp"
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// A row is an item of a list, or a row of a table, with its quantities.
type row struct {
	block int
	text  string // in lower case
	cells map[cell]*quantity
}

// A cell is the place of a quantity in its row: the column of a table, or in a list what it is measured in. A row has one
// quantity there, or nil where it has several.
type cell struct {
	column  int
	measure string
}

// columnMark ends the cells of a table's row.
const columnMark = '\t'

// rowsOf are the rows of phrases that stand in list items or table rows.
func (x *examination) rowsOf(d *rule.Document, phrases []phrase) []row {
	var rows []row
	for i := range phrases {
		p := &phrases[i]
		b := d.Post.Text.Blocks[p.block]
		if len(rows) == 0 || rows[len(rows)-1].block != p.block {
			rows = append(rows, row{p.block, strings.TrimSpace(d.Lay().Text(b.Start, b.End)), map[cell]*quantity{}})
		}
		r := &rows[len(rows)-1]
		for n := range p.quantities {
			q := &p.quantities[n]
			if q.cited == nil || q.figure.Kind == cite.Multiple || q.figure.Kind == cite.Duration {
				continue
			}
			at := cell{measure: measureName(q)}
			if b.Kind == cite.TableRow {
				at.column = strings.Count(d.Lay().Text(b.Start, q.figure.At), string(columnMark))
			}
			if _, twice := r.cells[at]; twice || !q.isLevel() || q.figure.IsRange() {
				q = nil
			}
			r.cells[at] = q
		}
	}
	return rows
}

// measureName tells apart what cannot be added up: currencies, shares, measures, counts.
func measureName(q *quantity) string {
	switch f := q.figure; {
	case f.Kind == cite.Money, f.Kind == cite.Percent:
		return string(f.Unit)
	case isPlain(f), f.Unit.Dimension() == unit.Count:
		return "count"
	default:
		return string(f.Unit)
	}
}

// columns are the quantities of rows that stand in the same cell of all of them.
func columns(rows []row) [][]*quantity {
	if len(rows) < 2 || len(rows) > mostItems {
		return nil
	}
	cells := make([]cell, 0, len(rows[0].cells))
	for at := range rows[0].cells {
		cells = append(cells, at)
	}
	slices.SortFunc(cells, func(a, b cell) int { return a.column - b.column + strings.Compare(a.measure, b.measure) })
	var found [][]*quantity
	for _, at := range cells {
		var column []*quantity
		for _, r := range rows {
			if q := r.cells[at]; q != nil {
				column = append(column, q)
			}
		}
		if len(column) == len(rows) {
			found = append(found, column)
		}
	}
	return found
}

// listBefore are the columns of the list or table directly before the paragraph of a total that may be its parts.
func (x *examination) listBefore(t *total) [][]*quantity {
	to := t.i
	for to > 0 && x.phrases[to-1].block == t.p.block {
		to--
	}
	if to == 0 || t.p.block < 0 || x.phrases[to-1].section != t.p.section || t.p.block-x.phrases[to-1].block > 1 {
		return nil
	}
	kind := kindOf(t.doc, &x.phrases[to-1])
	if kind == kindOf(t.doc, t.p) || kind != cite.ListItem && kind != cite.TableRow {
		return nil
	}
	from := to - 1
	for from > 0 && isNextRow(t.doc, &x.phrases[from-1], &x.phrases[from]) {
		from--
	}
	var found [][]*quantity
	for _, column := range columns(x.rowsOf(t.doc, x.phrases[from:to])) {
		if !slices.ContainsFunc(column, func(q *quantity) bool { return !isPart(q, t.q) }) {
			found = append(found, column)
		}
	}
	return found
}

// isNextRow tells whether a phrase stands in the same list or table as the one before it.
func isNextRow(d *rule.Document, a, b *phrase) bool {
	return kindOf(d, a) == kindOf(d, b) && a.section == b.section && b.block-a.block <= 2
}

// kindOf is the kind of the block that a phrase stands in.
func kindOf(d *rule.Document, p *phrase) cite.BlockKind {
	if p.block < 0 {
		return ""
	}
	return d.Post.Text.Blocks[p.block].Kind
}

// lists checks lists and tables whose items are the parts of a total.
func (x *examination) lists(d *rule.Document, phrases []phrase) {
	for from := 0; from < len(phrases); {
		to := from + 1
		if kind := kindOf(d, &phrases[from]); kind == cite.ListItem || kind == cite.TableRow {
			for to < len(phrases) && isNextRow(d, &phrases[to-1], &phrases[to]) {
				to++
			}
			x.list(d, phrases, from, to)
		}
		from = to
	}
}

var (
	totalItem = regexp.MustCompile(`^(?:gesamt\w*|summe|total\w*|insgesamt|sum|overall|zusammen)\b`)
	restItem  = regexp.MustCompile(`^(?:alle |all )?(?:sonstige\w*|andere\w*|übrige\w*|rest\w*|others?|remaining|everything else|anderen)\b`)
	sharing   = regexp.MustCompile(`verteil|aufteil|aufgeteilt|zusammensetz|zusammen:|gliedert|anteil|allokation|split|breakdown|breaks down|broken down|distribut|allocat|composition|shares|made up|consists|setzt sich`)
	counted   = regexp.MustCompile(`insgesamt|gesamt|total|in all|summe|budget|zusammen|altogether`)
)

// list checks the rows of the phrases from to to, column by column: the total is a row of its own, or stands in the line
// that leads in, or is the whole where the column is one of shares.
func (x *examination) list(d *rule.Document, phrases []phrase, from, to int) {
	rows := x.rowsOf(d, phrases[from:to])
	isClosed := slices.ContainsFunc(rows, func(r row) bool { return restItem.MatchString(r.text) })
	lead := leadOf(d, phrases, from)
	for _, column := range columns(rows) {
		items, last := column[:len(column)-1], column[len(column)-1]
		isShare := last.figure.Kind == cite.Percent
		switch {
		case isShare && slices.ContainsFunc(column, func(q *quantity) bool { return !q.isShare() }):
		case totalItem.MatchString(rows[len(rows)-1].text):
			if len(items) >= 2 {
				x.sum(d, items, last, true)
			}
		case isShare:
			if len(column) >= 3 && (isClosed || sharing.MatchString(lead)) && !incomplete.MatchString(lead) && !overlapping.MatchString(lead) {
				x.hundred(d, column)
			}
		case from > 0 && lead == phrases[from-1].Text:
			x.sumOfLead(d, phrases, from, column)
		}
	}
}

// leadOf is the text before a list, as a phrase where there are figures in it.
func leadOf(d *rule.Document, phrases []phrase, from int) string {
	if from > 0 && phrases[from-1].section == phrases[from].section && phrases[from-1].block >= phrases[from].block-2 {
		return phrases[from-1].Text
	}
	if at := phrases[from].block; at > 0 {
		b := d.Post.Text.Blocks[at-1]
		return d.Lay().Text(b.Start, b.End)
	}
	return ""
}

// sumOfLead holds the items of a list against the one amount of the line that leads in.
func (x *examination) sumOfLead(d *rule.Document, phrases []phrase, from int, items []*quantity) {
	lead := &phrases[from-1]
	var whole *quantity
	for n := range lead.quantities {
		q := &lead.quantities[n]
		if q.figure.Unit != items[0].figure.Unit || q.cited == nil {
			continue
		}
		if whole != nil {
			return
		}
		whole = q
	}
	if whole == nil || !whole.isLevel() {
		return
	}
	sure := strings.HasSuffix(strings.TrimSpace(lead.Text), ":") && (counted.MatchString(lead.Text) || splitting.MatchString(lead.Text) || sharing.MatchString(lead.Text)) &&
		!incomplete.MatchString(lead.Text) && !cumulated.MatchString(lead.Text)
	for _, q := range items {
		sure = sure && q.value() < whole.value() && fitTogether(q, whole)
	}
	x.sum(d, items, whole, sure)
}
