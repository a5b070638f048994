package conflict

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"beleg/internal/market"
)

// wording is what the sentence of a claim says around its figure that decides what the claim can be held against.
type wording struct {
	named   bool     // the figure's clause names the claim's subject
	aside   string   // why it cannot be held against anything; "" where it can
	planned bool     // a target, a potential, an expectation
	scope   []string // what sort of value it is (peak, net …): two claims must agree in this
	part    []string // what it is limited to: a part cannot be more than the whole
	loose   []string // what makes another definition likely: a difference in this is worth a note only
	source  string   // who is named for it, lower case
	round   string   // the funding round that is named
}

// word is a word of a sentence.
type word struct {
	as, lower string
	at        int // byte in the sentence
	clause    int
}

// phrase is a sentence in words. The figure is left out: it stands before words[at], in a clause of the same count.
type phrase struct {
	words  []word
	at     int
	clause int
}

// phraseOf splits a sentence into words; the figure is its bytes at to end.
func phraseOf(sentence string, at, end int) *phrase {
	p := &phrase{at: -1}
	var words []word
	var outer []int // clauses that brackets interrupt
	clause, clauses, from := 0, 0, -1
	flush := func(to int) {
		if from < 0 {
			return
		}
		w := sentence[from:to]
		words = append(words, word{as: w, lower: strings.ToLower(w), at: from, clause: clause})
		from = -1
	}
	for i := 0; i < len(sentence); {
		if i == at {
			flush(i)
			p.at, p.clause = len(words), clause
			i = max(end, i+1)
			continue
		}
		r, size := utf8.DecodeRuneInString(sentence[i:])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if from < 0 {
				from = i
			}
		default:
			flush(i)
			switch {
			case r == ')' && len(outer) > 0:
				clause, outer = outer[len(outer)-1], outer[:len(outer)-1]
			case isClauseEnd(r) && !betweenDigits(sentence, i, size), endsSentence(sentence, i, r):
				if r == '(' {
					outer = append(outer, clause)
				}
				clauses++
				clause = clauses
			}
		}
		i += size
	}
	flush(len(sentence))
	p.words = words
	if p.at < 0 {
		p.at, p.clause = len(words), clause
	}
	return p
}

func isClauseEnd(r rune) bool { return strings.ContainsRune(",;:–—()\t", r) }

// endsSentence tells whether a sentence ends inside what was taken for one, as behind a unit with a stop.
func endsSentence(s string, i int, r rune) bool {
	if r != '.' && r != '!' && r != '?' || i == 0 || i+2 >= len(s) || s[i+1] != ' ' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(s[i+2:])
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	return unicode.IsUpper(next) && unicode.IsLower(before) && !isAbbreviated(s[:i])
}

// isAbbreviated tells whether a text ends in an abbreviation: one letter, or one of the usual ones.
func isAbbreviated(s string) bool {
	word := s[strings.LastIndexByte(s, ' ')+1:]
	return len(word) < 2 || slices.Contains(abbreviated, strings.ToLower(word))
}

var abbreviated = strings.Fields("mio mrd bio ca etwa z.b d.h u.a usw nr dr vs approx inc corp ltd no st mr ms bzw inkl exkl zzgl max min sog")

func betweenDigits(s string, i, size int) bool {
	digit := func(k int) bool { return k >= 0 && k < len(s) && s[k] >= '0' && s[k] <= '9' }
	return digit(i-1) && digit(i+size)
}

// reach is where around a figure a cue counts.
type reach uint8

const (
	inSentence reach = iota
	inClause
	near      // within a few words of the figure, in its clause
	rightHere // directly before the figure, articles and bounds aside, or directly behind it
	before    // directly before it
)

// nearby is how many words away from the figure "near" still is.
const nearby = 4

// does is what a cue makes of a claim.
type does uint8

const (
	setsAside does = iota
	plans
	scopes
	parts
	loosens
)

// cue is a pattern of words with what it says of a claim. A trailing asterisk opens a word to the right, a leading one
// to the left; "…" stands for up to three words, "#" for a number.
type cue struct {
	reach reach
	does  does
	tag   string
	words [][]string
}

