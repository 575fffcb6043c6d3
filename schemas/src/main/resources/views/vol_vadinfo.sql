-- Ranges of the processes in the kernel's list, with the columns of windows.vadinfo of Volatility 3.
-- tables: vads
SELECT
  case_id AS "case_id",
  host AS "host",
  pid AS "PID",
  process AS "Process",
  vad AS "Offset", -- hex
  start AS "Start VPN", -- hex
  `end` AS "End VPN", -- hex
  tag AS "Tag",
  protection AS "Protection",
  commit_charge AS "CommitCharge",
  CASE WHEN private_memory THEN 1 ELSE 0 END AS "PrivateMemory",
  parent AS "Parent", -- hex
  file AS "File",
  'Disabled' AS "File output"
FROM vads
