-- Processes in the kernel's list, with the columns of windows.pslist of Volatility 3.
-- The list is walked in both directions, so one broken link does not cut it short.
-- tables: processes
SELECT
  case_id AS "case_id",
  host AS "host",
  pid AS "PID",
  ppid AS "PPID",
  image_file_name AS "ImageFileName",
  eprocess AS "Offset(V)", -- hex
  threads AS "Threads",
  handles AS "Handles",
  session_id AS "SessionId",
  wow64 AS "Wow64",
  create_time AS "CreateTime",
  exit_time AS "ExitTime",
  'Disabled' AS "File output"
FROM processes
WHERE in_pslist
