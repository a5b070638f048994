-- name: HeldOfSeries :many
SELECT id, period, value, settled_at FROM quarantine
WHERE series = sqlc.arg(series) AND period >= sqlc.arg(first) AND period <= sqlc.arg(last);

-- name: InsertHeld :exec
INSERT INTO quarantine (series, period, value, reason, origin, recorded_at)
VALUES (sqlc.arg(series), sqlc.arg(period), sqlc.arg(value), sqlc.arg(reason), sqlc.arg(origin), sqlc.arg(recorded_at));

-- name: HoldAgain :exec
UPDATE quarantine
SET reason = sqlc.arg(reason), origin = sqlc.arg(origin), recorded_at = sqlc.arg(recorded_at), settled_at = NULL
WHERE id = sqlc.arg(id);

-- name: SettleHeld :exec
UPDATE quarantine SET settled_at = sqlc.arg(settled_at) WHERE id = sqlc.arg(id);

-- name: ListHeld :many
SELECT q.id, s.slug, q.period, q.value, q.reason, q.origin, q.recorded_at
FROM quarantine AS q JOIN series AS s ON s.id = q.series
WHERE q.settled_at IS NULL AND (CAST(sqlc.arg(series) AS INTEGER) = 0 OR q.series = sqlc.arg(series))
ORDER BY q.recorded_at DESC, q.id DESC
LIMIT sqlc.arg(most);

-- name: NewestHeldAfter :one
SELECT q.id, s.slug, q.period, q.value, q.reason, q.origin, q.recorded_at
FROM quarantine AS q JOIN series AS s ON s.id = q.series
WHERE q.series = sqlc.arg(series) AND q.settled_at IS NULL AND q.period > sqlc.arg(period)
ORDER BY q.period DESC, q.id DESC
LIMIT 1;
