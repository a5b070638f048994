// Package chart draws series and the figures that posts cite: one specification gives an ECharts option for the
// browser, an SVG for the page, a standalone SVG and a PNG for other pages. It reads no store and serves no requests.
package chart

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/url"
	"regexp"
	"slices"

	"beleg/internal/market"
	"beleg/internal/unit"
)

// What is wrong with a specification; Validate wraps one of these for each fault.
var (
	ErrNoData    = errors.New("nothing to draw")
	ErrNotFinite = errors.New("value is not a finite number")
	ErrOrder     = errors.New("points are not in order of time")
	ErrUnits     = errors.New("lines have different units")
	ErrID        = errors.New("id is not a letter followed by letters, digits and hyphens")
	ErrKind      = errors.New("unknown kind of chart")
	ErrSize      = errors.New("size is out of bounds")
	ErrTooMuch   = errors.New("more than a chart can show")
)

// The sizes of charts, in CSS pixels.
const (
	DefaultWidth  = 760
	DefaultHeight = 380
	NarrowWidth   = 360 // for screens below 600 px
	NarrowHeight  = 300
	MinSide       = 20
	MaxSide       = 4000
)

// How much one chart can show.
const (
	MaxLines  = 8
	MaxPoints = 100_000 // of one line, before down-sampling
	MaxMarks  = 2_000
)

// Kind is what sort of chart a specification describes.
type Kind string

// The kinds. Line is the usual one; Sparkline has neither axes nor text; Dots are cited figures without a series
// ("What posts say") and never a line.
const (
	Line      Kind = "line"
	Sparkline Kind = "sparkline"
	Dots      Kind = "dots"
)

// Spec describes one chart in one language and size. It holds values, no behaviour: two equal specifications give
// the same bytes. The texts are plain text and may hold anything.
type Spec struct {
	ID       string    `json:"id"` // prefix of every id in the SVG: unique on its page
	Kind     Kind      `json:"kind"`
	Title    string    `json:"title"`    // accessible name; drawn in the standalone forms only
	Subtitle string    `json:"subtitle"` // drawn in the standalone forms only
	Desc     string    `json:"desc"`     // accessible description: what the chart shows, with the values that matter
	Credit   string    `json:"credit"`   // the line under a standalone chart: source, licence, page
	Lang     unit.Lang `json:"lang"`

	Series    []Series `json:"series"`
	Cited     []Mark   `json:"cited"`
	CitedURL  string   `json:"cited_url"` // where a mark of several figures leads; "" is "#cited"
	Highlight *Mark    `json:"highlight"` // the one point that the page is about; its label is drawn

	From          market.Period `json:"from"` // first and last period shown; absent = what the lines have
	To            market.Period `json:"to"`
	AsOf          market.Period `json:"as_of"`         // vintage drawn; absent = the newest, which is not said
	Reconstructed bool          `json:"reconstructed"` // said in the chart: drawn from values that were recorded later
	Simulated     bool          `json:"simulated"`     // said in the chart

	Width  int `json:"width"`  // CSS pixels; 0 = DefaultWidth
	Height int `json:"height"` // CSS pixels; 0 = DefaultHeight
}

// Series is one line. Points are in order of time. A line is broken where a point is missing: where two points lie
// further apart than the series' usual distance.
type Series struct {
	Series string    `json:"series"` // id
	Name   string    `json:"name"`   // written beside the line where there are several
	Unit   unit.Unit `json:"unit"`   // the same for all lines
	Flow   bool      `json:"flow"`   // amounts over a period: the axis starts at zero
	Points []Point   `json:"points"`
}

// Point is one value, in the line's unit.
type Point struct {
	Period      market.Period `json:"period"`
	Value       float64       `json:"value"`
	Provisional bool          `json:"provisional,omitempty"` // drawn hollow, and the way to it dashed
}

// Mark is a figure as a post cites it: at a value, or between Low and High where they differ. Its period may be a span.
type Mark struct {
	Period market.Period `json:"period"`
	Value  float64       `json:"value"`
	Low    float64       `json:"low,omitempty"`
	High   float64       `json:"high,omitempty"`
	Unit   unit.Unit     `json:"unit,omitempty"`  // of a chart of kind Dots, where no line states it
	Label  string        `json:"label,omitempty"` // the figure as it is written: "19,2 Mrd. $"
	URL    string        `json:"url,omitempty"`   // the figure's page
	Post   string        `json:"post,omitempty"`  // title of the post
	Count  int           `json:"count,omitempty"` // figures it stands for; 0 is 1
}

// IsRange tells whether the figure states two ends.
func (m *Mark) IsRange() bool { return m.Low != m.High }

// Size is the width and height in CSS pixels, the default where none is set.
func (s *Spec) Size() (width, height int) {
	width, height = s.Width, s.Height
	if width == 0 {
		width = DefaultWidth
	}
	if height == 0 {
		height = DefaultHeight
	}
	return width, height
}

