-- title: The process
-- about: Its object in the kernel and what its own memory says of it.
-- section: process
-- chart: facts
-- tables: processes
-- empty: No such process.
SELECT
  image_file_name, pid, ppid, state, create_time, exit_time, session_id, wow64, protection, threads, handles, eprocess, dtb, peb, path, command_line,
  kernel_path, in_pslist, in_psscan, in_threads, in_handles, forensic_path
FROM processes
WHERE host = :host AND pid = :pid AND (CAST(:eprocess AS BIGINT) IS NULL OR eprocess = :eprocess)
ORDER BY create_time DESC, eprocess
