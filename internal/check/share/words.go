package share

import (
	"slices"
	"strings"
)

// A set is words, in lower case.
type set map[string]bool

func (s set) has(w string) bool { return s[w] }

// A class is a class of words: whole words, and what words begin and end with.
type class struct {
	words set
	stems []string
	ends  []string
}

func (c *class) takes(w string) bool {
	return c.words.has(w) || slices.ContainsFunc(c.stems, func(s string) bool { return strings.HasPrefix(w, s) }) ||
		slices.ContainsFunc(c.ends, func(s string) bool { return strings.HasSuffix(w, s) })
}

// A cue is words in a row.
type cue []string

// words reads a table of words; "x*" is a stem, "*x" an end.
func words(table string) class {
	c := class{words: set{}}
	for _, w := range strings.Fields(table) {
		switch {
		case strings.HasSuffix(w, "*"):
			c.stems = append(c.stems, strings.TrimSuffix(w, "*"))
		case strings.HasPrefix(w, "*"):
			c.ends = append(c.ends, strings.TrimPrefix(w, "*"))
		default:
			c.words[w] = true
		}
	}
	return c
}

// cues reads a table of cues, one a line.
func cues(table string) []cue {
	var cs []cue
	for line := range strings.Lines(strings.TrimSpace(table)) {
		cs = append(cs, strings.Fields(line))
	}
	return cs
}

