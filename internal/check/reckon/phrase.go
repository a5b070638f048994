package reckon

import (
	"bytes"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// A quantity is a number of a phrase: a figure, or a number in digits that is no figure by itself, as the first and the
// second of "40 and 25 of 90 billion".
type quantity struct {
	figure *cite.Figure
	cited  *cite.Cited // nil where it is no figure
	scale  float64     // what its digits are multiplied by: 10⁹ for "19,2 Mrd."; 0 where it is written in words
	step   float64     // one step of its last digit, zeros included, scale included
	from   int         // bytes from to to of the phrase are its place
	to     int

	known known
}

// known is what was read of the words around a quantity, each once.
type known struct {
	span, price, cue bool
	per              cite.Per
	item             string
	isPrice          bool
	tells            cue
}

// A phrase is a sentence with its quantities taken out, so that what it says can be told from its words: lower case,
// single blanks, qualifiers left out (figures have them), and for the n-th quantity a letter for its kind with n in
// braces: "firmen zahlten {m0} ({p1} der gesamtsumme)".
type phrase struct {
	Text       string
	quantities []quantity
	block      int
	section    int
	lang       unit.Lang
}

// kindLetters stand for the kinds of quantities in phrases; b is a bare number.
var kindLetters = map[cite.Kind]byte{cite.Money: 'm', cite.Percent: 'p', cite.Count: 'n', cite.Multiple: 'x', cite.Duration: 'd', cite.Energy: 'e', cite.Rate: 'r', cite.Other: 'n'}

func letterOf(f *cite.Figure) byte {
	if f.Kind == cite.Percent && f.Unit != unit.Percent {
		return 'y' // points and basis points are no shares
	}
	if l, ok := kindLetters[f.Kind]; ok {
		return l
	}
	return 'n'
}

// phrasesOf splits a document into phrases, those that hold a figure.
func phrasesOf(d *rule.Document) []phrase {
	l := d.Lay()
	var phrases []phrase
	for i := 0; i < len(l.Spots); {
		j := i + 1
		for j < len(l.Spots) && rule.SameSentence(&l.Spots[i], &l.Spots[j]) {
			j++
		}
		phrases = append(phrases, newPhrase(l, l.Spots[i:j], langAt(d, l.Spots[i].Block)))
		i = j
	}
	return phrases
}

// langAt is the language of a block.
func langAt(d *rule.Document, block int) unit.Lang {
	if t := &d.Post.Text; block >= 0 && t.Blocks[block].Lang != "" {
		return t.Blocks[block].Lang
	}
	return d.Post.Lang
}

func newPhrase(l *rule.Layout, spots []rule.Spot, lang unit.Lang) phrase {
	p := phrase{block: spots[0].Block, section: spots[0].Section, lang: lang}
	w := phraseWriter{phrase: &p}
	at := spots[0].Figure.Sentence[0]
	for i := range spots {
		s := &spots[i]
		w.words(l.Text(at, s.Figure.At))
		w.quantity(figureQuantity(s.Cited, lang), letterOf(&s.Figure))
		at = s.Figure.AtEnd
	}
	w.words(l.Text(at, spots[0].Figure.Sentence[1]))
	if len(p.quantities) > mostQuantities {
		p.quantities = nil
		return p
	}
	p.Text = string(w.b)
	return p
}

// mostQuantities is how many quantities a phrase may have; what has more is a table that lost its rows, and is left alone.
const mostQuantities = 60

type phraseWriter struct {
	*phrase
	b []byte
}

// leftOut are the words that stand before quantities and say no more than their qualifiers do, longest first.
var leftOut = []string{
	"nicht weniger als", "gerade einmal", "mehr als", "weniger als", "more than", "less than", "fewer than", "no less than", "at least", "close to", "bis zu", "up to", "approximately", "geschätzten", "geschätzte", "mindestens",
	"annähernd", "ungefähr", "nahezu", "about", "around", "roughly", "some", "nearly", "almost", "over", "etwa", "rund", "circa", "ca.", "knapp", "fast", "über", "gut", "unter", "under", "sogar", "well over", "deutlich", "estimated", "an estimated",
	"~", "≈", "∼", ">", "<",
}

func (w *phraseWriter) quantity(q quantity, letter byte) {
	w.b = bytes.TrimRight(w.b, " ")
	for n := -1; n != len(w.b); {
		n = len(w.b)
		for _, word := range leftOut {
			if rest, ok := bytes.CutSuffix(w.b, []byte(word)); ok && endsWord(rest, word) {
				w.b = bytes.TrimRight(rest, " ")
				if word == "up to" && comesUpTo.Match(w.b) {
					q = q.unqualified()
				}
				break
			}
		}
	}
	if len(w.b) > 0 && w.b[len(w.b)-1] != '(' {
		w.b = append(w.b, ' ')
	}
	q.from = len(w.b)
	w.b = append(w.b, '{', letter)
	w.b = strconv.AppendInt(w.b, int64(len(w.quantities)), 10)
	w.b = append(w.b, '}')
	q.to = len(w.b)
	w.quantities = append(w.quantities, q)
}

// comesUpTo ends in a verb whose "up to" is no upper bound: "it adds up to 5 million".
var comesUpTo = regexp.MustCompile(`\b(?:adds?|adding|added|sums?|summing|scal\w+|works?|comes?|came)$`)

// unqualified is the quantity without its qualifier.
func (q quantity) unqualified() quantity {
	f := *q.figure
	f.Qualifier = ""
	q.figure = &f
	return q
}

// asLevel is the quantity as an amount by itself, no change.
func (q *quantity) asLevel() *quantity {
	f, r := *q.figure, *q
	f.Change = ""
	r.figure = &f
	return &r
}

// endsWord tells whether a word cut off behind rest was a whole one.
func endsWord(rest []byte, word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	last, _ := utf8.DecodeLastRune(rest)
	return !unicode.IsLetter(first) || len(rest) == 0 || !unicode.IsLetter(last) && !unicode.IsDigit(last) && last != '-' && last != '}'
}

// words writes the text between two figures; numbers in it become quantities of their own.
func (w *phraseWriter) words(s string) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r >= '0' && r <= '9' && w.beginsNumber():
			n = w.number(s[i:])
		case r == '\t':
			w.b = append(w.b, " | "...)
		case unicode.IsSpace(r):
			w.blank()
		case r == '—' || r == '−' || r == '-' && w.endsBlank() && i+1 < len(s) && s[i+1] == ' ':
			w.b = append(w.b, "–"...)
		case strings.ContainsRune(`"„“”‚‘’»«{}`, r): // braces are the places of quantities
		default:
			w.b = utf8.AppendRune(w.b, r)
		}
		i += n
	}
}

