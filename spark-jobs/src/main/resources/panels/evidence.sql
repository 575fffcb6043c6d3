-- title: Evidence
-- about: The files that were read, as they were registered.
-- section: provenance
-- chart: table
-- tables: evidence
-- empty: No evidence.
SELECT host, role, kind, variant, size, sha256, path, modified_at, acquired_at, registered_at, image_id, warnings
FROM evidence
ORDER BY host, role, path
