package post

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"beleg/internal/market"
)

// maxFrontMatter is how many bytes a front matter may have.
const maxFrontMatter = 256 << 10

// frontMatter is what a post says about itself before its text.
type frontMatter struct {
	lo, hi int // of the source's text, with both fences; hi is where the text begins

	title         string
	titleLo       int // where the title's words stand; titleHi 0 where they are not there as they are
	titleHi       int
	authors       []string // names, or keys of names that the site keeps elsewhere
	date          market.Period
	slug          string
	canonical     string
	lang          string
	translationOf string
	twins         []string
	beleg         map[string]string

	lines map[string]int // field → line of the file
}

func (f *frontMatter) line(field string) int { return f.lines[field] }

// author is the names of the post's authors; a key stands for the name that the site has for it.
func (f *frontMatter) author(names map[string]string) string {
	out := make([]string, 0, len(f.authors))
	for _, a := range f.authors {
		out = append(out, first(names[a], a))
	}
	return strings.Join(out, ", ")
}

// Fences of front matter: YAML's, and TOML's, which is not read.
var (
	yamlFence = regexp.MustCompile(`^---[ \t]*\r?\n`)
	tomlFence = regexp.MustCompile(`^\+\+\+[ \t]*\r?\n`)
	yamlEnd   = regexp.MustCompile(`(?m)^(?:---|\.\.\.)[ \t]*\r?$`)
	tomlEnd   = regexp.MustCompile(`(?m)^\+\+\+[ \t]*\r?$`)
	yamlLine  = regexp.MustCompile(`line (\d+): `)
	fromZero  = regexp.MustCompile(`^did not find expected (?:',' or|node|key|'-'|<)`) // complaints whose lines the library counts from 0
)

// readFrontMatter reads what stands between two fences at the start of a text; without a fence there is none.
func readFrontMatter(src *source, path string) (frontMatter, []warning, error) {
	text := src.text
	blank := leadingSpace(text)
	if m := tomlFence.FindIndex(text[blank:]); m != nil {
		end := tomlEnd.FindIndex(text[blank+m[1]:])
		if end == nil {
			return frontMatter{}, nil, nil
		}
		return frontMatter{hi: blank + m[1] + end[1]}, []warning{{src.line(blank), "front matter in TOML is not read"}}, nil
	}
	open := yamlFence.FindIndex(text[blank:])
	if open == nil {
		return frontMatter{}, nil, nil
	}
	lo := blank + open[1]
	end := yamlEnd.FindIndex(text[lo:min(len(text), lo+maxFrontMatter)])
	if end == nil {
		if !bytes.Contains(text[lo:min(len(text), lo+200)], []byte(":")) {
			return frontMatter{}, nil, nil // a rule at the top, not front matter
		}
		return frontMatter{}, nil, &Error{Path: path, Line: src.line(blank), Err: ErrFrontMatter}
	}
	f := frontMatter{lo: blank, hi: lo + end[1], lines: map[string]int{}}
	p := frontParser{src: src, path: path, lo: lo, hi: lo + end[0], first: src.line(lo), out: &f}
	err := p.parse()
	return f, p.warn, err
}

// frontParser reads YAML by its nodes, so that every complaint has its line.
type frontParser struct {
	src    *source
	path   string
	lo, hi int
	first  int // line of the file on which the YAML starts
	out    *frontMatter
	warn   []warning
}

func (p *frontParser) errorf(line int, field string, err error) error {
	return &Error{Path: p.path, Line: line, Field: field, Err: err}
}

func (p *frontParser) parse() error {
	var doc yaml.Node
	if err := yaml.Unmarshal(p.src.text[p.lo:p.hi], &doc); err != nil {
		return p.yamlError(err)
	}
	if len(doc.Content) == 0 {
		return nil
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		return p.errorf(p.first, "", errors.New("front matter is no list of fields"))
	}
	var errs []error
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, value := root.Content[i].Value, resolve(root.Content[i+1])
		read, known := fields[key]
		if !known {
			continue
		}
		line := p.first + root.Content[i].Line - 1
		p.out.lines[key] = line
		if err := read(p, value); err != nil {
			errs = append(errs, p.errorf(line, key, err))
		}
	}
	return errors.Join(errs...)
}

// yamlError turns the library's line, counted from the front matter, into the file's.
func (p *frontParser) yamlError(err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	m := yamlLine.FindStringSubmatchIndex(text)
	if m == nil {
		return p.errorf(p.first, "", fmt.Errorf("front matter: %s", text))
	}
	n, _ := strconv.Atoi(text[m[2]:m[3]])
	message := text[:m[0]] + text[m[1]:]
	if fromZero.MatchString(message) {
		n++
	}
	return p.errorf(p.first+n-1, "", fmt.Errorf("front matter: %s", message))
}

// resolve follows one alias.
func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias
	}
	return n
}

