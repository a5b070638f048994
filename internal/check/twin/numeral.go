package twin

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"beleg/internal/unit"
)

// numeral is a number in a text that is no figure there: a year, a day, a small count, "half", or one that was not
// understood. A figure of the twin may well mean it.
type numeral struct {
	values  []float64 // what it may stand for, the likeliest first
	at, end int       // bytes of the text
	inWords bool
	scaled  bool // a magnitude was multiplied in
	taken   bool // a number of the twin stands for it
}

// means tells whether a numeral may stand for a value. A bare number may lack the magnitude that a table's head gives.
func (n *numeral) means(v float64) bool {
	for _, w := range n.values {
		if sameNumber(v, w) {
			return true
		}
	}
	if n.scaled || v < 1e3 {
		return false
	}
	for _, scale := range []float64{1e3, 1e6, 1e9, 1e12} {
		if slices.ContainsFunc(n.values, func(w float64) bool { return sameNumber(v, w*scale) }) {
			return true
		}
	}
	return false
}

// sameNumber compares as exactly as numbers that went through a division allow.
func sameNumber(a, b float64) bool {
	const rounding = 1e-4 // a third as 33.3333
	return math.Abs(a-b) <= math.Max(math.Abs(a), math.Abs(b))*rounding*0.1
}

// spokenParts are the beginnings of words that say a number without being its numeral, in both languages: parts,
// multiples, and spans of time in other units. A share stands as a fraction and in percent.
var spokenParts = []struct {
	stem   string
	values []float64
}{
	{"half", []float64{0.5, 50, 2}}, {"halv", []float64{0.5, 50, 2}}, {"halb", []float64{0.5, 50, 6}}, {"hälft", []float64{0.5, 50}},
	{"drittel", []float64{33.3333, 66.6667, 1. / 3, 2. / 3}}, {"third", []float64{33.3333, 66.6667, 1. / 3, 2. / 3, 3}},
	{"dritt", []float64{33.3333, 3}},
	{"viertel", []float64{25, 75, 0.25, 0.75, 15, 3}}, {"quarter", []float64{25, 75, 0.25, 0.75, 15, 3}}, {"viert", []float64{25, 4}}, {"fourth", []float64{25, 4}}, {"quartal", []float64{3}},
	{"fünftel", []float64{20, 40, 60, 80}}, {"fifth", []float64{20, 40, 60, 80, 5}}, {"zehntel", []float64{10, 0.1}}, {"tenth", []float64{10, 0.1}},
	{"doubl", []float64{2, 100, 200}}, {"verdoppel", []float64{2, 100, 200}}, {"doppel", []float64{2, 100, 200}}, {"verdopplung", []float64{2, 100, 200}}, {"twice", []float64{2, 100, 200}}, {"twofold", []float64{2, 100, 200}}, {"both", []float64{2}}, {"beide", []float64{2}},
	{"tripl", []float64{3, 200, 300}}, {"trebl", []float64{3, 200, 300}}, {"verdreifach", []float64{3, 200, 300}}, {"quadrupl", []float64{4, 300, 400}}, {"vervierfach", []float64{4, 300, 400}},
	{"verfünffach", []float64{5, 400, 500}}, {"quintupl", []float64{5, 400, 500}}, {"verzehnfach", []float64{10, 900}}, {"tenfold", []float64{10, 900}}, {"verhundertfach", []float64{100}},
	{"decade", []float64{10, 1}}, {"jahrzehnt", []float64{10, 1}}, {"centur", []float64{100, 1}}, {"jahrhundert", []float64{100, 1}}, {"fortnight", []float64{14, 2}},
	{"dutzend", []float64{12}}, {"dozen", []float64{12}},
	{"hundert", []float64{100}}, {"hundred", []float64{100}}, {"tausend", []float64{1000}}, {"thousand", []float64{1000}},
}

// numeralsIn reads the numbers of a text outside the figures, in text order, in digits and in words.
func numeralsIn(text string, lang unit.Lang, figures []*twinFigure) []numeral {
	r := numeralReader{text: text, lang: lang}
	for i := 0; i < len(text); {
		if n := len(figures); n > 0 && i >= figures[0].at {
			i = max(i, figures[0].end)
			figures = figures[1:]
			continue
		}
		limit := len(text)
		if len(figures) > 0 {
			limit = figures[0].at
		}
		i = r.next(i, limit)
	}
	return r.out
}

type numeralReader struct {
	text string
	lang unit.Lang
	out  []numeral
}

// next reads what begins at byte i and gives the byte to go on with.
func (r *numeralReader) next(i, limit int) int {
	c, size := utf8.DecodeRuneInString(r.text[i:limit])
	switch {
	case c >= '0' && c <= '9':
		return r.digits(i, limit)
	case unicode.IsLetter(c):
		return r.word(i, limit)
	}
	return i + size
}

