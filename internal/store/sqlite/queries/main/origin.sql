-- name: InsertOrigin :one
INSERT INTO origin (kind, source, url, sha256, note, fetched_at, payload_id, payload_len)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
RETURNING id;

-- name: GetOrigin :one
SELECT id, kind, source, url, sha256, note, fetched_at, payload_id, payload_len FROM origin WHERE id = sqlc.arg(id);
