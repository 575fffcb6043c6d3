-- title: Chunks
-- about: The pieces that were read: pages, zero pages, and those left out.
-- section: coverage
-- chart: table
-- tables: chunks
-- empty: No chunks.
SELECT
  host, layer, count(*) AS chunks, sum(length) AS bytes, sum(pages) AS pages, sum(absent_pages) AS absent_pages, sum(zero_pages) AS zero_pages,
  sum(CASE WHEN status <> 'ok' THEN 1 ELSE 0 END) AS not_ok, sum(CASE WHEN poison THEN 1 ELSE 0 END) AS given_up
FROM chunks
GROUP BY host, layer
ORDER BY host, layer
