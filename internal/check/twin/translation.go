// Package twin compares posts with their translations, figure by figure.
package twin

import (
	"strconv"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// Find compares posts with their twins in the other language. Of a pair of which both posts are given each difference is
// told once: at the translation, or where a figure is missing there, at the original's.
func Find(x *rule.Examination) {
	y := &examination{x}
	for _, t := range y.twins() {
		if c := y.compareTwins(t); c != nil {
			c.tellAll()
		}
	}
}

type examination struct{ *rule.Examination }

// Settings of the comparison.
const (
	fewestJudged    = 8   // figures of both texts from which on the alignment as a whole is judged; half as many suffice where none has a counterpart
	fewestMatched   = 0.5 // share of them that must find a counterpart; below it the texts are not the same
	surelyMatched   = 0.7 // share from which on a lone difference is sure
	longestListed   = 4   // figures that a message names
	fewestUnstated  = 0.6 // share for posts that nobody calls twins but that share their name
	fewestUnjudged  = 3   // figures that such posts need
	smallestMissing = 10  // a count below it may be gone because the sentence was turned
)

// comparison is a pair of twins with their figures matched; the first side is the original.
type comparison struct {
	*examination
	twins
	sides [2]*side
	beads []bead
	share float64         // of the figures of both that found a counterpart
	told  map[string]bool // what is told once for a sentence
}

// compareTwins aligns two posts and matches their figures; nil where one of them has nothing to compare.
func (x *examination) compareTwins(t twins) *comparison {
	textless := t.docs[0].Post.Text.Content == "" || t.docs[1].Post.Text.Content == ""
	c := &comparison{examination: x, twins: t, told: map[string]bool{}}
	for n, d := range t.docs {
		c.sides[n] = sideOf(d, textless)
		if len(c.sides[n].passages) == 0 {
			return nil
		}
	}
	c.beads = align(c.sides[0], c.sides[1])
	matchFigures(c.sides[0], c.sides[1], c.beads)
	matched, all := 0, 0
	for _, s := range c.sides {
		for _, q := range s.figures {
			all++
			if q.found || q.mate != nil && q.is != replaced {
				matched++
			}
		}
	}
	if all == 0 {
		return nil
	}
	c.share = float64(matched) / float64(all)
	return c
}

// tellAll tells the differences, or that the texts are not the same.
func (c *comparison) tellAll() {
	all := len(c.sides[0].figures) + len(c.sides[1].figures)
	if !c.stated && (c.share < fewestUnstated || all < 2*fewestUnjudged) {
		return
	}
	if all >= fewestJudged && c.share < fewestMatched || all >= fewestJudged/2 && c.share == 0 {
		c.differentTexts()
		return
	}
	for n, s := range c.sides {
		for _, q := range s.figures {
			if c.own[n] && (q.mate != nil || q.found) {
				c.Checked(rule.ByTranslation, q.Cited)
			}
		}
	}
	for _, a := range c.sides[0].figures {
		if a.mate != nil {
			c.differences(a, a.mate)
		}
	}
	for _, d := range c.beads {
		for n := range c.sides {
			c.missing(n, d)
		}
	}
	for n, s := range c.sides {
		for _, q := range s.figures {
			c.bareNumber(n, q)
		}
	}
}

// languages are the names of the versions in both languages of the messages, by the version's own.
var languages = map[unit.Lang]rule.Say{
	unit.German:  {DE: "deutsche", EN: "German"},
	unit.English: {DE: "englische", EN: "English"},
}

// version is the name of the version on a side.
func (c *comparison) version(n int) rule.Say { return languages[c.sides[n].lang] }

// here is the side on which a difference is told: the translation if it is given.
func (c *comparison) here() int {
	if c.own[1] {
		return 1
	}
	return 0
}

// differentTexts says once that the posts do not say the same.
func (c *comparison) differentTexts() {
	n := c.here()
	if len(c.sides[n].figures) == 0 {
		n = 1 - n
	}
	s, o := c.sides[n], c.sides[1-n]
	if !c.own[n] || len(s.figures) == 0 {
		return
	}
	percent := strconv.Itoa(int(c.share*100 + 0.5))
	f := rule.Finding{Rule: rule.Translation, Severity: cite.Note, Doc: s.doc, At: s.figures[0].Cited,
		Says: rule.Say{
			DE: "Die " + c.version(0).DE + " und die " + c.version(1).DE + " Fassung haben nur " + percent + " % ihrer Zahlen gemeinsam (" + strconv.Itoa(len(c.sides[0].figures)) + " und " + strconv.Itoa(len(c.sides[1].figures)) + "); sie werden nicht verglichen.",
			EN: "The " + c.version(0).EN + " and the " + c.version(1).EN + " version share only " + percent + "% of their figures (" + strconv.Itoa(len(c.sides[0].figures)) + " and " + strconv.Itoa(len(c.sides[1].figures)) + "); they are not compared.",
		}}
	if len(o.figures) > 0 {
		f.Related = []rule.Place{{Doc: o.doc, Cited: o.figures[0].Cited}}
	}
	c.Add(f)
}

// disagreement is what a difference between two figures comes to.
type disagreement struct {
	rule     rule.Rule
	severity cite.Severity
	says     rule.Say // without what the figures are, which tell adds
	fix      bool
}

// differences tells in what two figures that stand for each other differ, if they do.
func (c *comparison) differences(a, b *twinFigure) {
	var found *disagreement
	switch a.is {
	case equal:
		found = c.nuances(a, b)
	case roundedOff:
		found = c.roundedDifferently(a, b)
	case otherUnit:
		found = c.unitChanged(a, b)
	case slipped:
		found = c.scaleSlip(a, b)
	case misplaced:
		found = &disagreement{rule.Translation, c.certain(a, b), rule.Say{DE: "das Komma ist verrutscht", EN: "the decimal point has moved"}, true}
	case replaced:
		found = c.valueChanged(a, b)
	}
	if found != nil {
		c.tell(a, b, found)
	}
}

// tell reports a difference between two figures.
func (c *comparison) tell(a, b *twinFigure, d *disagreement) {
	n := c.here()
	q, twin := b, a
	if n == 0 {
		q, twin = a, b
	}
	s, o := c.sides[n], c.sides[1-n]
	own, other := c.version(n), c.version(1-n)
	f := rule.Finding{Rule: d.rule, Severity: d.severity, Doc: s.doc, At: q.Cited, Related: []rule.Place{{Doc: o.doc, Cited: twin.Cited}},
		Says: rule.Say{
			DE: "Die " + own.DE + " Fassung sagt „" + q.Figure.Text + "“, die " + other.DE + " „" + twin.Figure.Text + "“" + behind(": ", d.says.DE) + ".",
			EN: "The " + own.EN + " version says “" + q.Figure.Text + "”, the " + other.EN + " one “" + twin.Figure.Text + "”" + behind(": ", d.says.EN) + ".",
		},
		Evidence: cite.Evidence{Stated: q.Figure.Text, Computed: inLanguage(twin, s.lang)}}
	if d.rule == rule.Scale {
		f.Formula = rule.Say{DE: inFull(q, twin, unit.German), EN: inFull(q, twin, unit.English)}
	}
	if d.fix && n == 1 {
		if text := s.restate(q, twin, o); text != "" {
			f.Suggestion = &cite.Suggestion{Start: q.Figure.Start, End: q.Figure.End, Text: text}
		}
	}
	c.Add(f)
}

func behind(separator, s string) string {
	if s == "" {
		return ""
	}
	return separator + s
}

// inLanguage is a figure's quantity in a language.
func inLanguage(q *twinFigure, lang unit.Lang, options ...unit.FormatOption) string {
	f := &q.Figure
	if !f.IsRange() {
		return unit.Format(f.Value, f.Unit, lang, options...)
	}
	return unit.Format(f.Low, "", lang, options...) + "–" + unit.Format(f.High, f.Unit, lang, options...)
}

// inFull sets two quantities side by side with all their digits.
func inFull(q, twin *twinFigure, lang unit.Lang) string {
	return q.Figure.Text + " = " + inLanguage(q, lang, unit.Full()) + "; " + twin.Figure.Text + " = " + inLanguage(twin, lang, unit.Full())
}

// certain is an error where the two texts are surely the same and the figures surely each other's, else a warning.
func (c *comparison) certain(a, b *twinFigure) cite.Severity {
	if sameSort(a, b) && c.share >= surelyMatched && c.isAligned(a) {
		return cite.Error
	}
	return cite.Warning
}

// isAligned tells whether the passages of a figure of the original have a counterpart.
func (c *comparison) isAligned(a *twinFigure) bool {
	for _, d := range c.beads {
		if a.passage >= d.a0 && a.passage < d.a1 {
			return d.aligned
		}
	}
	return false
}

// sameSort tells whether two figures have one unit. Counted nouns are called otherwise in every language.
func sameSort(a, b *twinFigure) bool {
	k, _ := kin(a, b)
	return k == family || a.Figure.Kind == cite.Count && b.Figure.Kind == cite.Count
}

func (c *comparison) valueChanged(a, b *twinFigure) *disagreement {
	d := &disagreement{rule.Translation, c.certain(a, b), rule.Say{DE: "der Wert ist ein anderer", EN: "the value differs"}, sameSort(a, b)}
	if a.inWords || b.inWords || a.Figure.Kind == cite.Duration && b.Figure.Kind == cite.Duration && (a.low < 2 || b.low < 2) {
		d.severity = cite.Warning
	}
	return d
}

func (c *comparison) roundedDifferently(a, b *twinFigure) *disagreement {
	if hedged(a) || hedged(b) {
		return nil
	}
	return &disagreement{rule.Translation, cite.Note, rule.Say{DE: "eine der beiden Zahlen ist gerundet", EN: "one of the two is rounded"}, true}
}

// hedged tells whether the text itself says that the number is not exact.
func hedged(q *twinFigure) bool { return q.Figure.Qualifier != "" && q.Figure.Qualifier != cite.Exact }

// scaleSlip names the likely cause of a factor of 10³, 10⁶ or 10⁹.
func (c *comparison) scaleSlip(a, b *twinFigure) *disagreement {
	d := &disagreement{rule.Scale, cite.Error, rule.Say{}, true}
	larger, smaller := a, b
	if b.high > a.high {
		larger, smaller = b, a
	}
	factor := larger.high / smaller.high
	times := map[bool]rule.Say{true: {DE: "das Tausendfache", EN: "a thousand times as much"}, false: {DE: "das Millionenfache", EN: "a million times as much"}}[factor < 1e5]
	if factor > 1e8 {
		times = rule.Say{DE: "das Milliardenfache", EN: "a billion times as much"}
	}
	d.says = rule.Say{DE: "„" + larger.Figure.Text + "“ ist " + times.DE, EN: "“" + larger.Figure.Text + "” is " + times.EN}
	why, separators := c.causeOfSlip(a, b)
	if separators || !c.isAligned(a) && c.share < surelyMatched {
		d.severity = cite.Warning
	}
	d.says.DE += behind("; ", why.DE)
	d.says.EN += behind("; ", why.EN)
	return d
}

// slipCauses are the words that are taken for each other: a magnitude in German, one in English, and what they are.
var slipCauses = []struct {
	german, english unit.Scale
	says            rule.Say
}{
	{12, 9, rule.Say{DE: "die deutsche Billion ist 10¹², die englische billion 10⁹ (eine Milliarde)", EN: "a German Billion is 10¹², an English billion 10⁹ (eine Milliarde)"}},
	{9, 6, rule.Say{DE: "eine Milliarde ist 10⁹, die englische million 10⁶ (eine Million)", EN: "a German Milliarde is 10⁹ (a billion), a million 10⁶"}},
	{6, 9, rule.Say{DE: "die englische billion ist 10⁹, also eine Milliarde und keine Million", EN: "an English billion is 10⁹, eine Milliarde and no Million"}},
	{9, 12, rule.Say{DE: "die englische trillion ist 10¹², also eine Billion und keine Milliarde", EN: "an English trillion is 10¹², eine Billion and no Milliarde"}},
	{18, 12, rule.Say{DE: "die deutsche Trillion ist 10¹⁸, die englische trillion 10¹² (eine Billion)", EN: "a German Trillion is 10¹⁸, an English trillion 10¹² (eine Billion)"}},
	{12, 6, rule.Say{DE: "eine Billion ist 10¹², die englische million 10⁶", EN: "a German Billion is 10¹², a million 10⁶"}},
}

var separatorCause = rule.Say{DE: "Punkt und Komma haben in beiden Sprachen vertauschte Rollen", EN: "point and comma change roles between the two languages"}

// causeOfSlip explains a slip from how both figures are written, and tells whether it lies in the separators.
func (c *comparison) causeOfSlip(a, b *twinFigure) (says rule.Say, separators bool) {
	german, english := a, b
	if c.sides[0].lang == unit.English {
		german, english = b, a
	}
	g, okG := writingOf(german.Figure.Text, unit.German)
	e, okE := writingOf(english.Figure.Text, unit.English)
	if !okG || !okE {
		return rule.Say{}, false
	}
	if g.digits == e.digits && g.scale == e.scale && strings.ContainsAny(g.digits, ".,") {
		return separatorCause, true
	}
	for _, cause := range slipCauses {
		if cause.german == g.scale && cause.english == e.scale {
			return cause.says, false
		}
	}
	return rule.Say{}, false
}
