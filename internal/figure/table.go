package figure

import (
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// column is what the head of a table says of the numbers below it.
type column struct {
	unit    unit.Unit
	kind    cite.Kind
	scale   unit.Scale
	ordinal bool // the numbers are ranks
}

// isCellBorder tells whether a byte stands between two cells of a row.
func isCellBorder(c rune) bool { return c == '\t' || c == '|' }

// rankHeads are the heads of columns that number their rows, in lower case.
var rankHeads = map[string]bool{"#": true, "nr": true, "nr.": true, "no": true, "no.": true, "rank": true, "rang": true, "platz": true, "pos.": true}

// columnsOf reads the head of a table.
func columnsOf(head string, lang unit.Lang) []column {
	var out []column
	for cell := range strings.SplitSeq(strings.ReplaceAll(strings.Trim(head, "| \n"), "|", "\t"), "\t") {
		out = append(out, columnOf(strings.TrimSpace(cell), lang))
	}
	return out
}

// columnOf reads one cell of a head: "Inflow ($m)", "Umsatz in Mrd. €", "Power, MW", "BTC", "Nutzer".
func columnOf(cell string, lang unit.Lang) column {
	if rankHeads[strings.ToLower(cell)] {
		return column{ordinal: true}
	}
	if open := strings.LastIndexByte(cell, '('); open >= 0 && strings.HasSuffix(cell, ")") {
		return columnUnit(cell[open+1:len(cell)-1], lang)
	}
	for _, seam := range []string{", ", " in "} {
		if at := strings.LastIndex(cell, seam); at >= 0 {
			return columnUnit(cell[at+len(seam):], lang)
		}
	}
	if u, ok := unit.LookupTicker(cell); ok {
		return column{unit: u, kind: cite.Count}
	}
	if u, ok := unit.LookupNoun(cell); ok {
		return column{unit: u, kind: cite.Count}
	}
	return column{}
}

// columnUnit reads the unit of a column, a magnitude before or behind its currency included: "$m", "Mrd. €", "MW", "in %".
func columnUnit(s string, lang unit.Lang) column {
	s = strings.TrimPrefix(strings.TrimSpace(s), "in ")
	if u, ok := unit.LookupCurrency(s); ok {
		return column{unit: u, kind: kindOf(u)}
	}
	if u, ok := unit.LookupMeasure(s); ok {
		return column{unit: u, kind: kindOf(u)}
	}
	letter := strings.IndexFunc(s, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' })
	if letter > 0 { // "$m"
		if c, ok := scaledCurrency(s[:letter], s[letter:], lang); ok {
			return c
		}
	}
	if first, last, ok := strings.Cut(s, " "); ok { // "Mrd. €", "USD bn"
		if c, ok := scaledCurrency(last, first, lang); ok {
			return c
		}
		if c, ok := scaledCurrency(first, last, lang); ok {
			return c
		}
	}
	return column{}
}

func scaledCurrency(currency, scale string, lang unit.Lang) (column, bool) {
	u, ok := unit.LookupCurrency(strings.TrimSpace(currency))
	if !ok {
		return column{}, false
	}
	scale = strings.TrimSpace(scale)
	s, ok := unit.LookupScale(scale, lang)
	if !ok {
		s, ok = unit.LookupScaleLetter(scale, true)
	}
	return column{unit: u, kind: cite.Money, scale: s}, ok
}

// opensCell tells whether token i is the first of a table cell.
func (l *line) opensCell(i int) bool {
	if i <= 0 || i >= len(l.tokens) {
		return i == 0
	}
	return strings.ContainsAny(l.text[l.tokens[i-1].end:l.tokens[i].start], "\t|") || l.isSign(i-1, "|")
}

// columnAt is the column of a number that fills its cell.
func (l *line) columnAt(first, last int) (column, bool) {
	if l.isSign(first-1, "+") && l.isGlued(first) {
		first--
	}
	if len(l.columns) == 0 || !l.opensCell(first) || last+1 < len(l.tokens) && !l.opensCell(last+1) && !l.isSign(last+1, "|") {
		return column{}, false
	}
	n := l.cellsBefore(int(l.tokens[first].start))
	if n >= len(l.columns) {
		return column{}, false
	}
	return l.columns[n], true
}

// cellsBefore counts the borders before byte at, from where it was asked last, so that a row is read once.
func (l *line) cellsBefore(at int) int {
	for ; l.counted < at; l.counted++ {
		if isCellBorder(rune(l.text[l.counted])) && l.counted > 0 {
			l.cells++
		}
	}
	return l.cells
}

// fitColumn gives a bare number that fills its cell what the head of its column says.
func (l *line) fitColumn(a *amount, c column) bool {
	if c.kind == "" || a.kind != "" || a.unit != "" || a.low.inWords || a.low.scale != 0 && c.scale != 0 {
		return false
	}
	a.kind, a.unit = c.kind, c.unit
	a.low.scale = max(a.low.scale, c.scale)
	a.inferred = append(a.inferred, "unit")
	return true
}
