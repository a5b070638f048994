package post

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
)

// What can be wrong with a file. What this package says of a file is an *Error around one of these or around the error
// of a library, or several of them joined.
var (
	ErrTooLarge    = errors.New("larger than the limit")
	ErrNotText     = errors.New("not a text")
	ErrEncoding    = errors.New("encoding is not read")
	ErrEmpty       = errors.New("holds no text")
	ErrNesting     = errors.New("nested too deeply")
	ErrFrontMatter = errors.New("front matter is not closed")
	ErrField       = errors.New("cannot be used")
	ErrTooMany     = errors.New("too many")
	ErrFeed        = errors.New("not a feed")
	ErrFormat      = errors.New("format is not read")
)

// Error is what is wrong with one file, with the place: Line counts from 1, 0 where it is the file as a whole;
// Field names a field of the front matter or an option, "" where it is the text.
type Error struct {
	Path  string
	Line  int
	Field string
	Err   error
}

// Error is "path:line: field: what is wrong"; parts that are not known are left out.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(place(e.Path, e.Line))
	if e.Field != "" {
		b.WriteString(e.Field)
		b.WriteString(": ")
	}
	b.WriteString(e.Err.Error())
	return b.String()
}

// Unwrap is what is wrong, without the place.
func (e *Error) Unwrap() error { return e.Err }

// place is the start of a message about a line of a file.
func place(path string, line int) string {
	if path == "" {
		path = "text"
	}
	if line > 0 {
		path += ":" + strconv.Itoa(line)
	}
	return path + ": "
}

// lineAt is the line, counted from 1, that byte at of b stands on.
func lineAt(b []byte, at int) int {
	return 1 + bytes.Count(b[:min(max(at, 0), len(b))], []byte{'\n'})
}
