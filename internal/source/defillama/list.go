package defillama

import (
	"fmt"
	"slices"
)

// required reads an object like object does and makes sure that it has those members.
func (d *document) required(names []string, member func(name string) error) error {
	missing := slices.Clone(names)
	err := d.object(func(name string) error {
		missing = slices.DeleteFunc(missing, func(m string) bool { return m == name })
		return member(name)
	})
	if err != nil || len(missing) == 0 {
		return err
	}
	return d.instead("%q is missing", missing[0])
}

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
	if err := d.object(func(string) error { return d.skip() }); err != nil {
		return err
	}
	return d.instead("want %s, got an object", wanted)
}

// instead is what the upstream said in the place of its answer, else what is wrong with the answer.
func (d *document) instead(format string, args ...any) error {
	if d.said != "" {
		return &Error{Err: fmt.Errorf("%w: %q", ErrUpstream, clip(d.said))}
	}
	return d.fail(format, args...)
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
