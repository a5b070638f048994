package link

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a run of letters and numbers: bytes start to end of the content. Hyphens, apostrophes and points separate,
// so that the parts of a compound with hyphens ("Stablecoin-Angebot") are tokens of their own.
type token struct {
	start, end int
	lower      string
	sentence   int32
	clause     int32
	block      int32
	figure     bool // inside a figure or a damaged run: no word
}

// tokenise appends the tokens of content[start:end].
func tokenise(to []token, content string, start, end int) []token {
	at := -1
	for i := start; i < end; {
		r, size := utf8.DecodeRuneInString(content[i:])
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			if at < 0 {
				at = i
			}
		} else if at >= 0 {
			to = append(to, token{start: at, end: i, lower: strings.ToLower(content[at:i])})
			at = -1
		}
		i += size
	}
	if at >= 0 {
		to = append(to, token{start: at, end: end, lower: strings.ToLower(content[at:end])})
	}
	return to
}

// joined tells whether the text between two tokens lets them belong to one name: a space or line end, a hyphen or
// dash with or without spaces, an ampersand, a slash, or a point without a space.
func joined(gap string) bool {
	switch gap {
	case ".", "'", "’":
		return true
	}
	if len(gap) == 0 || len(gap) > 6 {
		return false
	}
	for _, r := range gap {
		switch r {
		case ' ', '\u00a0', '\u202f', '-', '–', '‑', '&', '/':
		default:
			return false
		}
	}
	return true
}
