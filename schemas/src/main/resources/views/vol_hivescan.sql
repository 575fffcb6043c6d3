-- Registry hives that the scan found, with the columns of windows.registry.hivescan of Volatility 3.
-- tables: registry_hives
SELECT
  case_id AS "case_id",
  host AS "host",
  hive AS "Offset" -- hex
FROM registry_hives
WHERE in_scan
