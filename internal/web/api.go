package web

import (
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/triage"
	"beleg/internal/unit"
)

// apiRoutes adds /api/v1. Every parameter that a route does not know is refused.
func (s *Server) apiRoutes(get func(string, echo.HandlerFunc, ...echo.MiddlewareFunc), e *echo.Echo) {
	route := func(path string, h echo.HandlerFunc, params ...string) {
		get("/api/v1"+path, h, open, onlyParams(params))
	}
	route("/series", s.apiSeriesList)
	route("/series/:id", s.apiSeries, "from", "to", "as_of")
	route("/series/:id/observations", s.apiObservations, "from", "to", "as_of", "include_history")
	route("/sectors", s.apiSectors)
	route("/posts", s.apiPosts)
	route("/posts/:id", s.apiPost)
	route("/sources", s.apiSources)
	route("/runs", s.apiRuns, "source", "job", "limit")
	route("/openapi.json", s.apiDescription)
	e.POST("/api/v1/check", s.apiCheck, onlyParams([]string{"published", "lang"}))
	get("/api/*", func(c echo.Context) error {
		return newProblem(http.StatusNotFound, fmt.Sprintf("there is no %s; see /api/v1/openapi.json", c.Request().URL.Path))
	}, open)
}

//go:embed openapi.json
var openAPI []byte

func (s *Server) apiDescription(c echo.Context) error {
	return s.replyBytes(c, "application/json", openAPI)
}

// onlyParams refuses parameters that are not named.
func onlyParams(known []string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			for name, v := range c.QueryParams() {
				if !slices.Contains(known, name) {
					return badParameter(name, "not known here; there are %v", known)
				}
				if len(v) > 1 {
					return badParameter(name, "given %d times", len(v))
				}
			}
			return next(c)
		}
	}
}

// reply sends JSON with an ETag, or 304. Simulated data says so in every answer.
func (s *Server) reply(c echo.Context, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode the answer: %w", err)
	}
	return s.replyBytes(c, "application/json", body)
}

func (s *Server) replyBytes(c echo.Context, mime string, body []byte) error {
	if s.Simulated {
		c.Response().Header().Set("Beleg-Simulated", "true")
	}
	r := &rendered{document: document{status: http.StatusOK, mime: mime, body: body}, etag: etagOf(body)}
	return r.send(c)
}

type apiSeriesItem struct {
	ID          string        `json:"id"`
	Name        string        `json:"name"`
	NameDE      string        `json:"name_de"`
	Metric      string        `json:"metric"`
	Subject     string        `json:"subject"`
	Sector      string        `json:"sector,omitempty"`
	Unit        unit.Unit     `json:"unit"`
	Frequency   string        `json:"frequency"`
	Aggregation string        `json:"aggregation,omitempty"`
	Definition  string        `json:"definition"`
	Note        string        `json:"note,omitempty"`
	Source      apiOrigin     `json:"source"`
	First       market.Period `json:"first,omitzero"`
	Last        market.Period `json:"last,omitzero"`
	Count       int           `json:"count"`
	RecordedAt  string        `json:"recorded_at,omitempty"`
	Stale       bool          `json:"stale"`
	Retired     bool          `json:"retired,omitempty"`
	Simulated   bool          `json:"simulated,omitempty"`
	URL         string        `json:"url"`
}

// apiOrigin travels with data to the last export: who it is from and on which terms.
type apiOrigin struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	URL         string `json:"url"`
	License     string `json:"license"`
	LicenseURL  string `json:"license_url,omitempty"`
	Attribution string `json:"attribution"`
}

func origin(src market.Source) apiOrigin {
	return apiOrigin{ID: src.ID, Name: src.Name, URL: src.URL, License: src.License, LicenseURL: src.LicenseURL,
		Attribution: src.Attribution.EN}
}

