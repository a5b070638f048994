package catalog

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/robfig/cron/v3"

	"beleg/internal/market"
	"beleg/internal/unit"
)

const scopeTotal market.Scope = "total"

// What a catalogue may say.
var (
	kinds       = []market.SubjectKind{market.KindSector, market.KindAsset, market.KindProtocol, market.KindChain, market.KindCompany, market.KindNetwork, market.KindCountry, market.KindBody, market.KindEvent, market.KindTopic}
	behaviours  = []market.Behaviour{market.Stock, market.Flow, market.Event}
	frequencies = []market.Frequency{market.Daily, market.Monthly, market.Quarterly, market.Yearly}
	dimensions  = []unit.Dimension{unit.Money, unit.Share, unit.Count, unit.Multiple, unit.Time, unit.Power, unit.Energy, unit.Rate, unit.Data, unit.Length, unit.Mass}
)

// The forms of ids and of cron lines. Descriptors ("@daily") and time zones are left out on purpose: the first hide
// the minute, at the second the cron parser panics.
var (
	slug     = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	cronLine = regexp.MustCompile(`^[0-9*/,-]+( [0-9*/,-]+){4}$`)
)

// check reports what is wrong between and inside the entries.
func (d *draft) check() {
	if d.broken {
		return
	}
	known := d.ids()
	for _, s := range d.sectors {
		checkSector(s, known)
	}
	for _, s := range d.subjects {
		oneOf(s.entry, "kind", s.value.Kind, kinds)
		refers(s.entry, "sector", "sector", s.value.Sector, known.sectors)
		if len(s.value.Aliases) == 0 {
			s.entry.fail("aliases", "is missing: no text could name it")
		}
		for _, id := range s.value.Within {
			refers(s.entry, "within", "subject", id, known.subjects)
		}
	}
	d.checkAliases()
	for _, m := range d.metrics {
		checkMetric(m)
	}
	for _, s := range d.sources {
		checkSource(s)
	}
	for _, s := range d.series {
		checkSeries(s, known)
	}
	fed := map[string]string{}
	for _, j := range d.jobs {
		checkJob(j, known, fed)
	}
}

// index holds the entries that others refer to.
type index struct {
	sectors  map[string]*market.Sector
	subjects map[string]*market.Subject
	metrics  map[string]*market.Metric
	sources  map[string]*market.Source
	series   map[string]*market.Series
}

// ids indexes the entries by id, and reports ids that are no slugs or that are taken.
func (d *draft) ids() index {
	k := index{
		sectors:  byID(d.sectors, func(s *market.Sector) string { return s.ID }),
		subjects: byID(d.subjects, func(s *market.Subject) string { return s.ID }),
		metrics:  byID(d.metrics, func(m *market.Metric) string { return m.ID }),
		sources:  byID(d.sources, func(s *market.Source) string { return s.ID }),
		series:   byID(d.series, func(s *market.Series) string { return s.ID }),
	}
	byID(d.jobs, func(j *market.Job) string { return j.ID })
	former := map[string]bool{}
	for _, s := range d.series {
		for _, old := range s.value.RenamedFrom {
			switch {
			case !slug.MatchString(old):
				s.entry.fail("renamed_from", notSlug(old))
			case k.series[old] != nil || former[old]:
				s.entry.fail("renamed_from", strconv.Quote(old)+" is taken by another series")
			}
			former[old] = true
		}
	}
	return k
}

func byID[T any](all []drafted[T], id func(*T) string) map[string]*T {
	out := make(map[string]*T, len(all))
	for i := range all {
		v, e := &all[i].value, all[i].entry
		switch id := id(v); {
		case id == "":
		case !slug.MatchString(id):
			e.fail("id", notSlug(id))
		case out[id] != nil:
			e.fail("id", strconv.Quote(id)+" is taken by another entry")
		default:
			out[id] = v
		}
	}
	return out
}

func notSlug(id string) string {
	return strconv.Quote(id) + " is no id (lower-case letters and digits, joined by single hyphens)"
}

// oneOf reports a value that is none of those allowed; an absent one has been reported already.
func oneOf[T ~string](e *entry, key string, v T, allowed []T) {
	if v != "" && !slices.Contains(allowed, v) {
		e.fail(key, strconv.Quote(string(v))+" is none of "+quoted(allowed))
	}
}

// refers reports an id that stands for nothing and gives what it stands for; nil where the id is absent.
func refers[T any](e *entry, key, what, id string, known map[string]*T) *T {
	v := known[id]
	if id != "" && v == nil {
		e.fail(key, strconv.Quote(id)+" is not a known "+what)
	}
	return v
}

func checkSector(s drafted[market.Sector], known index) {
	for _, id := range s.value.Key {
		refers(s.entry, "key", "series", id, known.series)
	}
}

// checkAliases reports names that two subjects of one kind share, since nothing tells which of them a text means.
// Of different kinds the metric does: Tether's revenue is the company's, its supply the token's.
func (d *draft) checkAliases() {
	type key struct {
		alias string
		kind  market.SubjectKind
	}
	owner := map[key]string{}
	for _, s := range d.subjects {
		for _, a := range s.value.Aliases {
			if odd := strings.IndexFunc(a, outsideNames); odd >= 0 {
				s.entry.fail("aliases", strconv.Quote(a)+" holds a sign that texts are not searched for")
			}
			k := key{a, s.value.Kind}
			if other, taken := owner[k]; taken && other != s.value.ID {
				s.entry.fail("aliases", strconv.Quote(a)+" is an alias of "+strconv.Quote(other)+" as well, which is of the same kind")
			}
			owner[k] = s.value.ID
		}
	}
}

