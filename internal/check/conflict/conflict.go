// Package conflict finds values of one thing at one time that cannot both hold.
package conflict

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// Limits of the comparison of claims.
const (
	mostCompared = 48   // earlier claims of one matter that a claim is held against
	mostApart    = 40.0 // ratio beyond which two values are hardly about one thing, unless a scale slipped
	rateWindow   = 6.0  // months between two amounts of different spans that are still brought to a year
	rateRoom     = 2.0  // factor that two amounts of different spans may differ by, brought to a year
	driftFirst   = 1.1  // factor by which a level may have moved between two days …
	driftMonth   = 0.15 // … and what each month adds to it
	aWeek        = 0.25 // months up to which nothing but prices moves
	sameWeek     = 0.05 // relative distance that two posts of one week may lie apart
	openEnd      = 2.0  // factor from which "over 3 million" contradicts a larger number
	longAgo      = 3.0  // months from which a difference is worth a note only
	aMonth       = 1.0  // months between an undated and a dated figure from which it is, too
	sureLink     = 0.7  // confidence of a link from which an error is worth it
)

// dispute is a pair of claims that cannot both hold.
type dispute struct {
	a, b     *claim
	rule     rule.Rule
	severity cite.Severity
	factor   float64 // by how much they are apart
	says     func(at, other *claim) (text, formula rule.Say, computed string)
}

// crossing holds the claims of all posts against each other.
type crossing struct {
	*examination
	names    *nameIndex
	mentions map[*cite.Cited]*mention // of the figures that have been read as such
	order    map[*rule.Document]int   // of the given posts
	groups   map[matter][]*claim
	byPost   map[*rule.Document][]*claim // the given posts' claims, in text order
	own      map[ownMatter][]*claim      // the same by matter
	disputes []dispute
}

// Find finds values of one thing at one time that cannot both hold, in one post or across posts, and such that are off
// by a thousand because a scale word was taken for its neighbour.
func Find(x *rule.Examination) { (&examination{x}).conflicts() }

type examination struct{ *rule.Examination }

// conflicts finds values of one thing at one time that cannot both hold, in one post or across posts, and such that
// are off by a thousand because a scale word was taken for its neighbour.
func (x *examination) conflicts() {
	c := &crossing{examination: x, names: newNameIndex(x.Catalog.Subjects(), x.Catalog.Metrics()), order: map[*rule.Document]int{}, groups: map[matter][]*claim{},
		byPost: map[*rule.Document][]*claim{}, own: map[ownMatter][]*claim{}, mentions: map[*cite.Cited]*mention{}}
	mentions := make([][]*mention, 0, len(x.Given))
	for i, d := range x.Given {
		c.order[d] = i
		c.sort(x.claims(d, c.names))
		mentions = append(mentions, c.mentionsOf(d))
		c.backReferences(mentions[i])
	}
	c.acrossPosts(mentions)
	matters := c.matters()
	seen := map[toldFor]bool{}
	for _, d := range x.Others {
		for _, cl := range x.claims(d, c.names) {
			key := toldFor{tellerOf(cl, false), cl.days}
			if _, given := c.groups[cl.of]; given && !seen[key] {
				seen[key] = true
				c.sort([]*claim{cl})
			}
		}
	}
	for _, of := range matters {
		c.sweep(c.groups[of])
	}
	for _, d := range x.Given {
		c.paths(d)
		c.looseSlips(d)
	}
	c.tell()
}

// ownMatter is a matter that a given post speaks of.
type ownMatter struct {
	doc *rule.Document
	of  matter
}

func (c *crossing) sort(claims []*claim) {
	for _, cl := range claims {
		c.groups[cl.of] = append(c.groups[cl.of], cl)
		if c.ofGiven(cl) {
			key := ownMatter{cl.Doc, cl.of}
			c.own[key] = append(c.own[key], cl)
			c.byPost[cl.Doc] = append(c.byPost[cl.Doc], cl)
		}
	}
}

// matters are the matters that the given posts speak of, in a fixed order.
func (c *crossing) matters() []matter {
	var all []matter
	for of := range c.groups {
		all = append(all, of)
	}
	slices.SortFunc(all, func(a, b matter) int {
		return cmp.Or(cmp.Compare(a.subject, b.subject), cmp.Compare(a.metric, b.metric), cmp.Compare(a.unit, b.unit), boolRank(a.forecast)-boolRank(b.forecast))
	})
	return all
}