func (s *Server) apiItem(c echo.Context, x market.Series, f market.Freshness) apiSeriesItem {
	metric, _ := s.Catalog.Metric(x.Metric)
	subject, _ := s.Catalog.Subject(x.Subject)
	return apiSeriesItem{ID: x.ID, Name: x.Name.EN, NameDE: x.Name.DE, Metric: x.Metric, Subject: x.Subject, Sector: subject.Sector,
		Unit: x.Unit, Frequency: string(x.Frequency), Aggregation: x.Aggregation, Definition: metric.Definition.EN, Note: x.Note.EN,
		Source: origin(s.sourceOf(x)), First: f.First, Last: f.Last, Count: f.Count, RecordedAt: stamp(f.RecordedAt),
		Stale: x.Stale(f, s.Now()), Retired: x.Retired, Simulated: s.Simulated, URL: s.base(c) + "/series/" + x.ID}
}

// stamp is a time as the API writes it; "" for none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func (s *Server) apiSeriesList(c echo.Context) error {
	fresh, err := s.freshness(c.Request().Context())
	if err != nil {
		return err
	}
	list := []apiSeriesItem{}
	for _, x := range s.Catalog.AllSeries() {
		list = append(list, s.apiItem(c, x, fresh[x.ID]))
	}
	return s.reply(c, map[string]any{"series": list})
}

// apiSeries answers series/{id} and series/{id}.csv.
func (s *Server) apiSeries(c echo.Context) error {
	id, isCSV := strings.CutSuffix(c.Param("id"), ".csv")
	series, ok := s.Catalog.Series(id)
	if !ok {
		return notFound("series", id)
	}
	if isCSV {
		return s.apiCSV(c, series)
	}
	for name := range c.QueryParams() {
		return badParameter(name, "only the observations and the .csv of a series take it")
	}
	fresh, err := s.freshness(c.Request().Context())
	if err != nil {
		return err
	}
	return s.reply(c, s.apiItem(c, series, fresh[series.ID]))
}

type apiObservation struct {
	Period     market.Period `json:"period"`
	Value      float64       `json:"value"`
	Exact      string        `json:"exact,omitempty"`
	RecordedAt string        `json:"recorded_at"`
	Status     market.Status `json:"status"`
	Backfilled bool          `json:"backfilled"` // recorded later than it was first known
}

type apiRevision struct {
	Period     market.Period `json:"period"`
	Value      float64       `json:"value"`
	RecordedAt string        `json:"recorded_at"`
	ReplacedAt string        `json:"replaced_at"`
	Backfilled bool          `json:"backfilled"`
}

func (s *Server) apiObservations(c echo.Context) error {
	series, ok := s.Catalog.Series(c.Param("id"))
	if !ok {
		return notFound("series", c.Param("id"))
	}
	q, err := s.observationQuery(c, series.ID)
	if err != nil {
		return err
	}
	history := false
	if v := c.QueryParam("include_history"); v != "" {
		if history, err = strconv.ParseBool(v); err != nil {
			return badParameter("include_history", "%q is neither true nor false", v)
		}
	}
	ctx := c.Request().Context()
	obs, err := s.Store.Observations(ctx, series.ID, q)
	if err != nil {
		return wrapRead(series.ID, err)
	}
	if len(obs) > s.MaxPoints {
		return badParameter("from", "the answer would hold %d observations, at most %d; ask for a shorter span", len(obs), s.MaxPoints)
	}
	answer := Export(series, s.sourceOf(series), obs, s.Simulated)
	if history {
		revisions, err := s.Store.Revisions(ctx, series.ID, q.From, q.To)
		if err != nil {
			return fmt.Errorf("read revisions of %s: %w", series.ID, err)
		}
		past := []apiRevision{}
		for _, o := range revisions {
			past = append(past, apiRevision{Period: o.Period, Value: o.Value, RecordedAt: stamp(o.RecordedAt), ReplacedAt: stamp(o.ReplacedAt),
				Backfilled: o.Backfilled})
		}
		answer.Revisions = &past
	}
	return s.reply(c, answer)
}

func (s *Server) sourceOf(series market.Series) market.Source {
	src, _ := s.Catalog.Source(series.Source)
	return src
}

