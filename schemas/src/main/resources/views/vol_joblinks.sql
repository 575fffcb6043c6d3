-- Processes in jobs and the processes that share their job, with the columns of windows.joblinks of Volatility 3.
-- Linked processes are those that say they belong to the job; jobs.missing_processes says which of them its list lacks.
-- tables: processes jobs
SELECT
  case_id AS "case_id",
  host AS "host",
  eprocess AS "Offset(V)", -- hex
  image_file_name AS "Name",
  pid AS "PID",
  ppid AS "PPID",
  session_id AS "Sess",
  job_session AS "JobSess",
  wow64 AS "Wow64",
  total AS "Total",
  active AS "Active",
  term AS "Term",
  link AS "JobLink",
  path AS "Process"
FROM (
  SELECT
    p.case_id, p.host, p.eprocess, p.image_file_name, p.pid, p.ppid, p.session_id,
    j.session_id AS job_session, p.wow64, j.total_processes AS total,
    j.active_processes AS active, j.terminated_processes AS term,
    NULL AS link, '(Original Process)' AS path
  FROM processes AS p
  JOIN jobs AS j ON j.case_id = p.case_id AND j.host = p.host AND j.job = p.job
  WHERE p.in_pslist
  UNION ALL
  SELECT
    q.case_id, q.host, q.eprocess, q.image_file_name, q.pid, q.ppid, q.session_id,
    0 AS job_session, q.wow64, 0 AS total, 0 AS active, 0 AS term, 'Yes' AS link, q.path
  FROM processes AS p
  JOIN jobs AS j ON j.case_id = p.case_id AND j.host = p.host AND j.job = p.job
  JOIN processes AS q
    ON q.case_id = j.case_id AND q.host = j.host AND q.job = j.job AND q.exit_time IS NULL
  WHERE p.in_pslist
) AS linked
