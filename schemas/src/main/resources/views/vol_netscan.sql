-- Network objects found by the physical pool scan, with the columns of windows.netscan of Volatility 3.
-- tables: network
SELECT
  case_id AS "case_id",
  host AS "host",
  object AS "Offset", -- hex
  proto AS "Proto",
  local_addr AS "LocalAddr",
  local_port AS "LocalPort",
  foreign_addr AS "ForeignAddr",
  foreign_port AS "ForeignPort",
  coalesce(state, '') AS "State",
  pid AS "PID",
  owner AS "Owner",
  created AS "Created"
FROM network
WHERE in_scan
