-- title: Code that differs from other hosts
-- about: Pages of a module's code that are not as the majority of hosts with the same file has them, one line a place.
-- section: findings
-- chart: table
-- tables: code_patches
-- empty: memlake prevalence compares the code of modules that at least three hosts have in the same version.
SELECT module, rva, count(DISTINCT host) AS hosts, max(hosts_majority) AS hosts_majority, max(hosts_module) AS hosts_module,
  min(CASE WHEN fleet_wide THEN 'yes' ELSE 'no' END) AS fleet_wide, min(host) AS host, min(process) AS process, count(*) AS pages
FROM code_patches
GROUP BY module, rva, pdb_guid, page_hash
ORDER BY fleet_wide, hosts, module, rva
LIMIT 2000
