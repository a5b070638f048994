package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"beleg/internal/market"
	"beleg/internal/store/sqlite/payloaddb"
)

// maxLinks ends the way back to a full copy should a damaged file lead in circles; Config.PayloadFullEvery is far below.
const maxLinks = 10_000

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
	if err != nil {
		return 0, err
	}
	if found && known.Body != nil {
		return known.ID, q.TouchPayload(ctx, at, known.ID)
	}
	packed, err := s.pack(ctx, q, p)
	if err != nil {
		return 0, err
	}
	id := known.ID
	if found {
		err = q.RestorePayload(ctx, payloaddb.RestorePayloadParams{FetchedAt: at, Base: packed.base, Chain: packed.chain,
			Links: packed.links, Body: packed.body, ID: id})
	} else {
		id, err = q.InsertPayload(ctx, payloaddb.InsertPayloadParams{Sha256: p.SHA256, Source: p.Source, Url: p.URL,
			ContentType: p.ContentType, FetchedAt: at, Size: int64(len(p.Body)), Base: packed.base, Chain: packed.chain,
			Links: packed.links, Body: packed.body})
	}
	if err == nil && packed.base == nil {
		err = q.RootChain(ctx, id)
	}
	return id, err
}

// packedBody is a body as it is stored. chain is that of its base; a body without one begins a chain of its own.
type packedBody struct {
	body  []byte
	base  *int64
	chain int64
	links int64
}

// pack compresses an answer with the newest one of the same URL as its dictionary. Full copies are made of the first one, of
// one from which the way back to the last full copy would get long, and of those that would cost too much memory.
func (s *Store) pack(ctx context.Context, q *payloaddb.Queries, p market.Payload) (packedBody, error) {
	newest, found, err := maybe(q.NewestOfURL(ctx, p.URL))
	if err != nil {
		return packedBody{}, err
	}
	if !found || newest.Links+1 >= int64(s.cfg.PayloadFullEvery) || max(newest.Size, int64(len(p.Body))) > s.cfg.PayloadDeltaMax {
		return s.packFull(p)
	}
	row, err := q.PayloadBySHA(ctx, newest.Sha256)
	if err != nil {
		return packedBody{}, err
	}
	earlier, err := s.body(ctx, q, row)
	if errors.Is(err, ErrCorrupt) { // a damaged predecessor must not stand in the way of what comes after it
		s.cfg.Logger.ErrorContext(ctx, "a stored answer cannot be read", "sha256", row.Sha256, "url", row.Url, "error", err)
		return s.packFull(p)
	}
	if err != nil {
		return packedBody{}, err
	}
	packed, err := s.packer.pack(p.Body, earlier)
	return packedBody{body: packed, base: &newest.ID, chain: newest.Chain, links: newest.Links + 1}, err
}

func (s *Store) packFull(p market.Payload) (packedBody, error) {
	packed, err := s.packer.pack(p.Body, nil)
	return packedBody{body: packed}, err
}

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
