-- title: Rarest autostarts
-- about: What the registry starts by itself on one or two hosts: run keys, scheduled tasks and the like.
-- section: rare
-- chart: table
-- tables: run_keys
-- also: scheduled_tasks
-- empty: Nothing is that rare here.
SELECT a.starts, count(DISTINCT a.host) AS hosts, count(*) AS copies, min(a.host) AS host, max(a.last_write) AS last_write, min(a.path) AS forensic_path
FROM (
  SELECT host, concat(kind, ' ', coalesce(lower(command), lower(entry), '')) AS starts, last_write, forensic_path AS path FROM run_keys
  UNION ALL
  SELECT host, concat('task ', coalesce(lower(task_path), ''), ' ', coalesce(lower(command), '')), last_write, forensic_path FROM scheduled_tasks
) a
GROUP BY a.starts
HAVING count(DISTINCT a.host) <= 2
ORDER BY hosts, copies, a.starts
LIMIT 500
