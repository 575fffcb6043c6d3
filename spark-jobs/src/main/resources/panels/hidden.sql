-- title: Processes not in the kernel's list
-- about: Found by scanning, or owning threads or handles, but not linked. One that ended is usual; one that runs is not.
-- section: findings
-- chart: table
-- tables: processes
-- empty: Every process that was found is in the kernel's list.
SELECT host, pid, ppid, image_file_name, state, create_time, exit_time, in_psscan, in_threads, in_handles, eprocess, forensic_path
FROM processes
WHERE NOT in_pslist
ORDER BY CASE WHEN exit_time IS NULL THEN 0 ELSE 1 END, host, pid, eprocess
