-- Open handles of processes, with the headers of handles.csv of MemProcFS.
-- tables: handles
SELECT
  case_id AS "case_id",
  host AS "host",
  pid AS "PID",
  handle AS "Handle", -- hex
  object AS "Object", -- hex
  granted_access AS "Access", -- hex
  type AS "Type",
  tag AS "Tag",
  handle_count AS "HandleCount",
  device AS "Device",
  coalesce(name, detail) AS "Description"
FROM handles
