package web

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"
	"time"

	"beleg/internal/cite"
	"beleg/internal/triage"
)

// feedEntries is how many findings the feed holds.
const feedEntries = 50

// atom is a feed as RFC 4287 has it.
type atom struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Links   []atomLink  `xml:"link"`
	Author  string      `xml:"author>name"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID       string     `xml:"id"`
	Title    string     `xml:"title"`
	Updated  string     `xml:"updated"`
	Link     atomLink   `xml:"link"`
	Category []atomTerm `xml:"category"`
	Summary  string     `xml:"summary"`
}

type atomTerm struct {
	Term string `xml:"term,attr"`
}

// feed is the newest open findings that are more than notes. A finding's time is when it can first have been made.
func (s *Server) feed(r *request) (*document, error) {
	all, _, err := s.editorFindings(r)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(f editorFinding) bool { return f.Severity == cite.Note || f.Decision.State != triage.Open })
	slices.SortStableFunc(all, func(a, b editorFinding) int { return b.Since.Compare(a.Since) })
	all = all[:min(len(all), feedEntries)]
	feed := atom{Lang: string(r.lang), ID: r.base + "/feed.atom", Title: message(r.lang, "feed.title"), Author: "Beleg",
		Updated: time.Unix(0, 0).UTC().Format(time.RFC3339),
		Links:   []atomLink{{Rel: "self", Href: r.base + "/" + string(r.lang) + "/feed.atom"}, {Href: r.base + "/" + string(r.lang) + "/editor"}}}
	if len(all) > 0 {
		feed.Updated = stamp(all[0].Since)
	}
	for i := range all {
		f := &all[i]
		summary := f.Message
		if f.Evidence.Formula != "" {
			summary += " (" + f.Evidence.Formula + ")"
		}
		feed.Entries = append(feed.Entries, atomEntry{ID: r.base + "/editor#" + f.ID, Title: fmt.Sprintf("%s: %s", f.PostTitle, f.Written),
			Updated: stamp(f.Since), Link: atomLink{Href: r.base + "/" + string(r.lang) + "/posts/" + f.Slug + "#f-" + f.Figures[0]},
			Category: []atomTerm{{f.Rule}, {string(f.Severity)}}, Summary: summary})
	}
	body, err := xml.MarshalIndent(feed, "", " ")
	if err != nil {
		return nil, fmt.Errorf("feed: %w", err)
	}
	return &document{status: http.StatusOK, mime: "application/atom+xml; charset=utf-8", body: append([]byte(xml.Header), body...)}, nil
}
