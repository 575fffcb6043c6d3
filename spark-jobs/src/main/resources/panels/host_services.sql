-- title: Services of the host
-- about: As the service control manager has them in memory.
-- section: host
-- chart: table
-- tables: services
-- empty: No services.
SELECT name, display, type, start, state, host, pid, account, s.binary, dll, in_list, in_scan, forensic_path
FROM services s
WHERE host = :host
ORDER BY name, forensic_path
