package twin

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"beleg/internal/cite"
	"beleg/internal/figure"
	"beleg/internal/unit"
)

// writing is how one number is written: "$" "19.2" " " "billion" "" in "$19.2 billion".
type writing struct {
	before, digits, gap, word, behind string // word is the magnitude, "" where there is none
	scale                             unit.Scale
}

// writingOf takes a figure's text apart; false where it holds no number in digits, or several.
func writingOf(text string, lang unit.Lang) (writing, bool) {
	start := strings.IndexFunc(text, isNumeric)
	if start < 0 {
		return writing{}, false
	}
	end := start
	for end < len(text) {
		if unit.IsNumberByte(text[end]) {
			end++
			continue
		}
		n := unit.GroupingBlank(text[end:])
		if n == 0 || end+n >= len(text) || !isDigit(text[end+n]) {
			break
		}
		end += n
	}
	end = start + len(strings.TrimRight(text[start:end], ".,'"))
	w := writing{before: text[:start], digits: text[start:end], behind: text[end:]}
	if strings.IndexFunc(w.behind, isNumeric) >= 0 {
		return writing{}, false
	}
	r := numeralReader{text: text, lang: lang}
	if scale, last := r.scale(end, len(text)); scale > 0 {
		at := end + strings.IndexFunc(text[end:], unicode.IsLetter)
		w.gap, w.word, w.behind, w.scale = text[end:at], text[at:last], text[last:], scale
		if strings.HasPrefix(w.behind, ".") && isAbbreviation(w.word) {
			w.word, w.behind = w.word+".", w.behind[1:]
		}
	}
	return w, true
}

func isNumeric(r rune) bool { return r >= '0' && r <= '9' }

func (w writing) String() string { return w.before + w.digits + w.gap + w.word + w.behind }

// magnitudes are the words for 10⁶, 10⁹ and 10¹² by the style they belong to; one style is used for all of them.
var magnitudes = map[unit.Lang][][3]string{
	unit.German: {{"Mio.", "Mrd.", "Bio."}, {"Millionen", "Milliarden", "Billionen"}, {"Million", "Milliarde", "Billion"}, {"Mio", "Mrd", "Bio"}},
	unit.English: {{"million", "billion", "trillion"}, {"m", "bn", "tn"}, {"M", "B", "T"}, {"mn", "bn", "tn"}, {"Million", "Billion", "Trillion"},
		{"m", "b", "t"}, {"Mn", "Bn", "Tn"}},
}

func isAbbreviation(word string) bool {
	return slices.ContainsFunc(magnitudes[unit.German][0][:], func(s string) bool { return s == word+"." })
}

// magnitude is the word for a magnitude in the style of another one.
func magnitudeLike(word string, scale unit.Scale, lang unit.Lang) (string, bool) {
	n := int(scale)/3 - 2
	if scale%3 != 0 || n < 0 || n > 2 {
		return "", false
	}
	for _, style := range magnitudes[lang] {
		if slices.Contains(style[:], word) {
			return style[n], true
		}
	}
	return "", false
}

// restate gives the text that says what a figure of the twin says, in the way in which this figure is written. It is
// "" where that is not safe: the result must read as that very quantity in the figure's own place.
func (s *side) restate(q, twin *twinFigure, twins *side) string {
	want := &twin.Figure
	own, ok := writingOf(q.Figure.Text, s.lang)
	other, okTwin := writingOf(want.Text, twins.lang)
	if !ok || !okTwin || want.IsRange() || want.Value.Sign() <= 0 {
		return ""
	}
	number, ok := digitsIn(other.digits, twins.lang, s.lang)
	if !ok {
		return ""
	}
	own.digits = number
	if own.scale != other.scale {
		own.gap, own.word, ok = s.magnitudeFor(own, other.scale)
		if !ok {
			return ""
		}
	}
	if want.Kind != cite.Count && (q.Figure.Unit != want.Unit || guessed(q) && !guessed(twin)) {
		own.before, own.behind, ok = s.signs(q, want.Unit)
		if !ok {
			return ""
		}
	}
	text := own.String()
	if text == q.Figure.Text || !s.reads(q, text, want) {
		return ""
	}
	return text
}

// digitsIn writes a number with the separators of another language.
func digitsIn(digits string, from, to unit.Lang) (string, bool) {
	d, ok := unit.ReadDigits(digits)
	if !ok {
		return "", false
	}
	places := d.Decimals(from.Convention())
	out := unit.FormatNumber(d.Value(from.Convention(), 0), to)
	if !d.Grouped() && !strings.ContainsAny(digits, ".,") {
		out = digits
	}
	point := ","
	if to == unit.English {
		point = "."
	}
	_, written, _ := strings.Cut(out, point)
	if missing := places - len(written); missing > 0 {
		if written == "" {
			out += point
		}
		out += strings.Repeat("0", missing)
	}
	return out, true
}

// magnitudeFor is the magnitude that a figure gets, in its own style where it has one, else in that of the text.
func (s *side) magnitudeFor(own writing, scale unit.Scale) (gap, word string, ok bool) {
	if scale == 0 {
		return "", "", true
	}
	if own.word != "" {
		word, ok = magnitudeLike(own.word, scale, s.lang)
		return own.gap, word, ok
	}
	for _, q := range s.figures {
		if w, split := writingOf(q.Figure.Text, s.lang); split && w.word != "" {
			if word, ok = magnitudeLike(w.word, scale, s.lang); ok {
				return w.gap, word, true
			}
		}
	}
	return "", "", false
}

// signs are what stands before and behind numbers of a unit, as the text writes it nearest to a figure, else as is usual.
func (s *side) signs(at *twinFigure, u unit.Unit) (before, behind string, ok bool) {
	nearest := len(s.passages)
	for _, q := range s.figures {
		distance := max(q.passage-at.passage, at.passage-q.passage)
		if q.Figure.Unit != u || guessed(q) || q.Figure.IsRange() || distance >= nearest {
			continue
		}
		if w, split := writingOf(q.Figure.Text, s.lang); split {
			before, behind, ok, nearest = w.before, w.behind, true, distance
		}
	}
	if ok {
		return before, behind, true
	}
	w, ok := writingOf(unit.Format(unit.NewDecimal(2, 0), u, s.lang), s.lang)
	return w.before, w.behind, ok
}

// reads tells whether a text put in a figure's place reads as the wanted quantity there.
func (s *side) reads(q *twinFigure, text string, want *cite.Figure) bool {
	whole := s.passages[q.passage].text
	if q.end > len(whole) || !utf8.ValidString(whole) {
		return false
	}
	t := cite.PlainText(whole[:q.at]+text+whole[q.end:], s.lang)
	reading := figure.Read(&t, figure.Options{})
	return slices.ContainsFunc(reading.Figures, func(f cite.Figure) bool {
		return f.At == q.at && f.Value.Equal(want.Value) && (f.Unit == want.Unit || f.Kind == cite.Count && want.Kind == cite.Count)
	})
}
