// Package prose finds what is wrong with a post's text itself: damage, amounts without a currency, figures that will age
// without a date, and claims without a source.
package prose

import (
	"regexp"
	"slices"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/unit"

	"beleg/internal/check/rule"
)

// Rules reports damage, missing currencies, figures that will age and claims without a source.
func Rules(x *rule.Examination, d *rule.Document) {
	y := &examination{x}
	y.damage(d)
	y.currency(d)
	y.aging(d)
	y.sources(d)
}

type examination struct{ *rule.Examination }

// damage reports each run of text that a page typeset as a formula, with what stood there before.
func (x *examination) damage(d *rule.Document) {
	for i := range d.Cited {
		c := &d.Cited[i]
		if c.Figure.Kind != cite.Damage {
			continue
		}
		x.Add(rule.Finding{Rule: rule.TextDamage, Severity: cite.Error, Doc: d, At: c,
			Says: rule.Sayf("Beschädigter Text: Was zwischen zwei Dollarzeichen stand, wurde als Formel gesetzt und steht nun doppelt da.",
				"Damaged text: what stood between two dollar signs was typeset as a formula and now stands there twice."),
			Suggestion: restoration(d, c)})
	}
}

// restoration puts the glued run and its copy back to what they were: the copy, byte for byte as the file has it, and the
// dollar signs. It is nil where the file's bytes are not at hand.
func restoration(d *rule.Document, c *cite.Cited) *cite.Suggestion {
	const dollar = "$"
	f, t := &c.Figure, &d.Post.Text
	copyAt := f.AtEnd
	for copyAt < min(f.Sentence[1], len(t.Content)) && t.Content[copyAt] == ' ' {
		copyAt++
	}
	start, _ := t.Source(f.At, f.AtEnd)
	from, to := t.Source(copyAt, f.Sentence[1])
	if start > from || from >= to || to > len(d.Post.Raw) {
		return nil
	}
	s := &cite.Suggestion{Start: start, End: to, Text: f.Restored, Bytes: []byte(dollar + string(d.Post.Raw[from:to]))}
	if strings.HasSuffix(f.Restored, dollar) {
		s.Bytes = append(s.Bytes, dollar...)
	}
	return s
}

// Fix applies the suggestions of damage among findings to the bytes of their file, and tells how many it applied. Every
// other byte stays. Of suggestions that overlap the first is applied; those that reach outside the file are not.
func Fix(raw []byte, findings []cite.Finding) (fixed []byte, applied int) {
	var fixes []*cite.Suggestion
	for i := range findings {
		if f := &findings[i]; f.Rule == string(rule.TextDamage) && f.Suggestion != nil {
			fixes = append(fixes, f.Suggestion)
		}
	}
	slices.SortStableFunc(fixes, func(a, b *cite.Suggestion) int { return a.Start - b.Start })
	at := 0
	for _, s := range fixes {
		if s.Start < at || s.End < s.Start || s.End > len(raw) {
			continue
		}
		fixed = append(append(fixed, raw[at:s.Start]...), s.Replacement()...)
		at = s.End
		applied++
	}
	return append(fixed, raw[at:]...), applied
}

// currency reports the amounts of a post whose currency nothing gives, as one finding: where one has none, nothing before
// it in the post has.
func (x *examination) currency(d *rule.Document) {
	var without []*cite.Cited
	sure := false
	l := d.Lay()
	for i := range l.Spots {
		s := &l.Spots[i]
		bare, certain := x.isBare(l, s)
		if bare && s.Link.Ignored == "" {
			without, sure = append(without, s.Cited), sure || certain
		}
	}
	if len(without) == 0 {
		return
	}
	says := rule.Sayf("Die Währung von %s ist nirgends angegeben.", "Nothing gives the currency of %s.", without[0].Figure.Text)
	if n := len(without); n > 1 {
		says = rule.Sayf("Die Währung von %d Beträgen ist nirgends angegeben: ", "Nothing gives the currency of %d amounts: ", n)
		says.DE += naming(without, unit.German) + "."
		says.EN += naming(without, unit.English) + "."
	}
	severity := cite.Note
	if sure {
		severity = cite.Warning
	}
	x.Add(rule.Finding{Rule: rule.TextCurrency, Severity: severity, Doc: d, At: without[0], Figures: without, Says: says})
}

