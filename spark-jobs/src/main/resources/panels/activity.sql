-- title: Process starts
-- about: When the processes of the fleet started, an hour a bar.
-- section: timeline
-- chart: histogram
-- tables: processes
-- empty: No process has a time.
SELECT date_trunc('hour', create_time) AS hour, host, count(*) AS events
FROM processes
WHERE create_time IS NOT NULL
GROUP BY date_trunc('hour', create_time), host
ORDER BY hour, host
