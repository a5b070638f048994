-- name: PostByIdentity :one
SELECT id, slug, demonstration, version FROM post WHERE identity = sqlc.arg(identity);

-- name: PostBySlug :one
SELECT id, slug, identity, demonstration, version FROM post WHERE slug = sqlc.arg(slug);

-- name: HasOwnPosts :one
SELECT CAST(EXISTS (SELECT 1 FROM post WHERE demonstration = 0) AS INTEGER);

-- name: DeleteDemonstrations :execrows
DELETE FROM post WHERE demonstration = 1;

-- name: InsertPost :one
INSERT INTO post (slug, identity, demonstration, version)
VALUES (sqlc.arg(slug), sqlc.arg(identity), sqlc.arg(demonstration), 1)
RETURNING id;

-- name: SetPostVersion :exec
UPDATE post SET version = sqlc.arg(version) WHERE id = sqlc.arg(id);

-- name: DeletePost :execrows
DELETE FROM post WHERE slug = sqlc.arg(slug);

-- name: InsertPostVersion :one
INSERT INTO post_version (post, version, url, path, title, author, lang, published, published_from, translation, sources, defaults,
  warnings, byte_offset, sha256, reader, raw, text, post_sha256, figures_sha256, recorded_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
RETURNING id;

-- name: UpdatePostVersion :exec
UPDATE post_version
SET url = sqlc.arg(url), path = sqlc.arg(path), title = sqlc.arg(title), author = sqlc.arg(author), lang = sqlc.arg(lang),
    published = sqlc.arg(published), published_from = sqlc.arg(published_from), translation = sqlc.arg(translation),
    sources = sqlc.arg(sources), defaults = sqlc.arg(defaults), warnings = sqlc.arg(warnings), byte_offset = sqlc.arg(byte_offset),
    raw = sqlc.arg(raw), text = sqlc.arg(text), post_sha256 = sqlc.arg(post_sha256)
WHERE id = sqlc.arg(id);

-- name: SetFiguresRead :exec
UPDATE post_version SET reader = sqlc.arg(reader), figures_sha256 = sqlc.arg(figures_sha256) WHERE id = sqlc.arg(id);

-- name: GetPostVersion :one
SELECT p.slug, p.identity, p.demonstration, p.version AS newest, v.*
FROM post AS p JOIN post_version AS v ON v.post = p.id
WHERE p.slug = sqlc.arg(slug) AND v.version = CASE WHEN CAST(sqlc.arg(version) AS INTEGER) = 0 THEN p.version ELSE sqlc.arg(version) END;

-- name: ListPosts :many
SELECT p.id, p.slug, p.identity, p.demonstration, v.version, v.url, v.path, v.title, v.author, v.lang, v.published, v.published_from,
  v.translation, v.sources, v.defaults, v.warnings, v.byte_offset, v.sha256, v.reader, v.recorded_at,
  CAST((SELECT count(*) FROM figure AS f WHERE f.post_version = v.id) AS INTEGER) AS figure_count,
  CAST((SELECT count(*) FROM figure AS f WHERE f.post_version = v.id AND f.series <> '') AS INTEGER) AS series_count
FROM post AS p JOIN post_version AS v ON v.post = p.id AND v.version = p.version
WHERE (CAST(sqlc.arg(lang) AS TEXT) = '' OR v.lang = sqlc.arg(lang))
  AND (CAST(sqlc.arg(translation) AS TEXT) = '' OR v.translation = sqlc.arg(translation))
  AND (CAST(sqlc.arg(own) AS INTEGER) = 0 OR p.demonstration = 0)
  AND (CAST(sqlc.arg(other_reader) AS TEXT) = '' OR v.reader <> sqlc.arg(other_reader))
ORDER BY v.published DESC NULLS LAST, p.id DESC
LIMIT sqlc.arg(most) OFFSET sqlc.arg(skip);

-- name: CurrentDigests :one
SELECT v.id, v.post_sha256, v.figures_sha256, v.reader, v.sha256
FROM post AS p JOIN post_version AS v ON v.post = p.id AND v.version = p.version
WHERE p.id = sqlc.arg(id);