func cueOf(r reach, d does, tag, patterns string) cue {
	c := cue{reach: r, does: d, tag: tag}
	for _, p := range strings.Split(patterns, ",") {
		c.words = append(c.words, strings.Fields(p))
	}
	return c
}

// ofEach marks an amount of one out of many.
const ofEach = "of each"

// cues are German and English words that say what sort of value a figure is. They know no subject and no metric.
var cues = []cue{
	cueOf(inSentence, setsAside, "hypothetical", "wenn, falls, sofern, angenommen, annahme, nehmen wir an, stellen sie sich vor, stell dir vor, zum beispiel, z b, beispielsweise, beispiel, hypothetisch*, würde, würden, if, suppose, assume, assumes, assuming, imagine, for example, for instance, e g, hypothetical*, would, say you"),
	cueOf(inClause, setsAside, "another time", "vor … jahr, vor … jahren, vor … monaten, vor … wochen, vor … tagen, zuvor, vorher, früher, damals, einst, einstmals, ehemals, ursprünglich, anfangs, anfänglich, zunächst, vorjahr, vorjahres, vorjahr*, letztes jahr, letzten jahr, letzten jahres, vergangenen jahr, vergangenen jahres, vormonat*, vorquartal*, beim start, zum start, debüt, auftakt*, erstausgabe, noch bei, waren es noch, war noch, lag noch, betrug noch, noch vor, ago, previously, earlier, initially, originally, formerly, at first, back then, at the time, last year, year before, years before, month before, quarter before, preceding, at launch, at its launch, used to, once, debut, inaugural, first edition, start of"),
	cueOf(before, setsAside, "a comparison", "als, gegenüber, verglichen mit, vergleich zu, vergleich mit, statt, anstelle von, anstatt, nach, than, versus, vs, compared to, compared with, against, instead of, up from, down from, from, after, rather than, ausgehend von"),
	cueOf(inClause, setsAside, "a comparison", "als ein, als eine, als einem, als einer, als jede*, than a, than an, than any, than the, anders als, im gegensatz, unlike, im vergleich, by comparison"),
	cueOf(near, setsAside, ofEach, "pro, je, jede, jeder, jedes, jedem, jeden, jeweils, each, every, apiece, per, einzelne, einzelner, einzelnen, einzelnes, einzige, einzigen, einziger, single, dieselbe, derselbe, dasselbe"),
	cueOf(inClause, setsAside, ofEach, "dieselbe, derselbe, ein einzelner, eine einzelne, einem einzelnen, einer einzelnen, einen einzelnen, eine einzige, einem einzigen, einer einzigen, pro gerät, pro gpu, pro nutzer, pro kopf, pro knoten, je nutzer, je gerät, per user, per device, per gpu, per node, per capita, per customer, pro kunde, a single, the same gpu, each of, jeder der"),
	cueOf(rightHere, setsAside, "an addition", "weitere, weiteren, weiterer, zusätzlich, zusätzliche, zusätzlichen, neue, neuen, neuer, neu, um, additional, another, extra, new, further, fresh, added, adding, adds, gained"),
	cueOf(inClause, setsAside, "an addition", "hinzu, hinzugekommen, hinzugewonnen, dazugekommen, hinzugefügt, newly"),
	cueOf(before, setsAside, "a part", "davon, darunter, wovon, hiervon, of which, including, among them, inklusive, einschließlich, der rest, die übrigen, the rest, the remaining, restlichen, verbleibenden, remaining"),
	cueOf(inClause, setsAside, "a part", "davon, hiervon, wovon, of which, of them, of these, of those, entfallen auf, entfielen auf, entfällt auf, entfiel auf, accounted for, accounts for, account for, macht … aus, machen … aus, machte … aus, machten … aus, the rest, der rest, übrige*, remaining, bruchteil, fraction of, teil der, teil des, part of, in seinem, in ihrem, auf seinem, auf ihrem, in seiner, in ihrer, auf seiner, auf ihrer, on its, in its, on their, in their, among its, unter seinen"),
	cueOf(near, setsAside, "given back", "recovered, refunded, reimbursed, repaid, frozen, zurückgeholt, zurückerhalten, zurückgezahlt, erstattet, erstattete, eingefroren"),
	cueOf(inSentence, setsAside, "a part", "von den #, von insgesamt #, von seinen #, von ihren #, of the #, of its #, out of #, out of the #"),
	cueOf(rightHere, setsAside, "a part", "der #, von #, von den #, of #, of the #, out of #, out of the #"),
	cueOf(inClause, plans, "", "ziel, ziele, zielen, zielt, zielmarke, strebt, streben, anstrebt, anvisiert*, plant, planen, geplant, geplante*, target, targets, targeting, targeted, aims, aim, aiming, goal, plans, planned, potenzial, potential, potenziell*, potentiell*, adressierbar*, addressable, tam, erwartet, erwartete, erwarteten, erwarten, expected, expects, prognos*, prognosti*, forecast, forecasts, projected, projection, projections, voraussichtlich, vorgesehen*, planung, in aussicht, peilt, peilen, wollte, wollten, wollen, dürfte, dürften, könnte, könnten, soll, sollen, sollte, might, could, may, will, hochgerechnet, roadmap, vision, vorsichtiger*, zurückhaltender*, zuversichtlicher*, optimistischer*, pessimistischer*, skeptischer*, kühner*, forscher, mutiger*, more cautious, less cautious, more optimistic, less optimistic, more pessimistic, more bullish, more bearish, bolder"),
	cueOf(inClause, scopes, "peak", "höchststand, höchststands, höchststände, höchstwert, höchstmarke, rekord*, allzeithoch*, spitze, spitzen*, peak, peaked, peaks, record, records, all time high, ath, high of, topped out, hoch von, hochpunkt, hochphase"),
	cueOf(inSentence, scopes, "low", "tiefste*, niedrigste*, lowest"),
	cueOf(inClause, scopes, "low", "tiefststand, tiefstand, tiefpunkt, tief von, allzeittief, low of, bottom, bottomed, trough, all time low"),
	cueOf(near, scopes, "net", "netto*, net"),
	cueOf(near, scopes, "gross", "brutto*, gross"),
	cueOf(inClause, scopes, "adjusted", "bereinigt*, adjusted, organisch*, organic, tatsächlich*, actual, echte*, genuine, ohne, exklusive, excluding, excludes, without, stripped, strip out"),
	cueOf(near, scopes, "average", "durchschnitt*, schnitt, average, averaged, median, mittlere*, mittel, typical, typisch*"),
	cueOf(near, scopes, "bound", "schwelle, schwellenwert, mindest*, minimum, minimal*, limit, limits, obergrenze, untergrenze, grenze, deckel, deckelung, cap of, capped, threshold, maximal*, maximum, höchstens, ab, starting at, genehmigt, zugelassen, approved, authorised, authorized"),
	cueOf(inClause, scopes, "theory", "theoretisch*, theoretical*, in theory, testnet*, benchmark*, labor*, im labor, simulation*"),
	cueOf(inClause, scopes, "contracted", "vertraglich*, contracted, gesichert*, secured, im bau, under construction, in der pipeline, pipeline"),
	cueOf(inClause, scopes, "trading", "handelsvolum*, trading, spot, perp, perps, derivate*, derivative*, futures, optionen, options"),
	cueOf(inClause, scopes, "payments", "zahlungsvolum*, payment, payments, zahlungen"),
	cueOf(inSentence, scopes, "diluted", "voll verwässert*, vollständig verwässert*, fully diluted, fdv"),
	cueOf(inClause, scopes, "so far", "kumul*, cumulat*, lebenszeit, lifetime, bis heute, to date, bisher, bislang, so far, since launch, since inception, seit start, seit dem start, seit beginn, seit gründung, seit der gründung, seit einführung, seit der einführung, jemals, ever, historisch*, insgesamt verarbeitet, total processed"),
	cueOf(near, scopes, "registered", "registriert*, registered, angemeldet*, signed up, downloads, heruntergeladen, accounts, konten"),
	cueOf(inClause, scopes, "ranking", "top, größten fünf, fünf größten, drei größten, zehn größten, zwei größten, zwanzig größten, largest five, five largest, three largest, ten largest, two largest, führenden"),
	cueOf(near, parts, "active", "aktiv*, active, live, operational, in betrieb, laufend*, funktionierend*"),
	cueOf(near, parts, "daily", "täglich*, tagesaktiv*, daily, dau"),
	cueOf(near, parts, "monthly", "monatlich*, monatsaktiv*, monthly, mau"),
	cueOf(near, parts, "institutional", "institutionell*, institutional, unternehmenskunden, b2b, enterprise"),
	cueOf(near, parts, "retail", "privatkunden, privatanleger*, retail, einzelhandel*, endkunden, consumer, consumers"),
	cueOf(near, loosens, "on-chain", "on chain, onchain, off chain, offchain"),
	cueOf(inSentence, loosens, "scenario", "optimistisch*, konservativ*, pessimistisch*, szenario*, bullish, bull case, bear case, base case, best case, worst case, optimistic*, conservative*, pessimistic, scenario*, basisszenario"),
	cueOf(near, parts, "paying", "zahlend*, paying, bezahlt*, premium"),
	cueOf(near, parts, "core", "core, kern*, services, dienstleistung*, non, nicht"),
	cueOf(near, parts, "mobile", "mobile, mobil*, desktop"),
	cueOf(inClause, parts, "segment", "umsatz aus, umsätze aus, einnahmen aus, erlöse aus, erlös aus, revenue from, income from, sales of, segment, sparte, geschäftsbereich, division, business line, business unit, tochter*, subsidiary"),
	cueOf(inClause, parts, "version", "v1, v2, v3, v4, v5, pool, pools, vault, vaults, modul, module, modulen, tranche, pilot*"),
	cueOf(inClause, parts, "region", "europa*, europäisch*, europe, european, eu, emea, apac, asien, asia, asian, asiatisch*, afrika, africa, african, lateinamerika*, latin america, latam, südamerika*, south america, nordamerika*, north america, naher osten, nahen osten, middle east, weltweit ohne, usa, us, amerikanisch*, american, vereinigten staaten, united states, deutschland, deutsche*, germany, german, china, chinesisch*, chinese, indien, indisch*, india, indian, japan, japanisch*, japanese, südkorea*, korea*, brasilien, brazil*, großbritannien, uk, british, britisch*, frankreich, france, french, schweiz, switzerland, swiss, singapur, singapore, hongkong, hong kong, nigeria, vietnam, türkei, turkey, dubai, vae, uae, mexiko, mexico"),
}

