package web

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"beleg/internal/check/rule"
	"beleg/internal/cite"
	"beleg/internal/market"
	"beleg/internal/triage"
)

// The editor's pages show all findings. They are closed unless findings are public or the editor's token is given: as
// "Authorization: Bearer", as the password of basic authentication (for feed readers), or once in the form, which
// answers with a cookie that holds no token.
const (
	editorCookie = "beleg_editor"
	editorStays  = 30 * 24 * time.Hour
)

// editorRoutes adds the editor's pages.
func (s *Server) editorRoutes(get func(string, echo.HandlerFunc, ...echo.MiddlewareFunc), e *echo.Echo) {
	get("/editor", s.forEditor(s.findingsPage, "state", "severity", "rule"))
	get("/editor/conflicts", s.forEditor(s.conflictsPage))
	get("/editor/drift", s.forEditor(s.driftPage))
	get("/editor/forecasts", s.forEditor(s.forecastsPage))
	get("/editor/cited", s.forEditor(s.citedPage))
	get("/editor/login", s.cached(s.loginForm))
	e.POST("/editor/login", s.login)
	e.POST("/editor/logout", s.logout)
	e.POST("/editor/triage", s.decide)
	get("/feed.atom", s.forEditor(s.feed))
}

// isEditor tells whether the request carries the editor's token.
func (s *Server) isEditor(c echo.Context) bool {
	if s.EditorToken == "" {
		return false
	}
	header := c.Request().Header.Get("Authorization")
	if token, ok := strings.CutPrefix(header, "Bearer "); ok {
		return sameSecret(token, s.EditorToken)
	}
	if _, password, ok := c.Request().BasicAuth(); ok {
		return sameSecret(password, s.EditorToken)
	}
	cookie, err := c.Cookie(editorCookie)
	return err == nil && sameSecret(cookie.Value, s.editorPass())
}

// editorPass is what the cookie holds: it is derived from the token and ends with it.
func (s *Server) editorPass() string {
	mac := hmac.New(sha256.New, []byte(s.EditorToken))
	mac.Write([]byte("editor's cookie"))
	return hex.EncodeToString(mac.Sum(nil))
}

func sameSecret(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// sees tells whether findings may be shown to a request.
func (s *Server) sees(c echo.Context) bool { return s.PublicFindings || s.isEditor(c) }

// forEditor shows a page only where findings may be seen; others are led to the form.
func (s *Server) forEditor(render func(*request) (*document, error), params ...string) echo.HandlerFunc {
	show := s.cached(render, params...)
	return func(c echo.Context) error {
		if s.sees(c) {
			return show(c)
		}
		private(c)
		if strings.HasSuffix(c.Request().URL.Path, ".atom") {
			c.Response().Header().Set("WWW-Authenticate", `Basic realm="Beleg", charset="UTF-8"`)
			return newProblem(http.StatusUnauthorized, "findings are private: give the editor's token as the password")
		}
		lang, _, err := langOf(c)
		if err != nil {
			return err
		}
		return c.Redirect(http.StatusSeeOther, "/"+string(lang)+"/editor/login")
	}
}

type loginPage struct {
	Closed bool // no token is set, so nobody can come in
	Wrong  bool
}

func (s *Server) loginForm(r *request) (*document, error) {
	return s.loginDocument(r, http.StatusOK, false)
}

func (s *Server) loginDocument(r *request, status int, wrong bool) (*document, error) {
	return s.page(r, status, "login.html", view{Title: message(r.lang, "editor.title"), Description: message(r.lang, "editor.lead"),
		Data: &loginPage{Closed: s.EditorToken == "", Wrong: wrong}})
}

// Wrong tokens are taken this often, all of them together, after a few at once.
const (
	guessEvery = 2 * time.Second
	guessBurst = 5
)

// maxToken is the longest token that is looked at.
const maxToken = 4 << 10

// login trades the token for a cookie. Guesses are slowed down, all of them together.
func (s *Server) login(c echo.Context) error {
	private(c)
	lang, _, err := langOf(c)
	if err != nil {
		return err
	}
	c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, maxToken)
	if !s.guesses.AllowN(s.Now(), 1) {
		c.Response().Header().Set("Retry-After", "10")
		return newProblem(http.StatusTooManyRequests, "too many tries; wait a moment")
	}
	if s.EditorToken != "" && sameSecret(c.FormValue("token"), s.EditorToken) {
		s.setEditorCookie(c, s.editorPass(), editorStays)
		return c.Redirect(http.StatusSeeOther, "/"+string(lang)+"/editor")
	}
	r := &request{ctx: c.Request().Context(), lang: lang, path: "/editor/login", base: s.base(c), params: url.Values{}, now: s.Now()}
	doc, err := s.loginDocument(r, http.StatusForbidden, true)
	if err != nil {
		return err
	}
	return c.Blob(doc.status, doc.mime, doc.body)
}

