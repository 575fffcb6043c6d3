-- title: Processes of the host
-- about: What started what, with what is odd about it.
-- section: host
-- chart: tree
-- tables: processes
-- empty: No processes.
SELECT
  host, pid, ppid, image_file_name, create_time, exit_time, session_id, command_line, eprocess,
  concat(
    CASE WHEN NOT in_pslist AND exit_time IS NULL THEN 'not in the list;' ELSE '' END,
    CASE WHEN in_pslist AND NOT in_psscan THEN 'not found by scan;' ELSE '' END,
    CASE WHEN exit_time IS NOT NULL THEN 'ended;' ELSE '' END,
    CASE WHEN exit_time IS NULL AND (
        (lower(image_file_name) = 'svchost.exe' AND NOT EXISTS (
          SELECT 1 FROM processes q WHERE q.host = p.host AND q.pid = p.ppid AND lower(q.image_file_name) IN ('services.exe', 'msmpeng.exe')))
        OR (lower(image_file_name) = 'lsass.exe' AND NOT EXISTS (
          SELECT 1 FROM processes q WHERE q.host = p.host AND q.pid = p.ppid AND lower(q.image_file_name) IN ('wininit.exe', 'winlogon.exe')))
        OR (lower(image_file_name) = 'services.exe' AND NOT EXISTS (
          SELECT 1 FROM processes q WHERE q.host = p.host AND q.pid = p.ppid AND lower(q.image_file_name) IN ('wininit.exe', 'winlogon.exe'))))
      THEN 'unusual parent;' ELSE '' END,
    CASE WHEN lower(image_file_name) IN ('svchost.exe', 'lsass.exe', 'services.exe', 'csrss.exe', 'smss.exe', 'wininit.exe', 'winlogon.exe', 'spoolsv.exe')
        AND path IS NOT NULL AND lower(path) NOT LIKE '%_system32_%'
      THEN 'unusual folder;' ELSE '' END) AS oddities
FROM processes p
WHERE p.host = :host
ORDER BY host, create_time, pid, eprocess
