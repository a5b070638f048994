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
		x.totals(d, phrases, i)
		x.totalsOfEarlier(d, phrases, i)
		x.leftovers(d, &phrases[i])
		x.splits(d, phrases, i)
		x.allotments(d, &phrases[i])
	}
	x.lists(d, phrases)
}

// Words of sums.
var (
	// totalling stands before a sum of what was listed before it.
	totalling = newForm(`(?:[,;:–(]|\)) ?(?:(?:das sind|also|macht|that is|or|oder|und damit|was|which is|for|for a|` + word + `) ){0,3}(?:zusammen|insgesamt|zusammengenommen|in summe|unterm strich|summe|in total|total|together|combined|all told|totalling|totaling|adding up to)(?: (?:also|auf|rund|von|of|a|sind|das|sum|to|dann|are|is|makes|macht|combined|=))* <total>`)
	// totalled stands behind such a sum.
	totalled = newForm(`[,;:–] ?(?:` + word + ` ){0,3}<total> (?:altogether|in all|in total|all told|combined|zusammen|insgesamt|for the year|for the full year|for the half year)\b`)
	// splitting stands between a whole and its parts where these are all of it.
	splitting = regexp.MustCompile(`\b(?:setzt sich(?: ` + word + `){0,6} zusammen|setzen sich(?: ` + word + `){0,6} zusammen|setzt sich(?: ` + word + `){0,3} aus|besteht aus|bestehen aus|gliedert sich|gliedern sich|teilt sich|teilen sich|verteilt sich|verteilen sich|aufgeteilt|unterteilt|consists? of|consisting of|comprises|comprising|made up of|is split|are split|split (?:into|between|among|across)|divided (?:into|between|among)|broken down|breaks down|break down|zerfällt|aufgeschlüsselt)\b`)
	// incomplete says that not all parts are named.
	incomplete = regexp.MustCompile(`\b(?:darunter|davon|including|includes|among others|among them|unter anderem|such as|e\.g\.|for example|zum beispiel|vor allem|mainly|mostly|hauptsächlich|größtenteils|chiefly|largely|primarily|überwiegend|beispielsweise|insbesondere|notably|und andere|usw|etc|u\. ?a\.|z\. ?b\.|etwa [^{]|plus|sowie weitere|und weitere|and others|and more|the rest|der rest|remaining|übrigen|übrige|restlichen|restliche|sonstige)`)
	// cumulated says that a total holds more than what was listed.
	cumulated = regexp.MustCompile(`\b(?:seit|bisher|since|to date|so far|inzwischen|mittlerweile|kumul\w*|cumulative\w*|jemals|ever|bislang|already|bereits|now|damit|brings|bringt|steigt|erhöht|wächst)\b`)
	// overlapping says that parts may share members.
	overlapping = regexp.MustCompile(`mehrfach|multiple answers|more than one|respectively|jeweils|beziehungsweise|bzw`)
)

// totals checks sums that follow their parts: "43,8 Mio. und 16,2 Mio., zusammen 60 Mio.".
func (x *examination) totals(d *rule.Document, phrases []phrase, i int) {
	p := &phrases[i]
	if len(p.quantities) < 3 {
		return
	}
	for _, m := range append(totalling.in(p), totalled.in(p)...) {
		total := m.totalQuantity()
		if total == nil {
			continue
		}
		parts, clean := listedBefore(p, total)
		x.sum(d, p, parts, total, clean && !cumulated.MatchString(p.Text) && !incomplete.MatchString(p.Text) && !overlapping.MatchString(p.Text))
	}
	for _, m := range totallingShares.in(p) {
		total := m.get("pct")
		parts, clean := listedBefore(p, total)
		x.sum(d, p, parts, total, clean && !hasAmount(p) && !incomplete.MatchString(p.Text) && !overlapping.MatchString(p.Text))
	}
}

// totallingShares is totalling for shares.
var totallingShares = newForm(`(?:[,;:(–]|\)| und| and) ?(?:(?:das sind|also|macht|that is|or|oder) )?(?:zusammen|insgesamt|in summe|in total|together|combined|for a total of)~3 <pct>`)