// moneyWords are words for what is only ever stated in money.
var moneyWords = regexp.MustCompile(`(?i)(?:umsatz|umsätze|einnahmen|erlös|bewertung|marktkapitalisierung|marktwert|budget|` +
	`\btvl\b|revenue|turnover|valuation|market cap|\bprofit|net income|earnings)`)

// isBare tells whether a figure is an amount of money without a currency, and whether that is certain: the reader takes
// it for money by its clause, or the word it belongs to is stated in nothing else.
func (x *examination) isBare(l *rule.Layout, s *rule.Spot) (bare, certain bool) {
	f := &s.Figure
	if f.Unit != "" || !hasScale(f.Text) {
		return false, false
	}
	named := len(f.Metrics) > 0 && f.Metrics[0].Scope == "clause"
	switch {
	case f.Kind == cite.Money && named:
		return true, x.isOnlyMoney(s.Link.Metric) || moneyWords.MatchString(f.Metrics[0].Text)
	case f.Kind != cite.Other || tokens.MatchString(l.Sentence(s)):
		return false, false
	case moneyVerbs.MatchString(l.Before(s)):
		return true, false
	case named:
		nearest := len(f.Nouns) > 0 && f.Nouns[0].Start == f.Metrics[0].Start
		return nearest && moneyWords.MatchString(f.Metrics[0].Text), false
	}
	return false, false
}

// moneyVerbs say that what follows is paid; few words may stand between.
var moneyVerbs = regexp.MustCompile(`\b(?:kostet|kosten|kostete|kosteten|sammelte|sammelten|zahlte|zahlten|bezahlte|bezahlten|investierte|investierten|` +
	`costs?|raised|raises|paid|pays|invested|spent|spends)\b[^.,;:]{0,24}$`)

// isOnlyMoney tells whether a metric is stated in money alone.
func (x *examination) isOnlyMoney(metric string) bool {
	if metric == "" || x.Catalog == nil {
		return false
	}
	m, ok := x.Catalog.Metric(metric)
	return ok && m.Dimension == unit.Money && len(m.Also) == 0
}

// hasScale tells whether a magnitude is written: letters beside the digits.
func hasScale(text string) bool {
	return strings.ContainsAny(text, "0123456789") && strings.ContainsFunc(text, func(r rune) bool { return r >= 'A' && r <= 'z' || r > 0x7f && r != '\u00a0' && r != '–' })
}

// tokens are words by which an amount may be one of tokens after all.
var tokens = regexp.MustCompile(`\b(?:tokens?|coins?|eth|btc|sol|tao)\b`)

// mostNamed is how many figures a message names before it only counts.
const mostNamed = 4

// naming names figures as the post writes them, and counts those that there is no room for.
func naming(figures []*cite.Cited, lang unit.Lang) string {
	var names []string
	for _, c := range figures[:min(len(figures), mostNamed)] {
		names = append(names, c.Figure.Text)
	}
	text := strings.TrimSuffix(strings.Join(names, "; "), ".") // "5 Mio." may end the sentence
	if more := len(figures) - mostNamed; more > 0 {
		text += rule.Sayf(" und %d weitere", " and %d more", more).In(lang)
	}
	return text
}

