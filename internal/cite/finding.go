package cite

import "beleg/internal/market"

// Severity follows certainty: an error is something a careful editor would have to change.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// Finding is what a check has to say. Start and End are byte offsets into the file.
type Finding struct {
	ID         string      `json:"id"`
	Rule       string      `json:"rule"`
	Severity   Severity    `json:"severity"`
	Start      int         `json:"start"`
	End        int         `json:"end"`
	Message    string      `json:"message"`
	Figures    []string    `json:"figures"`
	Related    []Related   `json:"related,omitempty"`
	Evidence   Evidence    `json:"evidence,omitzero"`
	Suggestion *Suggestion `json:"suggestion,omitempty"`
}

// Related is the other place that a finding speaks of.
type Related struct {
	Path   string `json:"path"`
	Figure string `json:"figure"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Text   string `json:"text"`
}

// Evidence is what a finding rests on.
type Evidence struct {
	Formula  string        `json:"formula,omitempty"`
	Computed string        `json:"computed,omitempty"`
	Stated   string        `json:"stated,omitempty"`
	Series   string        `json:"series,omitempty"`
	Period   market.Period `json:"period,omitzero"`
	Value    *float64      `json:"value,omitempty"`
	Vintage  string        `json:"vintage,omitempty"`
	LastTrue market.Period `json:"last_true,omitzero"`
}

// Suggestion is a text to put in place of bytes Start to End of the file. Bytes is the text in the file's own encoding
// and with its own markup; nil where that is the text itself.
type Suggestion struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
	Bytes []byte `json:"-"`
}

// Replacement is what to write into the file.
func (s *Suggestion) Replacement() []byte {
	if s.Bytes != nil {
		return s.Bytes
	}
	return []byte(s.Text)
}
