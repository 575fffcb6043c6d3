-- title: Image quality
-- about: Holes, smear and contradictions of each image.
-- section: coverage
-- chart: table
-- tables: image_quality
-- empty: No image was judged.
SELECT
  host, verdict, frames_total, frames_present, frames_unreadable, frames_not_dumped, frames_truncated,
  page_tables_missing, pte_to_missing_pfn, list_breaks, procs_walk_only, procs_scan_only, modules_partial, chunks_failed, details
FROM image_quality
ORDER BY CASE WHEN verdict = 'good' THEN 1 ELSE 0 END, host
