-- name: PutJob :one
INSERT INTO job (slug, source) VALUES (sqlc.arg(slug), sqlc.arg(source))
ON CONFLICT (slug) DO UPDATE SET source = excluded.source
RETURNING id;

-- name: InsertRun :one
INSERT INTO run (job, source, started_at, outcome, backfill, message)
VALUES (sqlc.arg(job), sqlc.arg(source), sqlc.arg(started_at), 'running', sqlc.arg(backfill), sqlc.arg(message))
RETURNING id;

-- name: EndRun :execrows
UPDATE run
SET ended_at = sqlc.arg(ended_at), outcome = sqlc.arg(outcome), message = sqlc.arg(message),
    new_count = sqlc.arg(new_count), revised_count = sqlc.arg(revised_count), provisional_count = sqlc.arg(provisional_count),
    unchanged_count = sqlc.arg(unchanged_count), withdrawn_count = sqlc.arg(withdrawn_count), held_count = sqlc.arg(held_count),
    bytes = sqlc.arg(bytes)
WHERE id = sqlc.arg(id) AND outcome IN ('running', 'interrupted');

-- name: RunOutcome :one
SELECT outcome FROM run WHERE id = sqlc.arg(id);

-- name: InterruptRuns :execrows
UPDATE run SET outcome = 'interrupted', ended_at = sqlc.arg(ended_at), message = sqlc.arg(message) WHERE outcome = 'running';

-- name: ListRuns :many
SELECT r.id, j.slug AS job, r.source, r.started_at, r.ended_at, r.outcome, r.backfill, r.message, r.new_count, r.revised_count,
  r.provisional_count, r.unchanged_count, r.withdrawn_count, r.held_count, r.bytes
FROM run AS r JOIN job AS j ON j.id = r.job
WHERE (CAST(sqlc.arg(job) AS TEXT) = '' OR j.slug = sqlc.arg(job))
  AND (CAST(sqlc.arg(source) AS TEXT) = '' OR r.source = sqlc.arg(source))
  AND r.id < sqlc.arg(before)
ORDER BY r.id DESC
LIMIT sqlc.arg(most);

-- name: JobStates :many
SELECT j.slug, r.started_at, r.outcome, r.message,
  CAST(ifnull((SELECT g.started_at FROM run AS g WHERE g.job = j.id AND g.outcome IN ('ok', 'not-modified') ORDER BY g.id DESC LIMIT 1), 0) AS INTEGER) AS succeeded_at,
  CAST((SELECT count(*) FROM run AS f WHERE f.job = j.id AND f.outcome = 'failed' AND f.id > ifnull(
    (SELECT max(g.id) FROM run AS g WHERE g.job = j.id AND g.outcome IN ('ok', 'not-modified')), 0)) AS INTEGER) AS failures,
  CAST(ifnull((SELECT b.started_at FROM run AS b WHERE b.job = j.id AND b.backfill = 1 AND b.outcome = 'ok' ORDER BY b.id DESC LIMIT 1), 0) AS INTEGER) AS backfilled_at
FROM job AS j JOIN run AS r ON r.id = (SELECT max(n.id) FROM run AS n WHERE n.job = j.id);
