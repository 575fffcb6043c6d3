-- title: The host
-- about: Which Windows it runs and how that was found out.
-- section: host
-- chart: facts
-- tables: hosts
-- also: image_quality processes threads modules kernel_modules
-- empty: No such host.
SELECT
  h.os_name, h.nt_build_lab, h.arch, h.ram_bytes, h.boot_time, h.snapshot_time, h.kernel_base, h.dtb, h.kernel_pdb_guid, h.symbol_source, h.confidence,
  (SELECT min(verdict) FROM image_quality q WHERE q.host = :host) AS image,
  (SELECT count(*) FROM processes p WHERE p.host = :host) AS processes,
  (SELECT count(*) FROM threads t WHERE t.host = :host) AS threads,
  (SELECT count(*) FROM modules m WHERE m.host = :host) AS modules,
  (SELECT count(*) FROM kernel_modules k WHERE k.host = :host) AS drivers
FROM hosts h
WHERE h.host = :host
