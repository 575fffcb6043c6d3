-- title: Foreign addresses
-- about: Addresses that one of the two talks to.
-- section: diff
-- chart: table
-- tables: network
-- empty: The two have the same.
SELECT
  CASE WHEN max(CASE WHEN host = :a THEN 1 ELSE 0 END) = 0 THEN 'new' ELSE 'gone' END AS change,
  foreign_addr AS foreign_address, count(*) AS copies, min(host) AS host
FROM network
WHERE host IN (:a, :b) AND foreign_addr IS NOT NULL
GROUP BY foreign_addr
HAVING count(DISTINCT host) = 1
ORDER BY change, foreign_address
