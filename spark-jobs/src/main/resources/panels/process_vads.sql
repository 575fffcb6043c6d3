-- title: Ranges of memory
-- about: The process's ranges of addresses; a start leads to its bytes.
-- section: process
-- chart: table
-- tables: vads
-- empty: No ranges.
SELECT v.start, v.end, v.size, v.protection, v.type, v.private_memory, v.tag, v.file, v.commit_charge, v.pages_present, v.pages_exec, v.host, v.pid
FROM vads v
WHERE v.host = :host AND v.pid = :pid AND (CAST(:eprocess AS BIGINT) IS NULL OR v.eprocess = :eprocess)
ORDER BY v.start, v.vad