// timeWords behind "pro" or "per" make a rate of it, not an amount of each.
var timeWords = strings.Fields("sekunde minute stunde tag woche monat quartal jahr second minute hour day week month quarter year annum")

// fillers may stand between a cue and the figure that it directly precedes.
var fillers = strings.Fields("the a an der die das den dem des ein eine einen einem einer etwa rund circa ca ungefähr knapp fast nahezu beinahe über mehr weniger unter gut bis zu " +
	"about around roughly approximately some nearly almost over under more less fewer mindestens at least noch nur just only höher")

// bounds are the words before a figure that belong to it when it is quoted.
var bounds = strings.Fields("etwa rund circa ca ungefähr knapp fast nahezu beinahe über mehr weniger als unter gut mindestens about around roughly approximately nearly almost over under more less fewer than at least")

// bounding are the words before "als" and "than" that make a bound of them instead of a comparison.
var bounding = strings.Fields("mehr weniger more less fewer höher niedriger")

// read is what the words around the figure say; they are read once.
func (c *claim) read(names *nameIndex, metric *market.Metric) *wording {
	if c.forms != nil {
		return c.forms
	}
	p := phraseOf(c.Cited.Fragment, c.Cited.FragmentAt, c.Cited.FragmentEnd)
	w := &wording{source: sourceOf(p), round: roundOf(p), named: names.speaksOf(p, c.of.subject, true)}
	for i := range cues {
		if cues[i].found(p) {
			w.take(&cues[i])
		}
	}
	if !c.dated && c.namesAnotherYear(p) {
		w.aside = "another time"
	}
	if names.ofStranger(c, p) {
		w.aside = "somebody else"
	}
	w.part = append(w.part, names.limits(c.of.subject, p)...)
	w.part = append(w.part, names.qualities(c, p)...)
	if l := names.label(c, metric); l != "" {
		w.scope = append(w.scope, "label:"+l)
	}
	w.scope, w.part, w.loose = sortedSet(w.scope), sortedSet(w.part), sortedSet(w.loose)
	c.forms = w
	return w
}

