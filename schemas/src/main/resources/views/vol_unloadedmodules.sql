-- Unloaded drivers, with the columns of windows.unloadedmodules of Volatility 3.
-- tables: unloaded_modules
SELECT
  case_id AS "case_id",
  host AS "host",
  name AS "Name",
  start AS "StartAddress", -- hex
  `end` AS "EndAddress", -- hex
  unload_time AS "Time"
FROM unloaded_modules
WHERE pid = 4
