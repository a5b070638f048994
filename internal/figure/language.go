package figure

import "beleg/internal/unit"

// telling are words that only one of the languages has, and that every few sentences hold.
var telling = map[string]unit.Lang{
	"der": unit.German, "die": unit.German, "das": unit.German, "und": unit.German, "ist": unit.German, "nicht": unit.German, "ein": unit.German, "eine": unit.German, "mit": unit.German, "auf": unit.German,
	"für": unit.German, "von": unit.German, "den": unit.German, "dem": unit.German, "des": unit.German, "im": unit.German, "zu": unit.German, "sich": unit.German, "wird": unit.German, "über": unit.German,
	"auch": unit.German, "bei": unit.German, "sind": unit.German, "aus": unit.German, "wie": unit.German, "oder": unit.German, "nach": unit.German, "zum": unit.German, "zur": unit.German, "als": unit.German,
	"the": unit.English, "of": unit.English, "and": unit.English, "to": unit.English, "is": unit.English, "that": unit.English, "for": unit.English, "with": unit.English, "by": unit.English, "on": unit.English,
	"are": unit.English, "it": unit.English, "has": unit.English, "from": unit.English, "this": unit.English, "at": unit.English, "its": unit.English, "than": unit.English, "which": unit.English, "have": unit.English,
	"be": unit.English, "or": unit.English, "their": unit.English, "a": unit.English, "more": unit.English, "about": unit.English,
}

const (
	fewestTelling = 3     // telling words that a passage must have to speak for itself
	sampleBytes   = 32768 // how much of a text is looked at to find its language
)

// languageOf is the language of a passage, or fallback where it does not show.
func languageOf(text string, fallback unit.Lang) unit.Lang {
	german, english := 0, 0
	var buf [longestWord + 8]byte
	for at := 0; at < len(text); {
		if c := text[at]; !isLetterByte(c) {
			at++
			continue
		}
		end := at
		for end < len(text) && isLetterByte(text[end]) {
			end++
		}
		if end-at <= 5+2 {
			if lower, ok := lowerInto(buf[:0], text[at:end]); ok {
				switch telling[string(lower)] {
				case unit.German:
					german++
				case unit.English:
					english++
				}
			}
		}
		at = end
	}
	switch {
	case german >= fewestTelling && german > 2*english:
		return unit.German
	case english >= fewestTelling && english > 2*german:
		return unit.English
	case fallback != "":
		return fallback
	case english > german:
		return unit.English
	}
	return unit.German
}

// isLetterByte takes every byte of a character beyond ASCII for a letter; that is near enough to count words.
func isLetterByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
