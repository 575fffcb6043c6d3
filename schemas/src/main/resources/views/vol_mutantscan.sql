-- Mutants found by the physical pool scan, with the columns of windows.mutantscan of Volatility 3.
-- tables: kernel_objects
SELECT
  case_id AS "case_id",
  host AS "host",
  object AS "Offset", -- hex
  name AS "Name"
FROM kernel_objects
WHERE in_scan AND type = 'Mutant'