func boolRank(b bool) int {
	if b {
		return 1
	}
	return 0
}

// sweep holds the claims of one matter against each other in the order of time, each against a bounded number of those
// before it.
func (c *crossing) sweep(claims []*claim) {
	slices.SortStableFunc(claims, func(a, b *claim) int {
		return cmp.Or(boolRank(a.known)-boolRank(b.known), cmp.Compare(a.days[0], b.days[0]), cmp.Compare(a.days[1], b.days[1]))
	})
	reach := int(float64(c.Settings.Tolerances.Window)*daysPerMonth) + longestPeriod
	for i, a := range claims {
		for j := i - 1; j >= max(0, i-mostCompared); j-- {
			b := claims[j]
			if !c.ofGiven(a) && !c.ofGiven(b) {
				continue
			}
			if a.known && a.days[0]-b.days[0] > reach {
				break
			}
			c.compare(b, a)
		}
	}
}

func (c *crossing) ofGiven(cl *claim) bool {
	_, given := c.order[cl.Doc]
	return given
}

// longestPeriod is how many days a period has at most.
const longestPeriod = 366

// compare holds two claims of one matter against each other.
func (c *crossing) compare(a, b *claim) {
	months, ok := c.comparable(a, b)
	if !ok {
		return
	}
	if a.span != b.span {
		c.compareRates(a, b, months)
		return
	}
	if sameBlock(a, b) || a.Doc == b.Doc && months > aWeek {
		return // an author who gives two dates means two values
	}
	if d, ok := c.slip(a, b, months); ok {
		c.disputes = append(c.disputes, d)
		return
	}
	switch factor := c.factor(a, b, months); {
	case c.ofAnother(a) || c.ofAnother(b):
	case factor <= 1:
		if a.Doc != b.Doc && ratio(a, b) <= 1+c.Settings.Tolerances.Far && c.oneSort(a, b) {
			c.Checked(rule.ByOtherPosts, a.Cited, b.Cited)
		}
	case ratio(a, b) > mostApart || !c.oneSort(a, b):
	default:
		c.disputes = append(c.disputes, dispute{a: a, b: b, rule: rule.Conflict, factor: factor,
			severity: c.severity(a, b, months, factor), says: c.saysConflict})
	}
}

// comparable tells whether two claims are by different words about one time, and how many months lie between them.
func (c *crossing) comparable(a, b *claim) (months float64, ok bool) {
	if a.Doc != b.Doc && a.voice == b.voice || a.sameSentence(b) {
		return 0, false
	}
	switch {
	case !a.known && !b.known:
		return 0, !a.of.forecast
	case a.known != b.known:
		return 0, false
	case a.of.forecast:
		return 0, a.dated && b.dated && a.overlaps(b)
	}
	months = a.apart(b)
	switch {
	case c.nature(a) == ofSize, c.nature(a) == ofRound:
		return 0, a.sameTime(b) || !a.dated && !b.dated || c.nature(a) == ofRound
	case a.dated && b.dated && !a.overlaps(b):
		return months, a.span != b.span && months <= rateWindow
	}
	return months, months <= float64(c.Settings.Tolerances.Window)
}

func (c *crossing) nature(cl *claim) nature { return natures[cl.of.metric] }

// sameBlock tells whether two claims of one post stand in one paragraph, where an author knows what he has just said.
func sameBlock(a, b *claim) bool {
	if a.Doc != b.Doc {
		return false
	}
	t := &a.Doc.Post.Text
	block := t.BlockAt(a.Cited.Figure.At)
	return block >= 0 && block == t.BlockAt(b.Cited.Figure.At)
}

