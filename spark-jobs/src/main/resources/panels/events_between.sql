-- title: Events of the chosen time
-- about: Everything that carries a time between the two ends, oldest first.
-- section: time
-- chart: table
-- tables: timeline
-- empty: Nothing happened between the two ends.
SELECT datetime, host, timestamp_desc, message, source_table, pid
FROM timeline
WHERE datetime >= CAST(:from AS TIMESTAMP) AND datetime < CAST(:to AS TIMESTAMP)
ORDER BY datetime, host, source_table, message, timestamp_desc, pid
