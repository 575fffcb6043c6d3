-- Driver objects found by the physical pool scan, with the columns of windows.driverscan of Volatility 3.
-- tables: drivers
SELECT
  case_id AS "case_id",
  host AS "host",
  object AS "Offset", -- hex
  start AS "Start", -- hex
  size AS "Size", -- hex
  service_key AS "Service Key",
  object_name AS "Driver Name",
  name AS "Name"
FROM drivers
WHERE in_scan