// ofAnother tells whether a claim is of some of what its subject has, or the text before it speaks of somebody else,
// while its own sentence does not name the subject.
func (c *crossing) ofAnother(cl *claim) bool {
	m, ok := c.mentions[cl.Cited]
	if ok && m.singlesOut(true) {
		return true
	}
	if kind := c.names.subject[cl.of.subject].Kind; !ok || len(m.who.names) == 0 || kind == "" || kind == market.KindSector || kind == market.KindTopic {
		return false
	}
	p := phraseOf(cl.Cited.Fragment, cl.Cited.FragmentAt, cl.Cited.FragmentEnd)
	return !c.names.speaksOf(p, cl.of.subject, false) && !c.names.calls(cl.of.subject, m.who.names)
}

// drift is the factor by which a value may have moved in some months.
func drift(months float64) float64 {
	if months <= aWeek {
		return 1
	}
	return driftFirst + driftMonth*months
}

// ratio is how many times the larger of two values is the smaller one.
func ratio(a, b *claim) float64 { return max(a.plain, b.plain) / min(a.plain, b.plain) }

// factor is by how much two values are apart beyond what rounding, qualifiers and time explain; 1 or less where these do.
func (c *crossing) factor(a, b *claim, months float64) float64 {
	small, large := a, b
	if small.plain > large.plain {
		small, large = large, small
	}
	room := drift(months)
	switch {
	case room > 1 && large.fixed():
		return 1
	case a.Doc != b.Doc && a.of.unit.Dimension() == unit.Money:
		room = max(room, 1+sameWeek)
	default:
		room = max(room, 1+c.Settings.Tolerances.Rounding)
	}
	switch q := small.Cited.Figure.Qualifier; {
	case q == cite.Over, q == cite.AtLeast:
		room = max(room, openEnd*small.value.Low/small.value.High)
	}
	if q := large.Cited.Figure.Qualifier; q == cite.Under {
		room = max(room, openEnd*large.value.Low/large.value.High)
	}
	if small.value.High <= 0 {
		return 1
	}
	return large.value.Low / small.value.High / room
}

// fixed tells whether a claim's value holds for its own day only: a rate that is set or measured month by month.
func (c *claim) fixed() bool { return c.of.unit.Dimension() == unit.Share }

// oneSort tells whether two differing values are of one sort, as far as their sentences say: neither is set aside, both
// are a peak or none is, and the smaller one is not given for a part of what the larger one is given for. A part that is
// larger than its whole is of one sort with it.
func (c *crossing) oneSort(a, b *claim) bool {
	fa, fb := c.wordsOf(a), c.wordsOf(b)
	switch {
	case fa.aside != "" || fb.aside != "":
		return false
	case !a.of.forecast && (fa.planned || fb.planned):
		return false
	case !slices.Equal(fa.scope, fb.scope):
		return false
	case c.nature(a) == ofRound && (fa.round == "" || fa.round != fb.round):
		return false
	case slices.Equal(fa.part, fb.part):
		return true
	case a.span != b.span:
		return false
	}
	small, large := fa, fb
	if a.plain > b.plain {
		small, large = fb, fa
	}
	return contains(large.part, small.part) // the larger value is the more limited one
}

// contains tells whether a set holds all of another one.
func contains(set, subset []string) bool {
	return !slices.ContainsFunc(subset, func(s string) bool { return !slices.Contains(set, s) })
}

func (c *crossing) wordsOf(cl *claim) *wording {
	m, _ := c.Catalog.Metric(cl.of.metric)
	return cl.read(c.names, &m)
}

// severity is how certain a conflict is.
func (c *crossing) severity(a, b *claim, months, factor float64) cite.Severity {
	fa, fb := c.wordsOf(a), c.wordsOf(b)
	otherPost := a.Doc != b.Doc
	switch {
	case !slices.Equal(fa.loose, fb.loose),
		a.of.forecast && (otherPost || fa.source != fb.source),
		c.nature(a) == ofSize && (fa.source != "" || fb.source != "") && fa.source != fb.source,
		otherPost && (!a.known || months > longAgo || a.dated != b.dated && months > aMonth),
		otherPost && factor <= 1+c.spread(a.of.metric),
		slices.Contains(looselyCounted, a.of.metric):
		return cite.Note
	case !otherPost && a.dated && b.dated && a.sameTime(b) && !a.of.forecast && factor > 1+c.Settings.Tolerances.Far && c.surely(a) && c.surely(b):
		return cite.Error
	}
	return cite.Warning
}

