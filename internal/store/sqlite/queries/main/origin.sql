-- name: InsertOrigin :one
INSERT INTO origin (kind, source, url, sha256, note, fetched_at, payload_id, payload_len)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
RETURNING id;

-- name: GetOrigin :one
SELECT id, kind, source, url, sha256, note, fetched_at, payload_id, payload_len FROM origin WHERE id = sqlc.arg(id);

-- name: DeleteOriginUnlessUsed :exec
DELETE FROM origin
WHERE origin.id = sqlc.arg(id)
  AND NOT EXISTS (SELECT 1 FROM observation AS o WHERE o.origin = sqlc.arg(id))
  AND NOT EXISTS (SELECT 1 FROM quarantine AS q WHERE q.origin = sqlc.arg(id));
