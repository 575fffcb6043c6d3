-- title: The fleet
-- about: What this lake holds, over all hosts.
-- section: overview
-- chart: facts
-- tables: hosts
-- also: processes threads modules kernel_modules image_quality errors
-- empty: No host is published yet.
SELECT
  count(*) AS hosts,
  sum(ram_bytes) AS ram_bytes,
  count(DISTINCT nt_build) AS windows_builds,
  (SELECT count(*) FROM processes) AS processes,
  (SELECT count(*) FROM threads) AS threads,
  (SELECT count(*) FROM modules) AS modules,
  (SELECT count(*) FROM kernel_modules) AS drivers,
  (SELECT count(*) FROM image_quality WHERE verdict <> 'good') AS images_of_doubt,
  (SELECT coalesce(sum(occurrences), 0) FROM errors WHERE severity IN ('error', 'warning')) AS gaps,
  min(snapshot_time) AS first_snapshot,
  max(snapshot_time) AS last_snapshot
FROM hosts