// surely tells whether a claim's own words say what it is about, and nothing limits it.
func (c *crossing) surely(cl *claim) bool {
	w := c.wordsOf(cl)
	return w.named && cl.Cited.Link.Confidence >= sureLink && len(w.scope) == 0 && len(w.part) == 0 && len(w.loose) == 0
}

// looselyCounted are counts of which there are several of one name: countries with users, with offices, with licences.
var looselyCounted = []string{"countries", "partners", "integrations", "assets", "exchanges"}

// spread is how far a metric's known definitions lie apart, where that says anything.
func (c *crossing) spread(metric string) float64 {
	m, _ := c.Catalog.Metric(metric)
	spread := 0.0
	for _, d := range m.Definitions {
		if d.Spread < anything {
			spread = max(spread, d.Spread)
		}
	}
	return spread
}

// anything is the spread from which definitions explain every difference, so that they explain none.
const anything = 0.9

// compareRates brings two amounts of different spans to a year: twelve times a month's, against an annualised one.
func (c *crossing) compareRates(a, b *claim, months float64) {
	short, long := a, b
	if short.span < long.span {
		short, long = long, short
	}
	ra, rb := short.rate(), long.rate()
	room := rateRoom * drift(months)
	factor := max(ra.Low/rb.High, rb.Low/ra.High) / room
	inside := c.inside(short, long)
	if inside {
		factor = max(factor, short.value.Low/long.value.High)
	}
	if factor <= 1 || factor*room > mostApart || a.of.forecast || months > rateWindow && !inside || !c.oneSort(a, b) {
		return
	}
	severity := cite.Warning
	if wholeYear(long) && !inside || a.Doc == b.Doc && months > aWeek && !inside || sameBlock(a, b) || !slices.Equal(c.wordsOf(a).loose, c.wordsOf(b).loose) {
		severity = cite.Note
	}
	c.disputes = append(c.disputes, dispute{a: a, b: b, rule: rule.Conflict, factor: factor, severity: severity, says: c.saysRates})
}

// inside tells whether a shorter span lies within a longer one and yet its amount is larger.
func (c *crossing) inside(short, long *claim) bool {
	return short.dated && wholeYear(long) && short.Cited.Figure.Per == "" && short.days[0] >= long.days[0] && short.days[1] <= long.days[1] &&
		short.value.Low > long.value.High
}

// wholeYear tells whether a claim is the total of a calendar year, not a pace.
func wholeYear(c *claim) bool { return c.dated && c.span == 1 && c.Cited.Figure.Per == "" }

// tell turns disputes into findings, the most certain and widest first; each value is told of once.
func (c *crossing) tell() {
	slices.SortStableFunc(c.disputes, func(a, b dispute) int {
		return cmp.Or(rule.Weight(b.severity)-rule.Weight(a.severity), boolRank(b.rule == rule.Scale)-boolRank(a.rule == rule.Scale),
			boolRank(b.a.Doc == b.b.Doc)-boolRank(a.a.Doc == a.b.Doc), boolRank(a.local())-boolRank(b.local()), cmp.Compare(math.Round(b.factor*100), math.Round(a.factor*100)), c.rank(a)-c.rank(b))
	})
	told, toldOf := map[teller]bool{}, map[*cite.Cited]bool{}
	for _, d := range c.disputes {
		at, other := c.side(d.a, d.b)
		if toldOf[at.Cited] && (toldOf[other.Cited] || d.local()) {
			continue
		}
		seen, otherSeen := told[tellerOf(at, d.inside())], told[tellerOf(other, d.inside())]
		if seen && !otherSeen {
			at, other, seen = other, at, false
		}
		if seen || !c.ofGiven(at) {
			continue
		}
		for _, cl := range []*claim{at, other} {
			told[tellerOf(cl, true)], told[tellerOf(cl, false)], toldOf[cl.Cited] = true, true, true
		}
		c.report(d, at, other)
	}
}

// rank puts disputes between the posts that were given first before others: a copy of a post speaks last.
func (c *crossing) rank(d dispute) int {
	rank := func(doc *rule.Document) int {
		if i, given := c.order[doc]; given {
			return i
		}
		return len(c.order)
	}
	return rank(d.a.Doc) + rank(d.b.Doc)
}

