package share

import (
	"beleg/internal/cite"
	"beleg/internal/unit"
)

// A base is what a percentage is said to be of, by the words behind it.
type base uint8

const (
	unsaid  base = iota // nothing more is said
	ofTotal             // of the total, of all, of them
	ofWhole             // of a number
	ofNoun              // of something named
	going               // the sentence goes on, perhaps to what it is of
)

// A percent is a percentage with what its surroundings say of it.
type percent struct {
	*number
	left   int     // the token where the link to what precedes it begins
	link   link    // how it is tied to what precedes it
	base   base    // what it is said to be of
	whole  *number // of ofWhole
	noun   string  // of ofNoun and ofTotal, the last word
	ofThem bool    // of ofTotal: it is one of what was named last
	behind int     // the token behind what it is said to be of
	alien  bool    // it is a change, or of another kind than a share
	label  bool    // it is named a share
}

// A link is how closely a percentage is tied to what stands before it.
type link uint8

const (
	apart   link = iota
	copular      // "the 40 are 12 %"
	held         // "the 40 make up 12 %"
	besides      // put beside it by a comma
	bracket      // put beside it in brackets or by a dash
	said         // drawn from it: "i.e.", "das sind"
)

// Bounds of what is read around a percentage, in tokens.
const (
	longestLink        = 10
	longestBase        = 6
	longestAttribution = 7
	longestRelative    = 6
	comparedWithin     = 4
	longestRestating   = 4 // words
)

// percentsOf are the percentages of a passage that may be shares.
func percentsOf(p *passage) []*percent {
	var ps []*percent
	for _, n := range p.numbers {
		if !n.isPercent() || n.figure.Unit != unit.Percent || n.cited == nil || n.value() <= 0 {
			continue
		}
		q := &percent{number: n}
		q.readLink()
		q.readBase()
		q.alien = q.isAlien()
		ps = append(ps, q)
	}
	return ps
}

// readLink walks from the percentage to the left as long as words only lead up to it.
func (q *percent) readLink() {
	p, i := q.in, q.token-1
	var seen lead
	for ; i >= 0 && q.token-i <= longestLink; i-- {
		t := p.at(i)
		if t.is == word {
			switch {
			case i+1 < q.token && p.isCopula(i), p.restates(i):
				seen.said = true
			case p.holds(i):
				seen.held = true
			case labels.takes(t.text):
				q.label = true
			case sayings.takes(t.text), t.text == "also" && p.lang == unit.German:
				seen.said = true
			case joiners.takes(t.text):
				seen.copula = seen.copula || equating.has(t.text)
			case fillers.takes(t.text), labelled.takes(t.text):
			case q.label && p.labelAdjective(i):
			case p.heldBehind(i):
			default:
				q.tie(i, seen)
				return
			}
			continue
		}
		switch t.is {
		case comma, colon:
			seen.comma = true
		case semicolon:
			if !seen.said {
				q.tie(i, seen)
				return
			}
		case opening, dash, equals, cell:
			seen.bracket = true
			if t.is == opening || t.is == cell {
				q.tie(i-1, seen)
				return
			}
		default:
			q.tie(i, seen)
			return
		}
	}
	q.tie(i, seen)
}

// labelAdjective tells whether token i stands between a label and its article: "a market share of", "an acceptance rate of".
func (p *passage) labelAdjective(i int) bool {
	return p.at(i).is == word && i > 0 && (p.at(i-1).is == comma || fillers.takes(p.at(i-1).text)) && labels.takes(p.at(i+1).text)
}

// heldBehind tells whether token i is the end of a holding verb of two words.
func (p *passage) heldBehind(i int) bool { return p.holds(i-1) && p.at(i-1).is == word }

func (p *passage) isCopula(i int) bool {
	_, ok := p.spells(i, copulas)
	return ok
}

// restates tells whether token i is one of words that say again what precedes them.
func (p *passage) restates(i int) bool {
	for from := i; from > i-longestRestating; from-- {
		if n, ok := p.spells(from, restating); ok && from+n > i {
			return true
		}
	}
	return false
}

