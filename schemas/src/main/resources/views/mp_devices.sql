-- Devices with the headers of the devices.csv of MemProcFS.
-- tables: devices
SELECT
  case_id AS "case_id",
  host AS "host",
  device_name AS "Name",
  object AS "ObjectAddress", -- hex
  depth AS "Depth",
  attached_to AS "AttachedDeviceAddress", -- hex
  driver AS "DriverName",
  coalesce(attached_driver, driver) AS "DriverPath",
  driver_object AS "DriverObjectAddress", -- hex
  device_type AS "ExtraInfo"
FROM devices
