package catalog

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"beleg/internal/market"
	"beleg/internal/unit"
)

// draft is a catalogue that has been read but not yet checked as a whole. Each value keeps the entry it came from.
type draft struct {
	sectors  []drafted[market.Sector]
	subjects []drafted[market.Subject]
	metrics  []drafted[market.Metric]
	sources  []drafted[market.Source]
	series   []drafted[market.Series]
	jobs     []drafted[market.Job]
	errs     faults
	broken   bool // a file is no YAML, so that what refers to its entries cannot be judged
}

type drafted[T any] struct {
	value T
	entry *entry
}

// read adds the entries of one file.
func (d *draft) read(file string, body []byte) {
	dec := yaml.NewDecoder(bytes.NewReader(body))
	for {
		var doc yaml.Node
		err := dec.Decode(&doc)
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			line, msg := syntaxError(err)
			d.errs.add(file, line, "", msg)
			d.broken = true
			return
		}
		d.document(file, &doc)
	}
}

func (d *draft) document(file string, doc *yaml.Node) {
	root := newEntry(file, "", doc.Content[0], &d.errs)
	defer root.done()
	d.sectors = collect(d.sectors, root.list("sectors"), readSector)
	d.subjects = collect(d.subjects, root.list("subjects"), readSubject)
	d.metrics = collect(d.metrics, root.list("metrics"), readMetric)
	d.sources = collect(d.sources, root.list("sources"), readSource)
	d.series = collect(d.series, root.list("series"), readSeries)
	d.jobs = collect(d.jobs, root.list("jobs"), readJob)
}