// Exported is a series' observations as JSON, with who they are from and on which terms.
type Exported struct {
	Series       string           `json:"series"`
	Unit         unit.Unit        `json:"unit"`
	AsOf         string           `json:"as_of"` // newest recorded_at of the answer
	Observations []apiObservation `json:"observations"`
	Revisions    *[]apiRevision   `json:"revisions,omitempty"`
	Source       apiOrigin        `json:"source"`
	Simulated    bool             `json:"simulated,omitempty"`
}

// Export puts observations into the form that the API answers.
func Export(series market.Series, src market.Source, obs []market.Observation, simulated bool) Exported {
	var newest time.Time
	list := make([]apiObservation, len(obs))
	for i, o := range obs {
		newest = later(newest, o.RecordedAt)
		list[i] = apiObservation{Period: o.Period, Value: o.Value, Exact: o.Exact, RecordedAt: stamp(o.RecordedAt), Status: o.Status, Backfilled: o.Backfilled}
	}
	return Exported{Series: series.ID, Unit: series.Unit, AsOf: stamp(newest), Observations: list,
		Source: origin(src), Simulated: simulated}
}

// observationQuery reads from, to and as_of. A vintage before the earliest is refused with the earliest named.
func (s *Server) observationQuery(c echo.Context, series string) (market.ObservationQuery, error) {
	var q market.ObservationQuery
	for _, p := range []struct {
		name string
		into *market.Period
	}{{"from", &q.From}, {"to", &q.To}, {"as_of", &q.AsOf}} {
		v := c.QueryParam(p.name)
		if v == "" {
			continue
		}
		parsed, err := market.ParsePeriod(v)
		if err != nil {
			return q, badParameter(p.name, "%v", err)
		}
		*p.into = parsed
	}
	if !q.To.IsZero() {
		if q.To = q.To.LastDay(); q.To.Before(q.From) {
			return q, badParameter("to", "%s lies before from, %s", c.QueryParam("to"), c.QueryParam("from"))
		}
	}
	if q.AsOf.IsZero() {
		return q, nil
	}
	q.AsOf = q.AsOf.LastDay()
	if market.DayOf(s.Now()).Before(q.AsOf) {
		return q, badParameter("as_of", "%s lies in the future", q.AsOf)
	}
	earliest, err := s.Store.EarliestVintage(c.Request().Context(), series)
	if err != nil {
		return q, fmt.Errorf("read the earliest vintage of %s: %w", series, err)
	}
	if first := market.DayOf(earliest); !earliest.IsZero() && q.AsOf.Before(first) {
		p := badParameter("as_of", "nothing of %s was recorded by %s; the earliest vintage is %s", series, q.AsOf, first)
		p.Earliest = first.String()
		return q, p
	}
	return q, nil
}

// apiCSV writes a series with its origin in comment lines, so that it travels with the data.
func (s *Server) apiCSV(c echo.Context, series market.Series) error {
	q, err := s.observationQuery(c, series.ID)
	if err != nil {
		return err
	}
	obs, err := s.Store.Observations(c.Request().Context(), series.ID, q)
	if err != nil {
		return wrapRead(series.ID, err)
	}
	body, err := CSV(series, s.sourceOf(series), obs, s.Simulated)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Content-Disposition", `attachment; filename="`+series.ID+`.csv"`)
	return s.replyBytes(c, "text/csv; charset=utf-8", body)
}

// CSV writes observations as a table, RFC 4180, with who they are from and on which terms in columns of every row, so
// that a row that is copied alone still says it.
func CSV(series market.Series, src market.Source, obs []market.Observation, simulated bool) ([]byte, error) {
	var out strings.Builder
	w := csv.NewWriter(&out)
	header := []string{"series", "period", "value", "unit", "status", "recorded_at", "source", "license"}
	if simulated {
		header = append(header, "simulated")
	}
	rows := [][]string{header}
	for _, o := range obs {
		value := o.Exact
		if value == "" {
			value = strconv.FormatFloat(o.Value, 'f', -1, 64)
		}
		row := []string{series.ID, o.Period.String(), value, string(series.Unit), string(o.Status), stamp(o.RecordedAt), src.Name, src.License}
		if simulated {
			row = append(row, "simulated")
		}
		rows = append(rows, row)
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("write %s as CSV: %w", series.ID, err)
	}
	return []byte(out.String()), nil
}