func (s *Server) logout(c echo.Context) error {
	private(c)
	s.setEditorCookie(c, "", -time.Second)
	lang, _, err := langOf(c)
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/"+string(lang)+"/")
}

func (s *Server) setEditorCookie(c echo.Context, value string, stays time.Duration) {
	c.SetCookie(&http.Cookie{ //nolint:gosec // Secure wherever the server is reached by HTTPS; at home it may not be
		Name: editorCookie, Value: value, Path: "/", MaxAge: int(stays.Seconds()), HttpOnly: true,
		Secure: strings.HasPrefix(s.base(c), "https://"), SameSite: http.SameSiteStrictMode})
}

// editorView is a page of the editor's.
type editorView struct {
	Tab      string
	Line     string
	Data     string
	CanWrite bool // states can be set here

	States     []choice
	Severities []choice
	Rules      []choice
	Findings   []editorFinding
	Drifts     []drift
	Forecasts  []dueForecast
	Series     []citedSeries
}

// choice is one value of a filter with how many findings it leaves.
type choice struct {
	Value, Name string
	Count       int
	Chosen      bool
	Link        string
}

// editorFinding is a finding with the post that it is about and what the editor has decided.
type editorFinding struct {
	findingCard
	Slug, PostTitle string
	Lang            string
	Decision        triage.Entry
	Since           time.Time
}

// concerns tells whether a post is the finding's own or the other one that it speaks of.
func (f *editorFinding) concerns(slug string) bool {
	return f.Slug == slug || slices.ContainsFunc(f.Related, func(r cite.Related) bool { return r.Path == "/posts/"+slug })
}

// editorFindings are all findings of own posts in the language of a page, the most certain and newest first.
func (s *Server) editorFindings(r *request) ([]editorFinding, *audit, error) {
	a, err := s.audited(r.ctx)
	if err != nil {
		return nil, nil, err
	}
	decisions, err := s.decisions()
	if err != nil {
		return nil, nil, err
	}
	var all []editorFinding
	for i, d := range a.docs {
		for _, f := range a.reports[r.lang].Files[i].Findings {
			card, err := s.findingCard(r, f, d, a)
			if err != nil {
				return nil, nil, err
			}
			card.Written = writtenOf(d, f.Figures[0])
			all = append(all, editorFinding{findingCard: card, Slug: d.Post.Slug, PostTitle: d.Post.Title, Lang: string(d.Post.Lang),
				Decision: decisionOf(decisions, f.ID), Since: a.since(d.Post.Slug, &f)})
		}
	}
	slices.SortStableFunc(all, func(a, b editorFinding) int {
		return cmp.Or(cmp.Compare(severityRank(a.Severity), severityRank(b.Severity)), cmp.Compare(isRepair(&a), isRepair(&b)), b.Since.Compare(a.Since))
	})
	return all, a, nil
}

// decisions are what the editor has decided about findings, by their id; none where there is no file yet.
func (s *Server) decisions() (map[string]triage.Entry, error) {
	if s.Triage == "" {
		return nil, nil
	}
	list, err := triage.Read(s.Triage)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return list.Findings, err
}

// decisionOf is what was decided about a finding that is there: one that was fixed once is open again.
func decisionOf(decisions map[string]triage.Entry, id string) triage.Entry {
	d, ok := decisions[id]
	if !ok || d.State == triage.Fixed {
		d.State = triage.Open
	}
	return d
}

// isRepair puts damage, which --fix repairs without a thought, behind what needs one.
func isRepair(f *editorFinding) int {
	if f.Rule == string(rule.TextDamage) {
		return 1
	}
	return 0
}

func severityRank(s cite.Severity) int {
	return slices.Index([]cite.Severity{cite.Error, cite.Warning, cite.Note}, s)
}

func writtenOf(d *rule.Document, figure string) string {
	for i := range d.Cited {
		if d.Cited[i].Figure.ID == figure {
			return d.Cited[i].Figure.Text
		}
	}
	return ""
}

