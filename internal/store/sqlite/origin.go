package sqlite

import (
	"context"

	"beleg/internal/market"
	"beleg/internal/store/sqlite/maindb"
)

// Origin gives what observations rest on; errors wrap market.ErrNotFound.
func (s *Store) Origin(ctx context.Context, id int64) (market.Origin, error) {
	row, err := s.read.GetOrigin(ctx, id)
	return originOf(row), failed(err, "read origin %d", id)
}

// Origins gives origins by id; ids that do not exist are left out.
func (s *Store) Origins(ctx context.Context, ids ...int64) (map[int64]market.Origin, error) {
	origins := make(map[int64]market.Origin, len(ids))
	err := s.view(ctx, func(q *maindb.Queries) error {
		for _, id := range ids {
			if _, done := origins[id]; done {
				continue
			}
			row, found, err := maybe(q.GetOrigin(ctx, id))
			if err != nil {
				return err
			}
			if found {
				origins[id] = originOf(row)
			}
		}
		return nil
	})
	return origins, failed(err, "read origins")
}

func originOf(r maindb.Origin) market.Origin {
	return market.Origin{ID: r.ID, Kind: market.OriginKind(r.Kind), Source: r.Source, URL: r.Url, SHA256: r.Sha256, Note: r.Note,
		FetchedAt: instant(r.FetchedAt), PayloadID: r.PayloadID, PayloadLen: r.PayloadLen}
}
