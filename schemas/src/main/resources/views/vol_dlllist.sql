-- Modules in the loader's list in load order, with the columns of windows.dlllist of Volatility 3.
-- As there, the 32-bit lists of WoW64 processes are left out; the table modules has them.
-- tables: modules
SELECT
  case_id AS "case_id",
  host AS "host",
  pid AS "PID",
  process AS "Process",
  base AS "Base", -- hex
  size AS "Size", -- hex
  name AS "Name",
  path AS "Path",
  load_time AS "LoadTime",
  'Disabled' AS "File output"
FROM modules
WHERE in_load AND NOT wow64