func (w *phraseWriter) blank() {
	if len(w.b) > 0 && !w.endsBlank() {
		w.b = append(w.b, ' ')
	}
}

func (w *phraseWriter) endsBlank() bool { return len(w.b) > 0 && w.b[len(w.b)-1] == ' ' }

// beginsNumber tells whether a digit at this place begins a number and no name ("H100", "GPT-4").
func (w *phraseWriter) beginsNumber() bool {
	r, _ := utf8.DecodeLastRune(w.b)
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '.' && r != '#' && r != '/'
}

// number takes the number that s begins with and gives its length. Years stay words unless they are computed with.
func (w *phraseWriter) number(s string) int {
	n := 0
	for n < len(s) && unit.IsNumberByte(s[n]) {
		n++
	}
	digits := strings.TrimRight(s[:n], ".,'")
	d, ok := unit.ReadDigits(digits)
	next, _ := utf8.DecodeRuneInString(s[len(digits):])
	year := d.Int()
	isYear := year >= firstYear && year <= lastYear && !w.endsInSign() && !beginsWithSign(s[len(digits):])
	if !ok || unicode.IsLetter(next) && next != 'x' || isYear {
		w.b = append(w.b, digits...)
		return len(digits)
	}
	c := w.lang.Convention()
	f := &cite.Figure{Text: digits, Kind: cite.Other, Value: d.Value(c, 0), Precision: d.Step(c, 0)}
	w.quantity(quantity{figure: f, scale: 1, step: math.Pow10(-d.Decimals(c))}, 'b')
	return len(digits)
}

