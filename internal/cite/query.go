package cite

import "beleg/internal/unit"

// PostQuery asks for posts, newest first, those without a date last. Empty fields do not restrict.
type PostQuery struct {
	Lang        unit.Lang
	Translation string // key shared by twins
	Own         bool   // without demonstration posts
	OtherReader string // only posts that another reader than this one has read (see Post.Reader)
	Limit       int    // 0 = all
	Offset      int
}

// ListedPost is a post without Raw and Text, with what a list says about it.
type ListedPost struct {
	Post
	FigureCount int
	SeriesCount int // figures tied to a series
}

// PutResult is what storing a post came to.
type PutResult struct {
	ID      int64
	Slug    string
	Version int
	New     bool // the post was not known before
	Changed bool // something was written: true for a new post too
	Refused bool // a demonstration post that is not stored because there are own ones; the other fields are zero
}
