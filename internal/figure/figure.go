// Package figure reads the figures of a text: what quantity each states, in which unit, how exactly, of when, and what
// it may be about. It knows German and English, and the text of pages whose dollar signs were taken for TeX.
//
// A text is read line by line in one pass: damage is found and undone, the line cut into tokens, dates and names set
// apart, numbers read with their magnitudes and units, and at last their context: what bounds them, which way they
// change, for which time they stand. The tables of words are in the vocabulary files and in package unit.
package figure

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// Options say what is known of a text beside its words.
type Options struct {
	Post      string        // the post's identity; it enters the figures' ids
	Published market.Period // when the text appeared, for "im Dezember" and forecasts; zero where that is not known
	Explain   bool          // fill Figure.Why and Reading.NotFigures
}

// Reading is what a text states.
type Reading struct {
	Figures    []cite.Figure   // in text order, damaged runs included
	NotFigures []cite.NoFigure // the numbers that are no figures, in text order; only with Options.Explain
}

// longestLine is how many bytes are read as one line; longer ones are cut, between sentences if there are any.
const longestLine = 1 << 14

// Read finds the figures of a text. The language of each passage is its own where that shows, else the text's.
func Read(t *cite.Text, opt Options) Reading {
	r := reader{text: t, opt: opt, calendar: calendar{published: opt.Published}, seen: map[uint64]int{}}
	r.lang = t.Lang
	if r.lang == "" {
		r.lang = languageOf(t.Content[:min(len(t.Content), sampleBytes)], "")
	}
	for _, b := range t.Blocks {
		r.block(b)
	}
	r.settleCurrency()
	r.settleForecasts()
	return r.out
}

// reader reads one text. Its buffers serve every line.
type reader struct {
	text      *cite.Text
	opt       Options
	lang      unit.Lang
	out       Reading
	damage    damageFinder
	line      line
	reading   reading
	phrases   []phrase
	calendar  calendar
	relations int
	seen      map[uint64]int // how often an id's content occurred
	columns   []column       // of the table that is being read
	inTable   bool
	title     []cite.Mention
	above     []cite.Mention // the nouns of the heading that the line stands under, and of the title
}

func (r *reader) block(b cite.Block) {
	if b.Kind == cite.Code || b.Start >= b.End {
		return
	}
	text := r.text.Content[b.Start:b.End]
	for start := 0; start < len(text); {
		end := lineEndOf(text, start)
		r.readLine(b, b.Start+start, b.Start+end)
		start = end
	}
}

// lineEndOf is where the line that begins at byte start ends: at a line break, unless the text is merely wrapped there,
// or at the last sentence or blank before the limit.
func lineEndOf(text string, start int) int {
	limit := min(len(text), start+longestLine)
	for at := start; ; {
		n := strings.IndexByte(text[at:limit], '\n')
		if n < 0 {
			break
		}
		at += n + 1
		if !isWrapped(text[start:at-1], text[at:limit]) {
			return at
		}
	}
	if limit == len(text) {
		return limit
	}
	for _, seam := range []string{". ", " "} {
		if n := strings.LastIndex(text[start:limit], seam); n > longestLine/2 {
			return start + n + len(seam)
		}
	}
	for limit > start+1 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return limit
}

// shortestWrapped is the least length in bytes of a line that may go on in the next.
const shortestWrapped = 50

// isWrapped tells whether a line break stands in the middle of a sentence.
func isWrapped(before, behind string) bool {
	before = before[strings.LastIndexByte(before, '\n')+1:]
	if len(before) < shortestWrapped || behind == "" || strings.ContainsAny(before[len(before)-1:], ".!?:;|") {
		return false
	}
	c, _ := utf8.DecodeRuneInString(behind)
	if c >= '0' && c <= '9' {
		rest := strings.TrimLeft(behind, "0123456789")
		return rest != "" && !strings.ContainsAny(rest[:1], ".):/")
	}
	return c >= 'a' && c <= 'z' || c == 'ä' || c == 'ö' || c == 'ü' || c == '$' || c == '€'
}