// totalQuantity is the total of a match; nil where that cannot be a sum.
func (m *match) totalQuantity() *quantity {
	t := m.get("total")
	if t == nil || !isCounting(t.figure) || !t.isLevel() {
		return nil
	}
	return t
}

// listedBefore are the quantities of a phrase before its total that may be its parts; clean where nothing speaks
// against any of them.
func listedBefore(p *phrase, total *quantity) (parts []*quantity, clean bool) {
	clean = true
	for n := range p.quantities {
		q := &p.quantities[n]
		if q == total {
			break
		}
		if total.figure.Kind == cite.Percent && !q.isShare() {
			continue
		}
		a, _, ok := sameMeasure(q, total)
		if !ok {
			continue
		}
		if q.cited == nil && total.scale > 1 {
			a = a.scaled(total.scale)
		}
		clean = clean && q.isLevel() && fitTogether(q, total)
		parts = append(parts, &a)
	}
	return parts, clean
}

// sum holds parts against their total. Where all of them do not fit, the last few may be what the total is of.
func (x *examination) sum(d *rule.Document, p *phrase, parts []*quantity, total *quantity, sure bool) {
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
	all.sure, all.quiet = false, !sure
	x.judge(all)
}

// sumClaim is the claim that a total is the sum of parts.
func (x *examination) sumClaim(d *rule.Document, parts []*quantity, total *quantity) *claim {
	reckoned := x.siblings(append(append([]*quantity{}, parts...), total))
	is := number(0, 0)
	for _, r := range reckoned[:len(parts)] {
		is = is.plus(r)
	}
	terms, computed := joined(parts, "+"), sumText(append(append([]*quantity{}, parts...), total), is)
	return &claim{rule: rule.MathSum, doc: d, stated: total, from: parts, is: is, as: &reckoned[len(parts)],
		sum:  tell("%s = %s", "%s = %s", terms, computed),
		says: tell("%s sind zusammen %s, im Text steht %s.", "%s add up to %s, the text says %s.", terms, computed, total.figure.Text)}
}

// addingUp begins phrases that say the sum of what the phrase before listed.
var addingUp = newForm(`^(?:(?:zusammen|insgesamt|in summe|zusammengenommen|gemeinsam|together|combined|in total|taken together|all told),?~3 (?:sind|ist|macht|machen|ergibt|ergeben|kommen|beträgt|is|are|makes?|come|total|adds?|amounts?|that's|control|account|halten|stehen|kontrollieren)|das (?:sind|macht|ergibt) (?:zusammen|insgesamt)|(?:that is|that's|that makes) (?:a total of|in total|together))\b[^{}]{0,40} <sum*>`)

// ofIt says of a joint share that it is one of what the single ones are.
var ofIt = regexp.MustCompile(`^ (?:of it|of the market|of that|davon|des marktes|am markt)\b`)

// partsMarked say that what follows are parts of what was said before.
var partsMarked = regexp.MustCompile(`davon|darunter|of which|including|of whom|wovon`)

// totalsOfEarlier checks sums of what the phrase before listed: "Zusammen sind das 60 Mio.".
func (x *examination) totalsOfEarlier(d *rule.Document, phrases []phrase, i int) {
	p := &phrases[i]
	if i == 0 || phrases[i-1].section != p.section {
		return
	}
	for _, m := range addingUp.in(p) {
		total := m.get("sum")
		isShare := total.figure.Kind == cite.Percent
		if total.cited == nil || !isCounting(total.figure) || !total.isLevel() || isShare && (!total.isShare() || hasAmount(p)) {
			return
		}
		before := &phrases[i-1]
		from := 0
		if at := partsMarked.FindStringIndex(before.Text); at != nil {
			from = at[0]
		}
		parts := partsBehind(before, from, total)
		sure := (!isShare || closing.MatchString(p.after(total)) || totalBehind.MatchString(p.after(total)) || ofIt.MatchString(p.after(total))) && !cumulated.MatchString(p.Text) && !overlapping.MatchString(before.Text) && !(isShare && hasAmount(before))
		for _, q := range parts {
			sure = sure && q.cited != nil && fitTogether(q, total) && (!isShare || q.isShare())
		}
		x.sum(d, p, parts, total, sure)
	}
}

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
			x.sum(d, p, parts, total, sure)
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
		sum += x.reckonShare(q).fine.Low
	}
	if sum > 100+slack && isEnumeration(p, shares) {
		x.hundred(d, shares)
	}
}

