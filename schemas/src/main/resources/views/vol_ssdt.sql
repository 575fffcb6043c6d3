-- The system service table of the kernel, with the columns of windows.ssdt of Volatility 3.
-- As there, modules are named without their extension.
-- tables: ssdt
SELECT
  case_id AS "case_id",
  host AS "host",
  number AS "Index",
  address AS "Address", -- hex
  split_part(module, '.', 1) AS "Module",
  symbol AS "Symbol"
FROM ssdt
WHERE service_table = 'nt'
