-- Timers with a routine, with the columns of windows.timers of Volatility 3.
-- As there, modules are named without their extension.
-- tables: timers
SELECT
  case_id AS "case_id",
  host AS "host",
  timer AS "Offset", -- hex
  due_time_text AS "DueTime",
  period_ms AS "Period(ms)",
  CASE WHEN signaled THEN 'Yes' ELSE '-' END AS "Signaled",
  routine AS "Routine", -- hex
  split_part(module, '.', 1) AS "Module",
  symbol AS "Symbol"
FROM timers
WHERE routine IS NOT NULL