// wholeFirst is the wording of a whole that is followed by all of its parts.
var wholeFirst = newForm(`<total>~8 ?[:(–]`)

// splits checks wholes that are followed by their parts: "the budget of 60 million is split into 43.8 for … and 16.2 for …".
// Without the whole in the phrase it is looked for in the one before.
func (x *examination) splits(d *rule.Document, phrases []phrase, i int) {
	p := &phrases[i]
	if incomplete.MatchString(p.Text) {
		return
	}
	split := splitting.FindStringIndex(p.Text)
	if split != nil {
		x.splitAt(d, phrases, i, split[0])
		return
	}
	if len(p.quantities) < 3 {
		return
	}
	found := wholeFirst.in(p)
	if len(found) == 0 {
		return
	}
	total, end := found[0].get("total"), found[0].at[1]
	if !total.isLevel() || !isCounting(total.figure) {
		return
	}
	lead := p.Text[:end]
	parts := partsBehind(p, end, total)
	x.sum(d, p, parts, total, strings.HasSuffix(lead, ":") && exceed(parts, total) && !overlapping.MatchString(p.Text) && !cumulated.MatchString(lead))
}

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
	x.sum(d, p, parts, total, sure && !overlapping.MatchString(p.Text))
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
	is := number(0, 0)
	var figures []*cite.Cited
	for _, q := range shares {
		is = is.plus(x.reckonShare(q))
		if q.cited != nil {
			figures = append(figures, q.cited)
		}
	}
	if len(figures) == 0 {
		return
	}
	x.Checked(rule.ByArithmetic, figures...)
	if is.coarse.Meets(rule.Interval{Low: 100 - slack, High: 100 + slack}) || is.exact < fewest || is.exact > most {
		return
	}
	severity := cite.Warning
	if is.exact < 100 {
		severity = cite.Note
	}
	computed := written(is.exact, unit.Percent)
	last := figures[len(figures)-1]
	x.Add(rule.Finding{Rule: rule.MathSum, Severity: severity, Doc: d, At: last, Figures: figures[:len(figures)-1],
		Formula:  tell("%s = %s", "%s = %s", joined(shares, "+"), computed),
		Says:     tell("Die Anteile ergeben zusammen %s statt 100 %%.", "The shares add up to %s, not to 100%%.", computed),
		Evidence: cite.Evidence{Computed: computed.In(d.Post.Lang), Stated: "100 %"}})
}

// lists checks lists and tables whose items are the parts of a total.
func (x *examination) lists(d *rule.Document, phrases []phrase) {
	for from := 0; from < len(phrases); {
		to := from + 1
		if kind := kindOf(d, &phrases[from]); kind == cite.ListItem || kind == cite.TableRow {
			for to < len(phrases) && kindOf(d, &phrases[to]) == kind && phrases[to].section == phrases[from].section && phrases[to].block-phrases[to-1].block <= 2 {
				to++
			}
			x.list(d, phrases, from, to)
		}
		from = to
	}
}

// kindOf is the kind of the block that a phrase stands in.
func kindOf(d *rule.Document, p *phrase) cite.BlockKind {
	if p.block < 0 {
		return ""
	}
	return d.Post.Text.Blocks[p.block].Kind
}

