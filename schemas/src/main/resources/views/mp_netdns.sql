-- Answers of name servers that the DNS client remembers, with the headers of the netdns.csv of MemProcFS.
-- tables: dns_cache
SELECT
  case_id AS "case_id",
  host AS "host",
  address AS "Address", -- hex
  type AS "Type",
  flags AS "Flags", -- hex
  ttl AS "TTL",
  name AS "Name",
  data AS "Data"
FROM dns_cache
