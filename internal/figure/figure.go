// Package figure reads the figures of a text: what quantity each states, in which unit, how exactly, of when, and what
// it may be about. It knows German and English, and the text of pages whose dollar signs were taken for TeX.
//
// A text is read line by line in one pass: damage is found and undone, the line cut into tokens, dates and names set
// apart, numbers read with their magnitudes and units, and at last their context: what bounds them, which way they
// change, for which time they stand. The tables of words are in the vocabulary files and in package unit.
package figure

import (
	"hash/fnv"
	"strconv"
	"strings"
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

// longestLine is how many bytes are read as one line; longer ones are cut at a blank.
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
	title     []cite.Mention
	heading   []cite.Mention
}

func (r *reader) block(b cite.Block) {
	if b.Kind == cite.Code || b.Start >= b.End {
		return
	}
	text := r.text.Content[b.Start:b.End]
	if b.Kind == cite.Heading || b.Kind == cite.Title {
		r.heading = r.heading[:0:0]
	}
	for start := 0; start < len(text); {
		end := lineEndOf(text, start)
		r.readLine(b, b.Start+start, b.Start+end)
		start = end
	}
}

// lineEndOf is where the line that begins at byte start ends: at a line break, unless the text is merely wrapped there,
// or at the last blank before the limit.
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
	if n := strings.LastIndexByte(text[start:limit], ' '); n > longestLine/2 {
		return start + n
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
	isName := b.Kind == cite.Heading || b.Kind == cite.Title
	if len(l.damage) == 0 && !isName && !mayHoldNumbers(text) {
		return
	}
	l.lang = languageOf(text, r.lang)
	l.lexicon = known.of(l.lang)
	l.foreign = false
	l.tokenise()
	if b.Kind == cite.Byline || b.Kind == cite.Sources {
		r.noteAll(b.Kind)
		return
	}
	l.findSentences()
	l.read(&r.reading, &r.calendar)
	l.finish(&r.reading, &r.calendar, &r.relations)
	r.emit()
	if isName {
		r.nameSection(b)
	}
}

// mayHoldNumbers tells whether a line can hold a figure at all: digits, or letters enough for a number word.
func mayHoldNumbers(text string) bool { return len(text) > 3 }

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
func (r *reader) nameSection(b cite.Block) {
	l := &r.line
	scope, list := "heading", &r.heading
	if b.Kind == cite.Title {
		scope, list = "title", &r.title
	}
	*list = nil
	r.phrases = l.namePhrases(0, len(l.tokens), r.phrases[:0])
	for _, p := range r.phrases {
		if !p.metric && len(*list) < maxNouns/2 {
			*list = append(*list, l.mentionOf(p, l.base, scope))
		}
	}
}

// emit turns what the line holds into figures, damaged runs among them in text order.
func (r *reader) emit() {
	l := &r.line
	damage := l.damage
	sentence := [2]int{-1, -1}
	for i := range r.reading.amounts {
		a := &r.reading.amounts[i]
		for len(damage) > 0 && damage[0].start <= int(l.tokens[a.first].start) {
			r.emitDamage(damage[0])
			damage = damage[1:]
		}
		from, to := l.sentenceOf(a.low.first)
		if sentence != [2]int{from, to} {
			sentence = [2]int{from, to}
			r.phrases = l.namePhrases(from, to, r.phrases[:0])
		}
		r.emitFigure(a, from, to)
	}
	for _, p := range damage {
		r.emitDamage(p)
	}
	if r.opt.Explain {
		r.explain()
	}
}

func (r *reader) emitDamage(p passage) {
	l := &r.line
	f := cite.Figure{Kind: cite.Damage, At: l.base + p.start, AtEnd: l.base + p.mid}
	f.Text = l.text[p.start:p.mid]
	f.Restored = "$" + l.text[p.source:p.end]
	if !p.open {
		f.Restored += "$"
	}
	f.Sentence = [2]int{f.At, l.base + p.end}
	if r.opt.Explain {
		f.Why = "text typeset as TeX, followed by its source"
	}
	f.ID = r.id("damage", f.Restored, "", "")
	r.add(f)
}

func (r *reader) emitFigure(a *amount, from, to int) {
	l := &r.line
	f := cite.Figure{
		Kind: a.kind, Unit: a.unit, UnitText: a.unitText, Qualifier: a.qualifier, Nearly: a.nearly, Change: a.change, Per: a.per,
		Period: a.period, Forecast: a.forecast, Inferred: unique(a.inferred),
	}
	if f.Kind == "" {
		f.Kind = cite.Other
	}
	l.setValue(&f, a)
	if a.relation > 0 {
		f.Relation = "r" + strconv.Itoa(a.relation)
	}
	start, end := int(l.tokens[a.first].start), int(l.tokens[a.last].end)
	f.At, f.AtEnd, f.Text = l.base+start, l.base+end, l.text[start:end]
	f.Sentence = [2]int{l.base + int(l.tokens[from].start), l.base + int(l.tokens[to-1].end)}
	if f.Kind != cite.Count || a.noun < 0 {
		if f.Kind != cite.Count {
			f.UnitText = ""
		}
	}
	l.attach(&f, a, r.phrases, l.base, append(r.heading, r.title...))
	if r.opt.Explain {
		f.Why = l.why(a)
	}
	f.ID = r.id(string(f.Kind), quantityKey(&f), l.wordsBefore(a.first), l.wordsBehind(a.last))
	r.add(f)
}