// readLine reads bytes start to end of Content.
func (r *reader) readLine(b cite.Block, start, end int) {
	text := r.text.Content[start:end]
	l := &r.line
	l.text, l.base = text, start
	l.damage = r.damage.find(text)
	l.lang = languageOf(text, r.lang)
	l.lexicon = known.of(l.lang)
	l.foreign = false
	l.tokenise()
	if b.Kind == cite.Byline || b.Kind == cite.Sources {
		r.noteAll(b.Kind)
		return
	}
	r.placeInTable(b.Kind)
	l.findSentences()
	l.read(&r.reading, &r.calendar)
	l.finish(&r.reading, &r.calendar, &r.relations)
	r.emit()
	if b.Kind == cite.Heading || b.Kind == cite.Title {
		r.nameSection(b.Kind)
	}
}

// placeInTable gives a row the columns of its table. The first row of a table is its head.
func (r *reader) placeInTable(kind cite.BlockKind) {
	l := &r.line
	l.columns, l.cells, l.counted = nil, 0, 0
	switch {
	case kind != cite.TableRow:
		r.columns, r.inTable = nil, false
	case !r.inTable:
		r.columns, r.inTable = columnsOf(l.text, l.lang), true
	default:
		l.columns = r.columns
	}
}

// noteAll explains every number of a byline or list of sources away.
func (r *reader) noteAll(kind cite.BlockKind) {
	if !r.opt.Explain {
		return
	}
	for _, t := range r.line.tokens {
		if t.kind == number {
			r.noFigure(int(t.start), int(t.end), string(kind))
		}
	}
}

// nameSection keeps the nouns of a heading or title for the figures below it.
func (r *reader) nameSection(kind cite.BlockKind) {
	l := &r.line
	var names []cite.Mention
	r.phrases = l.namePhrases(0, len(l.tokens), r.phrases[:0])
	for _, p := range r.phrases {
		if !p.metric && len(names) < maxNouns/2 {
			names = append(names, l.mentionOf(p, l.base, string(kind)))
		}
	}
	if kind == cite.Title {
		r.title, names = names, nil
	}
	r.above = slices.Concat(names, r.title)
}

// settleForecasts marks what lies clearly beyond the text's own dates as foreseen, where its publication is not known:
// a text that speaks of January 2026 foresees what it says of 2030.
func (r *reader) settleForecasts() {
	if !r.opt.Published.IsZero() {
		return
	}
	latest := 0
	for i := range r.out.Figures {
		f := &r.out.Figures[i]
		if !f.Forecast && !f.Period.IsZero() && f.Period.Granularity() != market.Year && !isYearEnd(f.Period) {
			latest = max(latest, f.Period.Start().Year())
		}
	}
	const clear = 1 // years beyond the latest date that may still be past
	for i := range r.out.Figures {
		f := &r.out.Figures[i]
		if latest > 0 && !f.Period.IsZero() && f.Period.Start().Year() > latest+clear && f.Kind != cite.Duration && f.Change != cite.From {
			f.Forecast = true
		}
	}
}

// isYearEnd tells whether a period is the last day of a year, which is more often due than past.
func isYearEnd(p market.Period) bool {
	start := p.Start()
	return p.Granularity() == market.Day && start.Month() == time.December && start.Day() == 31
}

// settleCurrency gives the sums that only their subject says are money the currency of the text, where it has one.
func (r *reader) settleCurrency() {
	counts := map[unit.Unit]int{}
	total := 0
	for i := range r.out.Figures {
		if f := &r.out.Figures[i]; f.Kind == cite.Money && f.Unit != "" {
			counts[f.Unit]++
			total++
		}
	}
	best := unit.Unit("")
	for u, n := range counts {
		if n > counts[best] || n == counts[best] && u < best {
			best = u
		}
	}
	const clear = 2 // a currency speaks for the text where it has more than one in two of its sums
	for i := range r.out.Figures {
		f := &r.out.Figures[i]
		if f.Kind != cite.Money || f.Unit != "" {
			continue
		}
		if clear*counts[best] > total {
			f.Unit = best
			f.Inferred = unique(append(f.Inferred, "unit"))
		}
	}
}
