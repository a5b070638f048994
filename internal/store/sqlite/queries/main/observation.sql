-- name: CurrentVersions :many
SELECT period, version, value, exact, status, origin, recorded_at, backfilled
FROM observation
WHERE series = sqlc.arg(series) AND period >= sqlc.arg(first) AND period <= sqlc.arg(last) AND replaced_at IS NULL
ORDER BY period;

-- name: InsertObservation :exec
INSERT INTO observation (series, period, version, value, exact, status, origin, recorded_at, backfilled)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: ReplaceObservation :exec
UPDATE observation SET replaced_at = sqlc.arg(replaced_at)
WHERE series = sqlc.arg(series) AND period = sqlc.arg(period) AND version = sqlc.arg(version);

-- name: OverwriteObservation :exec
UPDATE observation
SET value = sqlc.arg(value), exact = sqlc.arg(exact), status = sqlc.arg(status), origin = sqlc.arg(origin),
    recorded_at = sqlc.arg(recorded_at), backfilled = sqlc.arg(backfilled)
WHERE series = sqlc.arg(series) AND period = sqlc.arg(period) AND version = sqlc.arg(version);

-- name: CurrentObservations :many
SELECT *
FROM observation
WHERE series = sqlc.arg(series) AND period >= sqlc.arg(first) AND period <= sqlc.arg(last)
  AND replaced_at IS NULL AND status <> 'withdrawn'
ORDER BY period DESC
LIMIT sqlc.arg(most);

-- name: ObservationsAsOf :many
SELECT *
FROM observation
WHERE series = sqlc.arg(series) AND period >= sqlc.arg(first) AND period <= sqlc.arg(last)
  AND recorded_at < sqlc.arg(instant) AND (replaced_at IS NULL OR replaced_at >= sqlc.arg(instant))
  AND status <> 'withdrawn'
ORDER BY period DESC
LIMIT sqlc.arg(most);

-- name: EarliestObservations :many
SELECT o.*
FROM observation AS o
WHERE o.series = sqlc.arg(series) AND o.period >= sqlc.arg(first) AND o.period <= sqlc.arg(last)
  AND o.recorded_at < sqlc.arg(instant) AND o.status <> 'withdrawn'
  AND NOT EXISTS (
    SELECT 1 FROM observation AS e
    WHERE e.series = o.series AND e.period = o.period AND e.version < o.version AND e.status <> 'withdrawn')
ORDER BY o.period DESC
LIMIT sqlc.arg(most);

-- name: Revisions :many
SELECT *
FROM observation
WHERE series = sqlc.arg(series) AND period >= sqlc.arg(first) AND period <= sqlc.arg(last)
  AND replaced_at IS NOT NULL AND status = 'final'
ORDER BY period, version;

-- name: EarliestVintage :one
SELECT CAST(ifnull(min(recorded_at), 0) AS INTEGER) AS recorded_at, count(*) AS versions
FROM observation WHERE series = sqlc.arg(series);

-- name: NewestFinal :one
SELECT period, value FROM observation
WHERE series = sqlc.arg(series) AND replaced_at IS NULL AND status = 'final'
ORDER BY period DESC LIMIT 1;

-- name: CountFinal :one
SELECT count(*) FROM observation WHERE series = sqlc.arg(series) AND replaced_at IS NULL AND status = 'final';

-- name: FirstCurrent :one
SELECT period FROM observation
WHERE series = sqlc.arg(series) AND replaced_at IS NULL AND status <> 'withdrawn'
ORDER BY period LIMIT 1;

-- name: LastCurrent :one
SELECT period, recorded_at FROM observation
WHERE series = sqlc.arg(series) AND replaced_at IS NULL AND status <> 'withdrawn'
ORDER BY period DESC LIMIT 1;

-- name: CountCurrent :one
SELECT count(*) FROM observation WHERE series = sqlc.arg(series) AND replaced_at IS NULL AND status <> 'withdrawn';
