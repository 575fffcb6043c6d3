-- title: Pages by how common they are
-- about: Pages that are the whole fleet's, some hosts' or one host's alone; pages of one value are left out.
-- section: rare
-- chart: bars
-- tables: page_prevalence
-- empty: memlake prevalence counts on how many hosts each page occurs.
SELECT class, count(*) AS distinct_pages, sum(copies) AS copies, sum(CASE WHEN executable THEN 1 ELSE 0 END) AS executable, max(hosts) AS most_hosts
FROM page_prevalence
GROUP BY class
ORDER BY distinct_pages DESC, class
