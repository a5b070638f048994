package change

import (
	"regexp"

	"beleg/internal/check/rule"
)

// backReference names a value that was given before, without its number.
var backReference = regexp.MustCompile(`\b(genannte|erwähnte|obige|besagte|heutige|aktuelle|jetzige|eingangs genannte|oben genannte)[nrsm]? (wert|stand|betrag|niveau|umfang|summe|zahl|größe|marke|höhe)|` +
	`\b(mentioned|aforementioned|said|quoted|cited|today's|current|present|above) (value|figure|level|amount|number|sum|total)|\b(value|figure|level|amount|number|sum|total) (mentioned|quoted|named|given|cited|stated|reported|above)`)

// referredFigures is how many figures back a value is looked for that is only referred to.
const referredFigures = 60

// referredEnds are the ends of a change of which one is only referred to: "Noch im September waren es 4 Mio. $. Seither
// kletterte er auf den genannten Wert, ein Zuwachs von 50 %." It is the value that the post gave before of the same
// subject, where the month tells which, that of the month.
func referredEnds(l *rule.Layout, c *change, lo, hi int) []ends {
	head := l.Text(c.at.Figure.Sentence[0], c.at.Figure.At)
	if !backReference.MatchString(head) {
		return nil
	}
	near := valueBefore(l, c, lo, hi)
	if near == nil {
		return nil
	}
	month := timeOf(c.at, head, "")
	var found, dated []ends
	for i := max(0, near.At-referredFigures); i < near.At; i++ {
		s := &l.Spots[i]
		f, g := &s.Figure, &near.Figure
		if !canBeEnd(s) || !c.measures(s) || !sameUnit(f, g) || isAside(l, s) && f.Subject != g.Subject || f.Subject != g.Subject || g.Subject == "" && s.Section != near.Section || sameValue(s, near) {
			continue
		}
		e := ends{from: near, to: s, bond: bondLikely}
		if len(inDirection(c, []ends{e})) == 0 {
			continue
		}
		found = append(found, e)
		if at := momentOf(l, c, s).at; !month.IsZero() && at.Equal(month) {
			dated = append(dated, e)
		}
	}
	if len(dated) > 0 {
		found = dated
	}
	for i := range found {
		if !sameValue(found[i].to, found[0].to) {
			for k := range found {
				found[k].bond = bondGuessed
			}
			break
		}
	}
	return found
}

// valueBefore is the last value before a change: of its sentence, else of the one before.
func valueBefore(l *rule.Layout, c *change, lo, hi int) *rule.Spot {
	if lo > 0 && l.Spots[lo-1].Section == c.at.Section {
		lo, _ = sentenceSpots(l, &l.Spots[lo-1])
	}
	for i := min(hi, c.at.At) - 1; i >= lo; i-- {
		if s := &l.Spots[i]; canBeEnd(s) && c.measures(s) && !isAside(l, s) {
			return s
		}
	}
	return nil
}
