package web

import (
	"strings"

	"github.com/labstack/echo/v4"
	"golang.org/x/text/language"

	"beleg/internal/unit"
)

var languages = language.NewMatcher([]language.Tag{language.English, language.German})

// splitLang takes a leading /de or /en off a path; the language is "" where there is none.
func splitLang(path string) (unit.Lang, string) {
	for _, l := range []unit.Lang{unit.German, unit.English} {
		prefix := "/" + string(l)
		if path == prefix {
			return l, "/"
		}
		if strings.HasPrefix(path, prefix+"/") {
			return l, path[len(prefix):]
		}
	}
	return "", path
}

// localise takes the language prefix, and a slash at the end, off before routing, so that every page has one route.
func localise(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		url := c.Request().URL
		lang, path := splitLang(url.Path)
		if lang != "" {
			c.Set(keyLang, lang)
		}
		if len(path) > 1 {
			path = strings.TrimSuffix(path, "/")
		}
		if path != url.Path {
			url.Path, url.RawPath = path, ""
		}
		return next(c)
	}
}

const keyLang = "lang"

// langOf is the language of an answer: the path's, else ?lang, else what the browser prefers. fixed tells that the
// address alone decided it, so that the answer does not vary.
func langOf(c echo.Context) (lang unit.Lang, fixed bool, err error) {
	if l, ok := c.Get(keyLang).(unit.Lang); ok {
		return l, true, nil
	}
	switch q := c.QueryParam("lang"); q {
	case "de", "en":
		return unit.Lang(q), true, nil
	case "":
	default:
		return "", false, badParameter("lang", "%q is neither de nor en", q)
	}
	return accepted(c.Request().Header.Get("Accept-Language")), false, nil
}

func accepted(header string) unit.Lang {
	if header == "" {
		return unit.English
	}
	_, i := language.MatchStrings(languages, header)
	if i == 1 {
		return unit.German
	}
	return unit.English
}
