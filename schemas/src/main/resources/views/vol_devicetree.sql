-- Devices of the drivers and what is attached to them, with the columns of windows.devicetree of Volatility 3.
-- DEV rows are devices of the driver, ATT rows those attached above; the DRV rows of that plugin are the table drivers.
-- tables: devices
SELECT
  case_id AS "case_id",
  host AS "host",
  driver_object AS "Offset", -- hex
  CASE WHEN depth = 0 THEN 'DEV' ELSE 'ATT' END AS "Type",
  driver AS "DriverName",
  device_name AS "DeviceName",
  attached_driver AS "DriverNameOfAttDevice",
  device_type AS "DeviceType"
FROM devices
