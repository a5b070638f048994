package link

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"beleg/internal/cite"
)

// scene is a post as the linker sees it: its words in sentences and clauses, the names found in them, and its figures.
type scene struct {
	content   string
	tokens    []token
	sentences []sentence
	mentions  []mention // of subjects, in text order
	roles     []mentionRole
	words     []mention   // of metrics, in text order
	metricAt  []bool      // by token: it belongs to a word that names a metric
	wordAt    []bool      // by token: to one that names or hints at a metric
	nameAt    []bool      // by token: to a subject's name
	figureAt  []cite.Kind // by token: the kind of the figure it belongs to, "" for none
	title     []mention   // in the title given beside the text
	weight    map[int]float64
	figures   []placed
	titles    []int            // sentences of the title
	amounts   map[string][]int // figures by what they state, as their amount has it
	foretold  map[foretelling]bool
	last      map[lastKey]int // the figure last decided on, by what it is about
}

// lastKey is what a figure is about: a metric of any subject (subject -1), or any metric of a subject (metric -1), in
// one kind of number and unit.
type lastKey struct {
	subject, metric int
	kind            cite.Kind
	unit            string
}

// sentence is tokens from to until, with the mentions in it: subjects[from:until] and words[from:until] by index.
type sentence struct {
	from, until int
	block       int
	kind        cite.BlockKind
	group       int // the same for the sentences of a paragraph, and for a list with the paragraph that leads in to it
	opening     int // first sentence of its block
	heading     int // the heading above it, -1 for none
	lead        int // the last sentence before its list, -1 for none
	subjects    [2]int
	words       [2]int
}

// placed is a figure with its place: tokens from to until (until is the first token after it), and what was decided.
type placed struct {
	*cite.Figure
	from, until int
	sentence    int // -1 for a figure without a letter or number
	subject     int // index, -1 while unknown
	metric      int
	sure        float64
	part        bool // of another figure's amount; known once that one is tied
}

// bytesPerToken is about how long a word is with what stands between it and the next.
const bytesPerToken = 6

// read prepares a text for linking.
func (l *Linker) read(t *cite.Text, figs []cite.Figure, title string) *scene {
	s := &scene{content: t.Content, tokens: make([]token, 0, len(t.Content)/bytesPerToken)}
	for b, block := range t.Blocks {
		if block.Kind == cite.Code || block.Kind == cite.Sources {
			continue
		}
		s.split(b, block, figs)
	}
	s.order()
	s.place(figs)
	s.clauses()
	s.names(l)
	if title != "" {
		tokens := tokenise(nil, title, 0, len(title))
		s.title = subjectsOf(l.lexicon.find(title, tokens))
	}
	s.weigh(l)
	return s
}

// order notes for each sentence what it stands under and with.
func (s *scene) order() {
	group, heading, lead := 0, -1, -1
	for i := range s.sentences {
		sen := &s.sentences[i]
		sen.opening, sen.heading, sen.lead = i, heading, -1
		listed := sen.kind == cite.ListItem
		switch {
		case i == 0:
		case s.sentences[i-1].block == sen.block:
			sen.opening, sen.heading = s.sentences[i-1].opening, s.sentences[i-1].heading
		case !listed || s.sentences[i-1].kind != cite.ListItem && s.sentences[i-1].kind != cite.Paragraph:
			group++
		}
		sen.group = group
		switch {
		case listed:
			sen.lead = lead
		case sen.kind == cite.Paragraph:
			lead = i
		default:
			lead = -1
		}
		switch sen.kind {
		case cite.Heading:
			heading = i
		case cite.Title:
			s.titles = append(s.titles, i)
		}
	}
}

// longestSentence is how many tokens are weighed against each other as one sentence. Nobody writes longer ones; what has
// no full stop for longer, such as a list of names in one line, is cut so that the work stays proportional to the text.
const longestSentence = 250

// split cuts a block into sentences and those into tokens.
func (s *scene) split(index int, block cite.Block, figs []cite.Figure) {
	at := block.Start
	for at < block.End {
		end := sentenceEnd(s.content, at, block.End, figs)
		from := len(s.tokens)
		s.tokens = tokenise(s.tokens, s.content, at, end)
		for from < len(s.tokens) {
			until := min(from+longestSentence, len(s.tokens))
			for i := from; i < until; i++ {
				s.tokens[i].sentence, s.tokens[i].block = int32(len(s.sentences)), int32(index)
			}
			s.sentences = append(s.sentences, sentence{from: from, until: until, block: index, kind: block.Kind})
			from = until
		}
		at = end
	}
}

// sentenceEnd is where the sentence that begins at start ends, at the latest at end.
func sentenceEnd(content string, start, end int, figs []cite.Figure) int {
	for i := start; i < end; i++ {
		switch content[i] {
		case '\n':
			return i + 1
		case '.', '!', '?':
		default:
			continue
		}
		next := i + 1
		if content[i] == '.' && !endsSentence(content, start, i) {
			continue
		}
		for next < end && strings.IndexByte(`")]`, content[next]) >= 0 {
			next++
		}
		if next >= end {
			return end
		}
		if content[next] != ' ' || !begins(content[next:end]) {
			continue
		}
		if inFigure(figs, i) {
			continue
		}
		return next
	}
	return end
}

// endsSentence tells whether the full stop at i ends a sentence and no abbreviation or ordinal number.
func endsSentence(content string, start, i int) bool {
	word := i
	for word > start {
		r, size := utf8.DecodeLastRuneInString(content[start:word])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		word -= size
	}
	w := strings.ToLower(content[word:i])
	if abbreviations[w] {
		return false
	}
	isNumber := w != "" && strings.Trim(w, "0123456789") == ""
	return !isNumber || len(w) > 2
}

