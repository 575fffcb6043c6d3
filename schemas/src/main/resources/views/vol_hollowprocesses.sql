-- Processes whose program is not what the kernel mapped, with the columns of windows.hollowprocesses of Volatility 3.
-- tables: processes
SELECT
  case_id AS "case_id",
  host AS "host",
  pid AS "PID",
  image_file_name AS "Process",
  CASE WHEN peb_image_base <> section_base THEN 'PEB.ImageBaseAddress differs from the mapped program' WHEN image_vad_type <> 'image' THEN concat('the program lies in memory of type ', image_vad_type) ELSE concat('the program is mapped with ', image_vad_protection) END AS "Notes"
FROM processes
WHERE peb_image_base <> section_base OR image_vad_type <> 'image' OR image_vad_protection <> 'PAGE_EXECUTE_WRITECOPY'
