package check

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"beleg/internal/cite"
	"beleg/internal/link"
	"beleg/internal/market"

	"beleg/internal/check/rule"
)

// Keys of marks beside keyPeriod.
const (
	keySeries = "series"
	keyIgnore = "ignore"
)

// markChecks say what is wrong with the value of a key, "" for nothing.
var markChecks = map[string]func(value string, c rule.Catalog) string{
	keySeries: func(v string, c rule.Catalog) string {
		switch {
		case v == "":
			return "series names no series"
		case c == nil:
			return ""
		}
		if _, ok := c.Series(v); !ok {
			return fmt.Sprintf("there is no series %q", v)
		}
		return ""
	},
	keyPeriod: func(v string, _ rule.Catalog) string {
		if _, err := market.ParsePeriod(v); err != nil {
			return "period: " + err.Error()
		}
		return ""
	},
	keyIgnore: func(v string, _ rule.Catalog) string {
		if strings.TrimSpace(v) == "" {
			return `ignore needs a reason: ignore="why"`
		}
		return ""
	},
}

// Warnings are what is wrong with the marks in a document and with the beleg: keys of its front matter: series that
// there are not, unknown keys, periods that are none, reasons that are missing, marks that bind to no figure. Each names
// file and line.
func Warnings(d *rule.Document, c rule.Catalog) []string {
	var list []string
	for _, key := range slices.Sorted(maps.Keys(d.Post.Defaults)) {
		if wrong := wrongMark(key, d.Post.Defaults[key], c); wrong != "" {
			list = append(list, frontPlace(d, key)+"front matter: "+wrong)
		}
	}
	figures := make([]cite.Figure, len(d.Cited))
	for i := range d.Cited {
		figures[i] = d.Cited[i].Figure
	}
	for i := range d.Post.Text.Marks {
		m := &d.Post.Text.Marks[i]
		for _, key := range slices.Sorted(maps.Keys(m.Keys)) {
			if wrong := wrongMark(key, m.Keys[key], c); wrong != "" {
				list = append(list, placeOf(d, m.Src)+wrong)
			}
		}
		if !binds(&d.Post.Text, *m, figures) {
			list = append(list, placeOf(d, m.Src)+"the mark binds to no figure: there is none before it in its paragraph")
		}
	}
	return list
}

func wrongMark(key, value string, c rule.Catalog) string {
	check, known := markChecks[key]
	if !known {
		return fmt.Sprintf("unknown key %q; there are %s", key, strings.Join(slices.Sorted(maps.Keys(markChecks)), ", "))
	}
	return check(value, c)
}

// binds tells whether a mark has a figure to bind to.
func binds(t *cite.Text, m cite.Mark, figures []cite.Figure) bool {
	alone := *t
	alone.Marks = []cite.Mark{m}
	return slices.ContainsFunc(link.Pins(&alone, figures), func(keys map[string]string) bool { return keys != nil })
}

// placeOf is the start of a message about a byte of the post: the file, and the line where the post begins with the file.
func placeOf(d *rule.Document, at int) string {
	if d.Post.Offset > 0 || at < 0 || at > len(d.Post.Raw) {
		return d.Path + ": "
	}
	return d.Path + ":" + strconv.Itoa(1+bytes.Count(d.Post.Raw[:at], []byte{'\n'})) + ": "
}

// frontPlace is the place of a key below beleg: in the front matter.
func frontPlace(d *rule.Document, key string) string {
	m := regexp.MustCompile(`(?m)^\s*beleg:(?:.*\n)*?.*?\b(` + regexp.QuoteMeta(key) + `)\b`).FindSubmatchIndex(d.Post.Raw)
	if m == nil {
		return d.Path + ": "
	}
	return placeOf(d, m[2])
}
