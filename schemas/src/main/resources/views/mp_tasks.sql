-- Scheduled tasks, with headers of tasks.csv of MemProcFS.
-- tables: scheduled_tasks
SELECT
  case_id AS "case_id",
  host AS "host",
  guid AS "GUID",
  task_path AS "TaskPath",
  run_as AS "User",
  coalesce(last_completed, last_run, registered) AS "TimeMostRecent",
  command AS "CommandLine",
  arguments AS "Parameters",
  last_write AS "TimeReg",
  registered AS "TimeCreate",
  last_run AS "TimeLastRun",
  last_completed AS "TimeCompleted"
FROM scheduled_tasks
