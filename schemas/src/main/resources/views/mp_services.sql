-- Services with the headers of the services.csv of MemProcFS.
-- tables: services services_registry
SELECT
  services.case_id AS "case_id",
  services.host AS "host",
  services.pid AS "PID",
  services.service_order AS "Ordinal",
  services.name AS "ServiceName",
  services.display AS "DisplayName",
  services_registry.object_name AS "User",
  services.start AS "StartType",
  services.state AS "State",
  services.type AS "Type1",
  services.type_value AS "Type2",
  services.record AS "ObjectAddress", -- hex
  services_registry.image_path AS "ImagePath",
  services.binary AS "DriverpathOrCmdline"
FROM services
LEFT JOIN services_registry ON services.case_id = services_registry.case_id AND services.host = services_registry.host AND lower(services.name) = lower(services_registry.name)