func collect[T any](to []drafted[T], entries []*entry, read func(*entry) T) []drafted[T] {
	for _, e := range entries {
		to = append(to, drafted[T]{read(e), e})
		e.done()
	}
	return to
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// syntaxError splits the parser's message into line and text.
func syntaxError(err error) (int, string) {
	msg := err.Error()
	m := yamlLine.FindStringSubmatch(msg)
	if m == nil {
		return 0, msg
	}
	line, err := strconv.Atoi(m[1])
	if err != nil {
		line = 0
	}
	return line, "is no YAML: " + msg[len(m[0]):]
}

func readSector(e *entry) market.Sector {
	return market.Sector{
		ID:      e.need("id"),
		Name:    e.text("name", true),
		Summary: e.text("summary", true),
		Key:     e.strs("key"),
	}
}

func readSubject(e *entry) market.Subject {
	return market.Subject{
		ID:      e.need("id"),
		Name:    e.text("name", true),
		Kind:    market.SubjectKind(e.need("kind")),
		Sector:  e.str("sector"),
		Aliases: e.strs("aliases"),
		Short:   e.strs("short"),
		Within:  e.strs("within"),
	}
}

func readMetric(e *entry) market.Metric {
	m := market.Metric{
		ID:         e.need("id"),
		Name:       e.text("name", true),
		Definition: e.text("definition", true),
		Behaviour:  market.Behaviour(e.need("behaviour")),
		Dimension:  unit.Dimension(e.need("dimension")),
		Also:       as[unit.Dimension](e.strs("also")),
		Of:         as[market.SubjectKind](e.strs("of")),
		Words:      e.strs("words"),
		Bare:       as[market.SubjectKind](e.strs("bare")),
		Hints:      e.strs("hints"),
	}
	for _, d := range e.entries("definitions") {
		m.Definitions = append(m.Definitions, market.Definition{
			Name:   d.text("name", true),
			Spread: d.atLeast("spread", 0),
			More:   d.boolean("more"),
			Less:   d.boolean("less"),
		})
		d.done()
	}
	return m
}

func readSource(e *entry) market.Source {
	s := market.Source{
		ID:          e.need("id"),
		Name:        e.need("name"),
		URL:         e.need("url"),
		License:     e.need("license"),
		LicenseURL:  e.need("license_url"),
		Attribution: e.text("attribution", true),
		Methodology: e.text("methodology", true),
		Pace:        e.atLeast("pace", 0),
		RecheckDays: e.whole("recheck_days"),
		MinInterval: e.duration("min_interval"),
	}
	for _, h := range e.entries("hosts") {
		s.Hosts = append(s.Hosts, market.Host{Name: h.str("name"), URL: h.need("url")})
		h.done()
	}
	return s
}

func readSeries(e *entry) market.Series {
	s := market.Series{
		ID:           e.need("id"),
		Name:         e.text("name", true),
		Metric:       e.need("metric"),
		Subject:      e.need("subject"),
		Source:       e.need("source"),
		Scope:        market.Scope(e.str("scope")),
		Variant:      market.Variant(e.str("variant")),
		Unit:         unit.Unit(e.need("unit")),
		Frequency:    market.Frequency(e.str("frequency")),
		Aggregation:  e.need("aggregation"),
		Answers:      e.strs("answers"),
		PegTolerance: e.atLeast("peg_tolerance", 0),
		Tolerance:    e.atLeast("tolerance", 0),
		Decimals:     e.whole("decimals"),
		StaleAfter:   e.duration("stale_after"),
		Note:         e.text("note", false),
		Retired:      e.boolean("retired"),
		RenamedFrom:  e.strs("renamed_from"),
	}
	if s.Scope == "" {
		s.Scope = scopeTotal
	}
	if s.Frequency == "" {
		s.Frequency = market.Daily
	}
	if s.Metric != "" && !slices.Contains(s.Answers, s.Metric) {
		s.Answers = append([]string{s.Metric}, s.Answers...)
	}
	if n := e.value("guard"); n != nil {
		g := newEntry(e.file, "guard", n, e.errs)
		s.Guard = market.Guard{Min: g.number("min"), Max: g.number("max"), MaxStep: g.atLeast("max_step", 1), MinFinal: g.whole("min_final")}
		g.done()
	}
	return s
}

func readJob(e *entry) market.Job {
	j := market.Job{
		ID:       e.need("id"),
		Source:   e.need("source"),
		Schedule: e.need("schedule"),
		Timeout:  e.duration("timeout"),
	}
	if r := readRequest(e, "request"); r != nil {
		j.Request = *r
	} else {
		e.fail("request", "is missing")
	}
	j.Backfill = readRequest(e, "backfill")
	for _, s := range e.entries("series") {
		j.Series = append(j.Series, market.JobSeries{Series: s.need("id"), Select: s.params("select")})
		s.done()
	}
	return j
}

func readRequest(e *entry, key string) *market.Request {
	n := e.value(key)
	if n == nil {
		return nil
	}
	r := newEntry(e.file, key, n, e.errs)
	defer r.done()
	return &market.Request{Endpoint: r.need("endpoint"), Params: r.params("params")}
}

// catalog indexes a draft in which nothing is wrong.
func (d *draft) catalog() *Catalog {
	c := &Catalog{feeds: map[string]string{}}
	for _, v := range d.sectors {
		c.sectors.add(v.value, v.value.ID)
	}
	for _, v := range d.subjects {
		c.subjects.add(v.value, v.value.ID)
	}
	for _, v := range d.metrics {
		c.metrics.add(v.value, v.value.ID)
	}
	for _, v := range d.sources {
		c.sources.add(v.value, v.value.ID)
	}
	for _, v := range d.series {
		c.series.add(v.value, append([]string{v.value.ID}, v.value.RenamedFrom...)...)
	}
	for _, v := range d.jobs {
		c.jobs.add(v.value, v.value.ID)
		for _, s := range v.value.Series {
			c.feeds[s.Series] = v.value.ID
		}
	}
	return c
}

// as gives texts a type of their own; nil stays nil.
func as[T ~string](texts []string) []T {
	var out []T
	for _, t := range texts {
		out = append(out, T(t))
	}
	return out
}

// quoted lists texts for a message.
func quoted[T ~string](ts []T) string {
	out := make([]string, len(ts))
	for i, t := range ts {
		out[i] = strconv.Quote(string(t))
	}
	return strings.Join(out, ", ")
}
