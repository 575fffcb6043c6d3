-- Command lines of the processes in the kernel's list, with the columns of windows.cmdline of Volatility 3.
-- tables: processes
SELECT
  case_id AS "case_id",
  host AS "host",
  pid AS "PID",
  image_file_name AS "Process",
  command_line AS "Args"
FROM processes
WHERE in_pslist
