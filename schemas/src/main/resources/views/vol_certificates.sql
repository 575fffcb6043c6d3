-- Certificates in the registry, with the columns of windows.registry.certificates of Volatility 3.
-- tables: certificates
SELECT
  case_id AS "case_id",
  host AS "host",
  hive_path AS "Certificate path",
  store AS "Certificate section",
  sha1 AS "Certificate ID",
  friendly_name AS "Certificate name"
FROM certificates
