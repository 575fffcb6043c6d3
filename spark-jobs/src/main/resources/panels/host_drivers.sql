-- title: Drivers of the host
-- about: Modules of the kernel, from its list and from scanning.
-- section: host
-- chart: table
-- tables: kernel_modules
-- empty: No drivers.
SELECT name, path, base, size, load_order, in_list, in_scan, pdb_name, pdb_guid, host, forensic_path
FROM kernel_modules
WHERE host = :host
ORDER BY load_order, base, forensic_path
