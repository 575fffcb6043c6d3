-- Processes by the sources that know them, with the columns of windows.psxview of Volatility 3.
-- Null means that the source was not read.
-- tables: processes
SELECT
  case_id AS "case_id",
  host AS "host",
  eprocess AS "Offset(Virtual)", -- hex
  image_file_name AS "Name",
  pid AS "PID",
  in_pslist AS "pslist",
  in_psscan AS "psscan",
  in_threads AS "thrdscan",
  in_csrss AS "csrss",
  exit_time AS "Exit Time"
FROM processes
