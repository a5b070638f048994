package cite

import (
	"time"

	"beleg/internal/market"
	"beleg/internal/unit"
)

// Kind is what sort of quantity a figure states.
type Kind string

// The kinds of figures. Damage marks a glued run of TeX damage and carries no number.
const (
	Money    Kind = "money"
	Percent  Kind = "percent"
	Count    Kind = "count"
	Multiple Kind = "multiple"
	Duration Kind = "duration"
	Energy   Kind = "energy"
	Rate     Kind = "rate"
	Other    Kind = "other"
	Damage   Kind = "damage"
)

// Qualifier is how the text bounds the number.
type Qualifier string

// The qualifiers. Nearly ("fast", "knapp", "nearly") is written as about; see Figure.Nearly.
const (
	About   Qualifier = "about"
	Over    Qualifier = "over"
	Under   Qualifier = "under"
	UpTo    Qualifier = "up_to"
	AtLeast Qualifier = "at_least"
	Exact   Qualifier = "exact"
)

// Change is the part a figure plays in a change.
type Change string

// The parts: an end of a change, the amount it changes by, or its direction.
const (
	From    Change = "from"
	To      Change = "to"
	By      Change = "by"
	Growth  Change = "growth"
	Decline Change = "decline"
)

// Per is the span an amount is stated for ("pro Monat", "annualised"); "" where none is stated.
type Per string

// The spans of rates. Annualised and run-rate amounts are per year though observed over less; Compound is a rate per year over several.
const (
	PerSecond  Per = "second"
	PerHour    Per = "hour"
	PerDay     Per = "day"
	PerWeek    Per = "week"
	PerMonth   Per = "month"
	PerQuarter Per = "quarter"
	PerYear    Per = "year"
	Annualised Per = "annualised"
	Compound   Per = "compound"
)

// Mention is the words of a text that name something: bytes Start to End of Text.Content, and how near the figure they stand.
type Mention struct {
	Text       string
	Start, End int
	Scope      string // clause, sentence, paragraph, heading or title
}

// Figure is a number that a post states. Start and End are byte offsets into the file, At and AtEnd into Text.Content.
// A range has Low and High, every other figure Value; a damaged run has neither but Restored.
// What the text does not give is absent; what it does not say itself but was concluded is named in Inferred.
type Figure struct {
	ID    string `json:"id"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
	Kind  Kind   `json:"kind"`

	Value     unit.Decimal `json:"value,omitzero"`
	Low       unit.Decimal `json:"low,omitzero"`
	High      unit.Decimal `json:"high,omitzero"`
	Unit      unit.Unit    `json:"unit,omitempty"`
	UnitText  string       `json:"unit_text,omitempty"`
	Precision unit.Decimal `json:"precision,omitzero"` // step of the last significant digit written

	Qualifier Qualifier     `json:"qualifier,omitempty"`
	Change    Change        `json:"change,omitempty"`
	Relation  string        `json:"relation,omitempty"` // shared by the figures of one relation
	Period    market.Period `json:"period,omitzero"`
	Forecast  bool          `json:"forecast,omitempty"`

	Subject    string   `json:"subject,omitempty"` // catalogue id
	Metric     string   `json:"metric,omitempty"`  // catalogue id
	Series     string   `json:"series,omitempty"`  // catalogue id
	Confidence float64  `json:"confidence,omitempty"`
	Inferred   []string `json:"inferred,omitempty"`
	Restored   string   `json:"restored,omitempty"` // what a damaged run and its copy said before the damage

	At       int       `json:"-"`
	AtEnd    int       `json:"-"`
	Per      Per       `json:"-"` // the span that an amount is stated for
	Nearly   bool      `json:"-"` // about, but not above: "fast 100", "nearly 100"
	Sentence [2]int    `json:"-"` // bytes of Text.Content
	Nouns    []Mention `json:"-"` // noun phrases the number may belong to, nearest first
	Metrics  []Mention `json:"-"` // metric words it may belong to, nearest first
	Why      string    `json:"-"` // for --explain: the rule that read it
}

// IsRange tells whether the figure states two ends.
func (f *Figure) IsRange() bool { return !f.Low.IsZero() || !f.High.IsZero() }

// Ends are the low and the high end; both are the value where the figure is no range.
func (f *Figure) Ends() (low, high unit.Decimal) {
	if f.IsRange() {
		return f.Low, f.High
	}
	return f.Value, f.Value
}

// NoFigure is a number that is no figure, and what it is instead ("year", "version", "identifier" …).
type NoFigure struct {
	Start, End int // bytes of the file
	Text       string
	Why        string
}

// Link ties a figure to what it is about, and where there is one, to a series. Method is "pinned" where the writer said so.
type Link struct {
	Figure     string   `json:"figure"`
	Subject    string   `json:"subject,omitempty"`
	Metric     string   `json:"metric,omitempty"`
	Series     string   `json:"series,omitempty"`
	Confidence float64  `json:"confidence"`
	Reasons    []string `json:"reasons,omitempty"`
	Pinned     bool     `json:"pinned,omitempty"`
	Ignored    string   `json:"ignored,omitempty"` // the writer's reason for leaving the figure alone
}

// VerdictKind is what can be said of a figure.
type VerdictKind string

// The verdicts, as DESIGN's table of words explains them.
const (
	Agrees          VerdictKind = "agrees"
	AgreesRounded   VerdictKind = "agrees-rounded"
	WasTrueOn       VerdictKind = "was-true-on"
	RevisedSince    VerdictKind = "revised-since"
	Contradicted    VerdictKind = "contradicted"
	OtherDefinition VerdictKind = "other-definition"
	NoDataThen      VerdictKind = "no-data-then"
	Forecast        VerdictKind = "forecast"
	SourceOnly      VerdictKind = "source-only"
	NotMeasurable   VerdictKind = "not-measurable"
	NotChecked      VerdictKind = "not-checked"
)

// Verdict is what can be said of one figure, with what it rests on. Fields that do not apply are absent.
type Verdict struct {
	Kind       VerdictKind   `json:"kind"`
	Reason     string        `json:"reason,omitempty"` // a code, for not-checked and not-measurable
	Series     string        `json:"series,omitempty"`
	Period     market.Period `json:"period,omitzero"`   // of the value compared with
	Value      *float64      `json:"value,omitempty"`   // the value compared with
	Vintage    string        `json:"vintage,omitempty"` // when that value was recorded, RFC 3339
	Backfilled bool          `json:"backfilled,omitempty"`
	LastTrue   market.Period `json:"last_true,omitzero"` // the last day on which the written value was true
	Latest     *float64      `json:"latest,omitempty"`
	LatestAt   market.Period `json:"latest_period,omitzero"`
	Due        market.Period `json:"due,omitzero"` // of a forecast
	Met        *bool         `json:"met,omitempty"`
	Dated      string        `json:"dated,omitempty"` // figure, published: where the period came from

	Definitions *Definitions `json:"definitions,omitempty"` // of other-definition
}

// Definitions are two ways of measuring that explain a difference: the series' own, and the one that the text may
// follow, whose values may lie up to Spread from the series' (0.2 = 20 %).
type Definitions struct {
	Own    market.Text `json:"own"`
	Other  market.Text `json:"other"`
	Spread float64     `json:"spread"`
}

// Show fills in the value that was compared with.
func (v *Verdict) Show(o market.Observation) {
	v.Period, v.Value, v.Backfilled = o.Period, &o.Value, o.Backfilled
	v.Vintage = o.RecordedAt.UTC().Format(time.RFC3339)
}
