package web

import (
	"errors"
	"fmt"
	"html/template"
	"math"
	"time"

	"beleg/assets"
	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/unit"
)

// parseTemplates parses the pages once for each language, in which their functions speak.
func (s *Server) parseTemplates() error {
	s.templates = map[unit.Lang]*template.Template{}
	for _, lang := range []unit.Lang{unit.German, unit.English} {
		t, err := template.New("").Funcs(s.functions(lang)).ParseFS(assets.Templates, "templates/*.html")
		if err != nil {
			return fmt.Errorf("parse templates: %w", err)
		}
		s.templates[lang] = t
	}
	return nil
}

// functions are what templates can call.
func (s *Server) functions(lang unit.Lang) template.FuncMap {
	return template.FuncMap{
		"t":       func(key string) string { return message(lang, key) },
		"tf":      func(key string, args ...any) string { return messagef(lang, key, args...) },
		"n":       func(n int, one, many string) string { return plural(lang, n, one, many) },
		"asset":   s.assets.url,
		"link":    func(path string) string { return "/" + string(lang) + path },
		"day":     func(p market.Period) string { return formatDate(lang, p) },
		"date":    func(t time.Time) string { return formatDate(lang, market.DayOf(t)) },
		"instant": func(t any) (string, error) { return formatInstant(lang, t) },
		"value":   func(v any, u unit.Unit) (string, error) { return anyValue(lang, v, u) },
		"full":    func(v float64, x market.Series) string { return fullValue(lang, v, x) },
		"unit":    func(u unit.Unit) string { return string(u) },
		"count":   func(n int) string { return unit.FormatNumber(unit.NewDecimal(int64(n), 0), lang) },
		"change":  func(v float64) string { return formatChange(lang, v) },
		"percent": func(v float64) string { return unit.Format(unit.FromFloat(math.Round(v*100)), unit.Percent, lang) },
		"reading": func(f cite.Figure) string { return formatReading(lang, &f) },
		"reason":  func(v cite.Verdict) string { return formatReason(lang, &v) },
		"sector":  func(id string) string { return s.sectorName(lang, id) },
	}
}

func (s *Server) sectorName(lang unit.Lang, id string) string {
	for _, x := range s.Catalog.Sectors() {
		if x.ID == id {
			return x.Name.In(lang)
		}
	}
	return id
}

func plural(lang unit.Lang, n int, one, many string) string {
	if n == 1 {
		return message(lang, one)
	}
	return messagef(lang, many, n)
}

