package conflict

import (
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// mention is a figure with what its own sentence, and the text before it, say it is of. It needs no link: what posts say
// of companies and networks that no catalogue knows is compared by it.
type mention struct {
	claim
	p         *phrase
	thing     string   // what is counted or measured; "" where the words do not say
	marks     []string // what narrows the thing: "aktiv", "firmen"
	who       whom
	at        moment
	timed     bool     // at is given
	inherited moment   // of the sentences before it, where its own gives none
	vague     bool     // several times are named, and none is the figure's own
	kin       []string // whose it is, where no name says so: "the neoclouds"
	definite  bool     // "the 3,100 customers": it was stated before
	tail      []string
	round     string
	label     string // of the list's entry that it stands in
}

// mentionsOf reads what a document states that can be named.
func (c *crossing) mentionsOf(d *rule.Document) []*mention {
	who := newCast(d, c.names)
	var found []*mention
	for i := range d.Cited {
		if m := c.mention(d, &d.Cited[i], who); m != nil {
			found = append(found, m)
		}
	}
	return found
}

func (c *crossing) mention(d *rule.Document, cited *cite.Cited, who *cast) *mention {
	f := &cited.Figure
	if !usable(cited) {
		return nil
	}
	m := &mention{claim: claim{Place: rule.Place{Doc: d, Cited: cited}, voice: voiceOf(cited)}}
	if !m.inBase(c.Settings.Bounds) {
		return nil
	}
	m.p = phraseOf(cited.Fragment, cited.FragmentAt, cited.FragmentEnd)
	m.at, m.timed, m.vague = momentOf(m.p, cited)
	if !m.timed && !m.vague && !f.Period.IsZero() && !slices.Contains(f.Inferred, "period") && !slices.ContainsFunc(m.p.words, func(w word) bool { return isYear(w.lower) }) {
		m.vague = true // a time in other words: "yesterday"
	}
	m.thing, m.marks, m.tail = thingOf(m.p, f, cited.Lang)
	if _, token := unit.LookupTicker(strings.ToUpper(string(f.Unit))); f.Kind == cite.Count && !token {
		m.of.unit = "" // the thing says more, in any case and number
	}
	m.definite = isDefinite(m.p)
	m.who = who.whoOf(m.p, sentenceStart(d, f), c.names)
	m.kin = m.kinOf()
	c.mentions[cited] = m
	m.label = c.labelOf(m)
	if slices.Contains(ofEvents, m.thing) {
		m.round = who.roundOf(m.p, sentenceStart(d, f))
	}
	if !m.timed && !m.vague {
		m.inherited = inheritedMoment(f)
	}
	m.of.subject, m.of.metric = unnamed+strings.Join(m.who.names, " "), m.thing
	return m
}

// labelOf is what a list's entry is labelled with, where that is not whom it is of.
func (c *crossing) labelOf(m *mention) string {
	t := &m.Doc.Post.Text
	if b := t.BlockAt(m.Cited.Figure.At); t.Content != "" && (b < 0 || t.Blocks[b].Kind != cite.ListItem) {
		return ""
	}
	label := c.names.label(&m.claim, &market.Metric{})
	if slices.ContainsFunc(m.who.names, func(n string) bool { return strings.Contains(label, n) }) {
		return ""
	}
	return label
}

// inheritedMoment is the month or year that a figure takes over from what stands before it; zero where there is none.
func inheritedMoment(f *cite.Figure) moment {
	p := f.Period
	switch p.Granularity() {
	case market.Day, market.Month:
		return moment{year: p.Start().Year(), month: int(p.Start().Month())}
	}
	return moment{}
}

func sentenceStart(d *rule.Document, f *cite.Figure) int {
	if d.Post.Text.Content == "" {
		return -1
	}
	return f.Sentence[0]
}

// mostMarks is how many words may stand between a number and what it counts.
const mostMarks = 3

// mostTail is how many words behind a counted noun are read as what tells it from others.
const mostTail = 6

// thingOf is what a figure counts or measures, with what narrows it and the words behind it.
func thingOf(p *phrase, f *cite.Figure, lang unit.Lang) (thing string, marks, tail []string) {
	if f.Kind != cite.Count && (f.Kind != cite.Other || f.Unit != "") {
		m := measureIn(p, f)
		return m.name, m.marks, tailOf(p, p.at)
	}
	if _, token := unit.LookupTicker(strings.ToUpper(string(f.Unit))); token {
		if measureIn(p, f).name != held {
			return "", nil, nil
		}
		return heldTokens, nil, tailOf(p, p.at)
	}
	if f.Unit == "" {
		return countedElsewhere(p, lang)
	}
	for i := p.at; i < min(len(p.words), p.at+mostMarks+1); i++ {
		w := p.words[i]
		if isCounted(w, f.Unit) {
			if lead := compoundLead(w); lead != "" {
				marks = append(marks, lead)
			}
			return nameOf(p, f.Unit), sortedSet(append(marks, predicate(p, i+1)...)), tailOf(p, i+1)
		}
		if !isShortWord(w.lower) && !slices.Contains(indifferent, stem(w.lower)) {
			marks = append(marks, mark(w.lower))
		}
	}
	return nameOf(p, f.Unit), nil, nil
}

// staff are the nouns for those who work for somebody; crowd are such that mean them beside a word of employment.
var (
	staff      = strings.Fields("employee beschäftigt angestellt mitarbeitend worker kopf köpf vollzeitstell staffer")
	crowd      = strings.Fields("person mensch people leut")
	employment = strings.Fields("employ* beschäftig* staff belegschaft team mannschaft arbeiten work")
)

// nameOf is what a counted noun is called here: one name for those who work for somebody.
func nameOf(p *phrase, u unit.Unit) string {
	head := string(u)
	if known, ok := unit.LookupNoun(head); !ok || known != u {
		head = headOf(head)
	}
	employs := func(w word) bool {
		return slices.ContainsFunc(employment, func(pattern string) bool { return isWord(w.lower, pattern) })
	}
	if slices.Contains(staff, head) || slices.Contains(crowd, head) && slices.ContainsFunc(p.words, employs) {
		return "employee"
	}
	return head
}

// heldTokens are the tokens that somebody holds.
const heldTokens = "held tokens"

// marksAlike are words that narrow in the same way in both languages, and forms of one word.
var marksAlike = map[string]string{"active": "aktiv", "paying": "zahlend", "permanent": "dauerhaft", "registered": "registriert", "daily": "täglich", "monthly": "monatlich", "licensed": "lizenziert"}

// mark is a narrowing word without its ending.
func mark(w string) string {
	if same, ok := marksAlike[w]; ok {
		return same
	}
	return stem(w)
}

// predicate is what a verb says of what is counted: "412,000 addresses were active".
func predicate(p *phrase, i int) []string {
	if i+1 < len(p.words) && slices.Contains(copulas, p.words[i].lower) && p.words[i+1].clause == p.clause {
		if w := p.words[i+1].lower; marksAlike[w] != "" || w == "aktiv" {
			return []string{mark(w)}
		}
	}
	return nil
}

var copulas = strings.Fields("were was are is waren war sind ist")

// shortestPart is how many bytes either part of a compound has at least.
const shortestPart = 4

// compoundLead is what stands before a compound's head: "firmen" of "Firmenkunden"; "" where the word is none.
func compoundLead(w word) string {
	if i := strings.LastIndexByte(w.lower, '-'); i > 0 {
		return w.lower[:i]
	}
	noun, ok := unit.LookupNoun(w.as)
	for i := len(w.lower) - shortestPart; ok && i >= shortestPart; i-- {
		if head, is := unit.LookupNoun(w.lower[i:]); is && head == noun {
			return strings.TrimSuffix(w.lower[:i], "s")
		}
	}
	return ""
}

// headOf is a counted noun without its ending, so that cases and numbers of one noun are the same.
func headOf(w string) string {
	for _, ending := range []string{"en", "n", "e"} {
		if bare, ok := strings.CutSuffix(w, ending); ok && len(bare) > 4 {
			return bare
		}
	}
	return w
}

// countedElsewhere is what a bare number counts whose noun stands before it: "the number of holders was 3,010", "die
// Zahl der Beschäftigten betrug 910", "the holders: in January there were 2,940".
func countedElsewhere(p *phrase, lang unit.Lang) (thing string, marks, tail []string) {
	numbers := strings.Fields("zahl anzahl number")
	for i := p.at - 1; i >= 0; i-- {
		if !slices.Contains(numbers, p.words[i].lower) || p.words[i].clause != p.clause {
			continue
		}
		for k := i + 1; k < min(p.at, i+2+mostMarks); k++ {
			switch w := p.words[k]; {
			case w.lower == "of" || slices.Contains(articleWords, w.lower):
			case isCapital(w.as) || lang == unit.English && !isAdjective(p, k):
				return nameOf(p, nounOf(w, lang)), sortedSet(marks), tailOf(p, p.at)
			default:
				marks = append(marks, mark(w.lower))
			}
		}
	}
	if p.at < 2 || !slices.Contains(copulas, p.words[p.at-1].lower) || !slices.Contains(expletives, p.words[p.at-2].lower) {
		return "", nil, nil
	}
	for i := p.at - 3; i >= 0; i-- {
		if noun, ok := unit.LookupNoun(p.words[i].as); ok && p.words[i].clause != p.clause {
			return nameOf(p, noun), nil, tailOf(p, p.at)
		}
	}
	return "", nil, nil
}

var expletives = strings.Fields("there es")

// isAdjective tells whether an English word that narrows stands before its noun.
func isAdjective(p *phrase, i int) bool { return marksAlike[p.words[i].lower] != "" }

func nounOf(w word, lang unit.Lang) unit.Unit {
	if noun, ok := unit.LookupNoun(w.as); ok {
		return noun
	}
	return unit.NounID(w.as, lang)
}

// tailOf are the words behind what is counted, up to the end of a clause that belongs to it.
func tailOf(p *phrase, i int) []string {
	var tail []string
	for ; i < len(p.words) && len(tail) < mostTail && p.words[i].clause <= p.clause+1; i++ {
		tail = append(tail, p.words[i].lower)
	}
	return tail
}

// definites are the articles and owners that point back at what was stated before.
var definites = strings.Fields("der die den des dieser diesen diese jene jenen ihre ihren ihrer seine seinen seiner unsere unseren the these those its their his her our")

// roughly are words between an article and its number.
var roughly = strings.Fields("rund etwa circa gut knapp about some roughly nearly almost over insgesamt erwähnten genannten bereits inzwischen said now whole entire full ganzen gesamten kompletten sämtlichen alle all")

// isDefinite tells whether an article or an owner stands before the number.
func isDefinite(p *phrase) bool {
	i := p.at - 1
	for i >= 0 && slices.Contains(roughly, p.words[i].lower) {
		i--
	}
	if i < 0 || p.words[i].clause != p.clause {
		return false
	}
	w := p.words[i].lower
	return slices.Contains(definites, w) || w == "s" && i > 0 && isCapital(p.words[i-1].as)
}
