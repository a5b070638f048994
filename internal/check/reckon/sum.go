package reckon

import (
	"regexp"
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// sums finds parts that do not add up to their stated sum.
func (x *examination) sums(d *rule.Document) {
	phrases := x.phrases
	for i := range phrases {
		x.totals(d, i)
		x.closedShares(d, &phrases[i])
		x.leftovers(d, &phrases[i])
		x.splits(d, phrases, i)
		x.allotments(d, &phrases[i])
	}
	x.lists(d, phrases)
}

// Words of sums.
var (
	// splitting stands between a whole and its parts where these are all of it.
	splitting = regexp.MustCompile(`\b(?:setzt sich(?: ` + word + `){0,6} zusammen|setzen sich(?: ` + word + `){0,6} zusammen|setzt sich(?: ` + word + `){0,3} aus|besteht aus|bestehen aus|gliedert sich|gliedern sich|teilt sich|teilen sich|verteilt sich|verteilen sich|aufgeteilt|unterteilt|consists? of|consisting of|comprises|comprising|made up of|is split|are split|split (?:into|between|among|across)|divided (?:into|between|among)|broken down|breaks down|break down|zerfällt|zerfallen|aufgeschlüsselt|zerlegt|zerlegen|schlüsselt|gliedert man|teilt man|sortiert man|ordnet man|im einzelnen|nach (?:regionen?|ländern|sektoren|sparten|segmenten|kategorien|branchen) (?:führt|führen|liegt|liegen|entfallen|entfällt)|by (?:region|country|sector|segment|category)|sliced by|slice (?:it|them) by|namely|in detail)\b`)
	// incomplete says that not all parts are named.
	incomplete = regexp.MustCompile(`\b(?:darunter|davon|including|includes|among others|among them|unter anderem|such as|e\.g\.|for example|zum beispiel|vor allem|mainly|mostly|hauptsächlich|größtenteils|chiefly|largely|primarily|überwiegend|beispielsweise|insbesondere|notably|und andere|usw|etc|u\. ?a\.|z\. ?b\.|etwa [^{]|plus|sowie weitere|und weitere|and others|and more|the rest|der rest|remaining|übrigen|übrige|restlichen|restliche|sonstige)`)
	// cumulated says that a total holds more than what was listed.
	cumulated = regexp.MustCompile(`\b(?:seit|bisher|since|to date|so far|inzwischen|mittlerweile|kumul\w*|cumulative\w*|jemals|ever|bislang|already|bereits|now|damit|brings|bringt|steigt|erhöht|wächst)\b`)
	// overlapping says that parts may share members.
	overlapping = regexp.MustCompile(`mehrfach|multiple answers|more than one|respectively|jeweils|beziehungsweise|bzw`)
)

// sum holds parts against their total. Where all of them do not fit, the last few may be what the total is of.
func (x *examination) sum(d *rule.Document, parts []*quantity, total *quantity, sure bool) {
	if len(parts) < 2 || len(parts) > mostParts {
		return
	}
	for _, q := range parts {
		sure = sure && q.value() <= total.value()
	}
	all := x.sumClaim(d, parts, total)
	for from := 0; from <= len(parts)-2; from++ {
		if c := x.sumClaim(d, parts[from:], total); x.outcome(c) != rule.Differs {
			c.quiet = !sure
			x.judge(c)
			return
		}
	}
	all.sure, all.quiet = false, !sure || !plausibleSum(all) && !x.slipped(all)
	x.judge(all)
}

// sumClaim is the claim that a total is the sum of parts.
func (x *examination) sumClaim(d *rule.Document, parts []*quantity, total *quantity) *claim {
	reckoned := x.siblings(append(append([]*quantity{}, parts...), total))
	is := rule.Within(0, 0)
	for _, r := range reckoned[:len(parts)] {
		is = is.Plus(r)
	}
	terms, computed := joined(parts, "+"), sumText(append(append([]*quantity{}, parts...), total), is)
	return &claim{rule: rule.MathSum, doc: d, stated: total, from: parts, is: is, as: &reckoned[len(parts)],
		sum:  rule.Tell("%s = %s", "%s = %s", terms, computed),
		says: rule.Tell("%s sind zusammen %s, im Text steht %s.", "%s add up to %s, the text says %s.", terms, computed, total.figure.Text)}
}

// partsMarked say that what follows are parts of what was said before.
var partsMarked = regexp.MustCompile(`davon|darunter|of which|including|of whom|wovon`)

var (
	// leftover is an amount that is what is left of a whole; wholeOf the whole, at the beginning.
	leftover = newForm(`(?:die übrigen|der rest(?: von)?|die restlichen|die verbleibenden|den übrigen|den restlichen|the remaining|the other|the rest|remaining|restliche|übrige) ?\(? ?<rest*>`)
	wholeOf  = newForm(`^(?:von|of|out of)(?: (?:the|den|der|total|a|insgesamt|its|their|all|ihren|seinen))* <total>`)
)

// leftovers checks what is left of an amount: "of the 60 million, 43.8 go to … and the remaining 16.2 to …".
func (x *examination) leftovers(d *rule.Document, p *phrase) {
	if len(p.quantities) < 3 {
		return
	}
	for _, m := range wholeOf.in(p) {
		total := m.get("total")
		for _, r := range leftover.in(p) {
			rest := r.get("rest")
			parts := partsBehind(p, total.to, total)
			if rest.figure.Kind == cite.Percent || len(parts) == 0 || parts[len(parts)-1].from != rest.from || !isCounting(total.figure) {
				continue
			}
			sure := !overlapping.MatchString(p.Text) && !partsMarked.MatchString(p.Text)
			for _, q := range parts {
				sure = sure && fitTogether(q, total)
			}
			x.sum(d, parts, total, sure)
		}
	}
}

// allotting are verbs that give out a whole.
var allotting = regexp.MustCompile(`\b(?:hält|halten|holds?|gets?|receives?|erhält|erhalten|bekommt|bekommen|takes?|took|gehen an|geht an|goes? to|is allocated|are allocated|reserviert für|reserved for)\b`)

// longestItem is how many words lie between two shares of an enumeration at most; anotherBase are words that make the
// shares those of several wholes.
const longestItem = 5

var anotherBase = regexp.MustCompile(`[;.:]|\b(?:its|their|seine\w*|ihre\w*|on|auf)\b`)

// isEnumeration tells whether shares of a phrase are said of several holders of one whole, one after the other.
func isEnumeration(p *phrase, shares []*quantity) bool {
	for n := 1; n < len(shares); n++ {
		if between := p.between(shares[n-1], shares[n]); len(strings.Fields(between)) > longestItem || anotherBase.MatchString(between) {
			return false
		}
	}
	return true
}

// allotments checks shares that several hold of one whole: they cannot come to more than all of it.
func (x *examination) allotments(d *rule.Document, p *phrase) {
	if len(p.quantities) < 3 || !allotting.MatchString(p.Text) || splitting.MatchString(p.Text) || overlapping.MatchString(p.Text) || partsMarked.MatchString(p.Text) {
		return
	}
	shares := sharesBehind(p, 0)
	if len(shares) != len(p.quantities) || len(shares) > mostParts {
		return
	}
	sum := 0.0
	for _, q := range shares {
		sum += x.reckonShare(q).Fine.Low
	}
	if sum > 100+slack && isEnumeration(p, shares) {
		x.hundred(d, shares)
	}
}

// splits checks wholes that are followed by their parts: "the budget of 60 million is split into 43.8 for … and 16.2 for …".
// Without the whole in the phrase it is looked for in the one before.
func (x *examination) splits(d *rule.Document, phrases []phrase, i int) {
	p := &phrases[i]
	if split := splitting.FindStringIndex(p.Text); split != nil {
		if incomplete.MatchString(p.Text) {
			return
		}
		x.splitAt(d, phrases, i, split[0])
		return
	}
	if len(p.quantities) < 3 {
		return
	}
	if total, parts, sure := listedBehind(p); total != nil && !incomplete.MatchString(p.Text[total.to:]) {
		x.sum(d, parts, total, sure || exceed(parts, total) && !overlapping.MatchString(p.Text) && !cumulated.MatchString(p.Text[:total.to]))
	}
}

// listedBehind finds the one amount before a colon, dash or bracket and the parts behind it. It is sure that they are all
// of its parts where the text says how many there are.
func listedBehind(p *phrase) (total *quantity, parts []*quantity, sure bool) {
	at := colon.FindAllStringIndex(p.Text, -1)
	for n := range at {
		var whole *quantity
		several := false
		for m := range p.quantities {
			q := &p.quantities[m]
			if q.to > at[n][0] || q.figure.Kind == cite.Percent || q.cited == nil || !isCounting(q.figure) && !isStuff(q) || !q.isLevel() {
				continue
			}
			several = whole != nil
			whole = q
		}
		if whole == nil || several {
			continue
		}
		parts = partsBehind(p, at[n][1], whole)
		if end := strings.IndexByte(p.Text[at[n][1]:], ')'); end >= 0 && p.Text[at[n][1]-1] == '(' {
			parts = slices.DeleteFunc(parts, func(q *quantity) bool { return q.from > at[n][1]+end })
		}
		if len(parts) < 2 || parts[len(parts)-1].value() >= whole.value() {
			continue
		}
		named := 0
		if m := countedLead.FindStringSubmatch(p.Text[:at[n][0]]); m != nil {
			named = smallNumbers[m[1]]
		}
		return whole, parts, (named == len(parts) || len(parts) == 4 && quarterly.MatchString(p.Text[at[n][1]:])) && !overlapping.MatchString(p.Text)
	}
	return nil, nil, false
}

var (
	colon = regexp.MustCompile(` ?: | ?– |\(`)
	// countedLead names how many parts follow: "in three locations:".
	countedLead = regexp.MustCompile(`\b(zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|two|three|four|five|six|seven|eight|nine|ten)(?: ` + word + `){1,3} ?$`)
	quarterly   = regexp.MustCompile(`viert|fourth|q4`)
)

// exceed tells whether parts listed behind their whole come to more than it, and to no more than a mistake would make
// them: estimates of the whole that are set side by side come to several times as much.
func exceed(parts []*quantity, total *quantity) bool {
	const factor = 1.5
	sum := 0.0
	for _, q := range parts {
		if q.value() >= total.value() || !fitTogether(q, total) || q.figure.Period != parts[0].figure.Period {
			return false
		}
		sum += q.value()
	}
	return sum > total.value() && sum < factor*total.value()
}

// splitAt checks the parts behind the words of splitting at a byte of a phrase.
func (x *examination) splitAt(d *rule.Document, phrases []phrase, i, at int) {
	p := &phrases[i]
	var totals []*quantity
	for n := range p.quantities {
		if q := &p.quantities[n]; q.to <= at && isCounting(q.figure) && q.figure.Kind != cite.Percent && q.isLevel() {
			totals = append(totals, q)
		}
	}
	if shares := sharesBehind(p, at); len(shares) >= 2 {
		x.wholeOfShares(d, p, shares)
		return
	}
	if len(totals) == 1 {
		x.splitSum(d, p, at, totals[0], true)
		return
	}
	if len(totals) == 0 {
		x.splitOfEarlier(d, phrases, i, at)
	}
}

// splitOfEarlier checks parts against the wholes that stand before their phrase. Only one that is the single candidate,
// in the phrase directly before, and near enough to be meant, is held to be wrong.
func (x *examination) splitOfEarlier(d *rule.Document, phrases []phrase, i, at int) {
	p := &phrases[i]
	first := firstAmountBehind(p, at)
	if first == nil || i == 0 || phrases[i-1].section != p.section {
		return
	}
	wholes := wholesBefore(phrases, i-1, first)
	for _, whole := range wholes {
		parts := partsBehind(p, at, whole)
		if len(parts) < 2 {
			return
		}
		if c := x.sumClaim(d, parts, whole); x.outcome(c) != rule.Differs {
			x.judge(c)
			return
		}
	}
	if len(wholes) != 1 || !slices.Contains(refer(phrases[i-1].quantities), wholes[0]) {
		return
	}
	const factor = 2
	sum := 0.0
	for _, q := range partsBehind(p, at, wholes[0]) {
		sum += q.value()
	}
	if whole := wholes[0].value(); sum < whole*factor && whole < sum*factor {
		x.splitSum(d, p, at, wholes[0], true)
	}
}

func (x *examination) splitSum(d *rule.Document, p *phrase, at int, total *quantity, sure bool) {
	parts := partsBehind(p, at, total)
	for _, q := range parts {
		if q.value() >= total.value() || q.figure.Per != total.figure.Per {
			sure = false
		}
	}
	x.sum(d, parts, total, sure && !overlapping.MatchString(p.Text))
}

func firstAmountBehind(p *phrase, at int) *quantity {
	for n := range p.quantities {
		if q := &p.quantities[n]; q.from >= at && q.cited != nil && q.figure.Kind != cite.Percent && isCounting(q.figure) {
			return q
		}
	}
	return nil
}

// partsBehind are the quantities of a phrase behind a byte that are measured as a total is.
func partsBehind(p *phrase, at int, total *quantity) []*quantity {
	var parts []*quantity
	for n := range p.quantities {
		q := &p.quantities[n]
		if q.from < at || q == total || q.figure.Kind == cite.Percent && total.figure.Kind != cite.Percent {
			continue
		}
		a, _, ok := sameMeasure(q, total)
		if !ok || !q.isLevel() {
			continue
		}
		if q.cited == nil && total.scale > 1 {
			a = a.scaled(total.scale)
		}
		parts = append(parts, &a)
	}
	return parts
}

// sharesBehind are the shares of a phrase behind a byte, nil where a percentage that is none stands among them.
func sharesBehind(p *phrase, at int) []*quantity {
	var shares []*quantity
	for n := range p.quantities {
		q := &p.quantities[n]
		if q.from < at || q.figure.Kind != cite.Percent {
			continue
		}
		if !q.isShare() {
			return nil
		}
		shares = append(shares, q)
	}
	return shares
}

// wholeOfShares checks shares that are all of one whole: they cannot come to more than 100 %, and come to no less.
func (x *examination) wholeOfShares(d *rule.Document, p *phrase, shares []*quantity) {
	if len(shares) > mostParts || overlapping.MatchString(p.Text) {
		return
	}
	x.hundred(d, shares)
}

// What shares of one whole come to, in per cent: slack is what rounding may leave; what comes to less than the fewest or
// more than the most is not one whole.
const (
	slack  = 1.0
	fewest = 80
	most   = 150
)

// hundred holds shares of one whole against 100 %. What is missing is a note only: the text may have left a part out.
func (x *examination) hundred(d *rule.Document, shares []*quantity) {
	is := rule.Within(0, 0)
	var figures []*cite.Cited
	for _, q := range shares {
		is = is.Plus(x.reckonShare(q))
		if q.cited != nil {
			figures = append(figures, q.cited)
		}
	}
	if len(figures) == 0 {
		return
	}
	x.Checked(rule.ByArithmetic, figures...)
	if is.Coarse.Meets(rule.Interval{Low: 100 - slack, High: 100 + slack}) || is.Exact < fewest || is.Exact > most {
		return
	}
	severity := cite.Warning
	if is.Exact < 100 {
		severity = cite.Note
	}
	computed := rule.Computed(is.Exact, unit.Percent)
	last := figures[len(figures)-1]
	x.Add(rule.Finding{Rule: rule.MathSum, Severity: severity, Doc: d, At: last, Figures: figures[:len(figures)-1],
		Formula:  rule.Tell("%s = %s", "%s = %s", joined(shares, "+"), computed),
		Says:     rule.Tell("Die Anteile ergeben zusammen %s statt 100 %%.", "The shares add up to %s, not to 100%%.", computed),
		Evidence: cite.Evidence{Computed: computed.In(d.Post.Lang), Stated: "100 %"}})
}
