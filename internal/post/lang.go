package post

import (
	"strings"
	"unicode"

	"beleg/internal/cite"
	"beleg/internal/unit"
)

// commonWords are words that are frequent in one language and absent from the other.
var commonWords = func() map[string]unit.Lang {
	lists := map[unit.Lang]string{
		unit.German: "der die das und ist nicht ein eine einen einem einer eines den dem des mit für auf von zu im vom zum zur " +
			"sich auch als sind wird wurde werden haben hat bei nach über unter aus oder aber wie noch nur mehr durch gegen seit " +
			"bis rund etwa knapp dass diese dieser dieses sie wir ihr mrd mio milliarden millionen prozent laut jahr",
		unit.English: "the and of to is are were not for with from by that this these those it its as at be has have had " +
			"would can which their they we you than about over under after before more most since until per billion million " +
			"percent between into but or if while year",
	}
	out := map[string]unit.Lang{}
	for lang, words := range lists {
		for _, w := range strings.Fields(words) {
			out[w] = lang
		}
	}
	return out
}()

// sampleBytes is how much of a text is enough to tell its language.
const sampleBytes = 64 << 10

// DetectLang tells whether a text is German or English by its commonest words; one that shows neither is German where
// it has umlauts, else English.
func DetectLang(text string) unit.Lang {
	german, english := countWords(sample(text))
	if german == english {
		if strings.ContainsAny(text, "äöüßÄÖÜ") {
			return unit.German
		}
		return unit.English
	}
	if german > english {
		return unit.German
	}
	return unit.English
}

// sample is the first sampleBytes of s, more or less.
func sample(s string) string {
	if len(s) <= sampleBytes {
		return s
	}
	if i := strings.LastIndexByte(s[:sampleBytes], ' '); i > 0 {
		return s[:i]
	}
	return s[:sampleBytes]
}

func countWords(text string) (german, english int) {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, w := range words {
		switch commonWords[w] {
		case unit.German:
			german++
		case unit.English:
			english++
		}
	}
	return german, english
}

// A passage is taken for another language than its text's if it has at least so many of that language's common words,
// and so many times as many as of the text's own.
const (
	foreignWords = 5
	foreignRatio = 4
)

// markForeign notes the language of the blocks that are in the other one, as quotations often are.
func markForeign(t *cite.Text) {
	for i := range t.Blocks {
		b := &t.Blocks[i]
		if b.Kind == cite.Code {
			continue
		}
		own, other := countWords(sample(t.Content[b.Start:b.End]))
		lang := unit.English
		if t.Lang == unit.English {
			own, other, lang = other, own, unit.German
		}
		if other >= foreignWords && other >= foreignRatio*own {
			b.Lang = lang
		}
	}
}

// langTag reads a language as files name it: "de", "de-AT", "de_DE.UTF-8", "German", "deutsch".
func langTag(tag string) (unit.Lang, bool) {
	tag = strings.ToLower(strings.TrimSpace(tag))
	for _, l := range []struct {
		lang  unit.Lang
		names []string
	}{
		{unit.German, []string{"de", "deu", "ger", "german", "deutsch"}},
		{unit.English, []string{"en", "eng", "english", "englisch"}},
	} {
		for _, n := range l.names {
			if tag == n || strings.HasPrefix(tag, n+"-") || strings.HasPrefix(tag, n+"_") {
				return l.lang, true
			}
		}
	}
	return "", false
}