// Narrow is the same chart for small screens. A page shows one of the two, by a media query: text in an SVG shrinks
// with its box.
func (s Spec) Narrow() Spec {
	s.ID += "-narrow"
	s.Width, s.Height = NarrowWidth, NarrowHeight
	return s
}

// legible is the specification with texts that XML can hold.
func (s Spec) legible() Spec {
	s.Title, s.Subtitle, s.Desc, s.Credit = readable(s.Title), readable(s.Subtitle), readable(s.Desc), readable(s.Credit)
	s.Series, s.Cited = slices.Clone(s.Series), slices.Clone(s.Cited)
	for i := range s.Series {
		s.Series[i].Name = readable(s.Series[i].Name)
	}
	for i := range s.Cited {
		s.Cited[i] = s.Cited[i].legible()
	}
	if s.Highlight != nil {
		m := s.Highlight.legible()
		s.Highlight = &m
	}
	s.CitedURL = safeURL(s.CitedURL)
	return s
}

func (m Mark) legible() Mark {
	m.Label, m.Post, m.URL = readable(m.Label), readable(m.Post), safeURL(m.URL)
	return m
}

// safeURL is the address if it leads to a page; "" for one that would run something (javascript:, data:) or is none.
func safeURL(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// Unit is the unit of the value axis: that of the lines, else of the marks; "" where none is stated.
func (s *Spec) Unit() unit.Unit {
	if len(s.Series) > 0 {
		return s.Series[0].Unit
	}
	for i := range s.Cited {
		if s.Cited[i].Unit != "" {
			return s.Cited[i].Unit
		}
	}
	return ""
}

// Hash names what the specification draws: 32 hexadecimal digits, the same in every process and on every machine.
func (s Spec) Hash() string {
	b, err := json.Marshal(s)
	if err != nil { // only a value that is not finite cannot be written
		b = fmt.Appendf(nil, "%#v", s)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

var validID = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]{0,120}$`)

// Validate names everything that keeps the specification from being drawn, joined; nil where nothing does.
func (s Spec) Validate() error {
	var faults []error
	fault := func(err error, format string, args ...any) {
		faults = append(faults, fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), err))
	}
	if !validID.MatchString(s.ID) {
		fault(ErrID, "chart %q", s.ID)
	}
	if s.Kind != Line && s.Kind != Sparkline && s.Kind != Dots {
		fault(ErrKind, "kind %q", s.Kind)
	}
	if w, h := s.Size(); min(w, h) < MinSide || max(w, h) > MaxSide {
		fault(ErrSize, "%d×%d", w, h)
	}
	if len(s.Series) > MaxLines {
		fault(ErrTooMuch, "%d lines, at most %d", len(s.Series), MaxLines)
	}
	if len(s.Cited) > MaxMarks {
		fault(ErrTooMuch, "%d cited figures, at most %d", len(s.Cited), MaxMarks)
	}
	points := 0
	for i := range s.Series {
		points += len(s.Series[i].Points)
		if s.Series[i].Unit != s.Series[0].Unit {
			fault(ErrUnits, "%s in %q, %s in %q", s.Series[0].Series, s.Series[0].Unit, s.Series[i].Series, s.Series[i].Unit)
		}
		if err := s.Series[i].validate(); err != nil {
			faults = append(faults, err)
		}
	}
	for i := range s.Cited {
		if err := s.Cited[i].validate(); err != nil {
			fault(err, "cited figure %d", i)
		}
	}
	if s.Highlight != nil {
		if err := s.Highlight.validate(); err != nil {
			fault(err, "highlight")
		}
	}
	if points == 0 && (s.Kind != Dots || len(s.Cited) == 0) {
		fault(ErrNoData, "chart %q", s.ID)
	}
	return errors.Join(faults...)
}

func (l *Series) validate() error {
	if len(l.Points) > MaxPoints {
		return fmt.Errorf("%s has %d points, at most %d: %w", l.Series, len(l.Points), MaxPoints, ErrTooMuch)
	}
	for i, p := range l.Points {
		switch {
		case p.Period.IsZero():
			return fmt.Errorf("%s point %d without a period: %w", l.Series, i, ErrOrder)
		case i > 0 && !l.Points[i-1].Period.Before(p.Period):
			return fmt.Errorf("%s at %s: %w", l.Series, p.Period, ErrOrder)
		case !finite(p.Value):
			return fmt.Errorf("%s at %s: %w", l.Series, p.Period, ErrNotFinite)
		}
	}
	return nil
}

func (m *Mark) validate() error {
	if m.Period.IsZero() {
		return fmt.Errorf("no period: %w", ErrOrder)
	}
	if !finite(m.Value) || !finite(m.Low) || !finite(m.High) {
		return ErrNotFinite
	}
	return nil
}

func finite(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }
