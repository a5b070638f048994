-- +goose Up

CREATE TABLE job (
  id     INTEGER PRIMARY KEY,
  slug   TEXT    NOT NULL UNIQUE,
  source TEXT    NOT NULL
) STRICT;

CREATE TABLE run (
  id                INTEGER PRIMARY KEY,
  job               INTEGER NOT NULL REFERENCES job (id),
  source            TEXT    NOT NULL,
  started_at        INTEGER NOT NULL,
  ended_at          INTEGER,
  outcome           TEXT    NOT NULL CHECK (outcome IN ('running', 'ok', 'not-modified', 'failed', 'interrupted')),
  backfill          INTEGER NOT NULL CHECK (backfill IN (0, 1)),
  message           TEXT    NOT NULL,
  new_count         INTEGER NOT NULL DEFAULT 0,
  revised_count     INTEGER NOT NULL DEFAULT 0,
  provisional_count INTEGER NOT NULL DEFAULT 0,
  unchanged_count   INTEGER NOT NULL DEFAULT 0,
  withdrawn_count   INTEGER NOT NULL DEFAULT 0,
  held_count        INTEGER NOT NULL DEFAULT 0,
  bytes             INTEGER NOT NULL DEFAULT 0,
  CHECK ((ended_at IS NULL) = (outcome = 'running'))
) STRICT;

CREATE INDEX run_of_job ON run (job, id);
CREATE INDEX run_running ON run (id) WHERE outcome = 'running';
CREATE INDEX run_good ON run (job, id) WHERE outcome IN ('ok', 'not-modified');
CREATE INDEX run_backfill ON run (job) WHERE backfill = 1 AND outcome = 'ok';

-- What upstreams said about the freshness of their answers.
CREATE TABLE validator (
  url           TEXT    NOT NULL PRIMARY KEY,
  etag          TEXT    NOT NULL,
  last_modified TEXT    NOT NULL,
  updated_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
