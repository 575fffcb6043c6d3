-- Kernel modules in PsLoadedModuleList, with the columns of windows.modules of Volatility 3.
-- tables: kernel_modules
SELECT
  case_id AS "case_id",
  host AS "host",
  ldr_entry AS "Offset", -- hex
  base AS "Base", -- hex
  size AS "Size", -- hex
  name AS "Name",
  path AS "Path",
  'Disabled' AS "File output"
FROM kernel_modules
WHERE in_list
