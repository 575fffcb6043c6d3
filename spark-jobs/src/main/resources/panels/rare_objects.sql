-- title: Rarest named objects
-- about: Mutants, events, sections and pipes that one or two hosts have open.
-- section: rare
-- chart: table
-- tables: handles
-- empty: Nothing is that rare here.
SELECT concat(type, ' ', name) AS object, count(DISTINCT host) AS hosts, count(*) AS copies, min(host) AS host
FROM handles
WHERE name IS NOT NULL AND type IN ('Mutant', 'Event', 'Section', 'Semaphore', 'File') AND (type <> 'File' OR lower(name) LIKE '%_namedpipe_%')
GROUP BY concat(type, ' ', name)
HAVING count(DISTINCT host) <= 2
ORDER BY hosts, copies, object
LIMIT 500
