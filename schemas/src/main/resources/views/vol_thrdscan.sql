-- Threads found by the physical pool scan, with the columns of windows.thrdscan of Volatility 3.
-- tables: threads
SELECT
  case_id AS "case_id",
  host AS "host",
  ethread AS "Offset", -- hex
  pid AS "PID",
  tid AS "TID",
  start_address AS "StartAddress", -- hex
  create_time AS "CreateTime",
  exit_time AS "ExitTime"
FROM threads
WHERE in_scan
