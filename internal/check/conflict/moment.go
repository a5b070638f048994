package conflict

import (
	"slices"
	"strconv"
	"strings"

	"beleg/internal/cite"
)

// moment is a time as a sentence words it: a year, or a month, quarter or part of one. Figures of one moment are held
// against each other where nothing but their words says that they are about the same; so it is read from these alone.
type moment struct {
	year, month, quarter int
	part                 part
	at                   int // index of its first word
	clause               int
}

// part is where in a month or year a moment lies.
type part uint8

const (
	whole part = iota
	early
	mid
	late
)

var partWords = map[string]part{
	"anfang": early, "beginn": early, "beginning": early, "start": early, "early": early, "mitte": mid, "mid": mid, "middle": mid,
	"ende": late, "end": late, "late": late, "close": late,
}

// yearEnds are words that are the end of a year by themselves.
var yearEnds = map[string]part{"jahresende": late, "jahresanfang": early, "jahresmitte": mid, "yearend": late, "jahresschluss": late, "jahreswechsel": late, "jahresultimo": late, "jahresbeginn": early}

var quarterWords = map[string]int{"q1": 1, "q2": 2, "q3": 3, "q4": 4, "erste": 1, "ersten": 1, "erstes": 1, "first": 1, "zweite": 2, "zweiten": 2, "second": 2,
	"dritte": 3, "dritten": 3, "third": 3, "vierte": 4, "vierten": 4, "fourth": 4, "schlussquartal": 4}

// monthOf is the number of a month's name, 0 where it is none. "may" is a verb more often than not.
func monthOf(w word) int {
	switch i := slices.Index(calendar, w.lower); {
	case w.as == w.lower:
		return 0
	case i >= 0 && i < 12:
		return i + 1
	default:
		return englishMonths[w.lower]
	}
}

var englishMonths = map[string]int{"january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "october": 10, "december": 12}

// nearTime is how many words may stand between a month and its part: "Ende des Monats Januar", "end of January".
const nearTime = 2

// moments are the times that a sentence names, in its order. Months without a year are the last ones before the post.
func moments(p *phrase, c *cite.Cited) []moment {
	var found []moment
	for i := 0; i < len(p.words); i++ {
		w := p.words[i]
		m := moment{at: i, clause: w.clause}
		end := i
		switch {
		case monthOf(w) != 0:
			m.month = monthOf(w)
			m.part = max(partBefore(p, i), dayPart(p, i))
			end, m.year = yearBehind(p, i)
		case yearEnds[w.lower] != whole:
			m.part = yearEnds[w.lower]
			m.month = monthOfPart[m.part]
			end, m.year = yearBehind(p, i)
		case quarterAt(p, i) != 0:
			m.quarter = quarterAt(p, i)
			end, m.year = yearBehind(p, i)
			if end == i {
				end, m.year = yearBehind(p, i+1)
			}
		case isYear(w.lower):
			m.year = number(w.lower)
			if m.part = partBefore(p, i); m.part != whole {
				m.month = monthOfPart[m.part]
			}
			if i > 0 && isSince(p.words[i-1].lower) {
				continue
			}
		default:
			continue
		}
		if m.year == 0 {
			m.year = lastYearOf(m, c)
		}
		if m.year != 0 && !m.isDeadline(p, c) {
			found = append(found, m)
		}
		i = max(i, end)
	}
	return found
}

// untilWords stand before a time up to which something lasts.
var untilWords = strings.Fields("bis until till by through")

// isDeadline tells whether a time is one to come up to which something lasts: it is not the figure's.
func (m moment) isDeadline(p *phrase, c *cite.Cited) bool {
	if c.Published.IsZero() || m.year <= c.Published.Start().Year() {
		return false
	}
	for k := m.at - 1; k >= max(0, m.at-nearTime-1); k-- {
		if slices.Contains(untilWords, p.words[k].lower) {
			return true
		}
	}
	return false
}

// monthOfPart is the month that the start, middle or end of a year means.
var monthOfPart = map[part]int{early: 1, mid: 6, late: 12}

func partBefore(p *phrase, i int) part {
	for k := i - 1; k >= max(0, i-nearTime-1); k-- {
		if is, ok := partWords[p.words[k].lower]; ok && p.words[k].clause == p.words[i].clause {
			return is
		}
	}
	return whole
}

// Days of a month that count as its start and its end.
const (
	lastEarly = 10
	firstLate = 21
)

// dayPart is where in its month the day before or behind its name lies.
func dayPart(p *phrase, i int) part {
	for _, k := range []int{i - 1, i + 1} {
		if k < 0 || k >= len(p.words) || len(p.words[k].lower) > 2 {
			continue
		}
		switch n := number(p.words[k].lower); {
		case n == 0 || n > 31:
		case n <= lastEarly:
			return early
		case n >= firstLate:
			return late
		default:
			return mid
		}
	}
	return whole
}

// yearBehind is the year that follows a word, up to two words on, with its index; zero where there is none.
func yearBehind(p *phrase, i int) (at, year int) {
	for k := i + 1; k < min(len(p.words), i+1+nearTime); k++ {
		if w := p.words[k]; isYear(w.lower) && w.clause-p.words[min(i, len(p.words)-1)].clause <= 1 {
			return k, number(w.lower)
		}
	}
	return i, 0
}

func quarterAt(p *phrase, i int) int {
	w := p.words[i].lower
	q := quarterWords[w]
	switch {
	case q == 0, w == "schlussquartal", w[0] == 'q':
		return q
	case i+1 < len(p.words) && (p.words[i+1].lower == "quartal" || p.words[i+1].lower == "quarter"):
		return q
	}
	return 0
}

// lastYearOf is the year of a month or quarter that is named without one: the last before the post was published.
func lastYearOf(m moment, c *cite.Cited) int {
	if c.Published.IsZero() {
		return 0
	}
	day := c.Published.Start()
	month := max(m.month, m.quarter*3-2)
	if month > int(day.Month()) || m.part == late && m.month == int(day.Month()) {
		return day.Year() - 1
	}
	return day.Year()
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// same tells whether two moments can be one: a month's end and that month can.
func (m moment) same(o moment) bool {
	return m.year == o.year && m.month == o.month && m.quarter == o.quarter && (m.part == o.part || m.part == whole || o.part == whole)
}

// exactly tells whether two moments are worded alike.
func (m moment) exactly(o moment) bool { return m.same(o) && m.part == o.part }

// momentOf is the time that a sentence gives its figure: the nearest of its clause, else the only one of the sentence.
// mixed says that there are several and none is the figure's.
func momentOf(p *phrase, c *cite.Cited) (m moment, dated, mixed bool) {
	all := moments(p, c)
	best := -1
	for i := range all {
		if all[i].clause == p.clause && (best < 0 || awayFrom(p, all[i].at) < awayFrom(p, all[best].at)) {
			best = i
		}
	}
	switch {
	case best >= 0:
		return all[best], true, false
	case len(all) == 1:
		return all[0], true, false
	}
	return moment{}, false, len(all) > 1
}

// awayFrom is how far a time stands from the figure; one on the other side of an "and" stands farther.
func awayFrom(p *phrase, i int) int {
	between := p.words[min(i, p.at):max(i, p.at)]
	if slices.ContainsFunc(between, func(w word) bool { return w.lower == "and" || w.lower == "und" }) {
		return apartWords(p, i) + beyondAnd
	}
	return apartWords(p, i)
}

// beyondAnd is how many words an "and" counts for.
const beyondAnd = 4

// apartWords is how many words a word stands from the figure.
func apartWords(p *phrase, i int) int { return max(p.at-i, i-p.at+1) }
