-- Open handles of processes, with the columns of windows.handles of Volatility 3.
-- tables: handles
SELECT
  case_id AS "case_id",
  host AS "host",
  pid AS "PID",
  process AS "Process",
  object AS "Offset", -- hex
  handle AS "HandleValue", -- hex
  type AS "Type",
  granted_access AS "GrantedAccess", -- hex
  coalesce(name, '') AS "Name"
FROM handles
