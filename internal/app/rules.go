package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"beleg/internal/check"
	"beleg/internal/check/rule"
	"beleg/internal/cite"
	"beleg/internal/unit"
)

// rulesFile is the name of the file beside posts that says how strictly they are checked.
const rulesFile = "beleg.yaml"

// maxRulesBytes is the largest such file.
const maxRulesBytes = 1 << 20

// ruleSettings are what a rules file says.
type ruleSettings struct {
	settings rule.Settings
	lang     unit.Lang // of the messages; "" is that of each post
}

// findRules reads the rules file in the folder of the first of the given files, else in the nearest folder above it
// that has one. None is no error.
func findRules(files []string) (ruleSettings, error) {
	start := "."
	if len(files) > 0 && files[0] != stdinName {
		start = files[0]
		if info, err := os.Stat(start); err == nil && !info.IsDir() {
			start = filepath.Dir(start)
		}
	}
	dir, err := filepath.Abs(start)
	if err != nil {
		return ruleSettings{}, fmt.Errorf("look for %s: %w", rulesFile, err)
	}
	for {
		name := filepath.Join(dir, rulesFile)
		raw, err := os.ReadFile(name)
		switch {
		case err == nil && len(raw) > maxRulesBytes:
			return ruleSettings{}, fmt.Errorf("%s: larger than %d bytes", name, maxRulesBytes)
		case err == nil:
			return parseRules(raw, name)
		case !errors.Is(err, fs.ErrNotExist):
			return ruleSettings{}, fmt.Errorf("read %s: %w", name, err)
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ruleSettings{}, nil
		}
		dir = up
	}
}

// parseRules reads a rules file. The error joins everything that is wrong, each with file and line.
func parseRules(raw []byte, name string) (ruleSettings, error) {
	p := rulesParser{name: name}
	var doc yaml.Node
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		return ruleSettings{}, fmt.Errorf("%s: %w", name, err)
	}
	if len(doc.Content) > 0 && doc.Content[0].Tag != "!!null" {
		p.mapping(doc.Content[0], "", map[string]func(*yaml.Node){
			"lang": p.lang, "rules": p.rules, "tolerances": p.tolerances, "ignore": p.ignore,
			"notes": p.whole(&p.out.settings.Notes, limits{1, 1000}),
		})
	}
	return p.out, errors.Join(p.errs...)
}

type rulesParser struct {
	name string
	out  ruleSettings
	errs []error
}

func (p *rulesParser) fail(n *yaml.Node, format string, args ...any) {
	p.errs = append(p.errs, fmt.Errorf("%s:%d: %s", p.name, n.Line, fmt.Sprintf(format, args...)))
}

// mapping reads a mapping key by key; a key that is not known, or given twice, is an error.
func (p *rulesParser) mapping(n *yaml.Node, what string, read map[string]func(*yaml.Node)) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind != yaml.MappingNode {
		p.fail(n, "%swant keys with values", what)
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch do, known := read[key.Value]; {
		case seen[key.Value]:
			p.fail(key, "%s is given twice", key.Value)
		case !known:
			p.fail(key, "unknown key %q; there are %s", key.Value, strings.Join(sortedKeys(read), ", "))
		default:
			do(value)
		}
		seen[key.Value] = true
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// text reads a scalar into a variable.
func (p *rulesParser) text(into *string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind != yaml.ScalarNode {
			p.fail(n, "want a text")
			return
		}
		*into = n.Value
	}
}

func (p *rulesParser) lang(n *yaml.Node) {
	switch n.Value {
	case "auto":
	case string(unit.German), string(unit.English):
		p.out.lang = unit.Lang(n.Value)
	default:
		p.fail(n, "lang: %q; want auto, de or en", n.Value)
	}
}

var severities = []cite.Severity{rule.Off, cite.Note, cite.Warning, cite.Error}

