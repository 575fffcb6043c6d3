-- Symbolic links found by the physical pool scan, with the columns of windows.symlinkscan of Volatility 3.
-- tables: kernel_objects
SELECT
  case_id AS "case_id",
  host AS "host",
  object AS "Offset", -- hex
  create_time AS "CreateTime",
  name AS "From Name",
  target AS "To Name"
FROM kernel_objects
WHERE in_scan AND type = 'SymbolicLink'
