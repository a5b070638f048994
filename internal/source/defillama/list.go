package defillama

import (
	"fmt"
	"slices"
)

// required reads an object like object does and makes sure that it has those members.
func (d *document) required(names []string, member func(name string) error) error {
	missing := slices.Clone(names)
	var complaint string
	depth := d.dec.StackDepth()
	err := d.object(func(name string) error {
		if depth == 0 && complaint == "" && slices.Contains(complaints, name) && !slices.Contains(names, name) && d.dec.PeekKind() == text {
			var err error
			complaint, err = d.text()
			return err
		}
		missing = slices.DeleteFunc(missing, func(m string) bool { return m == name })
		return member(name)
	})
	switch {
	case err != nil || len(missing) == 0:
		return err
	case complaint != "":
		return &Error{Err: fmt.Errorf("%w: %q", ErrUpstream, clip(complaint))}
	}
	return d.fail("%q is missing", missing[0])
}

// complaints are members of the objects that stand in for an answer when something went wrong.
var complaints = []string{"error", "message", "errorMessage"}

// finish makes sure that the document ends where its value does.
func (d *document) finish(err error) error {
	if err != nil {
		return err
	}
	return d.end()
}

// list reads an array like array does; at the document's top an object in its place is the upstream's complaint.
func (d *document) list(element func() error) error {
	if d.dec.StackDepth() == 0 && d.dec.PeekKind() == beginObject {
		return d.complaint("a list")
	}
	return d.array(element)
}

// complaint reads the object that stands where something else was wanted.
func (d *document) complaint(wanted string) error {
	var found string
	err := d.object(func(name string) error {
		if found != "" || !slices.Contains(complaints, name) || d.dec.PeekKind() != text {
			return d.skip()
		}
		var err error
		found, err = d.text()
		return err
	})
	switch {
	case err != nil:
		return err
	case found != "":
		return &Error{Err: fmt.Errorf("%w: %q", ErrUpstream, clip(found))}
	}
	return &Error{Err: fmt.Errorf("%w: want %s, got an object", ErrSchema, wanted)}
}

// daily reads a list of objects with a date and a value of that name.
func (d *document) daily(value string) (history, error) {
	var h history
	names := []string{"date", value}
	err := d.list(func() error {
		var s sample
		err := d.required(names, func(member string) (err error) {
			switch member {
			case "date":
				s.at, err = d.time()
			case value:
				s.number, err = d.number()
			default:
				err = d.skip()
			}
			return err
		})
		if err == nil && s.given() {
			h = append(h, s)
		}
		return err
	})
	return h, err
}

// pairs reads a list of pairs of date and value.
func (d *document) pairs() (history, error) {
	var h history
	err := d.array(func() error {
		var s sample
		n := 0
		err := d.array(func() (err error) {
			switch n {
			case 0:
				s.at, err = d.time()
			case 1:
				s.number, err = d.number()
			default:
				err = d.skip()
			}
			n++
			return err
		})
		if err != nil {
			return err
		}
		if n != 2 {
			return d.fail("want a pair of date and value, got %d elements", n)
		}
		if s.given() {
			h = append(h, s)
		}
		return nil
	})
	return h, err
}
