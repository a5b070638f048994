-- name: PayloadBySHA :one
SELECT id, sha256, source, url, content_type, fetched_at, size, base, body FROM payload WHERE sha256 = sqlc.arg(sha256);

-- name: PayloadLink :one
SELECT base, body FROM payload WHERE id = sqlc.arg(id);

-- name: NewestOfURL :one
SELECT id, sha256, size, chain, links FROM payload
WHERE url = sqlc.arg(url) AND body IS NOT NULL
ORDER BY id DESC LIMIT 1;

-- name: InsertPayload :one
INSERT INTO payload (sha256, source, url, content_type, fetched_at, size, base, chain, links, body)
VALUES (sqlc.arg(sha256), sqlc.arg(source), sqlc.arg(url), sqlc.arg(content_type), sqlc.arg(fetched_at), sqlc.arg(size),
  sqlc.narg(base), sqlc.arg(chain), sqlc.arg(links), sqlc.arg(body))
RETURNING id;

-- name: RootChain :exec
UPDATE payload SET chain = id WHERE id = sqlc.arg(id);

-- name: RestorePayload :exec
UPDATE payload
SET fetched_at = sqlc.arg(fetched_at), base = sqlc.narg(base), chain = sqlc.arg(chain), links = sqlc.arg(links), body = sqlc.arg(body)
WHERE id = sqlc.arg(id);

-- name: TouchPayload :exec
UPDATE payload SET fetched_at = sqlc.arg(fetched_at)
WHERE id = sqlc.arg(id) AND fetched_at < sqlc.arg(fetched_at);

-- name: ExpirePayloads :execrows
UPDATE payload SET body = NULL, base = NULL
WHERE payload.body IS NOT NULL AND payload.fetched_at < sqlc.arg(before)
  AND NOT EXISTS (
    SELECT 1 FROM payload AS young
    WHERE young.chain = payload.chain AND young.body IS NOT NULL AND young.fetched_at >= sqlc.arg(before));
