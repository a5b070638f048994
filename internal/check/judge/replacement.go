package judge

import (
	"math"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"beleg/internal/cite"
	"beleg/internal/figure"
	"beleg/internal/market"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// suggest writes a value in the style of the figure, with its source and day, to be put in the figure's place: "270
// Milliarden" becomes "rund 306 Milliarden (DefiLlama, 10. Februar 2026)". It is nil where the figure is part of a
// compound or written in words, so that a value cannot simply take its place.
func (v *judgement) suggest(d *rule.Document, c *cite.Cited, o market.Observation) *cite.Suggestion {
	f := &c.Figure
	p := siteOf(d.Lay().Content, f)
	value := o.Value * v.factor(f)
	if p.glued() || f.IsRange() && p.opened() || value <= 0 {
		return nil
	}
	lang := textLang(d.Post, f)
	old := originalOf(d.Post, f)
	number, ok := rewrite(old.figure, f, lang, value)
	if !ok {
		return nil
	}
	hedge, receipt := p.hedge(f, lang), p.receipt(v.source.Name+", "+writePeriod(o.Period, lang))
	if !readsAs(hedge+number+old.noun, f, lang, value) {
		return nil
	}
	return &cite.Suggestion{Start: old.start, End: old.end, Text: hedge + old.escape + number + old.noun + receipt}
}

// factor turns a value of the series into the figure's unit. A token is worth one unit of what it is pegged to.
func (v *judgement) factor(f *cite.Figure) float64 {
	if k := unit.Convert(unit.NewDecimal(1, 0), v.series.Unit, f.Unit); !k.IsZero() {
		return k.Float64()
	}
	return 1
}

// original is the place of the file that a suggestion takes: a figure with the escape before it and the noun that it counts.
type original struct {
	start, end           int
	escape, figure, noun string
}

// originalOf is the figure as the file has it, which keeps the file's own marks, else as it reads.
func originalOf(p *cite.Post, f *cite.Figure) original {
	o := original{start: f.Start, end: f.End, figure: f.Text}
	if raw, ok := plainRaw(p, f.Start, f.End); ok {
		o.figure = raw
	}
	if escape, ok := plainRaw(p, f.Start-1, f.Start); ok && escape == `\` {
		o.start, o.escape = f.Start-1, escape
	}
	if noun := " " + f.UnitText; f.UnitText != "" && strings.HasPrefix(p.Text.Content[f.AtEnd:], noun) && !letterAt(p.Text.Content, f.AtEnd+len(noun)) {
		_, end := p.Text.Source(f.AtEnd, f.AtEnd+len(noun))
		if raw, ok := plainRaw(p, f.End, end); ok {
			o.end, o.noun = end, raw
		}
	}
	return o
}

// plainRaw is a stretch of the file, false where it is not there or holds markup.
func plainRaw(p *cite.Post, start, end int) (string, bool) {
	if start < 0 || start >= end || end > len(p.Raw) {
		return "", false
	}
	raw := string(p.Raw[start:end])
	return raw, utf8.ValidString(raw) && !strings.ContainsAny(raw, "\n&<>")
}

// textLang is the language of the block that a figure stands in.
func textLang(p *cite.Post, f *cite.Figure) unit.Lang {
	if i := p.Text.BlockAt(f.At); i >= 0 && p.Text.Blocks[i].Lang != "" {
		return p.Text.Blocks[i].Lang
	}
	return p.Lang
}

// site is a figure's surroundings: its sentence before it, and what follows it directly.
type site struct {
	before string // lower case
	next   string
	opens  bool // the figure begins its sentence
}

func siteOf(content string, f *cite.Figure) site {
	from := min(max(f.Sentence[0], f.At-readBefore, 0), f.At)
	before := strings.ToLower(content[from:f.At])
	return site{before: before, next: content[f.AtEnd:], opens: strings.TrimSpace(before) == ""}
}

// glued tells whether a figure is part of a word: "ein 270-Milliarden-Markt".
func (p site) glued() bool {
	first, _ := utf8.DecodeRuneInString(p.next)
	last, _ := utf8.DecodeLastRuneInString(p.before)
	return strings.ContainsRune("-‑", first) || unicode.IsLetter(first) || strings.ContainsRune("-‑", last) || unicode.IsLetter(last)
}

// opened tells whether a word before a range belongs to it: "zwischen 130 und 140".
func (p site) opened() bool { return lastWordIn(p.before, "zwischen", "between", "from", "von") }

// hedge is the word for a rounded number, where the text has none yet and can take one.
func (p site) hedge(f *cite.Figure, lang unit.Lang) string {
	if f.Qualifier != "" && !f.IsRange() || f.Qualifier == cite.About || lastWordIn(p.before, "a", "an", "the", "ein", "eine", "einen", "einem", "einer", "eines") {
		return ""
	}
	word := rule.Say{DE: "rund ", EN: "about "}.In(lang)
	if p.opens {
		word = strings.ToUpper(word[:1]) + word[1:]
	}
	return word
}

// receipt puts source and day behind a number, in brackets unless the number stands in some.
func (p site) receipt(text string) string {
	if strings.Count(p.before, "(") > strings.Count(p.before, ")") {
		return ", " + text
	}
	return " (" + text + ")"
}

// lastWordIn tells whether a text ends in one of the words.
func lastWordIn(text string, words ...string) bool {
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return false
	}
	for _, w := range words {
		if fields[len(fields)-1] == w {
			return true
		}
	}
	return false
}

// digitRun is a number in digits with its separators.
var digitRun = regexp.MustCompile(`\d(?:[\d.,'’]*\d)?(?:[ \x{a0}\x{2009}\x{202f}]\d{3}\b)*`)

// rewrite puts a value into a figure's text: in its magnitude, with its separators and at least its precision. False
// where the figure is not written in digits, or its magnitude cannot be exchanged.
func rewrite(text string, f *cite.Figure, lang unit.Lang, value float64) (string, bool) {
	spots := digitRun.FindAllStringIndex(text, -1)
	ends := 1
	if f.IsRange() {
		ends = 2
	}
	if len(spots) != ends {
		return "", false
	}
	from, to := spots[0][0], spots[len(spots)-1][1]
	_, stated := f.Ends()
	n, ok := readNumeral(text[spots[len(spots)-1][0]:to], stated, lang)
	tail := text[to:]
	if !ok || strings.HasPrefix(tail, "-") {
		return "", false
	}
	shown := value / math.Pow10(n.scale)
	if n.scale > 0 && (shown < 1 || shown >= 1e4) || n.scale == 0 && shown < 1 && value < stated.Float64()/100 {
		shown, tail, ok = n.rescale(tail, value)
		if !ok {
			return "", false
		}
	}
	number, one := n.write(shown, f)
	return text[:from] + number + inNumber(tail, one), true
}

// digitsWritten is how a number is written: its separators, the digits after the point, and what power of ten the words
// behind it multiply it with.
type digitsWritten struct {
	unit.Digits
	convention unit.Convention
	group      string // what sets thousands apart, "" for nothing
	scale      int
}

const mostScale = 21

// readNumeral reads a number whose value with its magnitude is known.
func readNumeral(text string, stated unit.Decimal, lang unit.Lang) (digitsWritten, bool) {
	d, ok := unit.ReadDigits(text)
	if !ok {
		return digitsWritten{}, false
	}
	own := lang.Convention()
	for _, c := range []unit.Convention{own, unit.CommaDecimal + unit.PointDecimal - own} {
		for scale := range mostScale {
			if d.Value(c, unit.Scale(scale)).Equal(stated.Abs()) {
				return digitsWritten{Digits: d, convention: c, group: groupIn(text, d, c), scale: scale}, true
			}
		}
	}
	return digitsWritten{}, false
}

// groupIn is what sets thousands apart in a number: as it is written, else as its language has it where it is too short to tell.
func groupIn(text string, d unit.Digits, c unit.Convention) string {
	for _, r := range text {
		if strings.ContainsRune("'’ \u00a0\u2009\u202f", r) {
			return string(r)
		}
	}
	const short = 4
	switch {
	case !d.Grouped() && d.Len()-d.Decimals(c) >= short:
		return ""
	case c == unit.CommaDecimal:
		return "."
	}
	return ","
}

// Significant digits of a rewritten number: at least, and where the written one ends in zeros or the new one is rounded
// to one side.
const (
	leastDigits = 2
	roundDigits = 3
)

// write writes a number to the digits after the point that were written, or to those that its size takes, rounded to
// the side that keeps the figure's qualifier true. one tells that it is exactly 1.
func (n digitsWritten) write(value float64, f *cite.Figure) (text string, one bool) {
	round, least := math.Round, leastDigits
	switch {
	case f.Qualifier == cite.Over, f.Qualifier == cite.AtLeast:
		round, least = math.Floor, roundDigits
	case f.Qualifier == cite.Under, f.Qualifier == cite.UpTo, f.Nearly:
		round, least = math.Ceil, roundDigits
	}
	size := int(math.Floor(math.Log10(value)))
	exp := min(-n.Decimals(n.convention), size-least+1)
	if precision := f.Precision.Float64() / math.Pow10(n.scale); precision > 0 {
		exp = max(exp, min(int(math.Floor(math.Log10(precision))), size-roundDigits+1))
	}
	v := unit.NewDecimal(int64(round(value*math.Pow10(-exp))), int32(exp))
	return n.format(v, max(-exp, 0)), v.Equal(unit.NewDecimal(1, 0))
}

// format writes a number with the separators of the written one and so many digits after the point.
func (n digitsWritten) format(v unit.Decimal, decimals int) string {
	whole, frac, _ := strings.Cut(v.String(), ".")
	var b strings.Builder
	for i, c := range []byte(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(n.group)
		}
		b.WriteByte(c)
	}
	if decimals > 0 {
		point := "."
		if n.convention == unit.CommaDecimal {
			point = ","
		}
		b.WriteString(point + frac + strings.Repeat("0", max(decimals-len(frac), 0)))
	}
	return b.String()
}

// scaleStyles are ways of writing magnitudes: a thousand, a million, 10⁹ and 10¹², "" where the style has no word.
var scaleStyles = [][4]string{
	{"Tausend", "Millionen", "Milliarden", "Billionen"},
	{"Tausend", "Million", "Milliarde", "Billion"},
	{"Tsd.", "Mio.", "Mrd.", "Bio."},
	{"Tsd", "Mio", "Mrd", "Bio"},
	{"thousand", "million", "billion", "trillion"},
	{"k", "m", "bn", "tn"},
	{"K", "M", "B", "T"},
	{"k", "m", "b", "t"},
}

// singular are the words that a number other than 1 does not take.
var singular = map[string]string{"Million": "Millionen", "Milliarde": "Milliarden", "Billion": "Billionen"}

// rescale exchanges the word for a magnitude in the text behind a number, for one that suits the value.
func (n *digitsWritten) rescale(tail string, value float64) (shown float64, changed string, ok bool) {
	want := min(int(math.Floor(math.Log10(value)))/3*3, 12)
	if n.scale%3 != 0 || n.scale < 3 || n.scale > 12 || want < 3 {
		return 0, "", false
	}
	for _, style := range scaleStyles {
		word := style[n.scale/3-1]
		at, ok := wordIn(tail, word)
		if !ok || style[want/3-1] == "" {
			continue
		}
		n.scale = want
		return value / math.Pow10(want), tail[:at] + style[want/3-1] + tail[at+len(word):], true
	}
	return 0, "", false
}

// wordIn is where a word stands in a text as a word of its own; a blank or nothing stands before it.
func wordIn(text, word string) (int, bool) {
	i := strings.Index(text, word)
	if i < 0 || letterAt(text, i+len(word)) || strings.TrimLeft(text[:i], " \u00a0\u202f") != "" {
		return 0, false
	}
	return i, true
}

// inNumber puts the word behind a number into the singular or plural that it takes.
func inNumber(tail string, one bool) string {
	for s, many := range singular {
		old, want := s, many
		if one {
			old, want = many, s
		}
		if at, ok := wordIn(tail, old); ok {
			return tail[:at] + want + tail[at+len(old):]
		}
	}
	return tail
}

// readsAs tells whether a text reads back as the value, within the rounding of its digits.
func readsAs(text string, f *cite.Figure, lang unit.Lang, value float64) bool {
	t := cite.PlainText(text, lang)
	got := figure.Read(&t, figure.Options{}).Figures
	if len(got) != 1 || got[0].IsRange() || got[0].Unit.IsCurrency() && got[0].Unit != f.Unit {
		return false
	}
	const oneSided = 2 // a number rounded to one side lies up to a whole step from the value
	step := got[0].Precision.Float64()
	w := rule.Interval{Low: got[0].Value.Float64() - step/2*oneSided, High: got[0].Value.Float64() + step/2*oneSided}
	return w.Holds(value)
}