var monthNames = map[unit.Lang][12]string{
	unit.German:  {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
	unit.English: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// formatDate writes a period as a text would: "10. Februar 2026", "Q3 2025", "2025"; "" where it is absent.
func formatDate(lang unit.Lang, p market.Period) string {
	t := p.Start()
	month := monthNames[lang][t.Month()-1]
	switch p.Granularity() {
	case market.Day:
		if lang == unit.German {
			return fmt.Sprintf("%d. %s %d", t.Day(), month, t.Year())
		}
		return fmt.Sprintf("%d %s %d", t.Day(), month, t.Year())
	case market.Month:
		return fmt.Sprintf("%s %d", month, t.Year())
	case market.Quarter:
		return fmt.Sprintf("Q%d %d", (int(t.Month())-1)/3+1, t.Year())
	case market.Half:
		return fmt.Sprintf("H%d %d", (int(t.Month())-1)/6+1, t.Year())
	case market.Year:
		return fmt.Sprint(t.Year())
	}
	return ""
}

var errNotTime = errors.New("not a time")

// formatInstant writes a time to the minute, UTC.
func formatInstant(lang unit.Lang, v any) (string, error) {
	t, ok := v.(time.Time)
	if !ok {
		return "", fmt.Errorf("%w: %T", errNotTime, v)
	}
	if t.IsZero() {
		return "–", nil
	}
	t = t.UTC()
	return formatDate(lang, market.DayOf(t)) + t.Format(", 15:04 UTC"), nil
}

var errNotNumber = errors.New("not a number")

func anyValue(lang unit.Lang, v any, u unit.Unit) (string, error) {
	switch n := v.(type) {
	case float64:
		return formatValue(lang, n, u), nil
	case *float64:
		if n != nil {
			return formatValue(lang, *n, u), nil
		}
	}
	return "", fmt.Errorf("%w: %T", errNotNumber, v)
}

// shownDigits is how many significant digits a value in running text has.
const shownDigits = 4

func formatValue(lang unit.Lang, v float64, u unit.Unit) string {
	return unit.Format(unit.FromFloat(v), u, lang, unit.Round(shownDigits))
}

// fullValue is a value with the series' digits and without a unit, for tables that name it in the head.
func fullValue(lang unit.Lang, v float64, x market.Series) string {
	scale := math.Pow10(x.Decimals)
	return unit.FormatNumber(unit.FromFloat(math.Round(v*scale)/scale), lang)
}

func formatChange(lang unit.Lang, v float64) string {
	sign := "+"
	switch {
	case math.Abs(v) < 0.0005:
		sign = "±"
		v = 0
	case v < 0:
		sign, v = "−", -v
	}
	return sign + unit.Format(unit.FromFloat(math.Round(v*1000)/10), unit.Percent, lang)
}

// formatReading says a figure in full: what it was read as.
func formatReading(lang unit.Lang, f *cite.Figure) string {
	low, high := f.Ends()
	said := unit.Format(low, f.Unit, lang, unit.Full())
	if f.IsRange() {
		said = unit.FormatNumber(low, lang) + "–" + unit.Format(high, f.Unit, lang, unit.Full())
	}
	if q := qualifiers[f.Qualifier]; q != (text{}) {
		said = q.in(lang) + " " + said
	}
	if p := spans[f.Per]; p != (text{}) {
		said += " " + p.in(lang)
	}
	return said
}

var qualifiers = map[cite.Qualifier]text{
	cite.About:   {"about", "etwa"},
	cite.Over:    {"more than", "mehr als"},
	cite.Under:   {"less than", "weniger als"},
	cite.UpTo:    {"up to", "bis zu"},
	cite.AtLeast: {"at least", "mindestens"},
	cite.Exact:   {"exactly", "genau"},
}

var spans = map[cite.Per]text{
	cite.PerSecond:  {"per second", "pro Sekunde"},
	cite.PerHour:    {"per hour", "pro Stunde"},
	cite.PerDay:     {"per day", "pro Tag"},
	cite.PerWeek:    {"per week", "pro Woche"},
	cite.PerMonth:   {"per month", "pro Monat"},
	cite.PerQuarter: {"per quarter", "pro Quartal"},
	cite.PerYear:    {"per year", "pro Jahr"},
	cite.Annualised: {"annualised", "annualisiert"},
	cite.Compound:   {"a year, compound", "pro Jahr im Schnitt"},
}

// formatReason says why a verdict is what it is, where there is more to say than its name.
func formatReason(lang unit.Lang, v *cite.Verdict) string {
	switch {
	case v.Reason != "":
		return message(lang, "reason."+v.Reason)
	case v.Definitions != nil:
		return messagef(lang, "reason.definitions", v.Definitions.Own.In(lang), v.Definitions.Other.In(lang))
	case !v.LastTrue.IsZero():
		return messagef(lang, "reason.last-true", formatDate(lang, v.LastTrue))
	case v.Met != nil && *v.Met:
		return messagef(lang, "reason.met", formatDate(lang, v.Due))
	case v.Met != nil:
		return messagef(lang, "reason.missed", formatDate(lang, v.Due))
	case !v.Due.IsZero():
		return messagef(lang, "reason.due", formatDate(lang, v.Due))
	case v.Backfilled:
		return message(lang, "reason.backfilled")
	}
	return ""
}

// escape makes a text safe inside a snippet's attribute.
func escape(s string) string { return template.HTMLEscapeString(s) }
