-- Processes by the executable memory that no other host has and that is writable too.
-- tables: pages page_prevalence
SELECT p.host, p.pid, count(*) * 4 AS kib, min(p.va) AS first_va
FROM pages p JOIN page_prevalence v ON v.case_id = p.case_id AND v.page_hash = p.page_hash AND v.page_hash2 = p.page_hash2
WHERE v.hosts = 1 AND p.executable AND p.user_mode AND p.writable
GROUP BY p.host, p.pid ORDER BY kib DESC, p.host, p.pid
