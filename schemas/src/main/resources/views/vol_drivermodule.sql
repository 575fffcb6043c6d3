-- Driver objects whose driver is in no listed module, with the columns of windows.drivermodule of Volatility 3.
-- \FileSystem\RAW is part of the kernel and known to have no module of its own.
-- tables: drivers
SELECT
  case_id AS "case_id",
  host AS "host",
  object AS "Offset", -- hex
  name = '\\FileSystem\\RAW' AS "Known Exception",
  object_name AS "Driver Name",
  service_key AS "Service Key",
  name AS "Alternative Name"
FROM drivers
WHERE module IS NULL