// outsideNames tells whether a rune belongs in no alias: names are found by their letters and numbers, so that a sign
// among them would be passed over and "USD₮" mean every "USD".
func outsideNames(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !strings.ContainsRune(" -.&/'’", r)
}

func checkMetric(m drafted[market.Metric]) {
	oneOf(m.entry, "behaviour", m.value.Behaviour, behaviours)
	oneOf(m.entry, "dimension", m.value.Dimension, dimensions)
	for _, d := range m.value.Also {
		oneOf(m.entry, "also", d, dimensions)
	}
	for _, k := range m.value.Of {
		oneOf(m.entry, "of", k, kinds)
	}
	for _, k := range m.value.Bare {
		oneOf(m.entry, "bare", k, kinds)
	}
	checkWords(m.entry, "words", m.value.Words)
	checkWords(m.entry, "hints", m.value.Hints)
}

func checkWords(e *entry, key string, words []string) {
	for _, w := range words {
		if w != strings.ToLower(w) {
			e.fail(key, strconv.Quote(w)+" must be in lower case")
		}
	}
}

func checkSource(s drafted[market.Source]) {
	checkURL(s.entry, "url", s.value.URL)
	checkURL(s.entry, "license_url", s.value.LicenseURL)
	names := map[string]bool{}
	for i, h := range s.value.Hosts {
		checkURL(s.entry, "hosts", h.URL)
		switch {
		case names[h.Name]:
			s.entry.fail("hosts", "host name "+strconv.Quote(h.Name)+" is taken by another host")
		case i == 0 && h.Name != "":
			s.entry.fail("hosts", "the first host is the main one and has no name")
		case h.Name != "" && !slug.MatchString(h.Name):
			s.entry.fail("hosts", notSlug(h.Name))
		}
		names[h.Name] = true
	}
}

func checkURL(e *entry, key, s string) {
	if s == "" {
		return
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		e.fail(key, strconv.Quote(s)+" is no http or https URL")
	}
}

func checkSeries(s drafted[market.Series], known index) {
	v, e := s.value, s.entry
	metric := refers(e, "metric", "metric", v.Metric, known.metrics)
	refers(e, "subject", "subject", v.Subject, known.subjects)
	refers(e, "source", "source", v.Source, known.sources)
	oneOf(e, "frequency", v.Frequency, frequencies)
	if v.Scope != scopeTotal {
		refers(e, "scope", `subject (nor "total")`, string(v.Scope), known.subjects)
	}
	for _, id := range v.Answers {
		if id != v.Metric {
			refers(e, "answers", "metric", id, known.metrics)
		}
	}
	if v.StaleAfter == 0 {
		e.fail("stale_after", "is missing")
	}
	if d := v.Unit.Dimension(); metric != nil && v.Unit != "" && d != metric.Dimension {
		e.fail("unit", strconv.Quote(string(v.Unit))+" measures "+string(d)+", but "+strconv.Quote(v.Metric)+" is "+string(metric.Dimension))
	}
	if g := v.Guard; g.Min != nil && g.Max != nil && *g.Min >= *g.Max {
		e.fail("guard", "min must lie below max")
	}
}

// checkJob reports what is wrong with a job; fed holds the series that earlier jobs feed.
func checkJob(j drafted[market.Job], known index, fed map[string]string) {
	v, e := j.value, j.entry
	source := refers(e, "source", "source", v.Source, known.sources)
	if v.Timeout == 0 {
		e.fail("timeout", "is missing")
	}
	if len(v.Series) == 0 {
		e.fail("series", "is missing: a job feeds at least one series")
	}
	for _, s := range v.Series {
		series := refers(e, "series", "series", s.Series, known.series)
		if other, taken := fed[s.Series]; taken {
			e.fail("series", strconv.Quote(s.Series)+" is fed by "+strconv.Quote(other)+" already")
		}
		fed[s.Series] = v.ID
		if series != nil && series.Source != v.Source {
			e.fail("series", strconv.Quote(s.Series)+" is of source "+strconv.Quote(series.Source)+", not "+strconv.Quote(v.Source))
		}
	}
	if source != nil {
		checkSchedule(e, v.Schedule, source.MinInterval)
	}
}

// scheduleSample is how many activations are looked at for the least distance between two: a leap year of hours is
// not needed, as a cron line that is dense somewhere is dense within its first days.
const scheduleSample = 200

// checkSchedule reports a cron line that is none, or that fires more often than the source's least interval.
func checkSchedule(e *entry, line string, least time.Duration) {
	if line == "" {
		return
	}
	if !cronLine.MatchString(line) {
		e.fail("schedule", strconv.Quote(line)+` is no cron line of five fields such as "17 4 * * *" (UTC, no time zone, no @)`)
		return
	}
	schedule, err := cron.ParseStandard(line)
	if err != nil {
		e.fail("schedule", strconv.Quote(line)+": "+err.Error())
		return
	}
	at := schedule.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(-time.Second))
	if at.IsZero() {
		e.fail("schedule", strconv.Quote(line)+" never fires")
		return
	}
	for range scheduleSample {
		next := schedule.Next(at)
		if next.IsZero() {
			return
		}
		if next.Sub(at) < least {
			e.fail("schedule", strconv.Quote(line)+" fires more often than the source's min_interval of "+least.String())
			return
		}
		at = next
	}
}
