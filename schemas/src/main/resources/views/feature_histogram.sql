-- Features by how often they stand in memory, as the histograms of bulk_extractor.
-- tables: features
SELECT
  case_id AS "case_id",
  host AS "host",
  feature_type AS "feature_type",
  value AS "feature",
  sum(occurrences) AS "n",
  count(DISTINCT pid) AS "processes"
FROM features
GROUP BY case_id, host, feature_type, value
