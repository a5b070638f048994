package conflict

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"beleg/internal/market"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// cast are the names that a post uses of companies, networks, products and people, whether the catalogue knows them or
// not. They are learnt from the whole post: a German word that never has an article and stands where a name stands, an
// English one with a capital inside a sentence.
type cast struct {
	names    map[string]int  // lower case, without an owner's ending; how often
	headline []string        // of the title
	lower    map[string]bool // words that are also written without a capital
	lines    []line
	lang     unit.Lang
}

// line is a block of a post in words, with the sentences that they belong to. Posts without text have the sentences of
// their figures for lines.
type line struct {
	start, end int // bytes of the text
	heading    bool
	section    int
	item       bool
	words      []word // at is in the line; clause is the sentence's number
	sentences  int
	text       string
}

// commonNames are parts of names that many share, and abbreviations that name things.
var commonNames = strings.Fields("digital reserve compute network networks protocol labs research capital finance group holding holdings ventures foundation bank university institute " +
	"netzwerk protokoll stiftung universität gesellschaft unternehmen firma series serie seed usa usd eur chf eu us uk uno tvl etf etfs dao daos defi depin gpu gpus cpu api ceo cfo cto " +
	"ebitda ipo rwa nft nfts zk l1 l2 kpi saas tvl aum apy apr usdc usdt btc eth ai ki it mwh gwh twh kwh mw gw kw inc ltd ag gmbh se sa llc token tokens coin coins stablecoin stablecoins " +
	"swiss german french british american european chinese japanese korean indian brazilian mexican nigerian african asian western eastern internet blockchain crypto monday tuesday wednesday thursday friday saturday sunday " +
	"dollar euro cent yen won yuan franken rappen pfund pound us hk prozent ende anfang mitte beginn herbst sommer winter frühjahr frühling autumn spring summer feb jan mar apr jun jul aug sep sept okt oct nov dec dez " +
	"jahr jahre jahren monat monate woche wochen tag tage stunde stunden sekunde sekunden minute minuten gigabyte terabyte petabyte mbit gbit ghz mhz sim fully tokenised tokenized decentralised decentralized dass " +
	"bitcoin ether hardware software strom gold geld zahlen masse wetter schluss durchbruch term terms treasury treasuries standard bill " +
	"canadians americans germans swedes danes finns norwegians icelanders estonians swiss austrians italians spaniards koreans indians chinese japanese australians brazilians argentinians nigerians kenyans israelis britons frenchmen " +
	"herr frau mr mrs ms dr prof christmas weihnachten")

// What a place in a sentence says for or against a word's being a name. A name has enough in all.
const (
	surelyName    = 2
	maybeName     = 1
	withArticle   = -2
	withAdjective = -1
)

// newCast reads a document's names.
func newCast(d *rule.Document, index *nameIndex) *cast {
	c := &cast{names: map[string]int{}, lower: map[string]bool{}, lines: linesOf(d), lang: d.Post.Lang}
	score, surely := map[string]int{}, map[string]bool{}
	for i := range c.lines {
		l := &c.lines[i]
		known := index.acting(&phrase{words: l.words})
		for k, w := range l.words {
			if !isCapital(w.as) {
				c.lower[w.lower] = true
			}
			if !isCapital(w.as) || !known[k] && !index.mayName(w, d.Post.Lang) {
				continue
			}
			bare := bareName(w.lower)
			c.names[bare]++
			says := surelyName
			switch {
			case known[k]:
			case d.Post.Lang == unit.English:
				says = l.englishName(k)
			default:
				says = l.germanName(k)
			}
			score[bare] += says
			surely[bare] = surely[bare] || says == surelyName || l.heading && says > 0
		}
	}
	for name := range c.names {
		if score[name] < surelyName || !surely[name] {
			delete(c.names, name)
		}
	}
	c.headline = c.topics(d.Post.Title)
	return c
}

// acting tells which words of a sentence belong to the catalogue's names of those who do something.
func (x *nameIndex) acting(p *phrase) []bool {
	known := make([]bool, len(p.words))
	for _, n := range x.find(p) {
		if kind := x.subject[n.id].Kind; kind == market.KindSector || kind == market.KindTopic {
			continue
		}
		for i := n.from; i < n.until; i++ {
			_, ticker := unit.LookupTicker(p.words[i].as)
			ticker = ticker && strings.ToUpper(p.words[i].as) == p.words[i].as
			known[i] = !ticker && !slices.Contains(commonNames, p.words[i].lower)
		}
	}
	return known
}

// englishName is what an English capitalised word's place says: inside a sentence only names have a capital.
func (l *line) englishName(k int) int {
	switch {
	case l.heading:
		return 0
	case k > 0 && l.words[k-1].clause == l.words[k].clause:
		return surelyName
	}
	return 0
}

