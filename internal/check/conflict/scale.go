package conflict

import (
	"fmt"
	"math"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// Tolerances of a slip: how exactly one value must be a thousand times the other.
const (
	slipExact = 0.005
	slipClose = 0.02
)

// slip tells whether two claims of one matter are off by a thousand or a million, and otherwise the same.
func (c *crossing) slip(a, b *claim, months float64) (dispute, bool) {
	exact := rule.SlipOf(rule.Interval{Low: a.plain, High: a.plain}, rule.Interval{Low: b.plain, High: b.plain}, slipExact) != 0
	if !exact && (months > aWeek || rule.SlipOf(rule.Interval{Low: a.plain, High: a.plain}, rule.Interval{Low: b.plain, High: b.plain}, slipClose) == 0) {
		return dispute{}, false
	}
	if !c.oneSort(a, b) || min(digitsOf(a), digitsOf(b)) >= tellingOnes && firstDigits(a.plain) != firstDigits(b.plain) {
		return dispute{}, false // 347 is not a thousandth of 346,000
	}
	d := dispute{a: a, b: b, rule: rule.Scale, severity: cite.Warning, factor: ratio(a, b), says: c.saysSlip}
	if exact {
		d.severity = cite.Error
	}
	return d, true
}

// written is an amount of one subject by its digits, whatever its scale.
type written struct {
	subject  string
	unit     unit.Unit
	forecast bool
	period   market.Period
	digits   int // the first four
}

// mostAlike is how many amounts of the same digits one is held against.
const mostAlike = 8

// looseSlips finds amounts of one subject in a post that have the same digits and are off by a thousand, whatever
// they measure as far as that is known: a headline's amount seldom says it.
func (c *crossing) looseSlips(d *rule.Document) {
	alike := map[written][]*claim{}
	for i := range d.Cited {
		cited := &d.Cited[i]
		f := &cited.Figure
		if !usable(cited) || f.Kind != cite.Money || cited.Link.Subject == "" {
			continue
		}
		cl := &claim{Place: rule.Place{Doc: d, Cited: cited}, voice: voiceOf(cited), of: matter{subject: cited.Link.Subject, forecast: f.Forecast}}
		if !cl.inBase(c.Settings.Bounds) || cl.plain < twoDigits*f.Precision.Float64() {
			continue
		}
		cl.date()
		key := written{cl.of.subject, cl.of.unit, cl.of.forecast, f.Period, firstDigits(cl.plain)}
		for _, other := range alike[key] {
			c.looseSlip(other, cl)
		}
		if len(alike[key]) < mostAlike {
			alike[key] = append(alike[key], cl)
		}
	}
}

// twoDigits is how many times its precision a value is at least that is written with two significant digits.
const twoDigits = 10

func firstDigits(v float64) int {
	return int(math.Round(v / math.Pow(10, math.Floor(math.Log10(v))-3)))
}

func (c *crossing) looseSlip(a, b *claim) {
	if !sameMeasure(a.Cited.Link.Metric, b.Cited.Link.Metric) || a.sameSentence(b) || sameBlock(a, b) {
		return
	}
	k := rule.SlipOf(rule.Interval{Low: a.plain, High: a.plain}, rule.Interval{Low: b.plain, High: b.plain}, slipExact)
	if k == 0 || !c.oneSort(a, b) {
		return
	}
	c.disputes = append(c.disputes, dispute{a: a, b: b, rule: rule.Scale, severity: cite.Warning, factor: ratio(a, b), says: c.saysSlip})
}

// sameMeasure tells whether two amounts may measure the same: a headline's "33 trillion dollar economy" may be of anything.
func sameMeasure(a, b string) bool {
	open := func(metric string) bool { return metric == "" || natures[metric] == ofSize }
	return a == b || open(a) || open(b)
}

func (c *crossing) saysSlip(at, other *claim) (text, formula rule.Say, computed string) {
	k := unit.FromFloat(math.Pow(10, math.Round(math.Log10(ratio(at, other)))))
	where := rule.Sayf("an anderer Stelle im Beitrag", "another place in the post says")
	if at.Doc != other.Doc {
		where = rule.Sayf("im Beitrag „%s“", "the post “%s” says", other.title())
	}
	about, cause := rule.Say{}, causeOf(at.Cited, other.Cited)
	if !strings.HasPrefix(at.of.subject, unnamed) {
		about = c.about(at)
		about.DE, about.EN = " ("+about.DE+")", " ("+about.EN+")"
	}
	text = rule.Say{
		DE: fmt.Sprintf("Hier steht „%s“, %s „%s“%s: Faktor %s. %s", quoted(at), where.DE, quoted(other), about.DE, unit.FormatNumber(k, unit.German), cause.DE),
		EN: fmt.Sprintf("This says “%s”, %s “%s”%s: a factor of %s. %s", quoted(at), where.EN, quoted(other), about.EN, unit.FormatNumber(k, unit.English), cause.EN),
	}
	return text, rule.Say{}, other.Cited.Figure.Text
}

// scaleName is a scale's word.
type scaleName struct {
	word  string
	mixed bool
}

// scaleWords are the words of scales as posts write them; mixed are those that mean another power of ten in the other
// language.
var scaleWords = []scaleName{{"trillion", true}, {"billion", true}, {"bio", true}, {"milliarde", false}, {"mrd", false}, {"bn", false}, {"million", false}, {"mio", false}}

// scaleWord is the index of the scale word in a figure's text, -1 where it has none.
func scaleWord(f *cite.Figure) int {
	text := strings.ToLower(f.Text)
	for i := range scaleWords {
		if strings.Contains(text, scaleWords[i].word) {
			return i
		}
	}
	return -1
}

// causeOf is the likely reason for which two figures are off by a thousand.
func causeOf(a, b *cite.Cited) rule.Say {
	billion := func(c *cite.Cited) bool {
		i := scaleWord(&c.Figure)
		return i >= 0 && scaleWords[i].mixed
	}
	switch {
	case scaleWord(&a.Figure) < 0 || scaleWord(&b.Figure) < 0:
		return rule.Sayf("Vermutlich fehlt ein Skalenwort oder ein Trennpunkt ist falsch gelesen.", "A scale word is missing, or a separator was misread.")
	case billion(a) || billion(b):
		return rule.Sayf("Vermutlich eine Verwechslung: die deutsche Billion ist 10¹², englisch „billion“ 10⁹, also eine Milliarde.",
			"Probably a mix-up: German “Billion” is 10¹², English “billion” 10⁹, a German “Milliarde”.")
	}
	return rule.Sayf("Vermutlich sind Million und Milliarde verwechselt.", "Probably a million was taken for a billion.")
}
