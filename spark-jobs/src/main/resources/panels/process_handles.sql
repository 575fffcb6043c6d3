-- title: Handles
-- about: What it has open.
-- section: process
-- chart: table
-- tables: handles
-- empty: No handles.
SELECT h.handle, h.type, h.name, h.granted_access, h.object, h.host, h.pid
FROM handles h
WHERE h.host = :host AND h.pid = :pid
ORDER BY h.handle, h.object
