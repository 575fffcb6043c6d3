-- Processes, with the headers of process.csv of MemProcFS.
-- Flag: 32 for WoW64, E when the kernel's list does not hold it, T when it has exited, U when its user is no built-in account.
-- tables: processes
SELECT
  case_id AS "case_id",
  host AS "host",
  pid AS "PID",
  ppid AS "PPID",
  state AS "State",
  image_file_name AS "ShortName",
  coalesce(name, image_file_name) AS "Name",
  integrity AS "IntegrityLevel",
  coalesce(user_name, user_sid) AS "User",
  create_time AS "CreateTime",
  exit_time AS "ExitTime",
  wow64 AS "Wow64",
  eprocess AS "EPROCESS", -- hex
  peb AS "PEB", -- hex
  peb32 AS "PEB32", -- hex
  dtb AS "DTB", -- hex
  user_dtb AS "UserDTB", -- hex
  path AS "UserPath",
  kernel_path AS "KernelPath",
  command_line AS "CommandLine",
  concat(CASE WHEN wow64 THEN '32' ELSE '' END, CASE WHEN in_pslist THEN '' ELSE 'E' END, CASE WHEN exit_time IS NULL THEN '' ELSE 'T' END, CASE WHEN user_sid LIKE 'S-1-5-21-%' THEN 'U' ELSE '' END) AS "Flag"
FROM processes
