package judge

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"beleg/internal/cite"
)

// Words by which an amount is a single thing or a part of what its sentence is about ("ein Kredit über", "of which",
// "neue"), by which some of it has it or it is left without some, and by which it was or would be so. They stand in the
// figure's clause; oneOf and gainOrLoss right before it.
var (
	partWords = regexp.MustCompile(`(?:^|\P{L})(?:davon|darunter|hiervon|thereof|of which|of that|including|einschließlich|inklusive|` +
		`anteil\p{L}*|teil|tranche\p{L}*|position\p{L}*|pool\p{L}*|vault\p{L}*|fonds|fund|kredit\p{L}*|darlehen\p{L}*|loan|loans|portfolio\p{L}*|produkt\p{L}*|product|` +
		`zufl[uü]ss\p{L}*|abfl[uü]ss\p{L}*|nettozufl\p{L}*|inflow\p{L}*|v\d|outflow\p{L}*|zusätzlich\p{L}*|additional|neu\p{L}{0,2}|new|more|weiter\p{L}{0,2}|another|\p{L}*größt\p{L}*|\p{L}*kleinst\p{L}*|largest|smallest|biggest|` +
		`emittiert\p{L}*|geprägt\p{L}*|ausgegeben\p{L}*|minted|issued|burned|verbrannt\p{L}*|allein|alleine|alone|einzeln\p{L}*|single|jeweils|jede\p{L}?|each|every|pro|per|je)(?:$|\P{L})`)
	oneOf      = regexp.MustCompile(`(?:^|\P{L})(?:ein|eine|einen|einem|einer|eines|a|an|weitere|andere|other)\P{L}+$`)
	apportions = regexp.MustCompile(`(?:^|\P{L})(?:zusammen|together|combined|account(?:s|ed|ing)? for|mak(?:e|es|ing) up|made up|entfällt|entfallen|entfielen|ausmach\p{L}*|` +
		`exclud\p{L}*|outside|without|ohne|außer|außerhalb|abzüglich|davon|darunter|of which|the first|the next|die ersten|die nächsten)(?:$|\P{L})`)
	wasSo      = regexp.MustCompile(`(?:^|\P{L})(?:lag|lagen|war|waren|betrug|betrugen|hatte|hatten|belief|beliefen|was|were|had|stood|totall?ed|amounted)(?:$|\P{L})`)
	supposes   = regexp.MustCompile(`(?:^|\P{L})(?:wäre|wären|würde|würden|hätte|hätten|müsste|müssten|könnte|könnten|dürfte|dürften|sollte|sollten|falls|angenommen|would|could|might|should|if|assuming|suppose|szenario|scenario)(?:$|\P{L})`)
	gainOrLoss = regexp.MustCompile(`(?:^|\P{L})(?:lost|loses|losing|shed|sheds|gained|gains|gaining|verlor|verloren|verliert|verlieren|gewann|gewonnen|gewinnt|einbüßte|eingebüßt)(?: \p{L}+){0,3} \p{Sc}?$`)
)

// isGainOrLoss tells whether a figure is what something won or lost, not what it is.
func isGainOrLoss(c *cite.Cited) bool {
	before, _ := vicinity(c)
	return gainOrLoss.MatchString(before)
}

// How many bytes of a figure's sentence are read before and behind it. A line of many figures can be one long sentence.
const (
	readBefore = 400
	readBehind = 200
)

// vicinity is a figure's sentence before and behind it, in lower case, no further than is read.
func vicinity(c *cite.Cited) (before, behind string) {
	before, behind = c.Fragment[:c.FragmentAt], c.Fragment[c.FragmentEnd:]
	if cut := len(before) - readBefore; cut > 0 {
		before = before[cut:]
	}
	if len(behind) > readBehind {
		behind = behind[:readBehind]
	}
	return strings.ToLower(before), strings.ToLower(behind)
}

// sentenceAround is a figure's sentence, in lower case, with the figure, no further than is read.
func sentenceAround(c *cite.Cited) string {
	before, behind := vicinity(c)
	return before + strings.ToLower(c.Fragment[c.FragmentAt:c.FragmentEnd]) + behind
}

// clauseMark is what sets a clause off. The comma in a number is none.
var clauseMark = regexp.MustCompile(`[,;:!?](?:\s|$)|[()–—]`)

// clause is a figure's clause before and behind it, in lower case.
func clause(c *cite.Cited) (before, behind string) {
	before, behind = vicinity(c)
	if marks := clauseMark.FindAllStringIndex(before, -1); len(marks) > 0 {
		before = before[marks[len(marks)-1][1]:]
	}
	if mark := clauseMark.FindStringIndex(behind); mark != nil {
		behind = behind[:mark[0]]
	}
	return before, behind
}

// isPart tells whether the words around a figure make it a part of what its sentence is about.
func isPart(c *cite.Cited) bool {
	before, behind := clause(c)
	return oneOf.MatchString(before) || partWords.MatchString(before) || partWords.MatchString(behind)
}

// isApportioned tells whether a figure's clause gives it to some of what its sentence is about, or takes some away.
func isApportioned(c *cite.Cited) bool {
	before, behind := clause(c)
	return apportions.MatchString(before) || apportions.MatchString(behind)
}

// isPastTense tells whether a figure's clause says that something was so, which need not be on the day of its post.
func isPastTense(c *cite.Cited) bool {
	before, behind := clause(c)
	return wasSo.MatchString(before) || wasSo.MatchString(behind)
}

// isSupposed tells whether a figure's clause supposes it.
func isSupposed(c *cite.Cited) bool {
	before, behind := clause(c)
	return supposes.MatchString(before) || supposes.MatchString(behind)
}

// letterBefore and letterAt tell whether a letter or digit ends at a byte of a text, or begins there.
func letterBefore(s string, at int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:at])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func letterAt(s string, at int) bool {
	r, _ := utf8.DecodeRuneInString(s[at:])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
