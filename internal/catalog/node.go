package catalog

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"beleg/internal/market"
)

// faults collects what is wrong with a catalogue.
type faults []*Error

func (f *faults) add(file string, line int, field, msg string) {
	*f = append(*f, &Error{File: file, Line: line, Field: field, Msg: msg})
}

func (f *faults) join() error {
	slices.SortStableFunc(*f, func(a, b *Error) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return strings.Compare(a.Field, b.Field)
	})
	errs := make([]error, len(*f))
	for i, e := range *f {
		errs[i] = e
	}
	return errors.Join(errs...)
}

// entry is a YAML mapping that is read key by key, so that every fault is reported with its line and every key
// that nobody asked for is one.
type entry struct {
	file string
	line int
	at   string // path of keys that leads here, "" at an entry's top
	keys map[string]*yaml.Node
	read map[string]bool
	errs *faults
}

// newEntry reads a mapping; anything else is a fault and gives an empty entry.
func newEntry(file, at string, n *yaml.Node, errs *faults) *entry {
	n = resolve(n)
	e := &entry{file: file, line: n.Line, at: at, keys: map[string]*yaml.Node{}, read: map[string]bool{}, errs: errs}
	if n.Kind != yaml.MappingNode {
		errs.add(file, n.Line, at, "must be a mapping of keys to values")
		return e
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if _, twice := e.keys[k.Value]; twice {
			errs.add(file, k.Line, e.path(k.Value), "is given twice")
			continue
		}
		e.keys[k.Value] = n.Content[i+1]
	}
	return e
}

func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

func (e *entry) path(key string) string {
	if e.at == "" {
		return key
	}
	return e.at + "." + key
}

// fail reports a fault at the line of a key's value, or at the entry's own line where the key is absent.
func (e *entry) fail(key, msg string) {
	line := e.line
	if n, ok := e.keys[key]; ok {
		line = n.Line
	}
	e.errs.add(e.file, line, e.path(key), msg)
}

// value is the node of a key, nil where it is absent or null.
func (e *entry) value(key string) *yaml.Node {
	e.read[key] = true
	n, ok := e.keys[key]
	if !ok {
		return nil
	}
	n = resolve(n)
	if n.Tag == "!!null" {
		return nil
	}
	return n
}

// done reports the keys that nobody read.
func (e *entry) done() {
	for k, n := range e.keys {
		if !e.read[k] {
			e.errs.add(e.file, n.Line, e.path(k), "is not a known key")
		}
	}
}

// str is a text, trimmed; "" where the key is absent.
func (e *entry) str(key string) string {
	n := e.value(key)
	if n == nil {
		return ""
	}
	if n.Kind != yaml.ScalarNode {
		e.fail(key, "must be a text")
		return ""
	}
	return strings.TrimSpace(n.Value)
}

// need is a text that must be there.
func (e *entry) need(key string) string {
	s := e.str(key)
	if s == "" {
		e.fail(key, "is missing")
	}
	return s
}

// text is a text in both languages; one plain text stands for both.
func (e *entry) text(key string, required bool) market.Text {
	n := e.value(key)
	switch {
	case n == nil && required:
		e.fail(key, "is missing")
		return market.Text{}
	case n == nil:
		return market.Text{}
	case n.Kind == yaml.ScalarNode:
		s := e.need(key)
		return market.Text{DE: s, EN: s}
	}
	t := newEntry(e.file, e.path(key), n, e.errs)
	defer t.done()
	return market.Text{DE: t.need("de"), EN: t.need("en")}
}

func (e *entry) boolean(key string) bool {
	switch s := e.str(key); s {
	case "", "false":
		return false
	case "true":
		return true
	default:
		e.fail(key, "must be true or false")
		return false
	}
}

// number is a finite number, nil where the key is absent. Underscores may group its digits.
func (e *entry) number(key string) *float64 {
	s := e.str(key)
	if s == "" {
		return nil
	}
	f, err := strconv.ParseFloat(strings.ReplaceAll(s, "_", ""), 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		e.fail(key, "must be a number")
		return nil
	}
	return &f
}

// atLeast is a number that is not below lowest; 0 where the key is absent.
func (e *entry) atLeast(key string, lowest float64) float64 {
	f := e.number(key)
	if f == nil {
		return 0
	}
	if *f < lowest {
		e.fail(key, "must be at least "+strconv.FormatFloat(lowest, 'f', -1, 64))
		return 0
	}
	return *f
}

// whole is a whole number from 0; 0 where the key is absent.
func (e *entry) whole(key string) int {
	s := e.str(key)
	if s == "" {
		return 0
	}
	i, err := strconv.Atoi(s)
	if err != nil || i < 0 {
		e.fail(key, "must be a whole number from 0")
		return 0
	}
	return i
}

// duration is a positive span such as "36h" or "45m"; 0 where the key is absent.
func (e *entry) duration(key string) time.Duration {
	s := e.str(key)
	if s == "" {
		return 0
	}
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		e.fail(key, `must be a positive duration such as "36h" or "45m"`)
		return 0
	}
	return d
}

// strs is a list of texts without repetition.
func (e *entry) strs(key string) []string {
	var out []string
	for _, n := range e.items(key) {
		s := strings.TrimSpace(n.Value)
		switch {
		case n.Kind != yaml.ScalarNode || s == "":
			e.errs.add(e.file, n.Line, e.path(key), "must be a list of texts")
		case slices.Contains(out, s):
			e.errs.add(e.file, n.Line, e.path(key), strconv.Quote(s)+" is listed twice")
		default:
			out = append(out, s)
		}
	}
	return out
}

// params is a mapping of texts to texts; nil where the key is absent.
func (e *entry) params(key string) map[string]string {
	n := e.value(key)
	if n == nil {
		return nil
	}
	m := newEntry(e.file, e.path(key), n, e.errs)
	out := make(map[string]string, len(m.keys))
	for k := range m.keys {
		out[k] = m.need(k)
	}
	return out
}

// items are the elements of a list; none where the key is absent.
func (e *entry) items(key string) []*yaml.Node {
	n := e.value(key)
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		e.fail(key, "must be a list")
		return nil
	}
	out := make([]*yaml.Node, len(n.Content))
	for i, item := range n.Content {
		out[i] = resolve(item)
	}
	return out
}

// entries are the mappings of a list inside an entry.
func (e *entry) entries(key string) []*entry { return e.mappings(key, e.path(key)) }

// list is the mappings of a file's list, each an entry of its own.
func (e *entry) list(key string) []*entry { return e.mappings(key, "") }

func (e *entry) mappings(key, at string) []*entry {
	var out []*entry
	for _, n := range e.items(key) {
		out = append(out, newEntry(e.file, at, n, e.errs))
	}
	return out
}
