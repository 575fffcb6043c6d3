-- Objects of the kernel whose bytes are in a page file or in the compressed store, with the page that holds them
-- and whose page that is by the page tables: System when the kernel's tables lead there, nobody when it is a copy.
-- tables: processes threads drivers files network kernel_objects pages
SELECT
  o.case_id AS "case_id",
  o.host AS "host",
  o.kind AS "kind",
  o.name AS "name",
  o.pid AS "pid",
  o.address AS "address", -- hex
  o.source AS "source",
  o.layer AS "layer",
  o.forensic_path AS "forensic_path",
  o.confidence AS "confidence",
  g.pid AS "page_pid",
  g.va AS "page_va" -- hex
FROM (
  SELECT case_id, host, 'process' AS kind, image_file_name AS name, cast(pid AS bigint) AS pid, eprocess AS address, source, layer, forensic_path, confidence
  FROM processes WHERE layer <> 'physical'
  UNION ALL
  SELECT case_id, host, 'thread' AS kind, process AS name, cast(pid AS bigint) AS pid, ethread AS address, source, layer, forensic_path, confidence
  FROM threads WHERE layer <> 'physical'
  UNION ALL
  SELECT case_id, host, 'driver' AS kind, name, cast(null AS bigint) AS pid, object AS address, source, layer, forensic_path, confidence
  FROM drivers WHERE layer <> 'physical'
  UNION ALL
  SELECT case_id, host, 'file' AS kind, name, cast(pid AS bigint) AS pid, object AS address, source, layer, forensic_path, confidence
  FROM files WHERE layer <> 'physical'
  UNION ALL
  SELECT case_id, host, 'network' AS kind, owner AS name, cast(pid AS bigint) AS pid, object AS address, source, layer, forensic_path, confidence
  FROM network WHERE layer <> 'physical'
  UNION ALL
  SELECT case_id, host, lower(type) AS kind, name, cast(null AS bigint) AS pid, object AS address, source, layer, forensic_path, confidence
  FROM kernel_objects WHERE layer <> 'physical'
) AS o
LEFT JOIN pages AS g ON g.case_id = o.case_id AND g.host = o.host AND g.layer = o.layer
  AND g.forensic_path = CASE WHEN o.layer = 'compressed' THEN o.forensic_path
    ELSE concat(substr(o.forensic_path, 1, length(o.forensic_path) - 3), '000') END
