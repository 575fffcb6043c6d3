-- title: Threads
-- about: Where its threads began.
-- section: process
-- chart: table
-- tables: threads
-- empty: No threads.
SELECT tid, state, wait_reason, win32_start_address, start_address, create_time, exit_time, teb, in_list, in_scan, host, pid, forensic_path
FROM threads
WHERE host = :host AND pid = :pid AND (CAST(:eprocess AS BIGINT) IS NULL OR eprocess = :eprocess)
ORDER BY tid, ethread
