-- Mapped executables and the loader lists that hold them, with the columns of windows.ldrmodules of Volatility 3.
-- tables: modules
SELECT
  case_id AS "case_id",
  host AS "host",
  pid AS "Pid",
  process AS "Process",
  base AS "Base", -- hex
  in_load AS "InLoad",
  in_init AS "InInit",
  in_mem AS "InMem",
  mapped_path AS "MappedPath"
FROM modules
WHERE mapped AND NOT wow64
