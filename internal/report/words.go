package report

import (
	"fmt"
	"time"

	"beleg/internal/check"
	"beleg/internal/cite"
	"beleg/internal/unit"
)

// phrase is one piece of a report's own wording in both languages.
type phrase struct{ de, en string }

func (p phrase) in(lang unit.Lang) string {
	if lang == unit.German {
		return p.de
	}
	return p.en
}

// number is a phrase for one thing and for several.
type number struct{ one, many phrase }

func (n number) in(lang unit.Lang, count int) string {
	if count == 1 {
		return fmt.Sprintf(n.one.in(lang), count)
	}
	return fmt.Sprintf(n.many.in(lang), count)
}

var severityWords = map[cite.Severity]phrase{
	cite.Error:   {"Fehler", "error"},
	cite.Warning: {"Warnung", "warning"},
	cite.Note:    {"Hinweis", "note"},
}

var (
	countErrors   = number{phrase{"%d Fehler", "%d error"}, phrase{"%d Fehler", "%d errors"}}
	countWarnings = number{phrase{"%d Warnung", "%d warning"}, phrase{"%d Warnungen", "%d warnings"}}
	countNotes    = number{phrase{"%d Hinweis", "%d note"}, phrase{"%d Hinweise", "%d notes"}}
	countPosts    = number{phrase{"in %d Text", "in %d post"}, phrase{"in %d Texten", "in %d posts"}}
	countSilenced = number{phrase{"%d weiterer ist angenommen oder ausgenommen", "%d more is accepted or ignored"},
		phrase{"%d weitere sind angenommen oder ausgenommen", "%d more are accepted or ignored"}}
	countQuiet = number{phrase{"%d Text ohne Befund", "%d post without findings"}, phrase{"%d Texte ohne Befund", "%d posts without findings"}}

	wordData       = phrase{"Daten", "Data"}
	wordNoData     = phrase{"Nicht gegen Daten geprüft", "Data checks not run"}
	wordNewest     = phrase{"neuester Wert aufgezeichnet am %s (%s)", "newest value recorded %s (%s)"}
	wordSkipped    = phrase{"Nicht geprüft: %s (%s)", "Not run: %s (%s)"}
	wordSee        = phrase{"siehe", "see"}
	wordQuoted     = phrase{"„%s“", "“%s”"}
	wordSuggest    = phrase{"Vorschlag", "suggestion"}
	wordComputed   = phrase{"errechnet %s, im Text %s", "computed %s, the text says %s"}
	wordSeries     = phrase{"Reihe", "series"}
	wordRecorded   = phrase{"aufgezeichnet", "recorded"}
	wordLastTrue   = phrase{"zuletzt richtig am %s", "last true on %s"}
	wordUndated    = phrase{"ohne Datum", "undated"}
	wordNoFindings = phrase{"Keine Befunde", "No findings"}
)

// ages are the units in which the age of data is told, the longest first.
var ages = []struct {
	span time.Duration
	says number
}{
	{24 * time.Hour, number{phrase{"%d Tag alt", "%d day old"}, phrase{"%d Tage alt", "%d days old"}}},
	{time.Hour, number{phrase{"%d Stunde alt", "%d hour old"}, phrase{"%d Stunden alt", "%d hours old"}}},
	{time.Minute, number{phrase{"%d Minute alt", "%d minute old"}, phrase{"%d Minuten alt", "%d minutes old"}}},
}

var wordFresh = phrase{"eben erst", "just now"}

func age(d time.Duration, lang unit.Lang) string {
	for _, a := range ages {
		if n := int(d / a.span); n > 0 {
			return a.says.in(lang, n)
		}
	}
	return wordFresh.in(lang)
}

// dataLine says which data was used and how old it is, or why there was none.
func dataLine(d check.DataUsed, now time.Time, lang unit.Lang) string {
	if d.Source == "" {
		if why := d.Missing.In(lang); why != "" {
			return wordNoData.in(lang) + ": " + why
		}
		return wordNoData.in(lang)
	}
	line := wordData.in(lang) + ": " + d.Source
	if at, err := time.Parse(time.RFC3339, d.Newest); err == nil {
		line += ", " + fmt.Sprintf(wordNewest.in(lang), at.UTC().Format("2006-01-02 15:04 UTC"), age(now.Sub(at), lang))
	}
	return line
}
