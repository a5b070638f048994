package post

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

// markComment is a writer's instruction to Beleg: a comment in HTML's or in MDX's form.
var markComment = regexp.MustCompile(`(?s)<!--\s*beleg:(.*?)-->|\{/\*\s*beleg:(.*?)\*/\}`)

// findComment finds the first instruction in t: its bounds and those of its keys.
func findComment(t []byte) []int {
	if !bytes.Contains(t, []byte("beleg:")) {
		return nil
	}
	m := markComment.FindSubmatchIndex(t)
	if m == nil {
		return nil
	}
	if m[2] < 0 {
		m[2], m[3] = m[4], m[5]
	}
	return m[:4]
}

// markPair is one key of an instruction, its value bare or in quotes.
var markPair = regexp.MustCompile(`^\s*([a-z][a-z_-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"',;]+)))?(?:\s*[,;])?`)

// parseMark reads "series=lido-tvl period=2026-01" or `ignore="an example"`; a key without a value has the value "".
func parseMark(s string) (map[string]string, error) {
	keys := map[string]string{}
	rest := strings.TrimSpace(s)
	for rest != "" {
		m := markPair.FindStringSubmatch(rest)
		if m == nil {
			return nil, fmt.Errorf("%w: %q is no key=value", ErrField, clip(rest, 40))
		}
		if _, twice := keys[m[1]]; twice {
			return nil, fmt.Errorf("%w: %s is given twice", ErrField, m[1])
		}
		keys[m[1]] = m[2] + m[3] + m[4]
		rest = strings.TrimSpace(rest[len(m[0]):])
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("%w: it says nothing", ErrField)
	}
	return keys, nil
}

// takeMark notes the instruction with the given words at src.text[lo:hi]; one that cannot be read is a warning.
func (d *draft) takeMark(src *source, words []byte, lo, hi int) {
	keys, err := parseMark(string(words))
	if err != nil {
		d.warnf(src.line(lo), "beleg: %v", err)
		return
	}
	d.build.mark(keys, lo, hi)
}

// clip is the first n characters of s.
func clip(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i] + "…"
		}
		n--
	}
	return s
}
