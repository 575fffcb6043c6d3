-- Services with the headers of the services.csv of MemProcFS.
-- tables: services
SELECT
  case_id AS "case_id",
  host AS "host",
  pid AS "PID",
  service_order AS "Ordinal",
  name AS "ServiceName",
  display AS "DisplayName",
  account AS "User",
  start AS "StartType",
  state AS "State",
  type AS "Type1",
  type_value AS "Type2",
  record AS "ObjectAddress", -- hex
  binary_registry AS "ImagePath",
  `binary` AS "DriverpathOrCmdline"
FROM services