func (s *Server) apiSectors(c echo.Context) error {
	type item struct {
		ID      string   `json:"id"`
		Name    string   `json:"name"`
		NameDE  string   `json:"name_de"`
		Summary string   `json:"summary"`
		Series  []string `json:"series"`
	}
	list := []item{}
	for _, sector := range s.Catalog.Sectors() {
		it := item{ID: sector.ID, Name: sector.Name.EN, NameDE: sector.Name.DE, Summary: sector.Summary.EN, Series: []string{}}
		for _, x := range s.seriesOf(sector) {
			it.Series = append(it.Series, x.ID)
		}
		list = append(list, it)
	}
	return s.reply(c, map[string]any{"sectors": list})
}

type apiPostItem struct {
	Slug          string        `json:"slug"`
	Title         string        `json:"title"`
	Lang          unit.Lang     `json:"lang"`
	Published     market.Period `json:"published,omitzero"`
	URL           string        `json:"url,omitempty"`
	FigureCount   int           `json:"figure_count"`
	Demonstration bool          `json:"demonstration,omitempty"`
	Translation   string        `json:"translation,omitempty"` // shared by the post and its translations
	Identity      string        `json:"identity"`
	SHA256        string        `json:"sha256"`
	FindingCount  *int          `json:"finding_count,omitempty"` // where findings may be shown
	Figures       *[]apiFigure  `json:"figures,omitempty"`

	Findings *[]cite.Finding `json:"findings,omitempty"` // where they may be shown
}

// apiFigure is a figure as the command line writes it, with its verdict and what holds it against other posts.
type apiFigure struct {
	cite.Figure
	Verdict     cite.VerdictKind `json:"verdict"`
	Detail      cite.Verdict     `json:"verdict_detail"`
	Per         cite.Per         `json:"per,omitempty"`
	Nearly      bool             `json:"nearly,omitempty"`
	Fragment    string           `json:"fragment"` // the sentence, with the figure at bytes fragment_at to fragment_end
	FragmentAt  int              `json:"fragment_at"`
	FragmentEnd int              `json:"fragment_end"`
	HasSource   bool             `json:"has_source,omitempty"`
	Paragraph   int              `json:"paragraph"` // of the text, counted from 0; -1 outside
}

func apiPostOf(p *cite.Post, figures int) apiPostItem {
	return apiPostItem{Slug: p.Slug, Title: p.Title, Lang: p.Lang, Published: p.Published, URL: p.URL,
		FigureCount: figures, Demonstration: p.Demonstration, Translation: p.Translation, Identity: p.Identity, SHA256: p.SHA256}
}

func (s *Server) apiPosts(c echo.Context) error {
	lib, err := s.library(c.Request().Context())
	if err != nil {
		return err
	}
	list := []apiPostItem{}
	for i := range lib.posts {
		item := apiPostOf(&lib.posts[i], lib.summary[lib.posts[i].Slug].Figures)
		if err := s.addFindings(c, &item, false); err != nil {
			return err
		}
		list = append(list, item)
	}
	return s.reply(c, map[string]any{"posts": list})
}

func (s *Server) apiPost(c echo.Context) error {
	lib, err := s.library(c.Request().Context())
	if err != nil {
		return err
	}
	p, ok := lib.bySlug[c.Param("id")]
	if !ok {
		return notFound("post", c.Param("id"))
	}
	item := apiPostOf(p, lib.summary[p.Slug].Figures)
	whole, _, err := s.Store.Post(c.Request().Context(), p.Slug)
	if err != nil {
		return fmt.Errorf("read post %s: %w", p.Slug, err)
	}
	figures := []apiFigure{}
	for _, f := range lib.ofPost[p.Slug] {
		figures = append(figures, apiFigure{Figure: f.Figure, Verdict: f.Verdict.Kind, Detail: f.Verdict, Per: f.Figure.Per, Nearly: f.Figure.Nearly,
			Fragment: f.Fragment, FragmentAt: f.FragmentAt, FragmentEnd: f.FragmentEnd, HasSource: f.HasSource,
			Paragraph: whole.Text.BlockAt(f.Figure.At)})
	}
	item.Figures = &figures
	if err := s.addFindings(c, &item, true); err != nil {
		return err
	}
	return s.reply(c, item)
}