func sortedSet(s []string) []string {
	slices.Sort(s)
	return slices.Compact(s)
}

func (w *wording) take(c *cue) {
	switch c.does {
	case setsAside:
		w.aside = c.tag
	case plans:
		w.planned = true
	case scopes:
		w.scope = append(w.scope, c.tag)
	case parts:
		w.part = append(w.part, c.tag)
	case loosens:
		w.loose = append(w.loose, c.tag)
	}
}

// found tells whether one of the cue's patterns stands within its reach of the figure.
func (c *cue) found(p *phrase) bool {
	from, to := c.window(p)
	for _, pattern := range c.words {
		for i := from; i < to; i++ {
			n, ok := matches(p.words[i:to], pattern)
			if ok && (c.reach == inSentence || p.words[i].clause == p.clause) && c.counts(p, i, i+n, pattern) {
				return true
			}
		}
	}
	return false
}

// counts tells whether the words from i to end, which match a pattern, speak of the figure.
func (c *cue) counts(p *phrase, i, end int, pattern []string) bool {
	leads := end <= p.at && onlyFillers(p.words[end:p.at])
	switch {
	case c.tag == ofEach && end < len(p.words) && slices.Contains(timeWords, p.words[end].lower):
		return false
	case c.reach == before:
		return leads && !boundsFigure(p.words, i, pattern)
	case c.tag == "registered" && end < len(p.words) && p.words[end].lower == "for":
		return false // what accounts for a share
	case c.reach == rightHere:
		return leads || i == p.at && pattern[0] != "um"
	}
	return true
}

