-- title: All events
-- about: Everything that carries a time, an hour a bar, by table.
-- section: timeline
-- chart: histogram
-- tables: timeline
-- empty: No timeline yet.
SELECT date_trunc('hour', datetime) AS hour, source_table AS series, count(*) AS events
FROM timeline
WHERE datetime IS NOT NULL
GROUP BY date_trunc('hour', datetime), source_table
ORDER BY hour, series