// rules reads severities by rule; a group such as math/* stands for all its rules, and a rule's own line wins over it.
func (p *rulesParser) rules(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		p.fail(n, "rules: want rules with their severities")
		return
	}
	groups, own := map[rule.Rule]cite.Severity{}, map[rule.Rule]cite.Severity{}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, severity := n.Content[i], cite.Severity(n.Content[i+1].Value)
		if seen[key.Value] {
			p.fail(key, "%s is given twice", key.Value)
		}
		seen[key.Value] = true
		if !slices.Contains(severities, severity) {
			p.fail(n.Content[i+1], "%s: %q; want off, note, warning or error", key.Value, severity)
			continue
		}
		matched := matchingRules(key.Value)
		if len(matched) == 0 {
			p.fail(key, "there is no rule %q; there are %s", key.Value, allRules())
		}
		for _, rule := range matched {
			if string(rule) == key.Value {
				own[rule] = severity
			} else {
				groups[rule] = severity
			}
		}
	}
	p.out.settings.Severities = groups
	for rule, severity := range own {
		groups[rule] = severity
	}
}

func matchingRules(pattern string) []rule.Rule {
	var list []rule.Rule
	for _, rule := range rule.Rules {
		if check.MatchRule(pattern, rule) {
			list = append(list, rule)
		}
	}
	return list
}

func allRules() string {
	names := make([]string, len(rule.Rules))
	for i, rule := range rule.Rules {
		names[i] = string(rule)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// limits are the least and the greatest value that a tolerance may have.
type limits struct{ least, most float64 }

// tolerances reads how far values may lie apart, and what bounds such as "over" mean.
func (p *rulesParser) tolerances(n *yaml.Node) {
	t, b := &p.out.settings.Tolerances, rule.DefaultBounds()
	p.mapping(n, "tolerances: ", map[string]func(*yaml.Node){
		"rounding": p.number(&t.Rounding, limits{0.0001, 1}),
		"far":      p.number(&t.Far, limits{0.0001, 10}),
		"window":   p.whole(&t.Window, limits{1, 120}),
		"over":     p.number(&b.Over, limits{1, 100}),
		"nearly":   p.number(&b.Nearly, limits{0.01, 1}),
		"about":    p.number(&b.About, limits{0, 1}),
	})
	p.out.settings.Bounds = b
}

func (p *rulesParser) number(into *float64, within limits) func(*yaml.Node) {
	return func(n *yaml.Node) {
		v, err := strconv.ParseFloat(n.Value, 64)
		if n.Kind != yaml.ScalarNode || err != nil || !(v >= within.least && v <= within.most) {
			p.fail(n, "%q is not a number from %v to %v", n.Value, within.least, within.most)
			return
		}
		*into = v
	}
}

func (p *rulesParser) whole(into *int, within limits) func(*yaml.Node) {
	return func(n *yaml.Node) {
		v, err := strconv.Atoi(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil || float64(v) < within.least || float64(v) > within.most {
			p.fail(n, "%q is not a whole number from %v to %v", n.Value, within.least, within.most)
			return
		}
		*into = v
	}
}

// ignore reads the list of what is not to be reported.
func (p *rulesParser) ignore(n *yaml.Node) {
	if n.Kind != yaml.SequenceNode {
		p.fail(n, "ignore: want a list")
		return
	}
	for _, entry := range n.Content {
		var g rule.Ignore
		before := len(p.errs)
		var of string
		p.mapping(entry, "ignore: ", map[string]func(*yaml.Node){
			"id": p.text(&g.ID), "rule": p.text(&of), "path": p.text(&g.Path), "text": p.text(&g.Text), "reason": p.text(&g.Reason),
		})
		if len(p.errs) > before {
			continue
		}
		g.Rule = rule.Rule(of)
		switch _, badGlob := path.Match(g.Path, ""); {
		case g == (rule.Ignore{Reason: g.Reason}):
			p.fail(entry, "ignore: name an id, a rule, a path or a text; an entry without any would silence everything")
		case strings.TrimSpace(g.Reason) == "":
			p.fail(entry, "ignore: the reason is missing")
		case of != "" && len(matchingRules(of)) == 0:
			p.fail(entry, "ignore: there is no rule %q; there are %s", of, allRules())
		case badGlob != nil:
			p.fail(entry, "ignore: %q is no pattern for paths", g.Path)
		default:
			p.out.settings.Ignore = append(p.out.settings.Ignore, g)
		}
	}
}