// window is the range of words in which a cue counts.
func (c *cue) window(p *phrase) (from, to int) {
	if c.reach == inSentence {
		return 0, len(p.words)
	}
	from, to = p.at, p.at
	for i := range p.words {
		if p.words[i].clause == p.clause {
			from, to = min(from, i), max(to, i+1)
		}
	}
	if c.reach == near {
		from, to = max(from, p.at-nearby), min(to, p.at+nearby)
	}
	return from, to
}

// matches tells whether a pattern begins at the first word, and how many words it takes.
func matches(words []word, pattern []string) (int, bool) {
	i := 0
	for k := 0; k < len(pattern); k++ {
		if pattern[k] == "…" {
			for skip := 0; skip <= maxGap; skip++ {
				if i+skip > len(words) {
					return 0, false
				}
				if n, ok := matches(words[i+skip:], pattern[k+1:]); ok {
					return i + skip + n, true
				}
			}
			return 0, false
		}
		if i >= len(words) || !isWord(words[i].lower, pattern[k]) {
			return 0, false
		}
		i++
	}
	return i, true
}

// maxGap is how many words "…" stands for at most.
const maxGap = 3

func isWord(w, pattern string) bool {
	switch {
	case pattern == "#":
		return w[0] >= '0' && w[0] <= '9'
	case strings.HasSuffix(pattern, "*"):
		return strings.HasPrefix(w, pattern[:len(pattern)-1])
	case strings.HasPrefix(pattern, "*"):
		return strings.HasSuffix(w, pattern[1:])
	}
	return w == pattern
}

func onlyFillers(words []word) bool {
	for _, w := range words {
		if !slices.Contains(fillers, w.lower) {
			return false
		}
	}
	return true
}

