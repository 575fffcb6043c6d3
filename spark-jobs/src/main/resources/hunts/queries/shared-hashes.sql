-- Password hashes that accounts of several hosts share: one stolen password opens them all.
-- tables: hashdump
SELECT v.nt_hash, s.hosts, v.host, v.user_name, v.rid
FROM (SELECT case_id, host, user_name, rid, lower(nt_hash) AS nt_hash FROM hashdump
  WHERE nt_hash IS NOT NULL AND lower(nt_hash) <> '31d6cfe0d16ae931b73c59d7e0c089c0') v
JOIN (SELECT case_id, lower(nt_hash) AS nt_hash, count(DISTINCT host) AS hosts FROM hashdump GROUP BY case_id, lower(nt_hash)) s
  ON s.case_id = v.case_id AND s.nt_hash = v.nt_hash
WHERE s.hosts > 1
ORDER BY s.hosts DESC, v.nt_hash, v.host, v.user_name, v.rid
