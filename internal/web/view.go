package web

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"beleg/internal/market"
	"beleg/internal/unit"
)

// view is what every page's template gets; Data is the page's own.
type view struct {
	Lang        unit.Lang
	Title       string
	Description string
	Path        string // without language
	Base        string
	Query       string // the parameters that belong to the page, encoded
	Simulated   bool
	Interactive bool // the page has a chart that the script can bring to life
	Index       bool // search engines may list it
	Silent      []silence
	Offline     bool // no source has ever answered
	Version     string
	Now         time.Time
	Sees        bool // findings may be shown
	Editor      bool // the editor is looking
	Data        any
}

// silence is a source that did not answer when it was last asked.
type silence struct {
	ID, Name string
	Since    time.Time // of the last answer; zero = never answered
	Tried    time.Time
}

// Other is the language that the page can be switched to.
func (v *view) Other() unit.Lang {
	if v.Lang == unit.German {
		return unit.English
	}
	return unit.German
}

// In is the address of this page in a language.
func (v *view) In(lang unit.Lang) string {
	address := "/" + string(lang) + v.Path
	if v.Query != "" {
		address += "?" + v.Query
	}
	return address
}

// Link is the address of another page in the page's language.
func (v *view) Link(path string) string { return "/" + string(v.Lang) + path }

// page renders a template with the frame of a page around it.
func (s *Server) page(r *request, status int, name string, v view) (*document, error) {
	v.Lang, v.Path, v.Base, v.Simulated, v.Version, v.Now = r.lang, r.path, r.base, s.Simulated, s.Version, r.now
	v.Query, v.Sees, v.Editor = r.params.Encode(), r.sees, r.editor
	var err error
	if v.Silent, v.Offline, err = s.silent(r.ctx); err != nil {
		return nil, err
	}
	return s.execute(status, name, v)
}

func (s *Server) execute(status int, name string, v view) (*document, error) {
	var out bytes.Buffer
	if err := s.templates[v.Lang].ExecuteTemplate(&out, name, &v); err != nil {
		return nil, fmt.Errorf("template %s: %w", name, err)
	}
	return &document{status: status, mime: "text/html; charset=utf-8", body: out.Bytes()}, nil
}

// silent lists the sources whose newest runs all failed, and tells whether none ever answered.
func (s *Server) silent(ctx context.Context) ([]silence, bool, error) {
	states, err := s.Store.JobStates(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("read job states: %w", err)
	}
	var list []silence
	answered := false
	for _, src := range s.Catalog.Sources() {
		st := sourceState(src, s.Catalog.Jobs(), states)
		if !st.success.IsZero() {
			answered = true
		}
		if st.failing {
			list = append(list, silence{ID: src.ID, Name: src.Name, Since: st.success, Tried: st.attempt})
		}
	}
	return list, !answered, nil
}

// standing is how a source stands: when a job last asked it, when it last answered, and whether its jobs fail.
type standing struct {
	attempt, success time.Time
	jobs, broken     int
	failing          bool // every job that was tried failed when it was last tried
}

func sourceState(src market.Source, jobs []market.Job, states map[string]market.JobState) standing {
	var st standing
	tried := 0
	for _, job := range jobs {
		if job.Source != src.ID {
			continue
		}
		st.jobs++
		state, ok := states[job.ID]
		if !ok || state.LastAttempt.IsZero() || state.Outcome == market.Running && state.Failures == 0 {
			continue
		}
		tried++
		if state.Failures > 0 {
			st.broken++
		}
		st.attempt = later(st.attempt, state.LastAttempt)
		st.success = later(st.success, state.LastSuccess)
	}
	st.failing = tried > 0 && st.broken == tried
	return st
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// errorPage answers a problem as a page. It asks nothing of the store, which may be what is broken.
func (s *Server) errorPage(c echo.Context, p *problem) error {
	lang, _, err := langOf(c)
	if err != nil {
		lang = unit.English
	}
	_, path := splitLang(c.Request().URL.Path)
	doc, err := s.execute(p.Status, "error.html", view{Lang: lang, Title: http.StatusText(p.Status), Path: path,
		Base: s.base(c), Simulated: s.Simulated, Version: s.Version, Now: s.Now(), Data: p})
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.Blob(doc.status, doc.mime, doc.body)
}
