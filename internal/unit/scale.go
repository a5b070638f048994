package unit

import "strings"

// Scale is a magnitude word as a power of ten: 6 for a million, 9 for a milliard, 0 for none.
type Scale int32

// LookupScale reads a magnitude word or its abbreviation, with or without its full stop. "Billion" is 10¹² in German
// and 10⁹ in English. Single letters (k, m, b, t) are not words; see LookupScaleLetter.
func LookupScale(word string, lang Lang) (Scale, bool) {
	w := strings.ToLower(strings.TrimSuffix(word, "."))
	if s, ok := sharedScales[w]; ok {
		return s, true
	}
	s, ok := scalesOf[lang][w]
	return s, ok
}

// LookupScaleLetter reads the letter or letters that follow a number directly: "600B", "$46T", "100k", "$1.08bn".
// money tells that a currency stands with the number, which is what makes "5m" five million and not five metres.
func LookupScaleLetter(letters string, money bool) (Scale, bool) {
	if s, ok := scaleLetters[letters]; ok {
		return s, true
	}
	if money {
		s, ok := moneyScaleLetters[letters]
		return s, ok
	}
	return 0, false
}

var sharedScales = map[string]Scale{
	"million": 6, "mio": 6, "mln": 6, "mn": 6, "mrd": 9, "bn": 9, "tn": 12, "trn": 12, "tsd": 3,
	"lakh": 5, "lakhs": 5, "crore": 7, "crores": 7,
}

var scalesOf = map[Lang]map[string]Scale{
	German: {
		"tausend": 3, "millionen": 6, "mill": 6, "milliarde": 9, "milliarden": 9, "md": 9, "mia": 9,
		"billion": 12, "billionen": 12, "bio": 12, "bill": 12, "billiarde": 15, "billiarden": 15, "brd": 15,
		"trillion": 18, "trillionen": 18, "trilliarde": 21, "trilliarden": 21,
		// English words that survive in translated texts and mean nothing else there
		"millions": 6, "billions": 9, "trillions": 12, "thousand": 3,
	},
	English: {
		"thousand": 3, "thousands": 3, "millions": 6, "mil": 6, "billion": 9, "billions": 9, "bln": 9,
		"trillion": 12, "trillions": 12, "trln": 12, "quadrillion": 15, "quadrillions": 15, "quintillion": 18,
		"lkh": 5, "lkhs": 5, "cr": 7, "lac": 5, "lacs": 5, "krore": 7, "krores": 7, "koti": 7,
		// German words that survive in translated texts and mean nothing else there
		"millionen": 6, "milliarde": 9, "milliarden": 9, "billionen": 12,
	},
}

var scaleLetters = map[string]Scale{
	"k": 3, "K": 3, "M": 6, "MM": 6, "B": 9, "T": 12,
	"mn": 6, "Mn": 6, "mio": 6, "Mio": 6, "bn": 9, "Bn": 9, "BN": 9, "mrd": 9, "Mrd": 9, "tn": 12, "Tn": 12, "trn": 12,
	"mil": 6, "bln": 9, "Q": 15,
}

var moneyScaleLetters = map[string]Scale{"m": 6, "mm": 6, "b": 9, "t": 12}