// addFindings adds the open findings of a post, or only how many there are, where they may be shown.
func (s *Server) addFindings(c echo.Context, item *apiPostItem, whole bool) error {
	if !s.sees(c) {
		return nil
	}
	if !s.PublicFindings {
		private(c)
	}
	a, err := s.audited(c.Request().Context())
	if err != nil {
		return err
	}
	decisions, err := s.decisions()
	if err != nil {
		return err
	}
	findings := []cite.Finding{}
	if file := a.file(item.Slug, item.Lang); file != nil {
		for _, f := range file.Findings {
			if decisionOf(decisions, f.ID).State == triage.Open {
				findings = append(findings, f)
			}
		}
	}
	n := len(findings)
	item.FindingCount = &n
	if whole {
		item.Findings = &findings
	}
	return nil
}

func (s *Server) apiSources(c echo.Context) error {
	states, err := s.Store.JobStates(c.Request().Context())
	if err != nil {
		return fmt.Errorf("read job states: %w", err)
	}
	type item struct {
		apiOrigin
		Methodology string `json:"methodology,omitempty"`
		Series      int    `json:"series"`
		LastAsked   string `json:"last_asked,omitempty"`
		LastAnswer  string `json:"last_answer,omitempty"`
		Answering   bool   `json:"answering"`
	}
	list := []item{}
	for _, src := range s.Catalog.Sources() {
		row := s.sourceRow(states, src)
		list = append(list, item{apiOrigin: origin(src), Methodology: src.Methodology.EN, Series: row.Series,
			LastAsked: stamp(row.attempt), LastAnswer: stamp(row.success), Answering: row.Answered() && !row.failing})
	}
	return s.reply(c, map[string]any{"sources": list})
}

// The most runs in one answer, and how many there are where nothing is asked.
const (
	maxRuns     = 500
	defaultRuns = 50
)

func (s *Server) apiRuns(c echo.Context) error {
	q := market.RunQuery{Source: c.QueryParam("source"), Job: c.QueryParam("job"), Limit: defaultRuns}
	if v := c.QueryParam("limit"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > maxRuns {
			return badParameter("limit", "%q is not a number from 1 to %d", v, maxRuns)
		}
		q.Limit = n
	}
	if q.Source != "" {
		if _, ok := s.Catalog.Source(q.Source); !ok {
			return badParameter("source", "there is no source %q", q.Source)
		}
	}
	runs, err := s.Store.Runs(c.Request().Context(), q)
	if err != nil {
		return fmt.Errorf("read runs: %w", err)
	}
	type item struct {
		ID        int64          `json:"id"`
		Job       string         `json:"job"`
		Source    string         `json:"source"`
		Started   string         `json:"started"`
		Ended     string         `json:"ended,omitempty"`
		Outcome   market.Outcome `json:"outcome"`
		Backfill  bool           `json:"backfill,omitempty"`
		Message   string         `json:"message,omitempty"`
		New       int            `json:"new"`
		Revised   int            `json:"revised"`
		Unchanged int            `json:"unchanged"`
		Withdrawn int            `json:"withdrawn"`
		Held      int            `json:"held"`
		Bytes     int64          `json:"bytes"`
	}
	list := []item{}
	for _, r := range runs {
		list = append(list, item{ID: r.ID, Job: r.Job, Source: r.Source, Started: stamp(r.Started), Ended: stamp(r.Ended),
			Outcome: r.Outcome, Backfill: r.Backfill, Message: r.Message, New: r.New, Revised: r.Revised,
			Unchanged: r.Unchanged, Withdrawn: r.Withdrawn, Held: r.Held, Bytes: r.Bytes})
	}
	return s.reply(c, map[string]any{"runs": list})
}
