package app

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"beleg/internal/market"
)

const (
	envPrefix    = "BELEG_"
	sourcePrefix = envPrefix + "SOURCE_"
)

// testVariables belong to the project's own tests.
var testVariables = []string{"BELEG_SHARED", "BELEG_TEST_BROWSER", "BELEG_TEST_PICTURES"}

// sourceSettings are the BELEG_SOURCE_… variables laid over the catalogue's sources.
type sourceSettings struct {
	hosts map[string]map[string]string // source → host name → base URL
	pace  map[string]float64           // source → requests per second, 0 = unlimited
}

// readSourceSettings lays BELEG_SOURCE_<NAME>[_<HOST>]_URL and BELEG_SOURCE_<NAME>_PACE over the catalogue.
// The error joins everything that is wrong.
func readSourceSettings(vars map[string]string, sources []market.Source) (sourceSettings, error) {
	s := sourceSettings{hosts: map[string]map[string]string{}, pace: map[string]float64{}}
	known := map[string]func(string) error{}
	for _, src := range sources {
		s.hosts[src.ID] = map[string]string{}
		s.pace[src.ID] = src.Pace
		for _, h := range src.Hosts {
			s.hosts[src.ID][h.Name] = h.URL
			known[hostVariable(src.ID, h.Name)] = func(v string) error {
				base, err := baseURL(v)
				s.hosts[src.ID][h.Name] = base
				return err
			}
		}
		known[paceVariable(src.ID)] = func(v string) error {
			pace, err := strconv.ParseFloat(v, 64)
			if err != nil || !(pace >= 0 && pace <= 1000) {
				return fmt.Errorf("%q is not a number of requests per second between 0 (unlimited) and 1000", v)
			}
			s.pace[src.ID] = pace
			return nil
		}
	}
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(vars)) {
		if !strings.HasPrefix(name, sourcePrefix) || vars[name] == "" {
			continue
		}
		set, ok := known[name]
		if !ok {
			errs = append(errs, fmt.Errorf("%s: no such source setting; there are %s", name, strings.Join(slices.Sorted(maps.Keys(known)), ", ")))
			continue
		}
		if err := set(vars[name]); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
		}
	}
	return s, errors.Join(errs...)
}

func hostVariable(source, host string) string {
	return sourcePrefix + strings.ToUpper(joinWords(source, host)) + "_URL"
}

func paceVariable(source string) string {
	return sourcePrefix + strings.ToUpper(joinWords(source)) + "_PACE"
}

func joinWords(words ...string) string {
	words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
	return strings.ReplaceAll(strings.Join(words, "_"), "-", "_")
}

// baseURL checks an address that others are built on and cuts a trailing slash.
func baseURL(v string) (string, error) {
	u, err := url.Parse(v)
	switch {
	case err != nil:
		return "", fmt.Errorf("%q is not a URL", v)
	case u.Scheme != "http" && u.Scheme != "https":
		return "", fmt.Errorf("%q does not begin with http:// or https://", v)
	case u.Host == "":
		return "", fmt.Errorf("%q names no host", v)
	case u.RawQuery != "" || u.Fragment != "":
		return "", fmt.Errorf("%q has a query or fragment; only scheme, host and path can be used", v)
	}
	return strings.TrimRight(v, "/"), nil
}

// unknownVariables are the BELEG_ variables that nothing reads: most often typing errors.
func unknownVariables(vars map[string]string) []string {
	known := append(flagVariables(reflect.TypeFor[CLI]()), testVariables...)
	var unknown []string
	for name := range vars {
		if !strings.HasPrefix(name, sourcePrefix) && !slices.Contains(known, name) {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	return unknown
}

// flagVariables are the variables named in the env tags of a command structure.
func flagVariables(t reflect.Type) []string {
	var names []string
	for f := range t.Fields() {
		if env := f.Tag.Get("env"); env != "" {
			names = append(names, env)
		}
		if f.Type.Kind() == reflect.Struct {
			names = append(names, flagVariables(f.Type)...)
		}
	}
	return names
}