// fields are the fields that are read; others are the site generator's business.
var fields = map[string]func(*frontParser, *yaml.Node) error{
	"title":          (*frontParser).title,
	"author":         (*frontParser).authors,
	"authors":        (*frontParser).authors,
	"date":           (*frontParser).date,
	"published":      (*frontParser).date,
	"slug":           text(func(f *frontMatter) *string { return &f.slug }),
	"canonical_url":  text(func(f *frontMatter) *string { return &f.canonical }),
	"canonical":      text(func(f *frontMatter) *string { return &f.canonical }),
	"lang":           text(func(f *frontMatter) *string { return &f.lang }),
	"language":       text(func(f *frontMatter) *string { return &f.lang }),
	"translation_of": text(func(f *frontMatter) *string { return &f.translationOf }),
	"translations":   (*frontParser).translations,
	"beleg":          (*frontParser).defaults,
}

// text reads a field that is one line of text.
func text(where func(*frontMatter) *string) func(*frontParser, *yaml.Node) error {
	return func(p *frontParser, n *yaml.Node) error {
		s, err := scalar(n)
		if err != nil {
			return err
		}
		*where(p.out) = s
		return nil
	}
}

// scalar is the text of a single value.
func scalar(n *yaml.Node) (string, error) {
	if n.Kind != yaml.ScalarNode {
		return "", fmt.Errorf("%w: want one value", ErrField)
	}
	if n.Tag == "!!null" {
		return "", nil
	}
	return strings.TrimSpace(n.Value), nil
}

// title reads the title and finds its words in the file, which every figure in it needs.
func (p *frontParser) title(n *yaml.Node) error {
	s, err := scalar(n)
	if err != nil {
		return err
	}
	p.out.title = s
	at := p.offset(n)
	end := min(p.hi, at+len(s)+2) // a quote at either side
	if i := bytes.Index(p.src.text[min(at, end):end], []byte(s)); s != "" && i >= 0 && !strings.Contains(s, "\n") {
		p.out.titleLo, p.out.titleHi = at+i, at+i+len(s)
	}
	return nil
}

// offset is where a node stands in the source's text. YAML counts columns in characters.
func (p *frontParser) offset(n *yaml.Node) int {
	at := p.lo
	for line := 1; line < n.Line && at < p.hi; line++ {
		i := bytes.IndexByte(p.src.text[at:p.hi], '\n')
		if i < 0 {
			return p.hi
		}
		at += i + 1
	}
	return min(p.hi, at+len(firstRunes(string(p.src.text[at:p.hi]), n.Column-1)))
}

// authors reads a name, a list of names, a map with a name, or a list of those.
func (p *frontParser) authors(n *yaml.Node) error {
	names, err := authorNames(n)
	p.out.authors = names
	return err
}

func authorNames(n *yaml.Node) ([]string, error) {
	switch n = resolve(n); n.Kind {
	case yaml.ScalarNode:
		if s, _ := scalar(n); s != "" {
			return []string{s}, nil
		}
		return nil, nil
	case yaml.MappingNode:
		for _, key := range []string{"name", "key", "title"} {
			if v := lookup(n, key); v != nil && v.Kind == yaml.ScalarNode && v.Value != "" {
				return []string{v.Value}, nil
			}
		}
		return nil, fmt.Errorf("%w: an author has no name", ErrField)
	case yaml.SequenceNode:
		var names []string
		for _, c := range n.Content {
			if c = resolve(c); c.Kind == yaml.SequenceNode {
				return nil, fmt.Errorf("%w: a list in a list", ErrField)
			}
			more, err := authorNames(c)
			if err != nil {
				return nil, err
			}
			names = append(names, more...)
		}
		return names, nil
	}
	return nil, fmt.Errorf("%w: want a name or a list of names", ErrField)
}

// lookup is the value of a key in a map, nil where there is none.
func lookup(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return resolve(n.Content[i+1])
		}
	}
	return nil
}

func (p *frontParser) date(n *yaml.Node) error {
	s, err := scalar(n)
	if err != nil || s == "" {
		return err
	}
	day, ok := parseDate(s)
	if !ok {
		return fmt.Errorf("%w: %q is no day (want 2026-02-10)", ErrField, s)
	}
	p.out.date = day
	return nil
}

// translations reads the post's twins: a list, or a map from language to slug, path or URL.
func (p *frontParser) translations(n *yaml.Node) error {
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			continue
		}
		s, err := scalar(resolve(c))
		if err != nil {
			return err
		}
		p.out.twins = append(p.out.twins, s)
	}
	return nil
}

// defaults reads the keys that hold for every figure of the post.
func (p *frontParser) defaults(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		s, err := scalar(n)
		if err != nil || s == "" {
			return err
		}
		p.out.beleg, err = parseMark(s)
		return err
	}
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("%w: want keys and values", ErrField)
	}
	p.out.beleg = map[string]string{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		s, err := scalar(resolve(n.Content[i+1]))
		if err != nil {
			return p.errorf(p.first+n.Content[i].Line-1, "beleg."+n.Content[i].Value, err)
		}
		p.out.beleg[n.Content[i].Value] = s
	}
	return nil
}
