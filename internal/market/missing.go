package market

import "errors"

// What a store wraps when it cannot give what was asked for, so that readers need not know which store it is.
var (
	ErrNotFound = errors.New("not found") // nothing goes by that id, slug or hash
	ErrExpired  = errors.New("expired")   // it was there; retention has removed it
)
