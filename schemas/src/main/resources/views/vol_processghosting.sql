-- Processes whose program's file is gone, with the columns of windows.processghosting of Volatility 3.
-- tables: processes
SELECT
  case_id AS "case_id",
  host AS "host",
  pid AS "PID",
  image_file_name AS "Process",
  image_file_object AS "FILE_OBJECT", -- hex
  CASE WHEN image_file_state = 'delete_pending' THEN 1 ELSE 0 END AS "DeletePending",
  kernel_path AS "Path"
FROM processes
WHERE image_file_state = 'delete_pending' OR image_file_state = 'none'
