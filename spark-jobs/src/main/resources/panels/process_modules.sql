-- title: Modules
-- about: What its loader has loaded; a base leads to its bytes.
-- section: process
-- chart: table
-- tables: modules
-- empty: No modules.
SELECT base, size, name, path, load_time, load_reason, in_load, in_init, in_mem, pdb_name, pages_present, host, pid, forensic_path
FROM modules
WHERE host = :host AND pid = :pid AND (CAST(:eprocess AS BIGINT) IS NULL OR eprocess = :eprocess)
ORDER BY base, bits, ldr_entry
