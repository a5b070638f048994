package check

import (
	"path"
	"strings"
	"unicode"

	"beleg/internal/check/rule"
)

// ignored tells whether the settings silence a finding.
func (e *Engine) ignored(f *rule.Finding) bool {
	if e.silenced[f.ID()] {
		return true
	}
	for i := range e.settings.Ignore {
		if silences(&e.settings.Ignore[i], f) {
			return true
		}
	}
	return false
}

// silencedIDs are the findings that entries silence by their id alone: a baseline may hold thousands.
func silencedIDs(ignore []rule.Ignore) (ids map[string]bool, rest []rule.Ignore) {
	ids = map[string]bool{}
	for _, g := range ignore {
		if g.ID != "" && g == (rule.Ignore{ID: g.ID, Reason: g.Reason}) {
			ids[g.ID] = true
			continue
		}
		rest = append(rest, g)
	}
	return ids, rest
}

// silences tells whether everything that an entry names holds for a finding. An entry that names nothing silences nothing.
func silences(g *rule.Ignore, f *rule.Finding) bool {
	if *g == (rule.Ignore{Reason: g.Reason}) {
		return false
	}
	return (g.ID == "" || g.ID == f.ID()) &&
		(g.Rule == "" || MatchRule(string(g.Rule), f.Rule)) &&
		(g.Path == "" || MatchPath(g.Path, f.Doc.Path)) &&
		(g.Text == "" || sameWords(g.Text, f.At.Figure.Text))
}

// MatchRule tells whether a pattern names a rule: its id, or a group ("math/*").
func MatchRule(pattern string, rule rule.Rule) bool {
	ok, err := path.Match(pattern, string(rule))
	return ok && err == nil
}

// MatchPath tells whether a glob matches a file: the whole of its path, any part of it that begins at a folder, or a
// folder that it lies in. "drafts", "drafts/*.md" and "2026-*.md" match "/blog/drafts/2026-02-10.md".
func MatchPath(pattern, file string) bool {
	pattern = strings.TrimSuffix(pattern, "/")
	elements := strings.Split(strings.ReplaceAll(file, `\`, "/"), "/")
	for from := range elements {
		for to := len(elements); to > from; to-- {
			if ok, err := path.Match(pattern, strings.Join(elements[from:to], "/")); ok && err == nil {
				return true
			}
		}
	}
	ok, err := path.Match(pattern, file)
	return ok && err == nil
}

// sameWords compares two texts as a reader does: whatever blanks they have, and in either case.
func sameWords(a, b string) bool {
	words := func(s string) []string { return strings.FieldsFunc(s, unicode.IsSpace) }
	return strings.EqualFold(strings.Join(words(a), " "), strings.Join(words(b), " "))
}
