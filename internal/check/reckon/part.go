package reckon

import (
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// mostParts is how many parts a whole is split into at most; what lists more is no sum.
const mostParts = 12

// fitTogether tells whether nothing speaks against two amounts being part and whole at the same time.
func fitTogether(part, whole *quantity) bool {
	a, b := part.figure, whole.figure
	return part.isLevel() && whole.isLevel() && a.Forecast == b.Forecast && a.Per == b.Per && (a.Period.IsZero() || b.Period.IsZero() || b.Period.Contains(a.Period))
}

func refer(qs []quantity) []*quantity {
	r := make([]*quantity, len(qs))
	for i := range qs {
		r[i] = &qs[i]
	}
	return r
}

func hasAmount(p *phrase) bool {
	for n := range p.quantities {
		if q := &p.quantities[n]; q.figure.Kind != cite.Percent && isCounting(q.figure) {
			return true
		}
	}
	return false
}

// sumText is a sum in the scale of its parts, as "65" for 40 and 25 billion where these are written without.
func sumText(parts []*quantity, sum rule.Estimate) rule.Say {
	u, scale := parts[0].figure.Unit, parts[0].scale
	for _, q := range parts {
		if q.figure.Unit != "" {
			u = q.figure.Unit
		}
		if q.scale != scale {
			scale = 0
		}
	}
	if d := unit.FromFloat(sum.Exact / max(scale, 1)); scale > 1 && allBare(parts) {
		return rule.Say{DE: unit.Format(d, "", unit.German, unit.Round(rule.Shown+1)), EN: unit.Format(d, "", unit.English, unit.Round(rule.Shown+1))}
	}
	d := unit.FromFloat(sum.Exact)
	return rule.Say{DE: unit.Format(d, u, unit.German, unit.Round(rule.Shown+1)), EN: unit.Format(d, u, unit.English, unit.Round(rule.Shown+1))}
}

// Where wholes are looked for: so many phrases and quantities back.
const (
	phrasesBack    = 4
	candidatesBack = 8
)

// wholesBefore are the amounts that a part of phrase i may be a part of, nearest first: those of its own phrase, then of
// the phrases before it in its section.
func wholesBefore(phrases []phrase, i int, part *quantity) []*quantity {
	var wholes []*quantity
	for back := 0; back <= phrasesBack && i-back >= 0 && phrases[i-back].section == phrases[i].section; back++ {
		p := &phrases[i-back]
		for n := len(p.quantities) - 1; n >= 0 && len(wholes) < candidatesBack; n-- {
			q := &p.quantities[n]
			if q == part || q.cited == nil || !q.isLevel() || q.figure.Unit != part.figure.Unit || q.figure.Kind == cite.Percent {
				continue
			}
			if q.value() > part.value() {
				wholes = append(wholes, q)
			}
		}
	}
	return wholes
}

// allBare tells whether all quantities are written as numbers alone.
func allBare(qs []*quantity) bool {
	for _, q := range qs {
		if strings.Trim(q.figure.Text, "0123456789.,' ") != "" {
			return false
		}
	}
	return true
}
