-- title: Latest events
-- about: The last events of every host, newest first.
-- section: timeline
-- chart: table
-- tables: timeline
-- empty: No timeline yet.
SELECT datetime, host, timestamp_desc, message, source_table
FROM timeline
WHERE datetime IS NOT NULL
ORDER BY datetime DESC, host, message
LIMIT 2000
