-- Memory that is no view of an executable, may be executed and written and is not empty, with the columns of windows.malfind of Volatility 3.
-- Hexdump holds the bytes themselves. Disasm is by iced-x86, in Volatility by Capstone; injections has more reasons.
-- tables: injections
SELECT
  case_id AS "case_id",
  host AS "host",
  pid AS "PID",
  process AS "Process",
  start AS "Start VPN", -- hex
  `end` AS "End VPN", -- hex
  tag AS "Tag",
  protection AS "Protection",
  commit_charge AS "CommitCharge",
  CASE WHEN private_memory THEN 1 ELSE 0 END AS "PrivateMemory",
  'Disabled' AS "File output",
  CASE WHEN has_mz THEN 'MZ header' ELSE NULL END AS "Notes",
  first_bytes AS "Hexdump",
  coalesce(first_instructions, '') AS "Disasm"
FROM injections
WHERE reason = 'private_rwx' OR reason = 'mapped_rwx'
