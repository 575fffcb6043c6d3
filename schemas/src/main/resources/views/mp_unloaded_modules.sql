-- Unloaded modules with the headers of the unloaded_modules.csv of MemProcFS.
-- tables: unloaded_modules
SELECT
  case_id AS "case_id",
  host AS "host",
  pid AS "PID",
  process AS "Process",
  name AS "ModuleName",
  unload_time AS "UnloadTime",
  wow64 AS "Wow64",
  size AS "Size",
  start AS "Start", -- hex
  `end` AS "End" -- hex
FROM unloaded_modules