// setValue works the quantity out.
func (l *line) setValue(f *cite.Figure, a *amount) {
	if !a.fixed.IsZero() {
		f.Value, f.Precision = a.fixed, a.step
		return
	}
	c := l.convention(&a.low, a.kind, a.unit)
	low, step := a.low.value(c), a.low.step(c)
	if a.high != nil {
		d := l.convention(a.high, a.kind, a.unit)
		high := a.high.value(d)
		if s := a.high.step(d); s.Cmp(step) < 0 { // both ends are written to the finer step: "50–85 %"
			step = s
		}
		f.Low, f.High, f.Precision = low, high, step
	} else {
		f.Value, f.Precision = low, step
	}
	if a.kind == cite.Other && a.ratio != nil && a.unit == "ratio" && a.ratio.small() > 0 {
		f.Value = low.Quo(unit.NewDecimal(int64(a.ratio.small()), 0))
	}
	if !a.factor.IsZero() {
		f.Value, f.Low, f.High, f.Precision = f.Value.Mul(a.factor), f.Low.Mul(a.factor), f.High.Mul(a.factor), f.Precision.Mul(a.factor)
	}
}

// add places a figure in the file and in the reading.
func (r *reader) add(f cite.Figure) {
	f.Start, f.End = r.text.Source(f.At, f.AtEnd)
	r.out.Figures = append(r.out.Figures, f)
}

func (r *reader) noFigure(start, end int, why string) {
	l := &r.line
	from, to := r.text.Source(l.base+start, l.base+end)
	r.out.NotFigures = append(r.out.NotFigures, cite.NoFigure{Start: from, End: to, Text: l.text[start:end], Why: why})
}

// explain lists the numbers that are no figures, in text order.
func (r *reader) explain() {
	l := &r.line
	mentions, nothings := r.reading.mentions, r.reading.nothings
	for len(mentions) > 0 || len(nothings) > 0 {
		if len(nothings) == 0 || len(mentions) > 0 && mentions[0].first < nothings[0].first {
			m := mentions[0]
			mentions = mentions[1:]
			if strings.ContainsAny(l.span(m.first, m.last), "0123456789") {
				r.noFigure(int(l.tokens[m.first].start), int(l.tokens[m.last].end), m.why)
			}
			continue
		}
		n := nothings[0]
		nothings = nothings[1:]
		r.noFigure(int(l.tokens[n.first].start), int(l.tokens[n.last].end), n.why)
	}
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

func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if len(out) == 0 || out[len(out)-1] != s && out[0] != s {
			out = append(out, s)
		}
	}
	return out
}

// id is a stable name for a figure: of its post, its quantity, the words around it and how often all that occurred
// before, never of where it stands.
func (r *reader) id(kind, quantity, before, behind string) string {
	h := fnv.New64a()
	for _, s := range []string{r.opt.Post, kind, quantity, before, behind} {
		_, _ = h.Write([]byte(s))
		_, _ = h.Write([]byte{0})
	}
	sum := h.Sum64()
	n := r.seen[sum]
	r.seen[sum]++
	if n > 0 {
		_, _ = h.Write([]byte(strconv.Itoa(n)))
		sum = h.Sum64()
	}
	const letters = 13 // of a 64-bit number in base 32
	id := strconv.FormatUint(sum, 32)
	return "f" + strings.Repeat("0", letters-len(id)) + id
}

func quantityKey(f *cite.Figure) string {
	low, high := f.Ends()
	return low.String() + ".." + high.String() + " " + string(f.Unit)
}

// wordsAround is how many words before and behind a figure enter its id.
const wordsAround = 3

func (l *line) wordsBefore(i int) string {
	var b strings.Builder
	for n, at := 0, i-1; at >= 0 && n < wordsAround; at-- {
		if l.isKind(at, word) {
			b.WriteString(strings.ToLower(l.of(at)))
			b.WriteByte(' ')
			n++
		}
	}
	return b.String()
}

func (l *line) wordsBehind(i int) string {
	var b strings.Builder
	for n, at := 0, i+1; at < len(l.tokens) && n < wordsAround; at++ {
		if l.isKind(at, word) {
			b.WriteString(strings.ToLower(l.of(at)))
			b.WriteByte(' ')
			n++
		}
	}
	return b.String()
}

// why says by what an amount was read.
func (l *line) why(a *amount) string {
	parts := []string{a.why}
	if a.high != nil {
		parts[0] = "range"
	}
	if a.low.scale != 0 {
		parts = append(parts, "magnitude")
	}
	if a.unit != "" {
		parts = append(parts, "unit "+string(a.unit))
	}
	if a.qualifier != "" {
		parts = append(parts, "bounded: "+string(a.qualifier))
	}
	if a.change != "" {
		parts = append(parts, "change: "+string(a.change))
	}
	if a.forecast {
		parts = append(parts, "forecast")
	}
	return strings.Join(parts, ", ")
}
