// Package storetest is the suite that any store must pass. It knows a store only by the methods that the rest of the
// project uses, and what it demands is what their users would notice.
package storetest

import (
	"context"
	"time"

	"beleg/internal/cite"
	"beleg/internal/market"
)

// Store is everything that the project asks of a store. Where nothing goes by an id, slug or hash, the error wraps
// market.ErrNotFound. Times are kept to the second, UTC.
type Store interface {
	// SyncSeries makes the catalogue's series known. Series that the catalogue has dropped keep their values;
	// a series named in another's RenamedFrom becomes that one, with its values, and its old id goes on leading to them.
	// A new series makes validators be forgotten: upstreams would go on answering that nothing has changed.
	SyncSeries(ctx context.Context, series []market.Series) error

	// InterruptRuns ends what an earlier process left running; it gives the number of runs.
	InterruptRuns(ctx context.Context) (int, error)
	StartRun(ctx context.Context, r market.Run) (int64, error)
	// EndRun ends a run that brought no answer: failed, not modified, interrupted.
	EndRun(ctx context.Context, r market.Run) error
	// CommitBatch writes all that an answer says and ends its run, or nothing. The run it returns has its counts.
	// A batch whose run has no id starts and ends one. The same answer again changes nothing but the list of runs.
	CommitBatch(ctx context.Context, b market.Batch) (market.Run, error)
	JobStates(ctx context.Context) (map[string]market.JobState, error)
	// Validators are zero where none are known.
	Validators(ctx context.Context, url string) (market.Validators, error)
	LastFinal(ctx context.Context, series string) (market.LastFinal, error)
	Runs(ctx context.Context, q market.RunQuery) ([]market.Run, error)
	// Quarantine gives what is held back now, newest first, of one series or, for "", of all.
	Quarantine(ctx context.Context, series string, limit int) ([]market.Held, error)

	// Observations gives values in period order, without withdrawn ones.
	Observations(ctx context.Context, series string, q market.ObservationQuery) ([]market.Observation, error)
	// Revisions gives the final values that were replaced or withdrawn, by period, then version.
	Revisions(ctx context.Context, series string, from, to market.Period) ([]market.Observation, error)
	// EarliestVintage is when the first value of a series was recorded; zero where there is none.
	EarliestVintage(ctx context.Context, series string) (time.Time, error)
	Latest(ctx context.Context, series string) (market.Observation, bool, error)
	// Freshness gives one entry per known series, ordered by id; RecordedAt belongs to the last period.
	Freshness(ctx context.Context) ([]market.Freshness, error)
	Origin(ctx context.Context, id int64) (market.Origin, error)
	// Origins leaves out ids that do not exist.
	Origins(ctx context.Context, ids ...int64) (map[int64]market.Origin, error)
	// Payload gives an answer byte for byte. Where retention has removed the body, the rest is there and the error wraps market.ErrExpired.
	Payload(ctx context.Context, sha256 string) (market.Payload, error)
	// ExpirePayloads removes bodies older than the store keeps them; it gives their number.
	ExpirePayloads(ctx context.Context) (int, error)

	// PutPost stores a post and its figures; Identity decides whether it is known. Another text makes a new version,
	// the same text with other figures or metadata changes the version that is there.
	// The first own post removes the demonstration posts, and later ones are refused.
	PutPost(ctx context.Context, p cite.Post, figures []cite.Cited) (cite.PutResult, error)
	// RelinkPost replaces the figures of a post's current version, which reader has read anew.
	RelinkPost(ctx context.Context, slug, reader string, figures []cite.Cited) error
	Posts(ctx context.Context, q cite.PostQuery) ([]cite.ListedPost, error)
	// Post gives the current version, with Raw and Text.
	Post(ctx context.Context, slug string) (cite.Post, []cite.Cited, error)
	// PostVersion gives an earlier version; its figures are marked Former where the current one lacks them.
	PostVersion(ctx context.Context, slug string, version int) (cite.Post, []cite.Cited, error)
	RemovePost(ctx context.Context, slug string) error
	// Twins gives the posts that share a translation key.
	Twins(ctx context.Context, translation string) ([]cite.ListedPost, error)
	// Figure finds a figure by id, in a current version before an earlier one (then marked Former).
	Figure(ctx context.Context, id string) (cite.Cited, error)
	// The lists of figures are of current versions, newest post first, in text order within a post.
	FiguresOfSeries(ctx context.Context, series string) ([]cite.Cited, error)
	FiguresOfSubject(ctx context.Context, subject string) ([]cite.Cited, error)
	AllFigures(ctx context.Context) ([]cite.Cited, error)

	// Generation is a number that changes with every commit, whoever makes it, and with nothing else.
	Generation(ctx context.Context) (int64, error)
	// Size is what the store takes on disk, in bytes: everything but payloads, and payloads.
	Size(ctx context.Context) (data, payloads int64, err error)
	Close() error
}