var (
	// distributive words make what follows them the amount of each of several; vague ones are no numbers.
	distributive = set{"je": true, "jeweils": true, "each": true}
	vague        = set{"pair": true, "couple": true, "dozens": true, "hundred": true, "dozen": true, "hundert": true, "tausend": true}

	// fillers may stand anywhere before a number without saying more than its qualifier does.
	fillers = words(`rund etwa circa ca knapp fast gut über unter mehr weniger als nur lediglich bloß immerhin sogar genau gerade exakt mindestens höchstens einmal ganze stolze noch bereits schon
		about around roughly nearly almost over under just only merely some close well more less fewer than at least most exactly even approximately good mere full still already now
		a an the ein eine einem einen einer der die das dem den`)

	// sayings put a percentage beside what it says again, or draw it from that; joiners only lead from one to the other.
	sayings = words(`damit somit mithin folglich demnach oder or entspricht entsprechen entsprechend macht ergibt ergab i.e d.h namely nämlich thus hence so which equals equal equivalent
		corresponding corresponds makes representing being sprich ergo therefore meaning umgerechnet gleich amounts amounting amounted translates equates`)
	joiners  = words(`das dies sind ist waren war und and that is are was were to this in other words i e d h it for`)
	equating = set{"sind": true, "ist": true, "are": true, "is": true, "waren": true, "were": true, "was": true}
	copulas  = cues(`das sind
		das ist
		das waren
		dies sind
		dies ist
		that is
		that's
		this is
		it is
		these are
		those are`)

	restating = cues(`in other words
		mit anderen worten
		anders gesagt
		anders ausgedrückt
		anders formuliert
		put differently
		put another way
		that is to say
		will heißen
		soll heißen
		das heißt
		das bedeutet
		that means
		which means
		as a share
		as a percentage
		als anteil
		in prozent
		prozentual`)

	// drawing words begin a clause that draws its percentage from what precedes it: ", so 22 % use it".
	drawing = set{"somit": true, "damit": true, "mithin": true, "folglich": true, "demnach": true, "womit": true, "wodurch": true, "sodass": true, "ergo": true, "so": true, "hence": true, "thus": true,
		"therefore": true, "thereby": true, "meaning": true, "making": true, "giving": true, "putting": true, "i.e": true, "d.h": true}

	// labels name a percentage as a share; labelled stand between such a label and its number.
	labels   = words(`*anteil *anteils share proportion *quote *rate ratio portion turnout *beteiligung participation uptake penetration durchdringung *abdeckung coverage *auslastungsgrad *deckungsgrad *ausbeute *auslastung utilisation utilization occupancy fraction belegung percentage`)
	labelled = words(`von of at bei auf zu`)

	// holding verbs say of an amount what share it is; the amount may as well be a number of holders.
	holding = cues(`make up
		makes up
		made up
		account for
		accounts for
		accounted for
		stand for
		represent
		represents
		stellen
		stellt
		kommen auf
		kommt auf
		stehen für
		machen
		macht
		halten
		hold
		holds`)

	// attributing words begin what says whose number it is.
	attributing = words(`nach laut gemäß zufolge according per by as wie so`)

	// relative words begin what is said again of what precedes them.
	relative = set{"which": true, "was": true, "das": true, "dies": true, "that": true, "this": true}

	// restricting words behind "of those" name others than were named before.
	restricting = set{"who": true, "which": true, "that": true, "with": true, "whose": true, "in": true, "from": true, "die": true, "der": true, "mit": true}

	// mostly names the larger part of something.
	mostly = words(`löwenanteil großteil hauptteil gros bulk`)

	// made things are all that there are; used ones are some of them. What was made in a span of time is not all: timely
	// words say so.
	made   = words(`issued ausgegeben* ausgestellt* ausgab minted geprägt* sold verkauft* shipped ausgeliefert* delivered installed installiert* built gebaut* manufactured produced produziert* hergestellt* handed verteilt* distributed vergeben*`)
	used   = words(`used genutzt* benutzt* verwendet* active aktiv* use einsatz circulation umlauf running betrieben online betrieb gebrauch eingesetzt*`)
	timely = words(`monthly monatlich* yearly jährlich* annual* daily täglich* weekly wöchentlich* month months monat* year jahr week woche* quarter quartal* additional weitere* another neue* new more zusätzlich* today heute this these further halbjahr*`)

	// all things counted.
	all = set{"all": true, "alle": true, "aller": true, "allen": true}

	// coined nouns count a currency without its name.
	coined = words(`coin coins token tokens münzen`)

	// collective nouns name all that were counted before: "61 of the 89, in other words 69 % of the estate".
	collective = words(`estate fleet field sample panel cohort group lot set list base population universe roster feld stichprobe flotte gruppe liste kreis runde bestand* kohorte *feld *flotte grundgesamtheit teilnehmer* befragte* respondents participants membership mitglieder*`)

	// generic nouns count what was named before.
	generic = words(`fälle* fall case cases stück person* people menschen mal times exemplar* item items entries einträge* ones units einheiten`)

	// prepositions may stand in an attribute: "42 der im Januar gestarteten 840 Token".
	prepositions = set{"im": true, "in": true, "am": true, "seit": true, "vor": true, "bis": true, "aus": true, "an": true, "bei": true, "vom": true, "zum": true, "zur": true, "nach": true, "für": true}

	// whole's words: ofWords tie a part to its whole; determiners may follow them; totals name the whole itself.
	ofWords     = words(`von of from aus der des vom unter among dieser jener ihrer seiner`)
	determiners = words(`den dem der die the its their all a an total of insgesamt gesamten ihren seinen allen aller these those this diesen dieser these weltweiten globalen bestehenden existing derzeit some roughly
		about around rund etwa knapp gut our his her out nearly almost fast mehr als over more than über`)
	totals  = words(`gesamt* total overall entire whole summe all aller alle allen everything alles davon dessen everyone everybody them these those that it market marktes`)
	anaphor = cues(`davon
		darunter
		hiervon
		wovon
		von denen
		von diesen
		von ihnen
		unter ihnen
		derer
		deren
		dessen
		of them
		of these
		of those
		of that
		of it
		of this
		of which
		of whom
		among them
		among these
		dazu
		hierzu
		daran
		to this
		to that`)
	within = cues(`davon
		hiervon
		wovon
		von denen
		von diesen
		von ihnen
		of them
		of these
		of those
		of which
		of whom`)
	including = cues(`darunter
		davon
		including
		among them
		of which
		of whom
		von denen
		wovon`)

	// conjunctions end what a percentage is said to be of.
	conjunctions = words(`und and but aber sowie while während which who die dass that or oder weil because as als where wo wobei whose`)

	// closers end a clause behind its percentage: ", was einem Anteil von 35 % entspricht".
	closers = words(`entspricht entsprechen entsprach ausmacht ausmachen ergibt gleichkommt bedeutet`)

	// growing words say that a percentage is a change; other ones that it is of another kind than a share; comparing ones,
	// behind it, that it is a distance from something.
	growing = words(`wuchs* wächst wachs* gewachsen stieg* steig* gestiegen anstieg sank sinkt gesunken fiel* fällt gefallen zuwachs* *zuwachs zunahme abnahme rückgang* *rückgang plus minus erhöh* senk* verringer* einbruch steigerung
		growth grew grow* grown rise* rose risen rising increas* decreas* declin* drop* fell fallen gain* jump* soar* plung* surg* shrank shrunk shrink* cut cuts saved saving* save* ersparnis einspar* reduc* reduz*
		lost verlor* verloren verlust* *verlust loss* gewinn* profit* outperform* climb* slid added zulegen legte`)
	otherKind = words(`rendite* *rendite zins* *zins *zinsen *zinssatz verzins* yield* interest apy apr coupon kupon gebühr* *gebühr *gebühren fee fees provision* commission* margin margins marge* *marge discount* rabatt* abschlag* aufschlag*
		premium prämie* tax* steuer* inflation* probab* wahrscheinlich* chance* odds uptime verfügbarkeit wirkungsgrad efficien* effizien* genauigkeit accura* annual* jährlich* p.a volatil* leverage hebel
		return returns ltv collateral* besicher* slippage spread haircut cagr korrelation correlation penalty strafe* confidence year jahr jahre yearly threshold schwelle* quorum`)
	comparing = words(`mehr weniger more less fewer higher lower höher* niedriger* günstiger* billiger* teurer* cheaper above below unter unterhalb über oberhalb under over off größer* kleiner* larger smaller bigger
		schneller* faster pro per yearly mehrkosten cheaper dearer compared versus gegenüber vs older jünger* älter* longer shorter länger* kürzer* besser* better schlechter* worse`)

	// expected words tell of a share that is usual, wanted or that of others, and not of what was counted.
	expected = words(`would wäre wären würde* könnte* could might should soll* sollte* usual* üblich* normal* typical* typisch* average durchschnitt* ziel* target* goal* required nötig* erforderlich* bisher bislang previous* zuvor vorher früher*
		earlier former* elsewhere andernorts sonst vorjahr* promised versprochen* planned geplant* expected erwartet* forecast* prognos* angestrebt* last gilt gelten hürde* schwelle* grenze* threshold minimum mindest* maximum höchst*`)

	// concluding words say that a percentage follows from what was said before.
	concluding = words(`damit somit mithin folglich demnach also thus hence so therefore ergibt makes gives result ergo daher bringt`)

	// summing words name the row of a table for its total.
	summing = words(`gesamt* summe total* insgesamt sum overall zusammen all alle`)

	// holders are few that hold much: their number is no part of what they hold.
	holders = words(`größt* groesst* large* biggest top wichtigst* reichst* richest best* most führend* leading first erst* last letzt*`)

	// denying words say that a share is that of those who do not.
	denying = words(`nicht kein* not no none never without ohne nie fail* fehl*`)

	// articles before a number word make it name again what was named: "the three", "diese vier".
	articles = set{"the": true, "die": true, "den": true, "der": true, "these": true, "those": true, "diese": true, "diesen": true, "all": true, "alle": true, "their": true, "ihre": true, "its": true, "our": true}

	// directions right before a percentage make it a change.
	directions = set{"up": true, "down": true}

	// remaining words name what is left of a whole.
	remaining = words(`übrigen übrige restlichen restliche verbleibenden verbleibende rest remaining other others anderen andere else`)

	// unnamed words behind an "and" are members of a list that are not named, and no rest.
	unnamed = words(`other others andere anderen`)

	// totalling words say that an amount is a total.
	totalling = words(`insgesamt gesamt* total totals altogether overall all alle summe`)

	// genitives are their endings of names.
	genitives = set{"s": true, "'s": true, "’s": true, "'": true, "’": true}

	// joint words make a share one of several together.
	joint = words(`zusammen zusammengenommen gemeinsam together combined jointly collectively insgesamt`)

	// reducing words tell of a share of an effort, working ones of the work it takes; since tells of a change against
	// something that stands elsewhere; backward words begin sentences that speak of what was just said.
	reducing = words(`reduzier* senkt senken sinkt verringer* spart sparen einspar* *spart erspar* reduc* cut cuts save* saving* lower* shrink* drop drops fällt weniger less drück*`)
	working  = words(`verif* *prüf* check* *rechn* comput* process* verarbeit* lesen liest read reads sampl* stichprobe* download* *lädt *laden speicher* store stores inspect* audit* scan*`)
	since    = words(`als than gegenüber compared verglichen seit since vergleich year-on-year`)
	backward = words(`das dies dieser diese damit dadurch so somit this that it which thus hence`)
	instead  = words(`statt anstatt anstelle instead rather`)
	only     = words(`nur only just lediglich bloß merely`)

	// falling verbs say what a whole is divided among.
	falling = words(`entfallen entfielen gehen gingen fließen flossen sind waren stammen go goes went come came are were belong was is`)
)
