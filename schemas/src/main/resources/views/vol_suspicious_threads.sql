-- Threads that began outside of all views of executables, with the columns of windows.suspicious_threads of Volatility 3.
-- VAD Path is null: no file is behind such memory.
-- tables: threads
SELECT
  case_id AS "case_id",
  host AS "host",
  process AS "Process",
  pid AS "PID",
  tid AS "TID",
  CASE WHEN win32_start_address IS NULL THEN 'StartAddress' ELSE 'Win32StartAddress' END AS "Context",
  coalesce(win32_start_address, start_address) AS "Address", -- hex
  CASE WHEN start_backed THEN win32_start_module ELSE NULL END AS "VAD Path",
  concat('begins in memory of type ', win32_start_type) AS "Note"
FROM threads
WHERE NOT start_backed
