-- title: All hosts
-- about: Which Windows each host runs and how sure that is.
-- section: hosts
-- chart: table
-- tables: hosts
-- empty: No hosts.
SELECT host, computer_name, os_name, nt_build, arch, ram_bytes, boot_time, snapshot_time, symbol_source, confidence, warnings
FROM hosts
ORDER BY host
