-- Processes with a handle that can read the memory of lsass.exe.
-- tables: handles processes
SELECT h.host, h.process, h.pid, h.granted_access, count(*) AS handles
FROM handles h JOIN processes l ON l.case_id = h.case_id AND l.host = h.host AND l.eprocess = h.object
WHERE h.type = 'Process' AND lower(l.image_file_name) = 'lsass.exe' AND h.pid <> l.pid AND (CAST(h.granted_access AS BIGINT) & 16) <> 0
GROUP BY h.host, h.process, h.pid, h.granted_access
ORDER BY h.host, h.process, h.pid, h.granted_access
