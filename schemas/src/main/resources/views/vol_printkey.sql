-- Registry values, with the columns of windows.registry.printkey of Volatility 3; its rows of
-- subkeys are registry_keys.
-- tables: registry_values
SELECT
  case_id AS "case_id",
  host AS "host",
  last_write AS "Last Write Time",
  hive AS "Hive Offset", -- hex
  type AS "Type",
  concat(hive_path, CASE WHEN key = '' THEN '' ELSE concat(chr(92), key) END) AS "Key",
  CASE WHEN value = '' THEN '(Default)' ELSE value END AS "Name",
  data_str AS "Data",
  volatile AS "Volatile"
FROM registry_values
WHERE NOT deleted
