-- Processes found by the physical pool scan, with the columns of windows.psscan of Volatility 3.
-- Offset(V) is null where no page table maps the object; processes.physical_address has its place.
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
WHERE in_psscan
