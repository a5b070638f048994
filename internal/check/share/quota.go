package share

import (
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// Bounds of shares that are concluded from amounts of other sentences.
const (
	labelReach     = 14 // tokens between the word for the share and the percentage
	quotaBack      = 2  // passages back that one can be drawn from
	quotaExplained = 3  // passages back that can explain one
	tableReach     = 2  // blocks between a table or list and what is concluded from it
	mostQuotaPairs = 400
)

// quotas checks percentages that are named a share and said to follow, where the amounts stand in the sentences before or
// in a table: "The pool holds 4.2 PB. 1.2 PB are in use. Utilisation is thus 29 %."
func (x *examination) quotas() {
	for _, p := range x.passages {
		for _, q := range x.percents[p] {
			if x.told[q.number] || q.alien || q.figure.Change != "" || p.mentions(0, q.token, growing) || q.isFraction() || !q.isConcluded() || q.hasAmountBefore() {
				continue
			}
			if !x.quotaOfRow(q) {
				x.quotaOfSentences(q)
			}
		}
	}
}

// isConcluded tells whether a percentage is named a share, or that of all, and said to follow from something.
func (q *percent) isConcluded() bool {
	p := q.in
	from := max(0, q.token-labelReach)
	follows := p.mentions(0, q.token, concluding) || p.at(q.behind).is == word && concluding.takes(p.at(q.behind).text) || q.left < 0 && q.link == said
	if q.label || p.mentions(from, q.token, labels) {
		return follows || q.isVerdict()
	}
	return q.isOfAll() && p.mentions(0, q.token, concluding) && (q.link == held || q.link == said)
}

// isOfAll tells whether a percentage is said to be of all that are counted: "of all owners".
func (q *percent) isOfAll() bool {
	i := q.token + 1
	if ofWords.takes(q.in.at(i).text) {
		i++
	}
	return q.base == ofTotal && all.has(q.in.at(i).text)
}

// isVerdict tells whether a percentage with its name is all that its main clause says: "A quota of 22 %, …". What is
// usual or wanted is none.
func (q *percent) isVerdict() bool {
	p := q.in
	if !q.label || q.left >= 0 || p.mentions(0, len(p.tokens), expected) {
		return false
	}
	for i := 0; i < q.token; i++ {
		if p.at(i).is != word {
			return false
		}
	}
	switch p.at(q.token + 1).is {
	case comma, dash, semicolon, colon, outside:
		return true
	}
	return false
}

// hasAmountBefore tells whether its own sentence names an amount before it.
func (q *percent) hasAmountBefore() bool {
	for _, n := range q.in.numbers {
		if n.token < q.token && n.isAmount() && n.cited != nil {
			return true
		}
	}
	return false
}

// quotaOfSentences holds a concluded share against the amounts of the sentences before it. It is wrong where only one
// pair of them can be meant, and no pair further back gives it.
func (x *examination) quotaOfSentences(q *percent) {
	var only *claim
	several, tried := false, 0
	near := x.amountsBefore(q, quotaExplained)
	for _, whole := range near {
		for _, part := range near {
			as, k := kin(part, whole)
			if part == whole || k == strangers || as.value() >= whole.value() || !fitInTime(part, whole) && !part.in.pointsBack(part) {
				continue
			}
			if tried++; tried > mostQuotaPairs {
				return
			}
			c := x.shareClaim(as, whole, q.number)
			if c == nil {
				continue
			}
			if is := x.outcome(c); is != rule.Differs || x.isComplement(c) || q.isDrawnFrom(part, whole) && x.isLeft(c) {
				x.accept(c)
				return
			}
			if !q.isDrawnFrom(part, whole) {
				continue
			}
			if k != alike && !countAlike(part, whole) {
				continue
			}
			several = several || only != nil
			only = c
		}
	}
	if only != nil && !several {
		x.accuse(only)
	}
}

// isDrawnFrom tells whether two amounts stand near enough before a percentage for it to be concluded from them.
func (q *percent) isDrawnFrom(part, whole *number) bool {
	return q.in.index-part.in.index <= quotaBack && q.in.index-whole.in.index <= quotaBack && part.in.block == q.in.block && whole.in.block == q.in.block
}

// countAlike tells whether two counts may be of the same things: one does not name them, or both do by the same noun. Coins
// are what currencies count.
func countAlike(a, b *number) bool {
	return a.bare || b.bare || sameNoun(a.figure.UnitText, b.figure.UnitText) || coined.takes(strings.ToLower(a.figure.UnitText)) || coined.takes(strings.ToLower(b.figure.UnitText))
}

// amountsBefore are the amounts of the passages of its section before a percentage, so many back.
func (x *examination) amountsBefore(q *percent, back int) []*number {
	var found []*number
	for i := max(0, q.in.index-back); i < q.in.index; i++ {
		if p := x.passages[i]; p.section == q.in.section {
			for _, n := range p.numbers {
				if n.isAmount() && (n.cited != nil || n.bare) {
					found = append(found, n)
				}
			}
		}
	}
	return found
}

// A row is an item of a list or a row of a table with the one amount it has.
type row struct {
	*passage
	amount *number
}

// quotaOfRow holds a concluded share against the table or list before it, where one of its rows is named in the
// sentence. It tells whether there is such a row.
func (x *examination) quotaOfRow(q *percent) bool {
	rows := x.rowsBefore(q)
	if len(rows) < fewestAlone {
		return false
	}
	named := q.in.rowNamed(rows)
	if named == nil {
		return false
	}
	whole, stated := x.wholeOfRows(rows)
	if named.amount == stated {
		return false
	}
	for _, n := range x.amounts {
		if n.in.index < q.in.index && x.fits(named.amount, n, q.number) {
			x.accept(x.shareClaim(named.amount, n, q.number))
			return true
		}
	}
	if whole.Exact <= 0 {
		return true
	}
	is := x.estimate(named.amount).Over(whole).By(100)
	computed, all := rule.Computed(is.Exact, unit.Percent), rule.Computed(whole.Exact, named.amount.figure.Unit)
	c := &claim{stated: q.number, from: []*number{named.amount}, is: is, sure: true,
		sum:  rule.Tell("%s von %s = %s", "%s of %s = %s", named.amount.figure.Text, all, computed),
		says: rule.Tell("%s von zusammen %s sind %s, im Text steht %s.", "%s of a total of %s is %s, the text says %s.", named.amount.figure.Text, all, computed, q.figure.Text)}
	for _, r := range rows {
		if r.amount != named.amount {
			c.from = append(c.from, r.amount)
		}
	}
	if !x.isComplement(c) {
		x.accuse(c)
	}
	return true
}

// rowsBefore are the rows of the list or table right before the block of a percentage; nil where they have several
// amounts or different measures.
func (x *examination) rowsBefore(q *percent) []row {
	i := q.in.index - 1
	for i >= 0 && x.passages[i].block == q.in.block {
		i--
	}
	if i < 0 || x.passages[i].section != q.in.section || q.in.block-x.passages[i].block > tableReach || !x.passages[i].isRow() {
		return nil
	}
	last := i
	for i > 0 && x.passages[i-1].isRow() && isSameGroup(x.passages[i-1], x.passages[i]) {
		i--
	}
	if last-i >= mostSiblings {
		return nil
	}
	var rows []row
	for _, p := range x.passages[i : last+1] {
		n := p.onlyAmount()
		if n == nil || len(rows) > 0 && n.figure.Unit != rows[0].amount.figure.Unit {
			return nil
		}
		rows = append(rows, row{p, n})
	}
	return rows
}

func (p *passage) isRow() bool { return p.kind == cite.ListItem || p.kind == cite.TableRow }

// onlyAmount is the one amount of a passage; nil where there are several or none.
func (p *passage) onlyAmount() *number {
	var only *number
	for _, n := range p.numbers {
		if !n.isAmount() {
			continue
		}
		if only != nil {
			return nil
		}
		only = n
	}
	return only
}

// rowNamed is the one row whose first word stands in a passage as a name; nil where several are.
func (p *passage) rowNamed(rows []row) *row {
	var named *row
	for i := range rows {
		first := rows[i].at(0)
		if first.is != word || !first.big {
			continue
		}
		for _, t := range p.tokens {
			if t.is == word && t.big && isNameOf(t.text, first.text) {
				if named != nil {
					return nil
				}
				named = &rows[i]
				break
			}
		}
	}
	return named
}

// isNameOf tells whether a word is a name, or its genitive.
func isNameOf(w, name string) bool {
	rest, ok := strings.CutPrefix(w, name)
	return ok && (rest == "" || genitives[rest])
}

// wholeOfRows is the whole that rows make up: the row for the total, else their sum where one is the rest or an amount of
// the text says the same. Without it is zero.
func (x *examination) wholeOfRows(rows []row) (whole rule.Estimate, stated *number) {
	sum, complete := rule.Known(0), false
	for _, r := range rows {
		isRest := r.mentions(0, r.amount.token, remaining)
		if summing.takes(r.at(0).text) && !isRest {
			return x.estimate(r.amount), r.amount
		}
		complete = complete || isRest
		sum = sum.Plus(x.estimate(r.amount))
	}
	for _, n := range x.amounts {
		if n.figure.Unit == rows[0].amount.figure.Unit && n.cited != nil && n.value() > rows[0].amount.value() && x.estimate(n).Fine.Meets(sum.Fine) {
			complete = true
		}
	}
	if !complete {
		return rule.Estimate{}, nil
	}
	return sum, nil
}
