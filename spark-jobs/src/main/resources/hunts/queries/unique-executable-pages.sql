-- Executable user-mode memory of each host that no other host has, in KiB: the shortest way to foreign code.
-- tables: pages page_prevalence
SELECT p.host, count(*) * 4 AS kib, count(DISTINCT p.pid) AS processes
FROM pages p JOIN page_prevalence v ON v.case_id = p.case_id AND v.page_hash = p.page_hash AND v.page_hash2 = p.page_hash2
WHERE v.hosts = 1 AND p.executable AND p.user_mode
GROUP BY p.host ORDER BY kib DESC, p.host
