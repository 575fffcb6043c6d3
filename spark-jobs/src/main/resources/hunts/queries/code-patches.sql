-- Pages of code that differ from the same build elsewhere, hooks of the whole fleet left out.
-- tables: code_patches
SELECT host, process, pid, module, rva, hosts_same, hosts_majority, hosts_module
FROM code_patches WHERE NOT fleet_wide ORDER BY host, module, rva, pid
