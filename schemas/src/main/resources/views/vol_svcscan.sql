-- Services found by tag in the memory of services.exe, with the columns of windows.svcscan of Volatility 3.
-- tables: services
SELECT
  case_id AS "case_id",
  host AS "host",
  record AS "Offset", -- hex
  service_order AS "Order",
  pid AS "PID",
  start AS "Start",
  state AS "State",
  type AS "Type",
  name AS "Name",
  display AS "Display",
  `binary` AS "Binary",
  binary_registry AS "Binary (Registry)",
  dll AS "Dll"
FROM services
