-- Keys of BitLocker volumes, as MemProcFS writes them for dislocker.
-- tables: bitlocker_keys
SELECT
  case_id AS "case_id",
  host AS "host",
  address AS "Address", -- hex
  pool_tag AS "Tag",
  algorithm AS "Algorithm",
  dislocker AS "Fvek"
FROM bitlocker_keys
