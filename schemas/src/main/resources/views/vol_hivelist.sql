-- Registry hives in CmpHiveListHead, with the columns of windows.registry.hivelist of Volatility 3.
-- tables: registry_hives
SELECT
  case_id AS "case_id",
  host AS "host",
  hive AS "Offset", -- hex
  coalesce(file_full_path, file_user_name, hive_root_path, '') AS "FileFullPath",
  'Disabled' AS "File output"
FROM registry_hives
WHERE in_list
