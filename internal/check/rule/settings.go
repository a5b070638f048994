package rule

import (
	"beleg/internal/cite"
)

// Settings say what a check holds posts to. The zero value takes the defaults.
type Settings struct {
	Bounds     Bounds
	Tolerances Tolerances
	Severities map[Rule]cite.Severity // another severity for all findings of a rule; Off leaves the rule out
	Ignore     []Ignore
	Notes      int // notes of one rule about one post that are told one by one; more become one note; default 3
}

// Off as a severity leaves a rule out.
const Off cite.Severity = "off"

// Tolerances are relative distances (0.05 = 5 %) and spans.
type Tolerances struct {
	Rounding float64 // distance up to which coarse rounding explains a computed value without a word; default 0.025
	Far      float64 // distance beyond the rounding of the written digits from which a mismatch is an error; default 0.1
	Window   int     // months between an undated and a dated figure that are still compared; default 12
}

// Ignore silences findings: by id, or by rule and file pattern or text. Empty fields match everything, but not all may be empty.
type Ignore struct {
	ID     string
	Rule   Rule
	Path   string // glob, matched against the path and its last element
	Text   string // what the figure's text is
	Reason string
}

// WithDefaults fills in what is not set.
func (s Settings) WithDefaults() Settings {
	if s.Bounds == (Bounds{}) {
		s.Bounds = DefaultBounds()
	}
	if s.Tolerances.Rounding == 0 {
		s.Tolerances.Rounding = 0.025
	}
	if s.Tolerances.Far == 0 {
		s.Tolerances.Far = 0.1
	}
	if s.Tolerances.Window == 0 {
		s.Tolerances.Window = 12
	}
	if s.Notes == 0 {
		s.Notes = 3
	}
	return s
}
