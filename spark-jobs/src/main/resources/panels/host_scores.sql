-- title: Hosts by score
-- about: The sum of the gravest finding of each technique on the host, so that one noisy rule does not decide.
-- section: overview
-- chart: bars
-- tables: findings
-- empty: No findings.
SELECT
  host,
  sum(CASE WHEN in_technique = 1 THEN weight END) AS score,
  count(*) AS findings,
  concat(
    max(CASE WHEN in_host = 1 THEN title END),
    coalesce(max(CASE WHEN in_host = 2 THEN concat(' · ', title) END), ''),
    coalesce(max(CASE WHEN in_host = 3 THEN concat(' · ', title) END), '')) AS why
FROM (
  SELECT
    host,
    title,
    weight,
    row_number() OVER (PARTITION BY host, attack_technique ORDER BY weight DESC, title, finding_id) AS in_technique,
    row_number() OVER (PARTITION BY host ORDER BY weight DESC, title, finding_id) AS in_host
  FROM (
    SELECT
      host,
      title,
      attack_technique,
      finding_id,
      CASE lower(severity)
        WHEN 'fatal' THEN 150 WHEN 'critical' THEN 100 WHEN 'high' THEN 40 WHEN 'medium' THEN 10 WHEN 'low' THEN 3 ELSE 1
      END AS weight
    FROM findings
    WHERE host IS NOT NULL
  ) AS weighted
) AS ranked
GROUP BY host
ORDER BY score DESC, host
