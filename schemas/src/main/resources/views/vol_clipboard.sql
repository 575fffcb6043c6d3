-- Data on the clipboard, with columns of the clipboard plugin of Volatility 2.
-- tables: clipboard
SELECT
  case_id AS "case_id",
  host AS "host",
  format_name AS "Format",
  handle AS "Handle", -- hex
  address AS "Object", -- hex
  text AS "Data"
FROM clipboard
