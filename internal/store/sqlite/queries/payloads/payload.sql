-- name: PayloadBySHA :one
SELECT id, sha256, source, url, content_type, fetched_at, base, body FROM payload WHERE sha256 = sqlc.arg(sha256);

-- name: PayloadLink :one
SELECT base, body FROM payload WHERE id = sqlc.arg(id);

-- name: NewestOfURL :one
SELECT p.chain, p.place, root.fetched_at AS began_at
FROM payload AS p JOIN payload AS root ON root.id = p.chain
WHERE p.url = sqlc.arg(url) AND p.body IS NOT NULL
ORDER BY p.id DESC LIMIT 1;

-- name: PayloadAt :one
SELECT id, sha256, source, url, content_type, fetched_at, base, body FROM payload
WHERE chain = sqlc.arg(chain) AND place = sqlc.arg(place) AND body IS NOT NULL;

-- name: InsertPayload :one
INSERT INTO payload (sha256, source, url, content_type, fetched_at, seen_at, size, base, chain, place, body)
VALUES (sqlc.arg(sha256), sqlc.arg(source), sqlc.arg(url), sqlc.arg(content_type), sqlc.arg(fetched_at), sqlc.arg(fetched_at), sqlc.arg(size),
  sqlc.narg(base), sqlc.arg(chain), sqlc.arg(place), sqlc.arg(body))
RETURNING id;

-- name: RootChain :exec
UPDATE payload SET chain = id WHERE id = sqlc.arg(id);

-- name: RestorePayload :exec
UPDATE payload SET seen_at = sqlc.arg(seen_at), base = NULL, chain = id, place = 0, body = sqlc.arg(body) WHERE id = sqlc.arg(id);

-- name: SeePayload :exec
UPDATE payload SET seen_at = sqlc.arg(seen_at)
WHERE id = sqlc.arg(id) AND seen_at < sqlc.arg(seen_at);

-- name: ExpirePayloads :execrows
UPDATE payload SET body = NULL, base = NULL
WHERE payload.body IS NOT NULL AND payload.seen_at < sqlc.arg(before)
  AND NOT EXISTS (
    SELECT 1 FROM payload AS young
    WHERE young.chain = payload.chain AND young.body IS NOT NULL AND young.seen_at >= sqlc.arg(before));

-- name: PayloadsAfter :many
SELECT id, sha256, source, url, content_type, fetched_at, base, body FROM payload
WHERE id > sqlc.arg(after) AND body IS NOT NULL
ORDER BY id LIMIT sqlc.arg(most);
