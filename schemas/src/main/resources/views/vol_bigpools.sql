-- Big pool allocations in use, with the columns of windows.bigpools of Volatility 3.
-- tables: big_pool
SELECT
  case_id AS "case_id",
  host AS "host",
  address AS "Allocation", -- hex
  tag AS "Tag",
  pool_type AS "PoolType",
  bytes AS "NumberOfBytes", -- hex
  'Allocated' AS "Status"
FROM big_pool
WHERE NOT free
