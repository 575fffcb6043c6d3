-- Files that the scan found, with the columns of windows.filescan of Volatility 3.
-- tables: files
SELECT
  case_id AS "case_id",
  host AS "host",
  object AS "Offset", -- hex
  name AS "Name"
FROM files
WHERE in_scan