// calculating are the signs of arithmetic.
const calculating = "×*·÷+="

func (w *phraseWriter) endsInSign() bool {
	r, _ := utf8.DecodeLastRune(bytes.TrimRight(w.b, " "))
	return r != utf8.RuneError && strings.ContainsRune(calculating, r)
}

func beginsWithSign(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \u00a0"))
	return r != utf8.RuneError && strings.ContainsRune(calculating, r)
}

// Numbers of four digits between these are years.
const (
	firstYear = 1900
	lastYear  = 2100
)

// figureQuantity is a figure as a quantity; its scale is told from its digits and its value.
func figureQuantity(c *cite.Cited, lang unit.Lang) quantity {
	f := &c.Figure
	q := quantity{figure: f, cited: c}
	value, _ := f.Ends()
	from := strings.IndexAny(f.Text, "0123456789")
	if from < 0 {
		return q
	}
	n := from
	for n < len(f.Text) && (unit.IsNumberByte(f.Text[n]) || unit.GroupingBlank(f.Text[n:]) > 0) {
		n += max(1, unit.GroupingBlank(f.Text[n:]))
	}
	d, ok := unit.ReadDigits(strings.TrimRight(f.Text[from:n], ".,' "))
	if !ok {
		return q
	}
	for _, c := range []unit.Convention{lang.Convention(), unit.CommaDecimal, unit.PointDecimal} {
		digits := d.Value(c, 0).Float64()
		if digits == 0 {
			continue
		}
		ratio := math.Abs(value.Float64()) / digits
		if power := math.Round(math.Log10(ratio)); math.Abs(ratio/math.Pow10(int(power))-1) < 1e-9 {
			q.scale = math.Pow10(int(power))
			q.step = q.scale * math.Pow10(-d.Decimals(c))
			return q
		}
	}
	return q
}

// value is what the quantity states; the middle of a range.
func (q *quantity) value() float64 {
	low, high := q.figure.Ends()
	return (low.Float64() + high.Float64()) / 2
}

// isFraction tells whether it is a share in words: "two thirds", "die Hälfte". Those are coarse.
func (q *quantity) isFraction() bool { return q.figure.Kind == cite.Percent && q.scale == 0 }

// isShare tells whether it states a share of something and no change.
func (q *quantity) isShare() bool {
	f := q.figure
	return f.Kind == cite.Percent && f.Unit == unit.Percent && (f.Change == "" || f.Change == cite.To || f.Change == cite.From) && f.Per != cite.Compound
}

// isLevel tells whether it states an amount and no change.
func (q *quantity) isLevel() bool {
	switch q.figure.Change {
	case cite.By, cite.Growth, cite.Decline:
		return false
	}
	return true
}

// scaled is the quantity with the scale of another one, as the first of "226 of the 390 billion" has.
func (q *quantity) scaled(by float64) quantity {
	f := *q.figure
	k := unit.FromFloat(by)
	f.Value, f.Low, f.High, f.Precision = f.Value.Mul(k), f.Low.Mul(k), f.High.Mul(k), f.Precision.Mul(k)
	return quantity{figure: &f, cited: q.cited, scale: q.scale * by, step: q.step * by, from: q.from, to: q.to}
}

// in is the quantity in another unit, where there is a fixed ratio between the two.
func (q *quantity) in(u unit.Unit) (quantity, bool) {
	if q.figure.Unit == u {
		return *q, true
	}
	k := unit.Convert(unit.NewDecimal(1, 0), q.figure.Unit, u)
	if k.IsZero() {
		return quantity{}, false
	}
	r := q.scaled(k.Float64())
	r.figure.Unit = u
	return r, true
}

