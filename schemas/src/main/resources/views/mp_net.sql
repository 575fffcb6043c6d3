-- Network objects with the headers of the net.csv of MemProcFS.
-- tables: network processes
SELECT
  network.case_id AS "case_id",
  network.host AS "host",
  network.proto AS "Proto",
  network.state AS "State",
  network.local_addr AS "SrcAddr",
  network.local_port AS "SrcPort",
  network.foreign_addr AS "DstAddr",
  network.foreign_port AS "DstPort",
  network.created AS "Time",
  network.object AS "Object", -- hex
  network.pid AS "PID",
  network.owner AS "Process",
  processes.path AS "ProcessPath"
FROM network
LEFT JOIN processes ON network.case_id = processes.case_id AND network.host = processes.host AND network.owner_eprocess = processes.eprocess