// aging reports the figures of a post that will be wrong one day without a reader being able to tell, as one note: levels
// in the present tense whose sentence names no time.
func (x *examination) aging(d *rule.Document) {
	l := d.Lay()
	var undated []*cite.Cited
	for i := range l.Spots {
		if s := &l.Spots[i]; s.Link.Ignored == "" && ages(l, s) {
			undated = append(undated, s.Cited)
		}
	}
	if len(undated) == 0 {
		return
	}
	says := rule.Say{DE: "Ohne Zeitangabe veraltet diese Zahl unbemerkt: ", EN: "Without a date this figure will age unnoticed: "}
	if n := len(undated); n > 1 {
		says = rule.Sayf("Ohne Zeitangabe veralten %d Zahlen unbemerkt: ", "Without a date %d figures will age unnoticed: ", n)
	}
	says.DE += naming(undated, unit.German) + "."
	says.EN += naming(undated, unit.English) + "."
	x.Add(rule.Finding{Rule: rule.TextPeriod, Severity: cite.Note, Doc: d, At: undated[0], Figures: undated, Says: says})
}

// ages tells whether a figure is a level of today, said without a date.
func ages(l *rule.Layout, s *rule.Spot) bool {
	f := &s.Figure
	if !f.Period.IsZero() || f.Forecast || f.Change != "" && f.Change != cite.To || s.Block < 0 || !isLevel(s) {
		return false
	}
	switch s.Doc.Post.Text.Blocks[s.Block].Kind {
	case cite.Paragraph, cite.ListItem, cite.Quote:
	default: // headings and tables are dated by what stands around them
		return false
	}
	words := timeless[langAt(s)]
	sentence := l.Sentence(s)
	return words.present.MatchString(sentence) && !words.dated.MatchString(sentence)
}

// moving are the metrics whose levels move from month to month. Others that are levels too hardly do: the size of a
// model, the cap of a supply.
var moving = map[string]bool{
	"tvl": true, "market-cap": true, "deposits": true, "lending": true, "tokenized-assets": true, "aum": true,
	"assets-under-custody": true, "holdings": true, "supply": true, "staked": true, "users": true, "subscribers": true,
	"customers": true, "merchants": true, "developers": true, "projects": true, "devices": true, "validators": true,
}

// fewest is the least level that is said to age: who has four founders has them for a while.
const fewest = 10

// isLevel tells whether a figure states a level of somebody that moves.
func isLevel(s *rule.Spot) bool {
	_, high := s.Figure.Ends()
	return s.Link.Subject != "" && moving[s.Link.Metric] && (s.Figure.Kind == cite.Money || s.Figure.Kind == cite.Count) &&
		high.Float64() >= fewest
}

// langAt is the language of the block that a figure stands in.
func langAt(s *rule.Spot) unit.Lang {
	t := &s.Doc.Post.Text
	if s.Block >= 0 && t.Blocks[s.Block].Lang != "" {
		return t.Blocks[s.Block].Lang
	}
	return s.Doc.Post.Lang
}

// timeless are the words of a language by which a sentence speaks of today, and those by which it names a time.
var timeless = map[unit.Lang]struct{ present, dated *regexp.Regexp }{
	unit.German: {
		present: regexp.MustCompile(`\b(?:derzeit|aktuell|momentan|gegenwärtig|heute|inzwischen|mittlerweile|ist|sind|liegt|liegen|beträgt|betragen|hält|halten|` +
			`verwaltet|verwalten|umfasst|zählt|zählen|hat|haben|verfügt|verzeichnet|verzeichnen|sichert|betreibt|nutzen|bedient|übersteigt|repräsentiert)\b`),
		dated: regexp.MustCompile(`\b(?:19|20)\d\d\b|\bq[1-4]\b|\b(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)\b|` +
			`\bstand\b|\b(?:ende|anfang|mitte|seit|bis)\b|jahr|quartal|monat|woche|gestern|damals|\bwar(?:en)?\b|\bhatten?\b|\blag(?:en)?\b|\bbetrug\b`),
	},
	unit.English: {
		present: regexp.MustCompile(`\b(?:currently|today|now|at present|is|are|has|have|holds?|manages?|counts?|stands at|sits at|exceeds?|secures?|serves?|operates?|represents?)\b`),
		dated: regexp.MustCompile(`\b(?:19|20)\d\d\b|\bq[1-4]\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|` +
			`\bas of\b|\b(?:since|until|by the end|late|early|mid)\b|year|quarter|month|week|yesterday|\bwas\b|\bwere\b|\bhad\b`),
	},
}
