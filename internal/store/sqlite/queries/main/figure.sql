-- name: InsertFigure :exec
INSERT INTO figure (post_version, place, id, series, subject, body)
VALUES (sqlc.arg(post_version), sqlc.arg(place), sqlc.arg(id), sqlc.arg(series), sqlc.arg(subject), sqlc.arg(body));

-- name: DeleteFigures :exec
DELETE FROM figure WHERE post_version = sqlc.arg(post_version);

-- name: FiguresOfVersion :many
SELECT f.body,
  CAST(NOT EXISTS (
    SELECT 1 FROM figure AS c JOIN post_version AS cv ON cv.id = c.post_version
    WHERE c.id = f.id AND cv.post = v.post AND cv.version = sqlc.arg(newest)) AS INTEGER) AS former
FROM figure AS f JOIN post_version AS v ON v.id = f.post_version
WHERE f.post_version = sqlc.arg(post_version)
ORDER BY f.place;

-- name: FigureByID :one
SELECT p.id, p.slug, p.demonstration, v.title, v.lang, v.published, v.translation, f.body,
  CAST(v.version <> p.version AS INTEGER) AS former
FROM figure AS f JOIN post_version AS v ON v.id = f.post_version JOIN post AS p ON p.id = v.post
WHERE f.id = sqlc.arg(id)
ORDER BY former, p.demonstration, v.version DESC, p.id, f.place
LIMIT 1;

-- name: ListFigures :many
SELECT p.id, p.slug, p.demonstration, v.title, v.lang, v.published, v.translation, f.body
FROM post AS p JOIN post_version AS v ON v.post = p.id AND v.version = p.version JOIN figure AS f ON f.post_version = v.id
ORDER BY v.published DESC NULLS LAST, p.id DESC, f.place;

-- name: FiguresOfSeries :many
SELECT p.id, p.slug, p.demonstration, v.title, v.lang, v.published, v.translation, f.body
FROM figure AS f JOIN post_version AS v ON v.id = f.post_version JOIN post AS p ON p.id = v.post AND p.version = v.version
WHERE f.series = sqlc.arg(series) AND f.series <> ''
ORDER BY v.published DESC NULLS LAST, p.id DESC, f.place;

-- name: FiguresOfSubject :many
SELECT p.id, p.slug, p.demonstration, v.title, v.lang, v.published, v.translation, f.body
FROM figure AS f JOIN post_version AS v ON v.id = f.post_version JOIN post AS p ON p.id = v.post AND p.version = v.version
WHERE f.subject = sqlc.arg(subject) AND f.subject <> ''
ORDER BY v.published DESC NULLS LAST, p.id DESC, f.place;

-- name: RenameFigureSeries :exec
UPDATE figure
SET series = CAST(sqlc.arg(slug) AS TEXT),
    body = replace(body, '"series":"' || CAST(sqlc.arg(old) AS TEXT) || '"', '"series":"' || CAST(sqlc.arg(slug) AS TEXT) || '"')
WHERE series = CAST(sqlc.arg(old) AS TEXT) AND series <> '';
