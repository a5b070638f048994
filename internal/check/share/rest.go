package share

import (
	"slices"
	"strings"

	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// Bounds of what is left of a whole, and of shares held jointly.
const (
	restAhead  = 4  // tokens between the word for the rest and its percentage
	mostShares = 12 // shares of one whole; what lists more is no sum
	coarsest   = 5  // how coarsely a share is rounded beside others of its whole: to fives, not to tens
)

// remainders checks what is left of a whole against the shares named before it: "60 % … the other 40 %".
func (x *examination) remainders() {
	for i, p := range x.passages {
		for _, rest := range x.percents[p] {
			if rest.isRest() && !rest.isMoved() && !x.told[rest.number] {
				x.remainder(i, rest)
			}
		}
	}
}

// isRest tells whether a percentage is named as what is left.
func (q *percent) isRest() bool {
	for i := q.token - 1; i >= q.token-restAhead; i-- {
		switch t := q.in.at(i); t.is {
		case word:
			if remaining.takes(t.text) {
				before := q.in.at(i - 1).text
				return before != "und" && before != "and" || !unnamed.takes(t.text) // "for banks, brokers and others"
			}
		case opening, comma, colon, dash:
		default:
			return false
		}
	}
	return false
}

// isMoved tells whether a percentage is a change by its own reading.
func (q *percent) isMoved() bool { return q.isChange() }

// sharesBefore are the shares of a passage before one of its tokens, those of a share left out.
func (x *examination) sharesBefore(p *passage, token int) []*number {
	var shares []*number
	for _, q := range x.percents[p] {
		if q.token >= token {
			break
		}
		if _, ofShare := p.spells(q.token+1, anaphor); !ofShare && !q.isMoved() {
			shares = append(shares, q.number)
		}
	}
	return shares
}

// remainder holds a rest against the shares before it. Shares of other things may stand among them, and the first ones
// may stand in an earlier passage; only where none of that fits, and the shares are surely those of one whole, the rest
// is wrong.
func (x *examination) remainder(i int, rest *percent) {
	p := x.passages[i]
	shares, own, next := x.sharesBefore(p, rest.token), true, i-1
	if len(shares) == 0 && next >= 0 && x.passages[next].section == p.section {
		shares, own, next = x.sharesBefore(x.passages[next], mostTokens), false, next-1
	}
	var earlier []*number
	if next >= 0 && x.passages[next].section == p.section {
		earlier = x.sharesBefore(x.passages[next], mostTokens)
	}
	all := slices.Concat(earlier, shares)
	if len(shares) == 0 || len(all) > mostShares {
		return
	}
	for k := range all {
		for _, some := range [][]*number{all[k:], all[k : k+1]} {
			if c := x.remainderClaim(some, rest.number); x.outcome(c) != rule.Differs {
				x.accuse(c)
				return
			}
		}
	}
	if len(earlier) == 0 && !x.isComplete(i, rest) && (len(shares) == 1 || own && p.enumerates(append(shares, rest.number))) {
		x.accuse(x.remainderClaim(shares, rest.number))
	}
}

// isComplete tells whether shares that follow each other, a rest among them and others perhaps behind it, make up the
// whole.
func (x *examination) isComplete(i int, rest *percent) bool {
	var run []*number
	at := -1
	for k := max(0, i-1); k < min(len(x.passages), i+2); k++ {
		if x.passages[k].section != rest.in.section {
			continue
		}
		for _, n := range x.sharesBefore(x.passages[k], mostTokens) {
			if n == rest.number {
				at = len(run)
			}
			run = append(run, n)
		}
	}
	if at < 0 || len(run) > mostShares {
		return false
	}
	for from := 0; from <= at; from++ {
		for to := at + 1; to <= len(run); to++ {
			if to-from < 2 {
				continue
			}
			sum := rule.Known(0)
			for _, n := range run[from:to] {
				sum = sum.Plus(x.estimate(n))
			}
			if sum.Fine.Holds(100) {
				return true
			}
		}
	}
	return false
}

func (x *examination) remainderClaim(shares []*number, rest *number) *claim {
	sum := rule.Known(0)
	for _, n := range shares {
		sum = sum.Plus(x.Settings.Bounds.Estimate(n.figure, n.step, min(coarsest, n.figure.Precision.Float64())))
	}
	is := sum.From(100)
	left := rule.Computed(is.Exact, unit.Percent)
	return &claim{stated: rest, from: shares, is: is,
		sum:  rule.Tell("100 %% − %s = %s", "100%% − %s = %s", joined(shares, "−"), left),
		says: rule.Tell("Neben %s bleiben %s übrig, im Text steht %s.", "Beside %s there is %s left, the text says %s.", joined(shares, "+"), left, rest.figure.Text)}
}

// joined writes numbers as their texts do, with a sign between them.
func joined(ns []*number, sign string) string {
	texts := make([]string, len(ns))
	for i, n := range ns {
		texts[i] = n.figure.Text
	}
	return strings.Join(texts, " "+sign+" ")
}

// longestStep is how many tokens stand between two members of an enumeration.
const longestStep = 8

// enumerates tells whether numbers follow each other as a plain enumeration: nothing but a few words, commas and an
// "and" between them.
func (p *passage) enumerates(ns []*number) bool {
	for k := 1; k < len(ns); k++ {
		from, to := ns[k-1].token+1, ns[k].token
		if to-from > longestStep {
			return false
		}
		separated := false
		for i := from; i < to; i++ {
			switch t := p.at(i); {
			case t.is == num, t.is == semicolon:
				return false
			case t.is == comma, t.text == "und", t.text == "and":
				separated = true
			}
		}
		if !separated {
			return false
		}
	}
	return true
}
