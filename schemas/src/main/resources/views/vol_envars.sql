-- Environment variables of processes, with the columns of windows.envars of Volatility 3.
-- tables: process_environment
SELECT
  case_id AS "case_id",
  host AS "host",
  pid AS "PID",
  process AS "Process",
  block AS "Block", -- hex
  variable AS "Variable",
  value AS "Value"
FROM process_environment