// begins tells whether what follows a full stop looks like the start of a sentence.
func begins(rest string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, ` "„“‚(['–—-•*`))
	return unicode.IsUpper(r) || unicode.IsDigit(r) || r == '$' || r == '€'
}

func inFigure(figs []cite.Figure, at int) bool {
	i, _ := slices.BinarySearchFunc(figs, at, func(f cite.Figure, at int) int { return cmp.Compare(f.AtEnd, at+1) })
	return i < len(figs) && figs[i].At <= at && at < figs[i].AtEnd-1
}

// place finds the tokens of each figure and takes those of damaged runs out of the words.
func (s *scene) place(figs []cite.Figure) {
	s.figures, s.amounts = make([]placed, len(figs)), map[string][]int{}
	for i := range figs {
		f := &figs[i]
		from, _ := slices.BinarySearchFunc(s.tokens, f.At, func(t token, at int) int { return cmp.Compare(t.end, at+1) })
		until := from
		for until < len(s.tokens) && s.tokens[until].start < f.AtEnd {
			s.tokens[until].figure = true
			until++
		}
		p := placed{Figure: f, from: from, until: until, sentence: -1, subject: -1, metric: -1}
		if from < until {
			p.sentence = int(s.tokens[from].sentence)
		}
		s.figures[i] = p
		if distinctive(f) {
			s.amounts[amount(f)] = append(s.amounts[amount(f)], i)
		}
	}
}

// The distance of clauses that a comma, a conjunction and a stronger mark make.
const (
	stepConjunction = 1
	stepComma       = 2
	stepMark        = 3
)

// clauses numbers the clauses of each sentence, so that the difference of two numbers says how far apart they are.
func (s *scene) clauses() {
	for _, sen := range s.sentences {
		clause := int32(0)
		for i := sen.from + 1; i < sen.until; i++ {
			if !s.tokens[i].figure || !s.tokens[i-1].figure {
				clause += s.step(i)
			}
			s.tokens[i].clause = clause
		}
	}
}

func (s *scene) step(i int) int32 {
	gap := s.content[s.tokens[i-1].end:s.tokens[i].start]
	switch {
	case strings.ContainsAny(gap, ";:()–—") && strings.ContainsAny(gap, " ()"):
		return stepMark
	case strings.Contains(gap, ", "):
		return stepComma
	case conjunctions[s.tokens[i].lower]:
		return stepConjunction
	}
	return 0
}

// names finds the subjects and metric words, drops short names whose subject is named nowhere in full, and files the
// rest under their sentences.
func (s *scene) names(l *Linker) {
	found := l.lexicon.find(s.content, s.tokens)
	full := map[int]bool{}
	for _, m := range found {
		if m.name.kind == subjectName {
			full[m.name.of] = true
		}
	}
	for _, m := range found {
		if s.tokens[m.from].sentence != s.tokens[m.until-1].sentence {
			continue
		}
		switch m.name.kind {
		case subjectName:
			s.mentions = append(s.mentions, m)
		case shortName:
			if full[m.name.of] {
				s.mentions = append(s.mentions, m)
			}
		case metricWord, metricHint:
			s.words = append(s.words, m)
		}
	}
	s.markWords()
	s.roles = make([]mentionRole, len(s.mentions))
	for k := range s.mentions {
		s.roles[k] = l.role(s, k)
	}
	a, b := 0, 0
	for i := range s.sentences {
		sen := &s.sentences[i]
		sen.subjects, a = section(s.mentions, a, sen.until)
		sen.words, b = section(s.words, b, sen.until)
	}
}

// markWords notes which tokens belong to names and metric words.
func (s *scene) markWords() {
	s.metricAt, s.wordAt, s.nameAt = make([]bool, len(s.tokens)), make([]bool, len(s.tokens)), make([]bool, len(s.tokens))
	s.figureAt = make([]cite.Kind, len(s.tokens))
	for _, f := range s.figures {
		for i := f.from; i < f.until; i++ {
			s.figureAt[i] = f.Kind
		}
	}
	for _, w := range s.words {
		for i := w.from; i < w.until; i++ {
			s.wordAt[i] = s.wordAt[i] || w.holds(i)
			s.metricAt[i] = s.metricAt[i] || w.holds(i) && w.name.kind == metricWord
		}
	}
	for _, m := range s.mentions {
		for i := m.from; i < m.until; i++ {
			s.nameAt[i] = true
		}
	}
}

// section is the run of mentions from index at on that begin before a token.
func section(all []mention, at, until int) ([2]int, int) {
	end := at
	for end < len(all) && all[end].from < until {
		end++
	}
	return [2]int{at, end}, end
}

func subjectsOf(found []mention) []mention {
	return slices.DeleteFunc(found, func(m mention) bool { return m.name.kind != subjectName })
}

// Parts of a text in which a subject's name weighs more: what a post is about stands in its title and headings.
const (
	weightTitle   = 6
	weightHeading = 3
)

// weigh gives each subject its share of the post's mentions: how much the post is about it.
func (s *scene) weigh(l *Linker) {
	s.weight = map[int]float64{}
	total := 0.0
	count := func(m mention, w float64) {
		s.weight[m.name.of] += w
		total += w
	}
	for _, sen := range s.sentences {
		w := 1.0
		switch sen.kind {
		case cite.Title:
			w = weightTitle
		case cite.Heading:
			w = weightHeading
		}
		for _, m := range s.mentions[sen.subjects[0]:sen.subjects[1]] {
			count(m, w)
		}
	}
	for _, m := range s.title {
		count(m, weightTitle)
	}
	for of := range s.weight {
		s.weight[of] /= total
	}
}
