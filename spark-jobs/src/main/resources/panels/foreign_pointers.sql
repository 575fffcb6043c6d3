-- title: Pointers that lead out of the kernel's modules
-- about: System calls, dispatch routines of drivers, callbacks and timers whose routine lies in no loaded module.
-- section: findings
-- chart: table
-- tables: driver_irps
-- also: ssdt callbacks timers
-- empty: Every routine lies in a module that is loaded.
SELECT f.host, f.kind, f.place, f.address, f.module, f.symbol, f.forensic_path
FROM (
  SELECT host, 'dispatch routine' AS kind, concat(coalesce(driver, ''), ' ', coalesce(irp, '')) AS place, address, module, symbol, forensic_path
  FROM driver_irps WHERE foreign_pointer
  UNION ALL
  SELECT host, 'system call', concat(service_table, ' ', CAST(number AS VARCHAR(20))), address, module, symbol, forensic_path
  FROM ssdt WHERE foreign_pointer
  UNION ALL
  SELECT host, 'callback', type, address, module, symbol, forensic_path
  FROM callbacks WHERE foreign_pointer
  UNION ALL
  SELECT host, 'timer', timer_type, routine, module, symbol, forensic_path
  FROM timers WHERE foreign_pointer
) f
ORDER BY f.host, f.kind, f.place, f.address