var (
	totalItem = regexp.MustCompile(`^(?:gesamt\w*|summe|total\w*|insgesamt|sum|overall|zusammen)\b`)
	restItem  = regexp.MustCompile(`^(?:sonstige\w*|andere\w*|übrige\w*|rest\w*|others?|remaining|everything else|alle anderen)\b`)
	sharing   = regexp.MustCompile(`verteil|aufteil|aufgeteilt|zusammensetz|zusammen:|gliedert|anteil|allokation|split|breakdown|breaks down|broken down|distribut|allocat|composition|shares|made up|consists|setzt sich`)
	counted   = regexp.MustCompile(`insgesamt|gesamt|total|in all|summe|budget|zusammen|altogether`)
)

// list checks the items from to to: each has one quantity of one measure; the total is an item of its own, or stands in
// the line that leads in, or is the whole where the items are shares.
func (x *examination) list(d *rule.Document, phrases []phrase, from, to int) {
	items, total, isComplete := listItems(phrases[from:to])
	if len(items) < 2 || len(items) > mostParts {
		return
	}
	lead := ""
	if from > 0 && phrases[from-1].section == phrases[from].section && phrases[from-1].block >= phrases[from].block-2 {
		lead = phrases[from-1].Text
	}
	if at := phrases[from].block; at > 0 && lead == "" { // a lead without figures
		b := d.Post.Text.Blocks[at-1]
		lead = d.Lay().Text(b.Start, b.End)
	}
	switch {
	case items[0].figure.Kind == cite.Percent:
		if total == nil && len(items) >= 3 && (isComplete || sharing.MatchString(lead)) && !incomplete.MatchString(lead) && !overlapping.MatchString(lead) {
			x.hundred(d, items)
		} else if total != nil {
			x.sum(d, &phrases[from], items, total, true)
		}
	case total != nil:
		x.sum(d, &phrases[from], items, total, true)
	case from > 0 && lead == phrases[from-1].Text:
		x.sumOfLead(d, phrases, from, items)
	}
}

// sumOfLead holds the items of a list against the one amount of the line that leads in.
func (x *examination) sumOfLead(d *rule.Document, phrases []phrase, from int, items []*quantity) {
	lead := &phrases[from-1]
	var total *quantity
	for n := range lead.quantities {
		q := &lead.quantities[n]
		if q.figure.Unit != items[0].figure.Unit || q.cited == nil {
			continue
		}
		if total != nil {
			return
		}
		total = q
	}
	if total == nil || !total.isLevel() {
		return
	}
	sure := strings.HasSuffix(strings.TrimSpace(lead.Text), ":") && (counted.MatchString(lead.Text) || splitting.MatchString(lead.Text) || sharing.MatchString(lead.Text)) &&
		!incomplete.MatchString(lead.Text) && !cumulated.MatchString(lead.Text)
	for _, q := range items {
		sure = sure && q.value() < total.value() && fitTogether(q, total)
	}
	x.sum(d, lead, items, total, sure)
}

// listItems are the one quantity of each item, and that of the item for the total. It is nothing where an item has
// several or none, or where their measures differ.
func listItems(phrases []phrase) (items []*quantity, total *quantity, isComplete bool) {
	last := -1
	for i := range phrases {
		p := &phrases[i]
		if p.block == last {
			return nil, nil, false
		}
		last = p.block
		q := onlyQuantity(p)
		if q == nil || len(items) > 0 && q.figure.Unit != items[0].figure.Unit || total != nil {
			return nil, nil, false
		}
		if totalItem.MatchString(p.Text) {
			total = q
			continue
		}
		isComplete = isComplete || restItem.MatchString(p.Text)
		items = append(items, q)
	}
	return items, total, isComplete
}

// onlyQuantity is the one quantity of a phrase that can be a part of a sum.
func onlyQuantity(p *phrase) *quantity {
	var only *quantity
	for n := range p.quantities {
		q := &p.quantities[n]
		if q.cited == nil || !isCounting(q.figure) {
			continue
		}
		if only != nil {
			return nil
		}
		only = q
	}
	if only == nil || !only.isLevel() || only.figure.Kind == cite.Percent && !only.isShare() || only.figure.IsRange() {
		return nil
	}
	return only
}
