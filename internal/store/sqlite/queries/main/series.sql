-- name: ListSeries :many
SELECT id, slug, unit, catalogued FROM series ORDER BY slug;

-- name: SeriesID :one
SELECT s.id FROM series AS s WHERE s.slug = sqlc.arg(slug)
UNION ALL
SELECT a.series FROM series_alias AS a WHERE a.slug = sqlc.arg(slug)
LIMIT 1;

-- name: SeriesSlug :one
SELECT slug FROM series WHERE id = sqlc.arg(id);

-- name: InsertSeries :exec
INSERT INTO series (slug, source, metric, subject, unit, frequency, catalogued, added_at)
VALUES (sqlc.arg(slug), sqlc.arg(source), sqlc.arg(metric), sqlc.arg(subject), sqlc.arg(unit), sqlc.arg(frequency), 1, sqlc.arg(added_at));

-- name: UpdateSeries :exec
UPDATE series
SET source = sqlc.arg(source), metric = sqlc.arg(metric), subject = sqlc.arg(subject), unit = sqlc.arg(unit),
    frequency = sqlc.arg(frequency), catalogued = 1
WHERE id = sqlc.arg(id);

-- name: DropSeries :exec
UPDATE series SET catalogued = 0 WHERE id = sqlc.arg(id);

-- name: RenameSeries :exec
UPDATE series SET slug = sqlc.arg(slug) WHERE id = sqlc.arg(id);

-- name: DeleteSeries :exec
DELETE FROM series WHERE id = sqlc.arg(id);

-- name: PutAlias :exec
INSERT INTO series_alias (slug, series) VALUES (sqlc.arg(slug), sqlc.arg(series))
ON CONFLICT (slug) DO UPDATE SET series = excluded.series;

-- name: DeleteAlias :exec
DELETE FROM series_alias WHERE slug = sqlc.arg(slug);

-- name: MoveAliases :exec
UPDATE series_alias SET series = sqlc.arg(target) WHERE series = sqlc.arg(series);

-- name: SeriesInUse :one
SELECT CAST(EXISTS (SELECT 1 FROM observation WHERE observation.series = sqlc.arg(series))
  OR EXISTS (SELECT 1 FROM quarantine WHERE quarantine.series = sqlc.arg(series)) AS INTEGER);
