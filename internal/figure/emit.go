package figure

import (
	"hash/fnv"
	"strconv"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

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
	if f.Kind != cite.Count {
		f.UnitText = "" // only a counted noun is named as written
	}
	l.attach(&f, a, r.phrases, l.base, r.above)
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

const (
	wordsAround  = 3  // words before and behind a figure that enter its id
	furthestWord = 24 // tokens among which they are looked for
)

func (l *line) wordsBefore(i int) string {
	var b strings.Builder
	for n, at := 0, i-1; at >= max(0, i-furthestWord) && n < wordsAround; at-- {
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
	for n, at := 0, i+1; at < min(len(l.tokens), i+furthestWord) && n < wordsAround; at++ {
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
