-- title: Memory that looks injected
-- about: Ranges of processes whose content, protection or pages contradict what they are said to be, and why.
-- section: findings
-- chart: table
-- tables: injections
-- empty: No process has memory of that kind.
SELECT host, pid, process, reason, start, size, protection, private_memory, threads_started, has_mz, pages_changed, entropy, file, eprocess, forensic_path
FROM injections
ORDER BY coalesce(threads_started, 0) DESC, CASE WHEN has_mz THEN 0 ELSE 1 END, host, pid, start, reason
