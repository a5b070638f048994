package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"beleg/internal/market"
	"beleg/internal/store/sqlite/payloaddb"
)

// maxLinks ends the way back to a full copy should a damaged file lead in circles; it has as many steps as a place has bits.
const maxLinks = 64

// Payload gives an answer of an upstream byte for byte, by the hash of its body in hex. Where retention has removed the
// body, the rest is given and the error wraps market.ErrExpired.
func (s *Store) Payload(ctx context.Context, sha256 string) (market.Payload, error) {
	var p market.Payload
	err := s.payloads.view(ctx, func(tx *sql.Tx) error {
		q := s.readPayload.WithTx(tx)
		row, err := q.PayloadBySHA(ctx, sha256)
		if err != nil {
			return err
		}
		p = market.Payload{Source: row.Source, URL: row.Url, SHA256: row.Sha256, ContentType: row.ContentType, FetchedAt: instant(row.FetchedAt)}
		if row.Body == nil {
			return market.ErrExpired
		}
		p.Body, err = s.body(ctx, q, row)
		return err
	})
	return p, failed(err, "read payload %s", sha256)
}

// ExpirePayloads removes the bodies of answers older than Config.PayloadKeep and gives their number; hash, URL and time
// stay. A body that a younger answer needs as its dictionary stays as long as that one.
func (s *Store) ExpirePayloads(ctx context.Context) (int, error) {
	if s.cfg.PayloadKeep < 0 {
		return 0, nil
	}
	var n int64
	err := s.payloads.transact(ctx, func(ctx context.Context, tx *prepared) error {
		var err error
		n, err = payloaddb.New(tx).ExpirePayloads(ctx, s.cfg.Now().Add(-s.cfg.PayloadKeep).Unix())
		return err
	})
	return int(n), failed(err, "expire payloads")
}

// keepPayload stores an answer, once for each hash, and gives its id.
func (s *Store) keepPayload(ctx context.Context, p market.Payload) (int64, error) {
	var id int64
	err := s.payloads.transact(ctx, func(ctx context.Context, tx *prepared) error {
		var err error
		id, err = s.putPayload(ctx, payloaddb.New(tx), p)
		return err
	})
	return id, failed(err, "keep payload %s", p.SHA256)
}

func (s *Store) putPayload(ctx context.Context, q *payloaddb.Queries, p market.Payload) (int64, error) {
	at := seconds(p.FetchedAt)
	known, found, err := maybe(q.PayloadBySHA(ctx, p.SHA256))
	switch {
	case err != nil:
		return 0, err
	case found && known.Body != nil:
		return known.ID, q.SeePayload(ctx, at, known.ID)
	case found:
		packed, err := s.packer.pack(p.Body, nil)
		if err != nil {
			return 0, err
		}
		return known.ID, q.RestorePayload(ctx, payloaddb.RestorePayloadParams{SeenAt: at, Body: packed, ID: known.ID})
	}
	row, err := s.packed(ctx, q, p)
	if err != nil {
		return 0, err
	}
	id, err := q.InsertPayload(ctx, row)
	if err == nil && row.Base == nil {
		err = q.RootChain(ctx, id)
	}
	return id, err
}

// packed is the row of an answer, compressed with an earlier one of the same URL as its dictionary where that is possible.
func (s *Store) packed(ctx context.Context, q *payloaddb.Queries, p market.Payload) (payloaddb.InsertPayloadParams, error) {
	row := payloaddb.InsertPayloadParams{Sha256: p.SHA256, Source: p.Source, Url: p.URL, ContentType: p.ContentType,
		FetchedAt: seconds(p.FetchedAt), Size: int64(len(p.Body))}
	earlier, err := s.dictionary(ctx, q, &row)
	if err != nil {
		return row, err
	}
	row.Body, err = s.packer.pack(p.Body, earlier)
	return row, err
}

// dictionary finds what to compress an answer with and enters it in the row. It is nil where a full copy is to be made: of the
// first answer, once the last full copy is old or many answers back, and of an answer that would cost too much memory.
func (s *Store) dictionary(ctx context.Context, q *payloaddb.Queries, row *payloaddb.InsertPayloadParams) ([]byte, error) {
	newest, found, err := maybe(q.NewestOfURL(ctx, row.Url))
	if err != nil || !found {
		return nil, err
	}
	place := newest.Place + 1
	if place >= int64(s.cfg.PayloadFullEvery) || row.Size > s.cfg.PayloadDeltaMax ||
		row.FetchedAt-newest.BeganAt >= int64(s.cfg.PayloadFullAfter/time.Second) {
		return nil, nil
	}
	base, found, err := maybe(q.PayloadAt(ctx, newest.Chain, basePlace(place)))
	if err != nil || !found {
		return nil, err
	}
	earlier, err := s.body(ctx, q, payloaddb.PayloadBySHARow(base))
	if errors.Is(err, ErrCorrupt) { // a damaged predecessor must not stand in the way of what comes after it
		s.cfg.Logger.ErrorContext(ctx, "a stored answer cannot be read", "sha256", base.Sha256, "url", base.Url, "error", err)
		return nil, nil
	}
	row.Base, row.Chain, row.Place = &base.ID, newest.Chain, place
	return earlier, err
}

// basePlace is the place in its chain of what an answer is compressed with: its own without the lowest bit. An answer then has as
// many on its way back as its place has bits, and one that adds a little to a history still finds most of it there.
func basePlace(place int64) int64 { return place & (place - 1) }

// body unpacks an answer, from the last full copy on. What is missing or damaged wraps ErrCorrupt.
func (s *Store) body(ctx context.Context, q *payloaddb.Queries, row payloaddb.PayloadBySHARow) ([]byte, error) {
	parts := [][]byte{row.Body}
	for base := row.Base; base != nil; {
		link, found, err := maybe(q.PayloadLink(ctx, *base))
		if err != nil {
			return nil, err
		}
		if !found || link.Body == nil || len(parts) > maxLinks {
			return nil, fmt.Errorf("%w: a body that it builds on is missing", ErrCorrupt)
		}
		parts = append(parts, link.Body)
		base = link.Base
	}
	var b []byte
	for _, part := range slices.Backward(parts) {
		var err error
		if b, err = s.packer.unpack(part, b); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
		}
	}
	if hash(b) != row.Sha256 {
		return nil, fmt.Errorf("%w: the hash is another one", ErrCorrupt)
	}
	return b, nil
}
