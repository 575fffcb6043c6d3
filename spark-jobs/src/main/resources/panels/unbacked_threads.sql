-- title: Threads that start outside every module
-- about: Threads of a process whose start address lies in none of its loaded modules.
-- section: findings
-- chart: table
-- tables: threads modules
-- empty: Every user thread starts inside a module of its process.
SELECT t.host, t.pid, t.process, count(*) AS threads, min(t.win32_start_address) AS win32_start_address, t.eprocess
FROM threads t
WHERE t.win32_start_address > 0
  AND NOT EXISTS (
    SELECT 1 FROM modules m
    WHERE m.host = t.host AND m.eprocess = t.eprocess
      AND t.win32_start_address >= m.base AND t.win32_start_address < m.base + m.size)
GROUP BY t.host, t.pid, t.process, t.eprocess
ORDER BY threads DESC, t.host, t.pid, t.eprocess
