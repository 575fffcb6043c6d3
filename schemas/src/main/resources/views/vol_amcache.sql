-- Files, programs and drivers in Amcache, with columns of windows.amcache of Volatility 3.
-- tables: amcache
SELECT
  case_id AS "case_id",
  host AS "host",
  entry_type AS "EntryType",
  path AS "Path",
  publisher AS "Company",
  last_write AS "LastModifyTime",
  modified AS "LastModifyTime2",
  install_date AS "InstallTime",
  link_date AS "CompileTime",
  sha1 AS "SHA1",
  service AS "Service",
  product AS "ProductName",
  version AS "ProductVersion"
FROM amcache