// forms are phrases with places for quantities. In a pattern
//
//	<part>  is a quantity by that name; names that begin with pct take shares, with times multiples, else amounts
//	<part*> is one of any kind, bare numbers too
//	~3      is up to three words
//	OF      is what ties a part to its whole: "of the", "von insgesamt"
//	APP     is what puts two statements of the same side by side: a comma or bracket, "das sind", "or"
type form struct {
	re    *regexp.Regexp
	group map[string]int
}

const (
	word    = `[^\s{}():;,–=|]+`
	ofWords = `(?:von|of|out of|aus|der|des|vom|unter|among)(?: (?:den|dem|der|die|the|its|their|all|a|an|total|of|insgesamt|gesamten|ihren|seinen|allen|these|those|diesen|weltweiten|globalen|bestehenden|existing|derzeit))*`
	saying  = `(?:also|und damit|damit|somit|mithin|das sind|dies sind|das ist|das entspricht|dies entspricht|das macht|macht|oder|or|i\. ?e\.,?|that is,?|which is|that's|which makes|equal to|equivalent to|entsprechend|d\. ?h\.|was|nämlich|namely|representing|immerhin|=|ergo|so|good for|for|(?:an? |the |ein |eine |einer |einem )?(?:[^\s{}():;,–=|]+ )?(?:rate|quote|share|anteil|ratio|\p{L}+(?:quote|rate|anteil)) (?:of|von))`
	beside  = `(?: ?[,;:(–=]+ ?(?:` + saying + ` ){0,2}| (?:` + saying + ` ){1,2}) ?`
)

var macro = regexp.MustCompile(`<(\w+)(\*?)>|~(\d)|OF|APP`)

// newForm reads a pattern.
func newForm(pattern string) form {
	f := form{group: map[string]int{}}
	f.re = regexp.MustCompile(macro.ReplaceAllStringFunc(pattern, func(m string) string {
		switch {
		case m == "OF":
			return ofWords
		case m == "APP":
			return beside
		case m[0] == '~':
			return `(?: ` + word + `){0,` + m[1:] + `}?`
		}
		name, kinds := strings.Trim(m, "<*>"), "mnerb"
		switch {
		case strings.HasSuffix(m, "*>"):
			kinds = "mnerbpxd"
		case strings.HasPrefix(name, "pct"):
			kinds = "p"
		case strings.HasPrefix(name, "times"):
			kinds = "x"
		}
		return `(?P<` + name + `>\{[` + kinds + `]\d+\})`
	}))
	for i, name := range f.re.SubexpNames() {
		if name != "" {
			f.group[name] = i
		}
	}
	return f
}

// match is one way in which a phrase has a form.
type match struct {
	*phrase
	form *form
	at   []int
}

// in finds all places of a phrase that have the form.
func (f *form) in(p *phrase) []match {
	var found []match
	for _, at := range f.re.FindAllStringSubmatchIndex(p.Text, -1) {
		found = append(found, match{p, f, at})
	}
	return found
}

// get is the quantity by that name, nil where the form was met without it.
func (m *match) get(name string) *quantity {
	i, ok := m.form.group[name]
	if !ok || m.at[2*i] < 0 {
		return nil
	}
	return m.placed(m.at[2*i], m.at[2*i+1])
}

// placed is the quantity whose place is bytes from to to of the text.
func (p *phrase) placed(from, to int) *quantity {
	n, err := strconv.Atoi(p.Text[from+2 : to-1])
	if err != nil || n >= len(p.quantities) {
		return nil
	}
	return &p.quantities[n]
}

// between is the text between two quantities, "" where they stand the other way round.
func (p *phrase) between(a, b *quantity) string {
	if a.to > b.from {
		return ""
	}
	return p.Text[a.to:b.from]
}

// before is the text between a quantity and the one before it, after the text up to the next one.
func (p *phrase) before(q *quantity) string {
	return p.Text[strings.LastIndexByte(p.Text[:q.from], '}')+1 : q.from]
}

func (p *phrase) after(q *quantity) string {
	rest := p.Text[q.to:]
	if i := strings.IndexByte(rest, '{'); i >= 0 {
		return rest[:i]
	}
	return rest
}