func (p *passage) holds(i int) bool {
	_, ok := p.spells(i, holding)
	return ok
}

// A lead is what stands between a percentage and what leads up to it.
type lead struct{ comma, bracket, said, copula, held bool }

// tie keeps the closest tie that was seen between token i and the percentage.
func (q *percent) tie(i int, seen lead) {
	q.left = i
	switch {
	case seen.said, q.label && (seen.comma || seen.bracket):
		q.link = said
	case seen.bracket:
		q.link = bracket
	case seen.held:
		q.link = held
	case seen.comma:
		q.link = besides
	case seen.copula:
		q.link = copular
	default:
		q.readAttribution()
	}
}

// readAttribution looks for the sign before words that say whose number it is, "– nach eigenen Angaben 22 %", or that
// it is what was just said, or follows from it: ", which works out at 22 %", ", so 22 % use it".
func (q *percent) readAttribution() {
	for i := q.token - 1; i >= 0 && q.token-i <= longestAttribution; i-- {
		t := q.in.at(i)
		switch t.is {
		case word:
			continue
		case comma, opening, dash, semicolon:
			switch first := q.in.at(i + 1).text; {
			case attributing.takes(first):
				q.left, q.link = i-1, bracket
			case relative.has(first) && q.token-i <= longestRelative, drawing.has(first), first == "also" && q.in.lang == unit.German:
				q.left, q.link = i-1, said
			}
		}
		return
	}
}

// readBase reads what the percentage is said to be of.
func (q *percent) readBase() {
	p, i := q.in, q.token+1
	q.behind = i
	if n, ok := p.spells(i, anaphor); ok {
		q.base, q.behind, q.ofThem = ofTotal, i+n, true
		return
	}
	if labels.takes(p.at(i).text) { // "29 % utilisation"
		q.label = true
		i++
		q.behind = i
	}
	if closers.takes(p.at(i).text) {
		return
	}
	t := p.at(i)
	if t.is != word || conjunctions.takes(t.text) && !ofWords.takes(t.text) {
		return
	}
	if totals.takes(t.text) && p.at(i+1).is == word || ofWords.takes(t.text) {
		q.readNoun(i)
		return
	}
	q.base = going
}

// readNoun reads the noun phrase from token i on.
func (q *percent) readNoun(i int) {
	p := q.in
	q.base = ofNoun
	for k := i; k < i+longestBase; k++ {
		t := p.at(k)
		if t.is == num && k > i {
			if t.num.isAmount() {
				q.base, q.whole, q.behind = ofWhole, t.num, k+1
			}
			return
		}
		if t.is != word || k > i && conjunctions.takes(t.text) && !determiners.takes(t.text) {
			return
		}
		q.behind = k + 1
		if totals.takes(t.text) {
			q.base = ofTotal
		}
		q.noun = t.text
		if k > i && t.big && p.lang == unit.German && !ofWords.takes(p.at(k+1).text) {
			return
		}
	}
}

// isAlien tells whether the percentage is no share, by its own reading and the words of its clause.
func (q *percent) isAlien() bool {
	f, p := q.figure, q.in
	if f.Change == cite.By || f.Change == cite.Growth || f.Change == cite.Decline || f.Per == cite.Compound {
		return true
	}
	from, least := q.token, 0
	if q.label {
		least = q.left + 1
	}
	for from > least && q.token-from < longestLink {
		t := p.at(from - 1)
		if t.is == num || t.is == opening || t.is == semicolon || t.is == cell || t.is == closing {
			break
		}
		from--
	}
	if p.mentions(from, q.token, growing) || p.mentions(from, q.token, otherKind) {
		return true
	}
	for i := q.token - 1; i >= q.token-2; i-- {
		if directions.has(p.at(i).text) && !p.heldBehind(i) {
			return true
		}
	}
	to := q.token + 1
	for to < q.token+1+comparedWithin && p.at(to).is == word {
		to++
	}
	return p.mentions(q.token+1, to, otherKind) || p.mentions(q.token+1, to, growing) || p.mentions(q.token+1, min(to, q.token+3), comparing)
}