func (d *dispute) inside() bool { return d.a.Doc == d.b.Doc }

// local tells whether a dispute is known from the posts' own words alone, not by the catalogue.
func (d *dispute) local() bool { return strings.HasPrefix(d.a.of.subject, unnamed) }

// teller is a value that somebody states: a document for itself, or a voice among others.
type teller struct {
	doc   *rule.Document
	voice string
	of    matter
	plain float64
	span  span365
}

// toldFor is a value with the days that it is stated for.
type toldFor struct {
	by   teller
	days [2]int
}

func tellerOf(c *claim, inside bool) teller {
	t := teller{of: c.of, plain: c.plain, span: c.span}
	if inside {
		t.doc = c.Doc
	} else {
		t.voice = c.voice
	}
	return t
}

// side decides at which of two claims a dispute is shown: the one that data contradict, else the one of the post that
// was given first, else the later one.
func (c *crossing) side(a, b *claim) (at, other *claim) {
	orderA, givenA := c.order[a.Doc]
	orderB, givenB := c.order[b.Doc]
	switch {
	case !givenB:
		return a, b
	case !givenA:
		return b, a
	}
	switch sa, sb := support(a.Cited), support(b.Cited); {
	case sa != sb && sa < sb:
		return a, b
	case sa != sb:
		return b, a
	case orderA != orderB && orderA < orderB:
		return a, b
	case orderA != orderB:
		return b, a
	case a.Cited.Figure.At > b.Cited.Figure.At:
		return a, b
	}
	return b, a
}

// support is what data say of a figure: below zero against it, above zero for it.
func support(c *cite.Cited) int {
	switch c.Verdict.Kind {
	case cite.Agrees, cite.AgreesRounded:
		return 1
	case cite.Contradicted, cite.WasTrueOn:
		return -1
	}
	return 0
}

// report adds a dispute's finding, with the other places of the same document that say the same as either.
func (c *crossing) report(d dispute, at, other *claim) {
	text, formula, computed := d.says(at, other)
	f := rule.Finding{Rule: d.rule, Severity: d.severity, Doc: at.Doc, At: at.Cited, Related: []rule.Place{other.Place},
		Says: and(text, saysSupport(at, other)), Formula: formula, Evidence: cite.Evidence{Stated: at.Cited.Figure.Text, Computed: computed}}
	for _, cl := range c.own[ownMatter{at.Doc, at.of}] {
		same := func(o *claim) bool { return cl.plain == o.plain && cl.span == o.span }
		if cl != at && (same(at) || same(other) && other.Doc == at.Doc) {
			f.Figures = append(f.Figures, cl.Cited)
		}
	}
	if at.Doc != other.Doc {
		c.Checked(rule.ByOtherPosts, at.Cited)
	}
	c.Add(f)
}

// and adds a sentence, if there is one.
func and(s rule.Say, more rule.Say) rule.Say {
	if more == (rule.Say{}) {
		return s
	}
	return rule.Say{DE: s.DE + " " + more.DE, EN: s.EN + " " + more.EN}
}

// saysSupport says which of two values the data support, where they have been asked.
func saysSupport(at, other *claim) rule.Say {
	switch a, b := support(at.Cited), support(other.Cited); {
	case a == b:
		return rule.Say{}
	case b > 0:
		return rule.Sayf("Die Daten stützen „%s“.", "The data support “%s”.", quoted(other))
	case a > 0:
		return rule.Sayf("Die Daten stützen „%s“.", "The data support “%s”.", quoted(at))
	case a < 0:
		return rule.Sayf("Die Daten widersprechen „%s“.", "The data contradict “%s”.", quoted(at))
	default:
		return rule.Sayf("Die Daten widersprechen „%s“.", "The data contradict “%s”.", quoted(other))
	}
}