// germanName is what a German capitalised word's place says: nouns have capitals too, but mostly an article.
func (l *line) germanName(k int) int {
	w := l.words[k]
	first := k == 0 || l.words[k-1].clause != w.clause
	switch {
	case l.inCompound(k) || nounLike(w.lower):
		return 0
	case l.heading:
		return maybeName
	case first && nameStarts(l.words, k):
		return maybeName
	case first:
		return 0
	}
	prev := l.words[k-1]
	switch {
	case slices.Contains(articleWords, prev.lower):
		return withArticle
	case slices.Contains(nameBefore, prev.lower) && !strings.HasSuffix(w.lower, "n"), l.finiteBefore(k):
		return surelyName
	case isCapital(prev.as) || strings.HasSuffix(prev.lower, "te"):
		return maybeName
	case attributive(prev.lower):
		return withAdjective
	case prev.lower[0] >= '0' && prev.lower[0] <= '9':
		return withAdjective
	}
	return maybeName
}

// nounEndings are endings of German words that are no names.
var nounEndings = strings.Fields("ung ungen heit heiten keit keiten schaft schaften tion tionen ismus tät täten nisse enz anz en")

func nounLike(w string) bool {
	return slices.ContainsFunc(nounEndings, func(e string) bool { return strings.HasSuffix(w, e) && len(w) > len(e)+2 })
}

// inCompound tells whether a word is part of a compound with a hyphen, whose article is that of the whole.
func (l *line) inCompound(k int) bool {
	at, end := l.words[k].at, l.words[k].at+len(l.words[k].as)
	return at > 0 && l.text[at-1] == '-' || end < len(l.text) && l.text[end] == '-'
}

// finiteBefore tells whether a German verb in the singular stands before a word and an article or a time behind it, as
// around a subject: "peilt Remuna ein Volumen an", "setzte Tessin 1,3 Mrd. um".
func (l *line) finiteBefore(k int) bool {
	if k+1 >= len(l.words) || k == 0 || l.words[k+1].clause != l.words[k].clause {
		return false
	}
	verb, next := l.words[k-1], l.words[k+1]
	if isCapital(verb.as) || !strings.HasSuffix(verb.lower, "te") && attributive(verb.lower) || verb.lower != "dass" && isShortWord(verb.lower) {
		return false
	}
	return slices.Contains(articleWords, next.lower) || next.lower[0] >= '0' && next.lower[0] <= '9'
}

// mayName tells whether a capitalised word can be a name, in either language.
func (x *nameIndex) mayName(w word, lang unit.Lang) bool {
	if len(w.as) < 2 || x.metric[w.lower] || slices.Contains(commonNames, w.lower) || slices.Contains(openers, w.lower) ||
		slices.Contains(calendar, w.lower) || w.as[0] >= '0' && w.as[0] <= '9' {
		return false
	}
	noun, counted := unit.LookupNoun(w.as)
	if counted && compoundLead(w) != "" && (lang == unit.English || noun == "country") {
		counted = false // only a German noun is a compound, and a name that ends in -land none
	}
	return !counted || strings.ToLower(w.as[1:]) != w.as[1:]
}

// nameStarts tells whether the word that begins a sentence is followed by a verb, or owns what follows.
func nameStarts(words []word, k int) bool {
	if k+1 >= len(words) || words[k+1].clause != words[k].clause {
		return false
	}
	next := words[k+1]
	r, _ := utf8.DecodeRuneInString(next.as)
	return unicode.IsLower(r) && !slices.Contains(joins, next.lower) || strings.HasSuffix(words[k].lower, "s") && isCapital(next.as)
}

// bareName is a name without an owner's ending.
func bareName(w string) string {
	if len(w) > 3 && !strings.HasSuffix(w, "ss") {
		return strings.TrimSuffix(w, "s")
	}
	return w
}

// Of a title's names the topic is one that the post uses often, and the others seldom.
const (
	topicTimes = 3
	topicLead  = 2
)

// topics are the title's name that the post is about, none where there are several.
func (c *cast) topics(title string) []string {
	best, second := "", 0
	for _, w := range phraseOf(title, len(title), len(title)).words {
		name := bareName(w.lower)
		n := c.names[name]
		switch {
		case name == best || n == 0:
		case best == "" || n > c.names[best]:
			best, second = name, c.names[best]
		default:
			second = max(second, n)
		}
	}
	if best == "" || c.names[best] < topicTimes || c.names[best] < topicLead*second {
		return nil
	}
	return []string{best}
}

