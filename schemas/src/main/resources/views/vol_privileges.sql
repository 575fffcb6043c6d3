-- Privileges in the tokens of processes, with the columns of windows.privileges of Volatility 3.
-- Privileges that a token lacks have no row.
-- tables: token_privileges
SELECT
  case_id AS "case_id",
  host AS "host",
  pid AS "PID",
  process AS "Process",
  value AS "Value",
  privilege AS "Privilege",
  attributes AS "Attributes",
  description AS "Description"
FROM token_privileges
