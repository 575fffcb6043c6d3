-- Driver objects with the headers of the drivers.csv of MemProcFS.
-- tables: drivers
SELECT
  case_id AS "case_id",
  host AS "host",
  object_name AS "Name",
  object AS "ObjectAddress", -- hex
  size AS "Size",
  start AS "Start", -- hex
  start + size - 1 AS "End", -- hex
  service_key AS "ServiceKey",
  name AS "DriverName",
  module_path AS "DriverPath"
FROM drivers
