package figure

import (
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// weighSeparators looks at the quantities of the line that only one convention explains, so that the others can follow
// it: a German text that writes "$1.5 billion" also writes "2.750 million" so.
func (l *line) weighSeparators(amounts []amount) {
	var seen [2]bool
	for i := range amounts {
		a := &amounts[i]
		if a.isBare() || !l.isKind(a.low.first, number) || a.low.digits.Ambiguous() {
			continue
		}
		fraction := a.low.digits.Decimals(unit.CommaDecimal) > 0
		switch c := separator(l.of(a.low.first)); {
		case fraction && c == ',', !fraction && a.low.digits.Grouped() && c == '.':
			seen[unit.CommaDecimal] = true
		case fraction && c == '.', !fraction && a.low.digits.Grouped() && c == ',':
			seen[unit.PointDecimal] = true
		}
	}
	own := l.lang.Convention()
	l.foreign = seen[other(own)] && !seen[own]
}

func other(c unit.Convention) unit.Convention { return unit.CommaDecimal + unit.PointDecimal - c }

// separator is the last separator of a number, 0 for none.
func separator(text string) byte {
	for i := len(text) - 1; i >= 0; i-- {
		if text[i] == '.' || text[i] == ',' {
			return text[i]
		}
	}
	return 0
}

// convention decides how a number with one separator is meant: the language decides, unless the other numbers of the
// line speak against it; and where that makes a broken number of what comes in whole ones, it is the other way.
func (l *line) convention(n *numeral, kind cite.Kind, u unit.Unit) unit.Convention {
	d := &n.digits
	c := l.lang.Convention()
	if l.foreign {
		c = other(c)
	}
	if !d.Ambiguous() || d.Decimals(c) == 0 {
		return c
	}
	_, isToken := unit.LookupTicker(strings.ToUpper(string(u)))
	whole := n.scale == 0 && (kind == cite.Count && !isToken || d.EndsIn("000") && kind != cite.Percent)
	if whole {
		return other(c)
	}
	return c
}
