-- Processes with their session and user, with the columns of windows.sessions of Volatility 3.
-- Session Type and User Name are what the environment of the process says; the table sessions has the kernel's view.
-- tables: processes process_environment
SELECT
  p.case_id AS "case_id",
  p.host AS "host",
  p.session_id AS "Session ID",
  e.session_type AS "Session Type",
  p.pid AS "Process ID",
  p.image_file_name AS "Process",
  CASE WHEN e.user_name IS NULL AND e.user_domain IS NULL THEN NULL ELSE concat(coalesce(e.user_domain, ''), '/', coalesce(e.user_name, '')) END AS "User Name",
  p.create_time AS "Create Time"
FROM processes AS p
LEFT JOIN (
  SELECT
    case_id, host, eprocess,
    max(CASE WHEN lower(variable) = 'sessionname' THEN value END) AS session_type,
    max(CASE WHEN lower(variable) = 'username' THEN value END) AS user_name,
    max(CASE WHEN lower(variable) = 'userdomain' THEN value END) AS user_domain
  FROM process_environment
  GROUP BY case_id, host, eprocess
) AS e ON e.case_id = p.case_id AND e.host = p.host AND e.eprocess = p.eprocess
WHERE p.in_pslist
