package fetch

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// excerptRunes is how much of a body an error message quotes.
const excerptRunes = 160

// Excerpt is the beginning of a body as one line of plain text for a message: of an HTML page the words that it shows,
// without control characters, at most 160 characters long.
func Excerpt(body []byte) string {
	if IsHTML(body) {
		return shorten(pageText(body))
	}
	return shorten(string(body))
}

// IsHTML tells whether a body is markup, whatever its content type says.
func IsHTML(body []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(body, "\ufeff \t\r\n"), []byte("<"))
}

func pageText(body []byte) string {
	var b strings.Builder
	z := html.NewTokenizer(bytes.NewReader(body))
	hidden := ""
	for b.Len() < excerptRunes*utf8.UTFMax {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.StartTagToken:
			if name, _ := z.TagName(); hidden == "" && (string(name) == "script" || string(name) == "style") {
				hidden = string(name)
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == hidden {
				hidden = ""
			}
		case html.TextToken:
			if hidden == "" {
				b.Write(z.Text())
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}

func shorten(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= excerptRunes {
		return s
	}
	runes := []rune(s)
	return strings.TrimSpace(string(runes[:excerptRunes])) + "…"
}
