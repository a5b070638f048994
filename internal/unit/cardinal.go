package unit

import "strings"

// Cardinal reads one word that is a whole number: "zwölf", "siebenhunderteinundzwanzigtausendzwölf", "seventy".
// German "ein", "eine", "einen" … are 1; whether one is an article is the reader's question. Number words of several
// words ("two hundred thousand") are the reader's to put together, with LookupScale for the magnitudes.
func Cardinal(word string, lang Lang) (int64, bool) {
	w := strings.ToLower(word)
	if lang == English {
		n, ok := englishCardinals[w]
		return n, ok
	}
	if n, ok := germanWords[w]; ok {
		return n, true
	}
	return germanCompound(w)
}

var englishCardinals = map[string]int64{
	"zero": 0, "naught": 0, "nought": 0, "nil": 0,
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
	"eighty": 80, "ninety": 90, "hundred": 100, "dozen": 12, "dozens": 12, "pair": 2, "couple": 2,
}

// germanWords are the declined forms that no compound has.
var germanWords = map[string]int64{
	"null": 0, "ein": 1, "eins": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "eines": 1, "zwo": 2, "zweier": 2, "dreier": 3,
	"dutzend": 12,
}

// morpheme is one part of a German number word. A part under ten must be followed by "und" with a ten, by "zehn"
// (written out in the table), by hundred or thousand, or by nothing.
type morpheme struct {
	text  string
	value int64
}

// germanMorphemes are tried in order, so that a longer part stands before its own beginning.
var germanMorphemes = []morpheme{
	{"dreizehn", 13}, {"vierzehn", 14}, {"fünfzehn", 15}, {"fuenfzehn", 15}, {"sechzehn", 16}, {"siebzehn", 17}, {"achtzehn", 18}, {"neunzehn", 19},
	{"zwanzig", 20}, {"dreißig", 30}, {"dreissig", 30}, {"vierzig", 40}, {"fünfzig", 50}, {"fuenfzig", 50}, {"sechzig", 60}, {"siebzig", 70}, {"achtzig", 80}, {"neunzig", 90},
	{"ein", 1}, {"zwei", 2}, {"drei", 3}, {"vier", 4}, {"fünf", 5}, {"fuenf", 5}, {"sechs", 6}, {"sieben", 7}, {"acht", 8}, {"neun", 9}, {"zehn", 10}, {"elf", 11}, {"zwölf", 12}, {"zwoelf", 12},
	{"hundert", 100}, {"tausend", 1000}, {"und", 0},
}

// germanCompound adds the morphemes of a word up; false unless they make it up entirely and in a possible order.
func germanCompound(w string) (int64, bool) {
	if len(w) < 3 || !strings.ContainsRune("zdvfsanehtu", rune(w[0])) {
		return 0, false
	}
	var total, part int64
	var last morpheme
	for len(w) > 0 {
		m, ok := nextMorpheme(w)
		if !ok || !mayFollow(last, m) {
			return 0, false
		}
		w = w[len(m.text):]
		switch {
		case m.value == 1000:
			total += max(part, 1) * 1000
			part = 0
		case m.value == 100 && part < 100:
			part = max(part, 1) * 100
		case m.value == 100: // "hunderthundert"
			return 0, false
		default:
			part += m.value
		}
		if m.text == "und" {
			m.value = last.value // what the link stands behind decides what may follow it
		}
		last = m
	}
	if last.text == "und" {
		return 0, false
	}
	return total + part, true
}

func nextMorpheme(w string) (morpheme, bool) {
	for _, m := range germanMorphemes {
		if strings.HasPrefix(w, m.text) {
			return m, true
		}
	}
	return morpheme{}, false
}

// mayFollow says which parts can stand side by side: "ein"+"und", "hundert"+"zwei", never "drei"+"vier" or "zwanzig"+"eins".
func mayFollow(last, next morpheme) bool {
	switch {
	case last.text == "":
		return next.text != "und"
	case next.text == "und":
		return last.text != "und" && (last.value < 10 || last.value >= 100)
	case last.text == "und" && last.value < 10:
		return next.value >= 20 && next.value <= 90
	case next.value >= 100:
		return last.value < 100 || last.value == 100 && next.value == 1000 && last.text != "und"
	case last.value >= 100:
		return true
	default:
		return false
	}
}
