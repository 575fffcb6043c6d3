-- Kernel callbacks, with the columns of windows.callbacks of Volatility 3.
-- As there, modules are named without their extension.
-- A registration that a list and the scan found is one row here.
-- tables: callbacks
SELECT
  case_id AS "case_id",
  host AS "host",
  type AS "Type",
  address AS "Callback", -- hex
  split_part(module, '.', 1) AS "Module",
  symbol AS "Symbol",
  detail AS "Detail"
FROM callbacks