// boundsFigure tells whether "als" or "than" belongs to a bound: "mehr als 30".
func boundsFigure(words []word, i int, pattern []string) bool {
	return (pattern[0] == "als" || pattern[0] == "than") && i > 0 && slices.Contains(bounding, words[i-1].lower)
}

// namesAnotherYear tells whether the sentence of an undated claim speaks of a year that its post was not written in: an
// earlier one, or in its clause a later one. A year since which something is so is none.
func (c *claim) namesAnotherYear(p *phrase) bool {
	words := p.words
	for i, w := range words {
		if !isYear(w.lower) {
			continue
		}
		if i > 0 && isSince(words[i-1].lower) || i > 1 && isSince(words[i-2].lower) {
			continue
		}
		switch published := c.Cited.Published; {
		case published.IsZero():
			return true
		case w.lower < published.Start().Format("2006"), w.lower > published.Start().Format("2006") && w.clause == p.clause:
			return true
		}
	}
	return false
}

func isSince(w string) bool { return w == "seit" || w == "since" }

func isYear(s string) bool {
	if len(s) != 4 || s[:2] != "19" && s[:2] != "20" {
		return false
	}
	return s[2] >= '0' && s[2] <= '9' && s[3] >= '0' && s[3] <= '9'
}

// reported are words before the name of who says so, reports those behind it.
var (
	reported = strings.Fields("laut according nach zufolge quelle source")
	reports  = strings.Fields("zufolge schätzt schätzte schätzen prognostiziert prognostizierte erwartet verfolgt zählt beziffert meldet meldete berichtet taxiert sieht nennt " +
		"estimates estimated forecasts projects expects tracks counts reports reported puts says said reckons sees values pegs")
)

// sourceOf is the name of who is given for the figure, lower case; "" where nobody is.
func sourceOf(p *phrase) string {
	for i, w := range p.words {
		if slices.Contains(reported, w.lower) {
			for _, n := range p.words[i+1 : min(i+maxToName, len(p.words))] {
				if isCapital(n.as) && n.lower != "angaben" && n.lower != "schätzungen" && n.lower != "schätzung" {
					return n.lower
				}
			}
		}
		if i > 0 && slices.Contains(reports, w.lower) && isCapital(p.words[i-1].as) {
			return p.words[i-1].lower
		}
	}
	return ""
}

// maxToName is how many words behind "laut" or "according" a name is looked for.
const maxToName = 5

func isCapital(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

// rounds are the words that say which of several fundings an amount is.
var rounds = []struct {
	name  string
	words [][]string
}{
	{"pre-seed", [][]string{{"pre", "seed"}}}, {"seed", [][]string{{"seed"}, {"seed*"}}},
	{"a", [][]string{{"series", "a"}, {"serie", "a"}}}, {"b", [][]string{{"series", "b"}, {"serie", "b"}}},
	{"c", [][]string{{"series", "c"}, {"serie", "c"}}}, {"d", [][]string{{"series", "d"}, {"serie", "d"}}},
	{"e", [][]string{{"series", "e"}, {"serie", "e"}}},
	{"total", [][]string{{"gesamtfinanzierung"}, {"insgesamt"}, {"total", "funding"}, {"in", "total"}, {"bringing", "…", "total"}}},
}

// roundOf is the one funding round that the figure's clause names; "" where it names none or several.
func roundOf(p *phrase) string {
	var words []word
	for _, w := range p.words {
		if w.clause == p.clause {
			words = append(words, w)
		}
	}
	found := ""
	for _, r := range rounds {
		if !slices.ContainsFunc(r.words, func(pattern []string) bool { return stands(words, pattern) }) {
			continue
		}
		if found != "" && found != "pre-seed" {
			return ""
		}
		if found == "" {
			found = r.name
		}
	}
	return found
}

func stands(words []word, pattern []string) bool {
	for i := range words {
		if _, ok := matches(words[i:], pattern); ok {
			return true
		}
	}
	return false
}
