package defillama

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"beleg/internal/fetch"
)

// Kinds of JSON tokens, by the byte that stands for them.
const (
	null        jsontext.Kind = 'n'
	yes         jsontext.Kind = 't'
	no          jsontext.Kind = 'f'
	text        jsontext.Kind = '"'
	numeral     jsontext.Kind = '0'
	beginObject jsontext.Kind = '{'
	endObject   jsontext.Kind = '}'
	beginArray  jsontext.Kind = '['
	endArray    jsontext.Kind = ']'
)

// document reads an answer piece by piece, so that of a large one only what is wanted is kept. Its errors are *Error with the place.
type document struct {
	dec  *jsontext.Decoder
	said string // the complaint that the document's outermost object holds
}

func newDocument(body []byte) *document {
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	return &document{dec: jsontext.NewDecoder(bytes.NewBuffer(body), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))}
}

// place is where the value that was read last lies, fit for a message: the upstream chose the names in it.
func (d *document) place() string { return fetch.Excerpt([]byte(d.dec.StackPointer())) }

// fail says what is wrong with the value that was read last.
func (d *document) fail(format string, args ...any) error {
	return &Error{Path: d.place(), Err: fmt.Errorf("%w: "+format, append([]any{ErrSchema}, args...)...)}
}

// broken says why no further value could be read.
func (d *document) broken(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return &Error{Path: d.place(), Err: fmt.Errorf("%w after %d bytes", fetch.ErrTruncated, d.dec.InputOffset())}
	}
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		err = fmt.Errorf("byte %d: %w", syntax.ByteOffset, syntax.Err)
	}
	if d.dec.StackDepth() == 0 {
		return &Error{Err: fmt.Errorf("%w: %w", ErrNotJSON, err)}
	}
	return &Error{Path: d.place(), Err: fmt.Errorf("%w: damaged JSON: %w", ErrSchema, err)}
}

func (d *document) token() (jsontext.Token, error) {
	t, err := d.dec.ReadToken()
	if err != nil {
		return t, d.broken(err)
	}
	return t, nil
}

func (d *document) skip() error {
	if err := d.dec.SkipValue(); err != nil {
		return d.broken(err)
	}
	return nil
}

// end makes sure that nothing follows the value.
func (d *document) end() error {
	if _, err := d.dec.ReadToken(); !errors.Is(err, io.EOF) {
		return &Error{Err: fmt.Errorf("%w: more follows the document's end at byte %d", ErrSchema, d.dec.InputOffset())}
	}
	return nil
}

// complaints are members of the objects that stand in for an answer when something went wrong.
var complaints = []string{"error", "message", "errorMessage"}

// object calls member for every member's name; member must read or skip the value. It keeps a complaint to itself.
func (d *document) object(member func(name string) error) error {
	t, err := d.token()
	if err != nil {
		return err
	}
	if t.Kind() != beginObject {
		return d.fail("want an object, got %s", kindName(t))
	}
	for d.dec.PeekKind() != endObject {
		name, err := d.token()
		if err != nil {
			return err
		}
		key := name.String()
		if d.dec.StackDepth() == 1 && slices.Contains(complaints, key) && d.dec.PeekKind() == text {
			if d.said, err = d.text(); err != nil {
				return err
			}
			continue
		}
		if err := member(key); err != nil {
			return err
		}
	}
	_, err = d.token()
	return err
}

// array calls element for every element, which it must read or skip.
func (d *document) array(element func() error) error {
	t, err := d.token()
	if err != nil {
		return err
	}
	if t.Kind() != beginArray {
		return d.fail("want a list, got %s", kindName(t))
	}
	for d.dec.PeekKind() != endArray {
		if err := element(); err != nil {
			return err
		}
	}
	_, err = d.token()
	return err
}

// text reads a string; null is "".
func (d *document) text() (string, error) {
	t, err := d.token()
	switch {
	case err != nil:
		return "", err
	case t.Kind() == null:
		return "", nil
	case t.Kind() != text:
		return "", d.fail("want a text, got %s", kindName(t))
	}
	return t.String(), nil
}

// number reads a number, also one written as a string; null is a number that is not there.
func (d *document) number() (number, error) {
	t, err := d.token()
	if err != nil {
		return number{}, err
	}
	switch t.Kind() {
	case null:
		return number{}, nil
	case numeral, text:
		n, err := parseNumber(t.String())
		if err != nil {
			return number{}, d.fail("%w", err)
		}
		return n, nil
	}
	return number{}, d.fail("want a number, got %s", kindName(t))
}

// latestTime is an upper bound for dates that tells seconds from milliseconds: the year 2100.
const latestTime = 4102444800

// time reads seconds since 1970, as a number or a string.
func (d *document) time() (int64, error) {
	t, err := d.token()
	if err != nil {
		return 0, err
	}
	if t.Kind() != numeral && t.Kind() != text {
		return 0, d.fail("want a date in seconds, got %s", kindName(t))
	}
	at, err := strconv.ParseFloat(t.String(), 64)
	if err != nil || !(at >= 0 && at <= latestTime) {
		return 0, d.fail("%q is no date in seconds since 1970", clip(t.String()))
	}
	return int64(at), nil
}

// clip bounds what a message quotes.
func clip(s string) string {
	if len(s) > 40 {
		return s[:40] + "…"
	}
	return s
}

func kindName(t jsontext.Token) string {
	switch t.Kind() {
	case null:
		return "null"
	case yes, no:
		return "a truth value"
	case text:
		return fmt.Sprintf("the text %q", clip(t.String()))
	case numeral:
		return "the number " + clip(t.String())
	case beginObject:
		return "an object"
	case beginArray:
		return "a list"
	}
	return t.Kind().String()
}