// linesOf are a document's blocks in words. Of a post without text there are the sentences that its figures stand in.
func linesOf(d *rule.Document) []line {
	t := &d.Post.Text
	var lines []line
	if t.Content == "" {
		for i := range d.Cited {
			if c := &d.Cited[i]; i == 0 || c.Fragment != d.Cited[i-1].Fragment {
				lines = append(lines, lineOf(c.Fragment, 0))
			}
		}
		return lines
	}
	section := 0
	for i := range t.Blocks {
		b := &t.Blocks[i]
		if b.Kind == "heading" || b.Kind == "title" {
			section++
		}
		if b.Kind == "code" || b.Kind == "sources" || b.Kind == "byline" || b.Start > b.End || b.End > len(t.Content) {
			continue
		}
		l := lineOf(t.Content[b.Start:b.End], b.Start)
		l.section, l.heading, l.item = section, b.Kind == "heading" || b.Kind == "title", b.Kind == "item" || b.Kind == "row"
		lines = append(lines, l)
	}
	return lines
}

// lineOf splits a text into words and numbers their sentences.
func lineOf(text string, start int) line {
	l := line{start: start, end: start + len(text), text: text, words: phraseOf(text, len(text), len(text)).words}
	sentence := 0
	for i := range l.words {
		if i > 0 {
			prev := &l.words[i-1]
			if between := text[prev.at+len(prev.as) : l.words[i].at]; strings.ContainsAny(between, ".!?:\n") && !isAbbreviated(prev.as) && (isCapital(l.words[i].as) || strings.Contains(between, "\n")) {
				sentence++
			}
		}
		l.words[i].clause = sentence
	}
	l.sentences = sentence + 1
	return l
}

// Words before a name by which it is not what the sentence is about: whom something is compared with, comes from or goes to.
var aside = strings.Fields("include includes including darunter namentlich mit with by durch als than from to an gegen against like unlike wie gegenüber versus vs via über after nach plus statt")

// Words before a name that say where.
var where = strings.Fields("in auf on aus across im am within innerhalb nahe near")

// role is what a name at a word does in its sentence.
type role uint8

const (
	none  role = iota
	actor      // the sentence is about it
	place
	other
)

// roleAt is the part that the word plays, as a name.
func (c *cast) roleAt(words []word, i int) role {
	if !isCapital(words[i].as) || c.names[bareName(words[i].lower)] == 0 {
		return none
	}
	if owns(words, i) {
		return actor
	}
	k := i
	for k > 0 && isCapital(words[k-1].as) && words[k-1].clause == words[i].clause && c.names[bareName(words[k-1].lower)] > 0 {
		k-- // one name of several words
	}
	if k == 0 {
		return actor
	}
	switch prev := words[k-1].lower; {
	case slices.Contains(where, prev):
		return place
	case slices.Contains(aside, prev):
		return other
	case prev == "von" && k > 1 && !isCapital(words[k-2].as):
		return other // "angeführt von", not "die Quote von"
	case (prev == "and" || prev == "und") && k > 1 && c.roleAt(words, k-2) == place:
		return place
	}
	return actor
}

// owns tells whether the name at a word has an owner's ending, with what it owns behind it: "in Halvard's halls".
func owns(words []word, i int) bool {
	if i+1 >= len(words) || words[i+1].clause != words[i].clause {
		return false
	}
	next := words[i+1]
	return next.lower == "s" || isCapital(next.as) && bareName(words[i].lower) != words[i].lower && !isCapital(words[i].as[1:])
}

// run are the names from word i on that stand side by side.
func (c *cast) run(words []word, i int) []string {
	var names []string
	for ; i < len(words) && c.names[bareName(words[i].lower)] > 0 && isCapital(words[i].as); i++ {
		names = append(names, bareName(words[i].lower))
	}
	return names
}

// whom a figure is of: the names that its sentence says, or what comes before it.
type whom struct {
	names    []string
	explicit bool // its own sentence names them
	inClause bool // its clause does
	places   []string
}

