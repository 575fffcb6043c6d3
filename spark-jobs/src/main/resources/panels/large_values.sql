-- title: Largest registry values
-- about: Programs that hide in the registry need large values; those of the system are the same on every host.
-- section: rare
-- chart: table
-- tables: registry_values
-- empty: No registry values.
SELECT v.hive_path, v.key, v.value, v.type, max(v.data_size) AS size, count(DISTINCT v.host) AS hosts, min(v.host) AS host, max(v.last_write) AS last_write, min(v.forensic_path) AS forensic_path
FROM registry_values v
WHERE v.data_size > 0
GROUP BY v.hive_path, v.key, v.value, v.type
ORDER BY size DESC, hosts, v.hive_path, v.key, v.value, v.type
LIMIT 200
