package cite

import (
	"time"

	"beleg/internal/market"
	"beleg/internal/unit"
)

// DateSource says where a post's date of publication came from.
type DateSource string

// The sources of a date, most trusted first.
const (
	DateGiven       DateSource = "given" // --published
	DateFrontMatter DateSource = "front-matter"
	DateMetadata    DateSource = "metadata" // HTML meta, JSON-LD, <time>, feed
	DatePath        DateSource = "path"
	DateToday       DateSource = "today" // drafts only
	DateUnknown     DateSource = ""
)

// Post is an article. Raw is the file as given; Text what it says, with offsets into Raw.
type Post struct {
	ID            int64
	Slug          string
	Identity      string // what makes it the same post when seen again: "url:…", "path:…" or "title:author|title"
	URL           string // canonical; "" where unknown
	Path          string // as given; "" where it came from a feed or a URL
	Title         string
	Author        string
	Lang          unit.Lang
	Published     market.Period // a day; zero where unknown
	PublishedFrom DateSource
	Translation   string // key shared by twins; "" where none is known
	Demonstration bool   // bundled; labelled, never evidence, goes with the first own post
	Sources       []SourceRef
	Defaults      map[string]string // the front matter's beleg: keys
	Raw           []byte            // the part of the file that is this post
	Offset        int               // where Raw begins in the file; Text leads back into Raw
	SHA256        string            // by which a change is told: of Raw, or of what is read of it where it holds much besides the post
	Text          Text
	Warnings      []string // what was odd about the file: encoding, NUL bytes, an unclosed fence
	Reader        string   // which reader and catalogue found its figures; another one may find others in the same text

	Version    int
	RecordedAt time.Time
}

// SourceRef is an entry of the list of sources at a post's end.
type SourceRef struct{ Title, URL string }

// Cited is a stored figure with its link and verdict.
type Cited struct {
	Figure                  Figure
	Link                    Link
	Verdict                 Verdict
	Post                    int64
	Slug                    string
	Title                   string
	Lang                    unit.Lang
	Fragment                string // the sentence, with the figure at FragmentAt to FragmentEnd
	FragmentAt, FragmentEnd int
	Published               market.Period
	Demonstration           bool
	Twin                    string // the post's Translation
	Former                  bool   // of an earlier version of the post: the current one no longer states it
	HasSource               bool   // its sentence has an outgoing link
}
