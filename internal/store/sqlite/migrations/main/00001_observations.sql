-- +goose Up

-- Times are Unix seconds, UTC. A period is one integer, the number of its first day since 1970-01-01 times eight plus
-- its granularity (1 day, 2 month, 3 quarter, 4 half, 5 year), so that periods sort by start, then by length.

CREATE TABLE series (
  id         INTEGER PRIMARY KEY,
  slug       TEXT    NOT NULL UNIQUE,
  source     TEXT    NOT NULL,
  metric     TEXT    NOT NULL,
  subject    TEXT    NOT NULL,
  unit       TEXT    NOT NULL,
  frequency  TEXT    NOT NULL,
  catalogued INTEGER NOT NULL CHECK (catalogued IN (0, 1)), -- 0: no longer in the catalogue
  added_at   INTEGER NOT NULL
) STRICT;

-- Ids that a series had before it was renamed.
CREATE TABLE series_alias (
  slug   TEXT    NOT NULL PRIMARY KEY,
  series INTEGER NOT NULL REFERENCES series (id)
) STRICT, WITHOUT ROWID;

-- payload_id is of the other file and therefore no foreign key; 0 where there is no payload.
CREATE TABLE origin (
  id          INTEGER PRIMARY KEY,
  kind        TEXT    NOT NULL CHECK (kind IN ('payload', 'import', 'correction')),
  source      TEXT    NOT NULL,
  url         TEXT    NOT NULL,
  sha256      TEXT    NOT NULL,
  note        TEXT    NOT NULL,
  fetched_at  INTEGER NOT NULL,
  payload_id  INTEGER NOT NULL,
  payload_len INTEGER NOT NULL
) STRICT;

-- Versions of a value; the current one has no replaced_at. A withdrawn version has no value.
CREATE TABLE observation (
  series      INTEGER NOT NULL REFERENCES series (id),
  period      INTEGER NOT NULL,
  version     INTEGER NOT NULL CHECK (version > 0),
  value       REAL             CHECK ((value IS NULL) = (status = 'withdrawn')),
  exact       TEXT    NOT NULL, -- the number's own text where a REAL does not hold it, else ''
  status      TEXT    NOT NULL CHECK (status IN ('final', 'provisional', 'withdrawn')),
  origin      INTEGER NOT NULL REFERENCES origin (id),
  recorded_at INTEGER NOT NULL,
  replaced_at INTEGER          CHECK (replaced_at >= recorded_at),
  backfilled  INTEGER NOT NULL CHECK (backfilled IN (0, 1)),
  PRIMARY KEY (series, period, version)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX observation_current ON observation (series, period) WHERE replaced_at IS NULL;
CREATE INDEX observation_origin ON observation (origin);

-- What guards hold back; value is null for not-a-number. An entry is settled once a value of its period is accepted.
CREATE TABLE quarantine (
  id          INTEGER PRIMARY KEY,
  series      INTEGER NOT NULL REFERENCES series (id),
  period      INTEGER NOT NULL,
  value       REAL,
  reason      TEXT    NOT NULL,
  origin      INTEGER NOT NULL REFERENCES origin (id),
  recorded_at INTEGER NOT NULL,
  settled_at  INTEGER
) STRICT;

CREATE INDEX quarantine_origin ON quarantine (origin);
CREATE UNIQUE INDEX quarantine_value ON quarantine (series, period, ifnull(value, 'not a number'));

