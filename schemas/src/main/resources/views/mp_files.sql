-- Files with a name, with headers of files.csv of MemProcFS.
-- tables: files
SELECT
  case_id AS "case_id",
  host AS "host",
  object AS "Object", -- hex
  size AS "Size",
  name AS "Path"
FROM files
WHERE name IS NOT NULL