func (s *Server) findingsPage(r *request) (*document, error) {
	all, _, err := s.editorFindings(r)
	if err != nil {
		return nil, err
	}
	v := editorView{Tab: "findings"}
	state := cmp.Or(r.param("state"), string(triage.Open))
	of := func(f *editorFinding) [3]string {
		return [3]string{string(f.Decision.State), string(f.Severity), f.Rule}
	}
	wanted := [3]string{state, r.param("severity"), r.param("rule")}
	names := [3]string{"state", "severity", "rule"}
	var counts [3]map[string]int
	for i := range counts {
		counts[i] = map[string]int{}
	}
	for i := range all {
		have := of(&all[i])
		fits := [3]bool{}
		for k := range have {
			fits[k] = wanted[k] == "" || wanted[k] == "all" || wanted[k] == have[k]
		}
		for k := range have { // a filter counts what the others leave
			if fits[(k+1)%3] && fits[(k+2)%3] {
				counts[k][have[k]]++
			}
		}
		if fits[0] && fits[1] && fits[2] {
			v.Findings = append(v.Findings, all[i])
		}
	}
	v.States = choices(names, wanted, 0, []string{string(triage.Open), string(triage.Accepted)}, counts[0], r, "state.")
	v.Severities = choices(names, wanted, 1, []string{string(cite.Error), string(cite.Warning), string(cite.Note)}, counts[1], r, "severity.")
	rules := make([]string, len(rule.Rules))
	for i, rule := range rule.Rules {
		rules[i] = string(rule)
	}
	v.Rules = choices(names, wanted, 2, rules, counts[2], r, "")
	return s.editorPage(r, &v)
}

// choices are the values of one filter that find something, each with the address that chooses it.
func choices(names, wanted [3]string, k int, values []string, counts map[string]int, r *request, prefix string) []choice {
	var list []choice
	for _, value := range append([]string{"all"}, values...) {
		n := counts[value]
		if value == "all" {
			for _, m := range counts {
				n += m
			}
		}
		chosen := wanted[k] == value || wanted[k] == "" && value == "all"
		if n == 0 && !chosen {
			continue
		}
		q := url.Values{}
		for i, name := range names {
			if i == k {
				q.Set(name, value)
			} else if wanted[i] != "" {
				q.Set(name, wanted[i])
			}
		}
		c := choice{Value: value, Name: value, Count: n, Chosen: chosen, Link: "?" + q.Encode()}
		switch {
		case value == "all":
			c.Name = message(r.lang, "editor.all")
		case prefix != "":
			c.Name = message(r.lang, prefix+value)
		}
		list = append(list, c)
	}
	return list
}

func (s *Server) conflictsPage(r *request) (*document, error) {
	all, _, err := s.editorFindings(r)
	if err != nil {
		return nil, err
	}
	v := editorView{Tab: "conflicts"}
	for _, f := range all {
		if f.Rule == string(rule.Conflict) && f.Decision.State == triage.Open {
			v.Findings = append(v.Findings, f)
		}
	}
	return s.editorPage(r, &v)
}

// drift is a figure that was right when its post appeared and how far its series has moved since.
type drift struct {
	*cite.Cited
	Series market.Series
	Then   float64
	Now    float64
	At     market.Period
	By     float64 // relative
}

// leastDrift is the relative distance from which a series has moved.
const leastDrift = 0.05

func (s *Server) driftPage(r *request) (*document, error) {
	lib, err := s.library(r.ctx)
	if err != nil {
		return nil, err
	}
	v := editorView{Tab: "drift"}
	for _, p := range lib.posts {
		for i := range lib.ofPost[p.Slug] {
			c := &lib.ofPost[p.Slug][i]
			if d, ok := s.drift(c); ok {
				v.Drifts = append(v.Drifts, d)
			}
		}
	}
	slices.SortStableFunc(v.Drifts, func(a, b drift) int { return cmp.Compare(math.Abs(b.By), math.Abs(a.By)) })
	return s.editorPage(r, &v)
}

func (s *Server) drift(c *cite.Cited) (drift, bool) {
	verdict := &c.Verdict
	series, ok := s.Catalog.Series(c.Link.Series)
	if !ok || verdict.Value == nil || verdict.Latest == nil || *verdict.Value == 0 {
		return drift{}, false
	}
	switch verdict.Kind {
	case cite.Agrees, cite.AgreesRounded, cite.RevisedSince:
	default:
		return drift{}, false
	}
	d := drift{Cited: c, Series: series, Then: *verdict.Value, Now: *verdict.Latest, At: verdict.LatestAt}
	d.By = (d.Now - d.Then) / math.Abs(d.Then)
	return d, math.Abs(d.By) >= leastDrift
}

// dueForecast is a forecast whose day has come or is near.
type dueForecast struct {
	*cite.Cited
	Past      bool
	Series    market.Series
	HasSeries bool
}

// soon is how far ahead a forecast is listed.
const soon = 90 * 24 * time.Hour

