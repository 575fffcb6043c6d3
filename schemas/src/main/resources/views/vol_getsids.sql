-- SIDs in the tokens of processes, with the columns of windows.getsids of Volatility 3.
-- Names are those that Windows shows; restricting SIDs and capabilities are left out as there.
-- tables: token_groups
SELECT
  case_id AS "case_id",
  host AS "host",
  pid AS "PID",
  process AS "Process",
  sid AS "SID",
  name AS "Name"
FROM token_groups
WHERE list = 'user' OR list = 'group'
