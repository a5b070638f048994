package market

import (
	"strings"
	"time"
)

// Status tells whether a value may still change by itself.
type Status string

// The statuses. A provisional value belongs to a day that is not over or not settled; a withdrawn one has no value.
const (
	Final       Status = "final"
	Provisional Status = "provisional"
	Withdrawn   Status = "withdrawn"
)

// Point is one value as a source states it, before anything is stored. Exact is the number's own text where a
// float64 does not hold it, else "".
type Point struct {
	Period Period
	Value  float64
	Exact  string
	Status Status
}

// Observation is a stored value: version 1 is the first known for its series and period.
// ReplacedAt is zero while the version is current.
type Observation struct {
	Series     string
	Period     Period
	Version    int
	Value      float64
	Exact      string
	Status     Status
	Origin     int64
	RecordedAt time.Time
	ReplacedAt time.Time
	Backfilled bool // recorded more than a day after its period ended: what was known at that time is not known
}

// OriginKind is what an observation rests on.
type OriginKind string

// The kinds of origins. Simulated values come from the demonstration's generator and never stand beside real ones.
const (
	FromPayload    OriginKind = "payload"
	FromImport     OriginKind = "import"
	FromCorrection OriginKind = "correction"
)

// Origin is what observations rest on: the answer of an upstream, an imported file or a correction.
type Origin struct {
	ID         int64
	Kind       OriginKind
	Source     string
	URL        string // what was asked, without secrets
	SHA256     string // of the payload, hex
	Note       string // file name of an import, reason of a correction
	FetchedAt  time.Time
	PayloadID  int64 // 0 where there is none
	PayloadLen int64
}

// Payload is an upstream's answer, byte for byte.
type Payload struct {
	Source      string
	URL         string
	SHA256      string
	ContentType string
	FetchedAt   time.Time
	Body        []byte
}

// Outcome is how a run ended.
type Outcome string

// The outcomes. A run that is found running when the process starts was interrupted.
const (
	Running     Outcome = "running"
	Succeeded   Outcome = "ok"
	NotModified Outcome = "not-modified"
	Failed      Outcome = "failed"
	Interrupted Outcome = "interrupted"
)

// Run is one execution of a job.
type Run struct {
	ID          int64
	Job         string
	Source      string
	Started     time.Time
	Ended       time.Time
	Outcome     Outcome
	Backfill    bool
	Message     string // what went wrong, for people; no secrets
	New         int    // observations of periods not seen before
	Revised     int    // new versions of final values
	Provisional int    // provisional values replaced: in place within a day, else by a new version that is no revision
	Unchanged   int
	Withdrawn   int
	Held        int // quarantined
	Bytes       int64
}

// Held is a value that a guard keeps back.
type Held struct {
	ID         int64
	Series     string
	Period     Period
	Value      float64
	Reason     string
	Origin     int64
	RecordedAt time.Time
}

// Validators are what an upstream said about the freshness of an answer, sent back with the next request.
type Validators struct{ ETag, LastModified string }

// Batch is everything that one answer says, to be written in one transaction.
type Batch struct {
	Run     Run
	Payload *Payload // nil where the answer is unchanged
	Origin  Origin
	Points  []SeriesPoints
	Next    Validators
	URL     string // what the validators belong to
}

// SeriesPoints are the points of one series in one answer, with what is to be held back.
// Complete says that the answer lists every period from the first point to the last, so that a stored final
// period between them that it lacks has been withdrawn.
type SeriesPoints struct {
	Series    string
	Tolerance float64
	Points    []Point
	Held      []Held
	Complete  bool
}

// Freshness is how a series stands.
type Freshness struct {
	Series      string
	First, Last Period // zero where there is no value
	RecordedAt  time.Time
	Count       int
}

// ValidSeriesID tells whether s can be a series id: lower-case letters, digits and single hyphens, no dots.
func ValidSeriesID(s string) bool {
	if s == "" || len(s) > 80 || strings.HasPrefix(s, "-") || strings.HasSuffix(s, "-") || strings.Contains(s, "--") {
		return false
	}
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return true
}

// JobState is how a job stands, from its runs. LastAttempt is zero where it never ran; Failures counts the failed runs since the last good one.
type JobState struct {
	Job          string
	LastAttempt  time.Time
	LastSuccess  time.Time
	Failures     int
	LastBackfill time.Time // of the last one that succeeded; zero for none
	Outcome      Outcome
	Message      string
}

// LastFinal is what a step guard compares with: the newest final value of a series, how many there are, and the
// newest value held back after it.
type LastFinal struct {
	Period Period
	Value  float64
	Count  int
	Held   *Held
}

// ObservationQuery selects observations of one series. Zero fields do not restrict; From and To are inclusive and
// count by the first day of a period. AsOf asks for what was known at the end of that UTC day; zero means now.
// Earliest asks for the first value known of each period instead of the newest; with AsOf, of those known by then.
type ObservationQuery struct {
	From, To Period
	AsOf     Period
	Earliest bool
	Limit    int // the newest so many; 0 = all
}

// RunQuery selects runs, newest first. Zero fields do not restrict.
type RunQuery struct {
	Job    string
	Source string
	Before int64 // runs with a smaller id
	Limit  int   // 0 = 100
}