func (s *Server) forecastsPage(r *request) (*document, error) {
	lib, err := s.library(r.ctx)
	if err != nil {
		return nil, err
	}
	v := editorView{Tab: "forecasts"}
	for _, p := range lib.posts {
		for i := range lib.ofPost[p.Slug] {
			c := &lib.ofPost[p.Slug][i]
			if c.Verdict.Kind != cite.Forecast || c.Verdict.Due.IsZero() || c.Verdict.Due.End().After(r.now.Add(soon)) {
				continue
			}
			f := dueForecast{Cited: c, Past: !c.Verdict.Due.End().After(r.now)}
			f.Series, f.HasSeries = s.Catalog.Series(c.Link.Series)
			v.Forecasts = append(v.Forecasts, f)
		}
	}
	slices.SortStableFunc(v.Forecasts, func(a, b dueForecast) int { return b.Verdict.Due.End().Compare(a.Verdict.Due.End()) })
	return s.editorPage(r, &v)
}

// citedSeries is a series with how many posts cite it; a post and its translations count once.
type citedSeries struct {
	Series  market.Series
	Posts   int
	Figures int
	Off     int // figures that data contradict
}

func (s *Server) citedPage(r *request) (*document, error) {
	lib, err := s.library(r.ctx)
	if err != nil {
		return nil, err
	}
	v := editorView{Tab: "cited"}
	for id, cited := range lib.bySeries {
		series, ok := s.Catalog.Series(id)
		if !ok {
			continue
		}
		row := citedSeries{Series: series}
		posts := map[string]bool{}
		for _, c := range firstOfTwins(cited, r.lang) {
			posts[cmp.Or(c.Twin, c.Slug)] = true
			row.Figures++
			switch c.Verdict.Kind {
			case cite.Contradicted, cite.WasTrueOn:
				row.Off++
			}
		}
		row.Posts = len(posts)
		v.Series = append(v.Series, row)
	}
	slices.SortFunc(v.Series, func(a, b citedSeries) int {
		return cmp.Or(cmp.Compare(b.Posts, a.Posts), cmp.Compare(b.Figures, a.Figures), strings.Compare(a.Series.ID, b.Series.ID))
	})
	return s.editorPage(r, &v)
}

func (s *Server) editorPage(r *request, v *editorView) (*document, error) {
	a, err := s.audited(r.ctx)
	if err != nil {
		return nil, err
	}
	used, err := s.dataUsed(r.ctx)
	if err != nil {
		return nil, err
	}
	v.Line, v.Data, v.CanWrite = a.reports[r.lang].Summary.Counts.Line(r.lang), s.dataAge(r.lang, used), r.editor && s.Triage != ""
	return s.page(r, http.StatusOK, "editor.html", view{Title: message(r.lang, "editor."+v.Tab), Description: v.Line, Data: v})
}

// decide keeps what the editor thinks of a finding. Only the editor may, and only from these pages.
func (s *Server) decide(c echo.Context) error {
	private(c)
	if !s.isEditor(c) {
		return newProblem(http.StatusForbidden, "only the editor decides about findings")
	}
	if s.Triage == "" {
		return newProblem(http.StatusConflict, "there is no file for decisions; see --triage")
	}
	if origin := c.Request().Header.Get("Origin"); origin != "" && origin != s.base(c) {
		return newProblem(http.StatusForbidden, "decisions are made on the editor's own pages")
	}
	lang, _, err := langOf(c)
	if err != nil {
		return err
	}
	c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, maxToken)
	state := triage.State(c.FormValue("state"))
	if !slices.Contains([]triage.State{triage.Open, triage.Accepted, triage.Fixed}, state) {
		return badParameter("state", "%.60q is none of open, accepted and fixed", string(state))
	}
	id := c.FormValue("id")
	r := &request{ctx: c.Request().Context(), lang: lang, path: "/editor", base: s.base(c), params: url.Values{}, now: s.Now()}
	all, _, err := s.editorFindings(r)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(f editorFinding) bool { return f.ID == id })
	if i < 0 {
		return notFound("finding", id)
	}
	err = triage.Update(r.ctx, s.Triage, func(l *triage.List) error {
		l.Set(id, triage.Entry{State: state, Rule: all[i].Rule, Path: "/posts/" + all[i].Slug, Text: all[i].Written,
			Note: strings.TrimSpace(c.FormValue("note")), Since: market.DayOf(s.Now()).String()})
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep the decision about finding %s: %w", id, err)
	}
	return c.Redirect(http.StatusSeeOther, "/"+string(lang)+"/editor#"+id)
}