// digits reads a number in digits with the magnitude behind it.
func (r *numeralReader) digits(i, limit int) int {
	end := i
	for end < limit {
		if unit.IsNumberByte(r.text[end]) {
			end++
			continue
		}
		n := unit.GroupingBlank(r.text[end:limit])
		if n == 0 || end+n >= limit || !isDigit(r.text[end+n]) {
			break
		}
		end += n
	}
	end = i + len(strings.TrimRight(r.text[i:end], ".,'"))
	d, ok := unit.ReadDigits(r.text[i:end])
	if !ok { // a date or the like: every run of digits by itself
		end = i
		for end < limit && isDigit(r.text[end]) {
			end++
		}
		if d, ok = unit.ReadDigits(r.text[i:end]); !ok {
			return end
		}
	}
	own := r.lang.Convention()
	values := []float64{d.Value(own, 0).Float64()}
	if d.Ambiguous() {
		values = append(values, d.Value(1-own, 0).Float64())
	}
	n := numeral{values: values, at: i, end: end}
	if scale, last := r.scale(end, limit); scale > 0 {
		for k := range n.values {
			n.values[k] *= math.Pow10(int(scale))
		}
		n.scaled, n.end = true, last
	}
	r.out = append(r.out, n)
	return n.end
}

// scale reads the magnitude behind a number.
func (r *numeralReader) scale(i, limit int) (scale unit.Scale, end int) {
	glued := i
	for i < limit && (r.text[i] == ' ' || r.text[i] == '-' || r.text[i] == '+') {
		i++
	}
	if n := unit.GroupingBlank(r.text[i:limit]); n > 0 {
		i += n
	}
	end = i
	for end < limit {
		c, size := utf8.DecodeRuneInString(r.text[end:limit])
		if !unicode.IsLetter(c) {
			break
		}
		end += size
	}
	word := r.text[i:end]
	if word == "" {
		return 0, i
	}
	if s, ok := unit.LookupScale(word, r.lang); ok {
		return s, end
	}
	if s, ok := unit.LookupScaleLetter(word, true); ok && i == glued {
		return s, end
	}
	return 0, i
}

// word reads a word, and the number words that go on with it.
func (r *numeralReader) word(i, limit int) int {
	w, end := r.wordAt(i, limit)
	lower := strings.ToLower(w)
	if v, ok := unit.Cardinal(lower, r.lang); ok && !isArticle(lower) {
		return r.spoken(float64(v), i, end, limit)
	}
	for _, p := range spokenParts {
		if strings.HasPrefix(lower, p.stem) {
			r.out = append(r.out, numeral{values: p.values, at: i, end: end, inWords: true})
			return end
		}
	}
	if s, ok := unit.LookupScale(lower, r.lang); ok {
		r.out = append(r.out, numeral{values: []float64{math.Pow10(int(s))}, at: i, end: end, inWords: true, scaled: true})
		return end
	}
	if v, ok := beginning(lower, r.lang); ok {
		r.out = append(r.out, numeral{values: []float64{v, v * 100, (v - 1) * 100}, at: i, end: end, inWords: true})
	}
	return end
}

// isArticle tells the words that are 1 only now and then.
func isArticle(w string) bool {
	return w == "one" || strings.HasPrefix(w, "ein") && len(w) <= len("einem")
}

// spoken goes on with a number in words: every part of it, and what they come to together.
func (r *numeralReader) spoken(v float64, start, end, limit int) int {
	n := numeral{values: []float64{v}, at: start, inWords: true}
	total := v
	for {
		i := end
		for i < limit && (r.text[i] == ' ' || r.text[i] == '-') {
			i++
		}
		w, last := r.wordAt(i, limit)
		lower := strings.ToLower(w)
		if s, ok := unit.LookupScale(lower, r.lang); ok {
			total *= math.Pow10(int(s))
			n.scaled = true
		} else if c, ok := unit.Cardinal(lower, r.lang); ok && lower != "" && !isArticle(lower) {
			if c == 100 || c == 12 {
				total *= float64(c)
			} else {
				total += float64(c)
			}
		} else {
			break
		}
		end = last
		n.values = append(n.values, total)
	}
	slices.Reverse(n.values)
	n.end = end
	r.out = append(r.out, n)
	return end
}

// wordAt is the run of letters that begins at byte i.
func (r *numeralReader) wordAt(i, limit int) (string, int) {
	end := i
	for end < limit {
		c, size := utf8.DecodeRuneInString(r.text[end:limit])
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			break
		}
		end += size
	}
	return r.text[i:end], end
}

// beginning is the number that a word begins with: "zweijährig", "Dreimonatsgeld", "fivefold".
func beginning(w string, lang unit.Lang) (float64, bool) {
	if lang == unit.English {
		n, ok := strings.CutSuffix(w, "fold")
		if !ok {
			return 0, false
		}
		v, ok := unit.Cardinal(n, lang)
		return float64(v), ok
	}
	const longest, shortest = 24, 3
	for end := min(len(w)-1, longest); end >= shortest; end-- {
		if v, ok := unit.Cardinal(w[:end], lang); ok && v > 1 {
			return float64(v), true
		}
	}
	return 0, false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
