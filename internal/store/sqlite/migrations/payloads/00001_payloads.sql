-- +goose Up

-- Answers of upstreams. A body is compressed with zstd, with the body of base as its dictionary where there is one.
-- chain is the id of the full copy that it goes back to, place its number after that one: the base of place n is n without its
-- lowest bit, so that the way back has as many steps as n has bits. An expired payload has no body, and keeps the rest.
CREATE TABLE payload (
  id           INTEGER PRIMARY KEY,
  sha256       TEXT    NOT NULL UNIQUE,
  source       TEXT    NOT NULL,
  url          TEXT    NOT NULL,
  content_type TEXT    NOT NULL,
  fetched_at   INTEGER NOT NULL, -- first
  seen_at      INTEGER NOT NULL, -- last
  size         INTEGER NOT NULL, -- of the answer, in bytes
  base         INTEGER REFERENCES payload (id),
  chain        INTEGER NOT NULL,
  place        INTEGER NOT NULL,
  body         BLOB
) STRICT;

CREATE INDEX payload_url ON payload (url, id) WHERE body IS NOT NULL;
CREATE UNIQUE INDEX payload_place ON payload (chain, place) WHERE body IS NOT NULL;
