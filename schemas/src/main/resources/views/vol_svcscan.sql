-- Services found by tag in the memory of services.exe, with the columns of windows.svcscan of Volatility 3.
-- tables: services services_registry
SELECT
  services.case_id AS "case_id",
  services.host AS "host",
  services.record AS "Offset", -- hex
  services.service_order AS "Order",
  services.pid AS "PID",
  services.start AS "Start",
  services.state AS "State",
  services.type AS "Type",
  services.name AS "Name",
  services.display AS "Display",
  services.binary AS "Binary",
  services_registry.image_path AS "Binary (Registry)",
  services_registry.service_dll AS "Dll"
FROM services
LEFT JOIN services_registry ON services.case_id = services_registry.case_id AND services.host = services_registry.host AND lower(services.name) = lower(services_registry.name)
