-- name: OriginsWithPayload :many
SELECT id, sha256 FROM origin WHERE payload_id <> 0 AND id > sqlc.arg(after) ORDER BY id LIMIT sqlc.arg(most);

-- name: BrokenVersions :many
SELECT s.slug, o.period, o.version
FROM observation AS o JOIN series AS s ON s.id = o.series
LEFT JOIN observation AS n ON n.series = o.series AND n.period = o.period AND n.version = o.version + 1
WHERE (n.version IS NULL AND o.replaced_at IS NOT NULL)
   OR (n.version IS NOT NULL AND (o.replaced_at IS NULL OR o.replaced_at > n.recorded_at))
   OR (o.version > 1 AND NOT EXISTS (
     SELECT 1 FROM observation AS p WHERE p.series = o.series AND p.period = o.period AND p.version = o.version - 1))
ORDER BY s.slug, o.period, o.version;
