-- Network objects that the tables of tcpip.sys lead to, with the columns of windows.netstat of Volatility 3.
-- Chains of the hash tables are followed to their end, which that plugin does not do.
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
WHERE in_table
