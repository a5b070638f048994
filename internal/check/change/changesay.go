package change

import (
	"fmt"
	"math"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// toldChange is what is said of a change in one language.
type toldChange struct{ message, formula, computed string }

// changeTexts are the sentences of one language. The values are: earlier value, later value, what was computed, what the
// text says.
var changeTexts = map[unit.Lang]struct {
	up, down, factor, rounding string
	mixUps                     map[mixUp]string
	quote                      string
}{
	unit.German: {
		up: "Von %s auf %s sind es %s mehr, im Text steht %s", down: "Von %s auf %s sind es %s weniger, im Text steht %s",
		factor: "Von %s auf %s ist es das %s, im Text steht %s", rounding: "; das mag grobe Rundung sein",
		mixUps: map[mixUp]string{
			asRatio:   ": Das ist das Verhältnis der beiden Werte, nicht der Zuwachs",
			asRest:    ": So viel bleibt übrig, der Rückgang ist es nicht",
			wrongBase: ": Das ist die Veränderung im Verhältnis zum späteren Wert",
			asPoints:  ": Das ist die Veränderung in Prozent, nicht in Prozentpunkten",
		},
		quote: "„%s“",
	},
	unit.English: {
		up: "From %s to %s is %s more, but the text says %s", down: "From %s to %s is %s less, but the text says %s",
		factor: "From %s to %s is %s, but the text says %s", rounding: "; coarse rounding may explain it",
		mixUps: map[mixUp]string{
			asRatio:   ": that is the ratio of the two values, not the growth",
			asRest:    ": that is what is left, not what was lost",
			wrongBase: ": that is the change relative to the later value",
			asPoints:  ": that is the change in per cent, not in percentage points",
		},
		quote: "“%s”",
	},
}

// changeWording says in one language why a change does not follow from its ends.
func changeWording(c *change, j *judged, lang unit.Lang) toldChange {
	t := changeTexts[lang]
	from, to := &j.ends.from.Figure, &j.ends.to.Figure
	w := toldChange{computed: computedChange(c, j, lang), formula: changeFormula(c, j, lang)}
	pattern := t.up
	switch {
	case j.reading.kind == changeFactor:
		pattern = t.factor
	case j.reading.falls:
		pattern = t.down
	}
	w.message = fmt.Sprintf(pattern, asWritten(from), asWritten(to), w.computed, fmt.Sprintf(t.quote, c.at.Figure.Text))
	switch {
	case j.mixUp != noMixUp:
		w.message += t.mixUps[j.mixUp]
	case j.is == rule.Coarse:
		w.message += t.rounding
	}
	w.message += "."
	return w
}

// asWritten is a figure's text on one line.
func asWritten(f *cite.Figure) string {
	return strings.Join(strings.Fields(f.Text), " ")
}

// significant is how many digits of a computed value are shown.
func significant(v float64) int {
	digits := 3
	if v = math.Abs(v); v >= 1000 {
		digits = int(math.Log10(v)) + 1
	}
	return digits
}

// computedChange is what the ends give, in the unit of the stated change.
func computedChange(c *change, j *judged, lang unit.Lang) string {
	v := j.reading.computed.exact
	value, round := unit.FromFloat(v), unit.Round(significant(v))
	switch j.reading.kind {
	case changeRelative:
		return unit.Format(value, unit.Percent, lang, round)
	case changePoints:
		u := c.at.Figure.Unit
		if u != unit.BasisPoint {
			u = unit.PercentagePoint
		}
		return unit.Format(value, u, lang, round)
	case changeAmount:
		return unit.Format(value, j.ends.to.Figure.Unit, lang, round)
	}
	from, _ := j.ends.from.Figure.Ends()
	to, _ := j.ends.to.Figure.Ends()
	ratio := to.Float64() / from.Float64()
	number := unit.Format(unit.FromFloat(ratio), "", lang, unit.Round(significant(ratio)))
	if lang == unit.German {
		return number + "-Fache"
	}
	return number + " times as much"
}

// changeFormula is the arithmetic in one line: "15 Mio. / 10 Mio. − 1 = 50 %".
func changeFormula(c *change, j *judged, lang unit.Lang) string {
	from, to := plain(&j.ends.from.Figure, lang), plain(&j.ends.to.Figure, lang)
	computed := computedChange(c, j, lang)
	switch {
	case j.reading.kind == changeRelative && j.reading.falls:
		return fmt.Sprintf("1 − %s / %s = %s", to, from, computed)
	case j.reading.kind == changeRelative:
		return fmt.Sprintf("%s / %s − 1 = %s", to, from, computed)
	case j.reading.kind == changeFactor:
		ratio := strings.TrimSuffix(strings.TrimSuffix(computed, "-Fache"), " times as much")
		return fmt.Sprintf("%s / %s = %s", to, from, ratio)
	case j.reading.falls:
		return fmt.Sprintf("%s − %s = %s", from, to, computed)
	}
	return fmt.Sprintf("%s − %s = %s", to, from, computed)
}

// plain is a figure's number without its unit; a range is shown by both ends.
func plain(f *cite.Figure, lang unit.Lang) string {
	low, high := f.Ends()
	u := unit.Unit("")
	if f.Kind == cite.Energy || f.Kind == cite.Rate || f.Kind == cite.Other || f.Kind == cite.Percent {
		u = f.Unit
	}
	if f.IsRange() {
		return unit.Format(low, u, lang) + "–" + unit.Format(high, u, lang)
	}
	return unit.Format(low, u, lang)
}
