-- +goose Up

-- What stays the same of a post through its versions; version is the current one.
CREATE TABLE post (
  id            INTEGER PRIMARY KEY,
  slug          TEXT    NOT NULL UNIQUE,
  identity      TEXT    NOT NULL UNIQUE,
  demonstration INTEGER NOT NULL CHECK (demonstration IN (0, 1)),
  version       INTEGER NOT NULL
) STRICT;

-- published is a period as in observation, null where unknown. sources, defaults and warnings are JSON; raw and text
-- are compressed with zstd, text as JSON.
CREATE TABLE post_version (
  id             INTEGER PRIMARY KEY,
  post           INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  version        INTEGER NOT NULL,
  url            TEXT    NOT NULL,
  path           TEXT    NOT NULL,
  title          TEXT    NOT NULL,
  author         TEXT    NOT NULL,
  lang           TEXT    NOT NULL,
  published      INTEGER,
  published_from TEXT    NOT NULL,
  translation    TEXT    NOT NULL,
  sources        TEXT    NOT NULL,
  defaults       TEXT    NOT NULL,
  warnings       TEXT    NOT NULL,
  byte_offset    INTEGER NOT NULL,
  sha256         TEXT    NOT NULL,
  reader         TEXT    NOT NULL,
  raw            BLOB    NOT NULL,
  text           BLOB    NOT NULL,
  post_sha256    TEXT    NOT NULL, -- of the columns above and
  figures_sha256 TEXT    NOT NULL, -- of the figures as stored, to see whether anything changes
  recorded_at    INTEGER NOT NULL,
  UNIQUE (post, version)
) STRICT;

CREATE INDEX post_version_translation ON post_version (translation) WHERE translation <> '';

-- Figures of a version, in text order. id is the figure's own and the same in each version that states it.
-- series and subject repeat what the body (JSON) says, to find figures by.
CREATE TABLE figure (
  post_version INTEGER NOT NULL REFERENCES post_version (id) ON DELETE CASCADE,
  place        INTEGER NOT NULL,
  id           TEXT    NOT NULL,
  series       TEXT    NOT NULL,
  subject      TEXT    NOT NULL,
  body         TEXT    NOT NULL,
  PRIMARY KEY (post_version, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX figure_id ON figure (id);
CREATE INDEX figure_series ON figure (series) WHERE series <> '';
CREATE INDEX figure_subject ON figure (subject) WHERE subject <> '';
