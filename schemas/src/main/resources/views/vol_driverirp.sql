-- Major functions of the drivers that the scan found, with the columns of windows.driverirp of Volatility 3.
-- As there, modules are named without their extension.
-- tables: driver_irps drivers
SELECT
  driver_irps.case_id AS "case_id",
  driver_irps.host AS "host",
  driver_irps.object AS "Offset", -- hex
  drivers.object_name AS "Driver Name",
  driver_irps.irp AS "IRP",
  driver_irps.address AS "Address", -- hex
  split_part(driver_irps.module, '.', 1) AS "Module",
  driver_irps.symbol AS "Symbol"
FROM driver_irps
JOIN drivers ON driver_irps.case_id = drivers.case_id AND driver_irps.host = drivers.host AND driver_irps.physical_address = drivers.physical_address
WHERE drivers.in_scan