// whoOf finds whom a figure is of: the nearest name of its clause, the first of its sentence, else the first name of the sentences
// before it in its section, else those of the heading, else the post's topic.
func (c *cast) whoOf(p *phrase, at int, index *nameIndex) whom {
	var w whom
	clause, sentence := -1, -1
	nearer := func(i, than int) bool {
		if than < 0 || (i < p.at) != (than < p.at) {
			return than < 0 || i < p.at
		}
		return apartWords(p, i) < apartWords(p, than)
	}
	for i := range p.words {
		switch c.roleAt(p.words, i) {
		case place:
			if p.words[i].clause == p.clause {
				w.places = append(w.places, bareName(p.words[i].lower))
			}
		case actor:
			if index.reporting(p, named{from: i, until: i + 1}) {
				continue
			}
			if i > 0 && c.roleAt(p.words, i-1) == actor && p.words[i-1].clause == p.words[i].clause && i != p.at {
				continue // taken with the word before it
			}
			if p.words[i].clause == p.clause && nearer(i, clause) {
				clause = i
			}
			if sentence < 0 {
				sentence = i
			}
		}
	}
	for i := 1; i < len(p.words); i++ {
		if c.isUnknownPlace(p, i, index) {
			w.places = append(w.places, bareName(p.words[i].lower))
		}
	}
	w.places = sortedSet(w.places)
	w.inClause = clause >= 0
	if clause < 0 {
		clause = sentence
	}
	if clause >= 0 {
		w.names, w.explicit = c.run(p.words, clause), true
		return w
	}
	if stranger := c.unknownActor(p, index); stranger != "" {
		w.names, w.explicit, w.inClause = []string{stranger}, true, true
		return w
	}
	w.names = c.before(at)
	return w
}

// isUnknownPlace tells whether a word that the post uses too seldom to be known as a name says where.
func (c *cast) isUnknownPlace(p *phrase, i int, index *nameIndex) bool {
	w, prev := p.words[i], p.words[i-1].lower
	if !isCapital(w.as) || c.names[bareName(w.lower)] > 0 || prev != "in" && prev != "aus" && prev != "across" || p.words[i-1].clause != w.clause {
		return false
	}
	near := w.clause == p.clause || i == 1
	return near && index.mayName(w, c.lang) && !nounLike(w.lower) && !slices.Contains(noPlaces, w.lower) && !slices.Contains(idioms, w.lower)
}

// strangeEndings are endings of words that begin a German sentence and are no names.
var strangeEndings = strings.Fields("t en er e em es ig lich s ng")

// unknownActor is the word that begins a sentence and can be a name that the post uses but once: "Helix was valued at".
func (c *cast) unknownActor(p *phrase, index *nameIndex) string {
	if len(p.words) < 2 || !index.mayName(p.words[0], c.lang) || !isCapital(p.words[0].as) || p.at < 2 {
		return ""
	}
	first, next := p.words[0], p.words[1]
	if isCapital(next.as) || slices.Contains(joins, next.lower) || nounLike(first.lower) || c.lower[first.lower] ||
		slices.ContainsFunc(strangeEndings, func(e string) bool { return strings.HasSuffix(first.lower, e) }) {
		return ""
	}
	return first.lower
}

// furthestBack is how many blocks back a name is looked for.
const furthestBack = 6

// before are the names that a sentence which begins at a byte of the text takes up.
func (c *cast) before(at int) []string {
	i := slices.IndexFunc(c.lines, func(l line) bool { return l.start <= at && at < l.end })
	if i < 0 || at < 0 {
		return c.headline
	}
	own := c.lines[i].section
	for k := i; k >= max(0, i-furthestBack) && c.lines[k].section == own; k-- {
		l := &c.lines[k]
		last := l.sentences - 1
		if k == i {
			last = l.sentenceAt(at-l.start) - 1
		}
		for s := last; s >= 0; s-- {
			if names := c.subjectOf(l, s); names != nil {
				return names
			}
		}
	}
	return c.headline
}

func (l *line) sentenceAt(at int) int {
	for i := range l.words {
		if l.words[i].at+len(l.words[i].as) > at {
			return l.words[i].clause
		}
	}
	return l.sentences
}

// subjectOf are the first names of a sentence that it is about.
func (c *cast) subjectOf(l *line, sentence int) []string {
	for i := range l.words {
		if l.words[i].clause == sentence && c.roleAt(l.words, i) == actor {
			return c.run(l.words, i)
		}
	}
	return nil
}

// shareName tells whether two sets of names have one in common.
func shareName(a, b []string) bool {
	return slices.ContainsFunc(a, func(n string) bool { return slices.Contains(b, n) })
}

// roundOf is the funding round that a sentence names, or that the sentences before it in its block name where it says
// only "the round"; "" where there is none or several.
func (c *cast) roundOf(p *phrase, at int) string {
	sentence := phrase{words: slices.Clone(p.words)}
	for i := range sentence.words {
		sentence.words[i].clause = 0
	}
	if round := roundOf(&sentence); round != "" || !slices.ContainsFunc(p.words, func(w word) bool { return w.lower == "runde" || w.lower == "round" }) {
		return round
	}
	i := slices.IndexFunc(c.lines, func(l line) bool { return l.start <= at && at < l.end })
	if i < 0 || at < 0 {
		return ""
	}
	var before phrase
	for _, w := range c.lines[i].words {
		if w.at < at-c.lines[i].start {
			before.words = append(before.words, word{as: w.as, lower: w.lower})
		}
	}
	return roundOf(&before)
}
