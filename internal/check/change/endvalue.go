package change

import (
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// canBeEnd tells whether a figure is a value that can be an end of a change, not a change or share itself.
func canBeEnd(s *rule.Spot) bool {
	f := &s.Figure
	switch f.Change {
	case cite.Growth, cite.Decline, cite.By:
		return opensRange(s)
	}
	switch f.Kind {
	case cite.Money, cite.Count, cite.Energy, cite.Rate, cite.Other:
	case cite.Percent, cite.Multiple, cite.Duration:
		if f.Change == "" {
			return false
		}
	default:
		return false
	}
	low, _ := f.Ends()
	return !isModelName(s) && low.Sign() > 0 && f.Unit != "ratio" && f.Unit != "vote"
}

// opensRange tells whether an amount that was read as what is added is where a change begins: "ein Anstieg von 2 Mrd. $
// im Jahr 2024 auf 11 Mrd. $".
func opensRange(s *rule.Spot) bool {
	l := s.Doc.Lay()
	before := wordsOf(l.Before(s))
	if s.At+1 >= len(l.Spots) || len(before) == 0 || !fromWords.holds(before[len(before)-1]) || s.Figure.Kind == cite.Percent || s.Figure.Kind == cite.Multiple {
		return false
	}
	next := &l.Spots[s.At+1]
	gap := wordsOf(l.Between(s, next))
	return next.Figure.Kind == s.Figure.Kind && rule.SameSentence(s, next) && len(gap) > 0 && toWords.holds(gap[len(gap)-1]) && gap.all(neutralWords)
}

// isBefore tells whether two values have times and that of a is the earlier one.
func isBefore(a, b *rule.Spot) bool {
	p, q := a.Figure.Period, b.Figure.Period
	return !p.IsZero() && !q.IsZero() && p != q && p.Before(q)
}

// alike tells whether two values may be of one thing: of one unit, and not known to be of different things.
func alike(a, b *rule.Spot) bool {
	f, g := &a.Figure, &b.Figure
	if !sameUnit(f, g) || f.Per != g.Per && f.Per != "" && g.Per != "" {
		return false
	}
	return agree(f.Subject, g.Subject) && agree(f.Metric, g.Metric)
}

func agree(a, b string) bool { return a == b || a == "" || b == "" }

// sameUnit tells whether two figures are in one unit, or in units of a fixed ratio; a bare number takes any count's.
func sameUnit(f, g *cite.Figure) bool {
	if f.Unit == g.Unit {
		return f.Kind == g.Kind || f.Unit != "" || isBare(f) && isBare(g)
	}
	if isBare(f) && elides[g.Kind] || isBare(g) && elides[f.Kind] {
		return true
	}
	return f.Kind == g.Kind && !unit.Convert(unit.NewDecimal(1, 0), f.Unit, g.Unit).IsZero()
}

// elides are the kinds of values whose unit a second one may leave out: "600 Watt statt 500".
var elides = map[cite.Kind]bool{cite.Count: true, cite.Other: true, cite.Energy: true}

// modelDigits is how many digits the number of a product's name has at most.
const modelDigits = 5

// isModelName tells whether a figure is the number of a product and counts nothing: "a 4070", "RTX 4070".
func isModelName(s *rule.Spot) bool {
	f := &s.Figure
	if f.Kind != cite.Count && f.Kind != cite.Other || len(f.Text) > modelDigits || strings.Trim(f.Text, "0123456789") != "" {
		return false
	}
	const before = 12
	content := s.Doc.Lay().Content
	words := strings.Fields(strings.ToLower(content[max(0, f.At-before):f.At]))
	return len(words) > 0 && indefinite.holds(words[len(words)-1]) || isModel(content, f.At)
}

// isPriceOf tells whether a is an amount per something, and b an amount of the same currency that leaves that out.
func isPriceOf(a, b *cite.Figure) bool {
	return a.Kind == cite.Rate && b.Kind == cite.Money && strings.HasPrefix(string(a.Unit), string(b.Unit)+"/")
}

func isBare(f *cite.Figure) bool {
	return f.Unit == "" && (f.Kind == cite.Count || f.Kind == cite.Other)
}