// quoted is a figure as its post writes it, with its bound and with what is counted: "fast 250 Projekte".
func quoted(c *claim) string {
	f := &c.Cited.Figure
	p := phraseOf(c.Cited.Fragment, c.Cited.FragmentAt, c.Cited.FragmentEnd)
	from := c.Cited.FragmentAt
	for i := p.at - 1; f.Qualifier != "" && i >= 0 && slices.Contains(bounds, p.words[i].lower); i-- {
		from = p.words[i].at
	}
	text := c.Cited.Fragment[from:c.Cited.FragmentAt] + f.Text
	if f.Kind != cite.Count || f.UnitText == "" || strings.Contains(text, f.UnitText) {
		return text
	}
	for _, w := range p.words[p.at:min(len(p.words), p.at+mostQualities+1)] {
		if isCounted(w, f.Unit) {
			return c.Cited.Fragment[from : w.at+len(w.as)]
		}
	}
	return text + " " + f.UnitText
}

// about names what two claims are about: "Lido, Hinterlegter Wert (TVL)".
func (c *crossing) about(cl *claim) rule.Say {
	subject := c.names.subject[cl.of.subject].Name
	m, ok := c.Catalog.Metric(cl.of.metric)
	if !ok {
		return rule.Say{DE: subject.In(unit.German), EN: subject.In(unit.English)}
	}
	return rule.Say{DE: subject.In(unit.German) + ", " + m.Name.In(unit.German), EN: subject.In(unit.English) + ", " + m.Name.In(unit.English)}
}

func (c *crossing) saysConflict(at, other *claim) (text, formula rule.Say, computed string) {
	about, when := c.about(at), due(at)
	if at.Doc == other.Doc {
		return rule.Say{
			DE: fmt.Sprintf("Hier steht „%s“, an anderer Stelle im Beitrag „%s“ (%s%s).", quoted(at), quoted(other), about.DE, when.DE),
			EN: fmt.Sprintf("This says “%s”, another place in the post “%s” (%s%s).", quoted(at), quoted(other), about.EN, when.EN),
		}, rule.Say{}, ""
	}
	return rule.Say{
		DE: fmt.Sprintf("Hier steht „%s“, im Beitrag „%s“ dagegen „%s“ (%s%s).", quoted(at), other.title(), quoted(other), about.DE, when.DE),
		EN: fmt.Sprintf("This says “%s”, but the post “%s” says “%s” (%s%s).", quoted(at), other.title(), quoted(other), about.EN, when.EN),
	}, rule.Say{}, ""
}

// due says for when two forecasts are made.
func due(c *claim) rule.Say {
	if !c.of.forecast {
		return rule.Say{}
	}
	return rule.Sayf(", Prognose für %s", ", forecast for %s", c.Cited.Figure.Period)
}

// title is what a claim's post is called.
func (c *claim) title() string {
	switch {
	case c.Cited.Title != "":
		return c.Cited.Title
	case c.Doc.Post.Title != "":
		return c.Doc.Post.Title
	}
	return c.Doc.Path
}

// saysRates says what both amounts come to in a year.
func (c *crossing) saysRates(at, other *claim) (text, formula rule.Say, computed string) {
	yearly := func(cl *claim, lang unit.Lang) string {
		return unit.Format(unit.FromFloat(cl.plain*float64(cl.span)), cl.of.unit, lang, unit.Round(3))
	}
	term := func(cl *claim, lang unit.Lang) string {
		if cl.span == 1 {
			return cl.Cited.Figure.Text
		}
		return cl.Cited.Figure.Text + " × " + unit.FormatNumber(unit.FromFloat(float64(cl.span)), lang) + " = " + yearly(cl, lang)
	}
	where := rule.Sayf("an anderer Stelle im Beitrag", "another place in the post")
	if at.Doc != other.Doc {
		where = rule.Sayf("im Beitrag „%s“", "the post “%s”", other.title())
	}
	about := c.about(at)
	text = rule.Say{
		DE: fmt.Sprintf("Auf ein Jahr gerechnet sind das hier %s, %s %s (%s).", yearly(at, unit.German), where.DE, yearly(other, unit.German), about.DE),
		EN: fmt.Sprintf("Brought to a year this is %s, in %s %s (%s).", yearly(at, unit.English), where.EN, yearly(other, unit.English), about.EN),
	}
	formula = rule.Say{
		DE: term(at, unit.German) + " gegenüber " + term(other, unit.German) + " im Jahr",
		EN: term(at, unit.English) + " against " + term(other, unit.English) + " a year",
	}
	return text, formula, yearly(other, at.Cited.Lang)
}
