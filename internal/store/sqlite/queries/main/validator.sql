-- name: GetValidators :one
SELECT etag, last_modified FROM validator WHERE url = sqlc.arg(url);

-- name: PutValidators :exec
INSERT INTO validator (url, etag, last_modified, updated_at)
VALUES (sqlc.arg(url), sqlc.arg(etag), sqlc.arg(last_modified), sqlc.arg(updated_at))
ON CONFLICT (url) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified, updated_at = excluded.updated_at;

-- name: ForgetValidators :exec
DELETE FROM validator;
