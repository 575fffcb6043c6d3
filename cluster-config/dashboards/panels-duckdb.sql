-- Panels of the fleet as views, over the tables of a lake's views file. Generated.

-- The fleet: What this lake holds, over all hosts.
CREATE OR REPLACE VIEW panel_fleet AS
SELECT
  count(*) AS hosts,
  sum(ram_bytes) AS ram_bytes,
  count(DISTINCT nt_build) AS windows_builds,
  (SELECT count(*) FROM processes) AS processes,
  (SELECT count(*) FROM threads) AS threads,
  (SELECT count(*) FROM modules) AS modules,
  (SELECT count(*) FROM kernel_modules) AS drivers,
  (SELECT count(*) FROM image_quality WHERE verdict <> 'good') AS images_of_doubt,
  (SELECT coalesce(sum(occurrences), 0) FROM errors WHERE severity IN ('error', 'warning')) AS gaps,
  min(snapshot_time) AS first_snapshot,
  max(snapshot_time) AS last_snapshot
FROM hosts;

-- Findings by severity: Findings at each level, of how many rules and on how many hosts.
CREATE OR REPLACE VIEW panel_severity AS
SELECT
  severity,
  count(*) AS findings,
  count(DISTINCT rule_uid) AS rules,
  count(DISTINCT host) AS hosts
FROM findings
GROUP BY severity
ORDER BY
  CASE lower(severity)
    WHEN 'fatal' THEN 0 WHEN 'critical' THEN 1 WHEN 'high' THEN 2 WHEN 'medium' THEN 3 WHEN 'low' THEN 4 ELSE 5
  END,
  severity;

-- Hosts by score: The sum of the gravest finding of each technique on the host, so that one noisy rule does not decide.
CREATE OR REPLACE VIEW panel_host_scores AS
SELECT
  host,
  sum(CASE WHEN in_technique = 1 THEN weight END) AS score,
  count(*) AS findings,
  concat(
    max(CASE WHEN in_host = 1 THEN title END),
    coalesce(max(CASE WHEN in_host = 2 THEN concat(' · ', title) END), ''),
    coalesce(max(CASE WHEN in_host = 3 THEN concat(' · ', title) END), '')) AS why
FROM (
  SELECT
    host,
    title,
    weight,
    row_number() OVER (PARTITION BY host, attack_technique ORDER BY weight DESC, title, finding_id) AS in_technique,
    row_number() OVER (PARTITION BY host ORDER BY weight DESC, title, finding_id) AS in_host
  FROM (
    SELECT
      host,
      title,
      attack_technique,
      finding_id,
      CASE lower(severity)
        WHEN 'fatal' THEN 150 WHEN 'critical' THEN 100 WHEN 'high' THEN 40 WHEN 'medium' THEN 10 WHEN 'low' THEN 3 ELSE 1
      END AS weight
    FROM findings
    WHERE host IS NOT NULL
  ) AS weighted
) AS ranked
GROUP BY host
ORDER BY score DESC, host;

-- Hosts and techniques: Findings by host and ATT&CK technique. A cell filters the page.
CREATE OR REPLACE VIEW panel_heat AS
SELECT host, attack_technique, count(*) AS findings
FROM findings
GROUP BY host, attack_technique
ORDER BY host, attack_technique;

-- All findings: Every finding, the gravest first.
CREATE OR REPLACE VIEW panel_findings AS
SELECT
  severity, risk_score, host, title, attack_technique, pid, process, description, prevalence_hosts AS hosts_like_this,
  rule_uid, forensic_path, evidence, false_positive_hint, next_steps, status, finding_id
FROM findings
ORDER BY
  CASE lower(severity)
    WHEN 'fatal' THEN 0 WHEN 'critical' THEN 1 WHEN 'high' THEN 2 WHEN 'medium' THEN 3 WHEN 'low' THEN 4 ELSE 5
  END,
  risk_score DESC, host, title, pid, finding_id;

-- Processes not in the kernel's list: Found by scanning, or owning threads or handles, but not linked. One that ended is usual; one that runs is not.
CREATE OR REPLACE VIEW panel_hidden AS
SELECT host, pid, ppid, image_file_name, state, create_time, exit_time, in_psscan, in_threads, in_handles, eprocess, forensic_path
FROM processes
WHERE NOT in_pslist
ORDER BY CASE WHEN exit_time IS NULL THEN 0 ELSE 1 END, host, pid, eprocess;

-- Private executable memory: Ranges of processes that can run code no file stands behind; usual for programs that compile as they run.
CREATE OR REPLACE VIEW panel_private_executable AS
SELECT v.host, v.process, v.pid, count(*) AS ranges, sum(v.size) AS bytes, min(v.start) AS start, min(v.protection) AS protection, v.eprocess
FROM vads v
WHERE v.private_memory AND upper(v.protection) LIKE '%EXECUTE%' AND v.file IS NULL
GROUP BY v.host, v.process, v.pid, v.eprocess
ORDER BY ranges DESC, v.host, v.pid, v.eprocess;

-- Threads that start outside every module: Threads of a process whose start address lies in none of its loaded modules.
CREATE OR REPLACE VIEW panel_unbacked_threads AS
SELECT t.host, t.pid, t.process, count(*) AS threads, min(t.win32_start_address) AS win32_start_address, t.eprocess
FROM threads t
WHERE t.win32_start_address > 0
  AND NOT EXISTS (
    SELECT 1 FROM modules m
    WHERE m.host = t.host AND m.eprocess = t.eprocess
      AND t.win32_start_address >= m.base AND t.win32_start_address < m.base + m.size)
GROUP BY t.host, t.pid, t.process, t.eprocess
ORDER BY threads DESC, t.host, t.pid, t.eprocess;

-- Memory that looks injected: Ranges of processes whose content, protection or pages contradict what they are said to be, and why.
CREATE OR REPLACE VIEW panel_injections AS
SELECT host, pid, process, reason, start, size, protection, private_memory, threads_started, has_mz, pages_changed, entropy, file, eprocess, forensic_path
FROM injections
ORDER BY coalesce(threads_started, 0) DESC, CASE WHEN has_mz THEN 0 ELSE 1 END, host, pid, start, reason;

-- Pointers that lead out of the kernel's modules: System calls, dispatch routines of drivers, callbacks and timers whose routine lies in no loaded module.
CREATE OR REPLACE VIEW panel_foreign_pointers AS
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
ORDER BY f.host, f.kind, f.place, f.address;

-- Code that differs from other hosts: Pages of a module's code that are not as the majority of hosts with the same file has them, one line a place.
CREATE OR REPLACE VIEW panel_code_patches AS
SELECT module, rva, count(DISTINCT host) AS hosts, max(hosts_majority) AS hosts_majority, max(hosts_module) AS hosts_module,
  min(CASE WHEN fleet_wide THEN 'yes' ELSE 'no' END) AS fleet_wide, min(host) AS host, min(process) AS process, count(*) AS pages
FROM code_patches
GROUP BY module, rva, pdb_guid, page_hash
ORDER BY fleet_wide, hosts, module, rva
LIMIT 2000;

-- Indicator matches: Indicators of the hunts and the hosts they were seen on; hits on an allow-list last.
CREATE OR REPLACE VIEW panel_ioc_matches AS
SELECT
  m.severity, m.indicator, m.type, m.host, m.pid, m.process, m.value, m.table AS found_in, m.column AS found_as, m.allowlisted, m.description,
  m.indicator_source, m.forensic_path
FROM ioc_matches m
ORDER BY CASE WHEN m.allowlisted THEN 1 ELSE 0 END, m.indicator, m.host, m.value, m.pid, m.forensic_path;

-- YARA matches: Rules that matched in memory and where.
CREATE OR REPLACE VIEW panel_yara_matches AS
SELECT severity, rule, host, pid, process, scope, start, size, matches, strings, description, forensic_path
FROM yara_matches
ORDER BY rule, host, pid, start;

-- Sigma matches: Rules over processes, modules, services and the like that matched.
CREATE OR REPLACE VIEW panel_sigma_matches AS
SELECT level AS severity, title, host, pid, process, attack_technique, logsource, matched, rule_id, forensic_path
FROM sigma_matches
ORDER BY title, host, pid, forensic_path;

-- Rarest programs: Program files that run on one or two hosts.
CREATE OR REPLACE VIEW panel_rare_processes AS
SELECT lower(coalesce(path, image_file_name)) AS program, count(DISTINCT host) AS hosts, count(*) AS copies, min(host) AS host
FROM processes
WHERE coalesce(path, image_file_name) IS NOT NULL
GROUP BY lower(coalesce(path, image_file_name))
HAVING count(DISTINCT host) <= 2
ORDER BY hosts, copies, program
LIMIT 500;

-- Rarest modules: Modules of user processes that one or two hosts have loaded.
CREATE OR REPLACE VIEW panel_rare_modules AS
SELECT lower(coalesce(path, name)) AS module, count(DISTINCT host) AS hosts, count(*) AS copies, min(host) AS host
FROM modules
WHERE coalesce(path, name) IS NOT NULL
GROUP BY lower(coalesce(path, name))
HAVING count(DISTINCT host) <= 2
ORDER BY hosts, copies, module
LIMIT 500;

-- Rarest drivers: Drivers that one or two hosts have loaded.
CREATE OR REPLACE VIEW panel_rare_drivers AS
SELECT lower(coalesce(path, name)) AS driver, count(DISTINCT host) AS hosts, count(*) AS copies, min(host) AS host
FROM kernel_modules
WHERE coalesce(path, name) IS NOT NULL
GROUP BY lower(coalesce(path, name))
HAVING count(DISTINCT host) <= 2
ORDER BY hosts, copies, driver
LIMIT 500;

-- Rarest services: Services that one or two hosts have.
CREATE OR REPLACE VIEW panel_rare_services AS
SELECT lower(name) AS service, count(DISTINCT host) AS hosts, count(*) AS copies, min(host) AS host
FROM services
WHERE name IS NOT NULL
GROUP BY lower(name)
HAVING count(DISTINCT host) <= 2
ORDER BY hosts, copies, service
LIMIT 500;

-- Rarest named objects: Mutants, events, sections and pipes that one or two hosts have open.
CREATE OR REPLACE VIEW panel_rare_objects AS
SELECT concat(type, ' ', name) AS object, count(DISTINCT host) AS hosts, count(*) AS copies, min(host) AS host
FROM handles
WHERE name IS NOT NULL AND type IN ('Mutant', 'Event', 'Section', 'Semaphore', 'File') AND (type <> 'File' OR lower(name) LIKE '%_namedpipe_%')
GROUP BY concat(type, ' ', name)
HAVING count(DISTINCT host) <= 2
ORDER BY hosts, copies, object
LIMIT 500;

-- Rarest foreign addresses: Addresses that one or two hosts talk to.
CREATE OR REPLACE VIEW panel_rare_endpoints AS
SELECT foreign_addr AS foreign_address, count(DISTINCT host) AS hosts, count(*) AS copies, min(host) AS host
FROM network
WHERE foreign_addr IS NOT NULL AND foreign_addr NOT IN ('*', '0.0.0.0', '::')
GROUP BY foreign_addr
HAVING count(DISTINCT host) <= 2
ORDER BY hosts, copies, foreign_address
LIMIT 500;

-- Rarest callbacks: Modules that one or two hosts have told the kernel to call.
CREATE OR REPLACE VIEW panel_rare_callbacks AS
SELECT concat(type, ' ', coalesce(lower(module), 'in no module')) AS callback, count(DISTINCT host) AS hosts, count(*) AS copies, min(host) AS host
FROM callbacks
GROUP BY concat(type, ' ', coalesce(lower(module), 'in no module'))
HAVING count(DISTINCT host) <= 2
ORDER BY hosts, copies, callback
LIMIT 500;

-- Rarest autostarts: What the registry starts by itself on one or two hosts: run keys, scheduled tasks and the like.
CREATE OR REPLACE VIEW panel_rare_autostarts AS
SELECT a.starts, count(DISTINCT a.host) AS hosts, count(*) AS copies, min(a.host) AS host, max(a.last_write) AS last_write, min(a.path) AS forensic_path
FROM (
  SELECT host, concat(kind, ' ', coalesce(lower(command), lower(entry), '')) AS starts, last_write, forensic_path AS path FROM run_keys
  UNION ALL
  SELECT host, concat('task ', coalesce(lower(task_path), ''), ' ', coalesce(lower(command), '')), last_write, forensic_path FROM scheduled_tasks
) a
GROUP BY a.starts
HAVING count(DISTINCT a.host) <= 2
ORDER BY hosts, copies, a.starts
LIMIT 500;

-- Largest registry values: Programs that hide in the registry need large values; those of the system are the same on every host.
CREATE OR REPLACE VIEW panel_large_values AS
SELECT v.hive_path, v.key, v.value, v.type, max(v.data_size) AS size, count(DISTINCT v.host) AS hosts, min(v.host) AS host, max(v.last_write) AS last_write, min(v.forensic_path) AS forensic_path
FROM registry_values v
WHERE v.data_size > 0
GROUP BY v.hive_path, v.key, v.value, v.type
ORDER BY size DESC, hosts, v.hive_path, v.key, v.value, v.type
LIMIT 200;

-- Pages by how common they are: Pages that are the whole fleet's, some hosts' or one host's alone; pages of one value are left out.
CREATE OR REPLACE VIEW panel_page_classes AS
SELECT class, count(*) AS distinct_pages, sum(copies) AS copies, sum(CASE WHEN executable THEN 1 ELSE 0 END) AS executable, max(hosts) AS most_hosts
FROM page_prevalence
GROUP BY class
ORDER BY distinct_pages DESC, class;

-- Code that no other host has: Executable pages of programs that occur on one host alone, in KiB. A host far above its peers runs something of its own.
CREATE OR REPLACE VIEW panel_unique_code AS
SELECT first_host AS host, count(*) * 4 AS kib, count(*) AS pages
FROM page_prevalence
WHERE hosts = 1 AND executable AND user_mode
GROUP BY first_host
ORDER BY kib DESC, host
LIMIT 500;

-- All hosts: Which Windows each host runs and how sure that is.
CREATE OR REPLACE VIEW panel_host_list AS
SELECT host, computer_name, os_name, nt_build, arch, ram_bytes, boot_time, snapshot_time, symbol_source, confidence, warnings
FROM hosts
ORDER BY host;

-- Process trees: What started what on each host, with what is odd about it.
CREATE OR REPLACE VIEW panel_process_tree AS
SELECT
  host, pid, ppid, image_file_name, create_time, exit_time, session_id, command_line, eprocess,
  concat(
    CASE WHEN NOT in_pslist AND exit_time IS NULL THEN 'not in the list;' ELSE '' END,
    CASE WHEN in_pslist AND NOT in_psscan THEN 'not found by scan;' ELSE '' END,
    CASE WHEN exit_time IS NOT NULL THEN 'ended;' ELSE '' END,
    CASE WHEN exit_time IS NULL AND (
        (lower(image_file_name) = 'svchost.exe' AND NOT EXISTS (
          SELECT 1 FROM processes q WHERE q.host = p.host AND q.pid = p.ppid AND lower(q.image_file_name) IN ('services.exe', 'msmpeng.exe')))
        OR (lower(image_file_name) = 'lsass.exe' AND NOT EXISTS (
          SELECT 1 FROM processes q WHERE q.host = p.host AND q.pid = p.ppid AND lower(q.image_file_name) IN ('wininit.exe', 'winlogon.exe')))
        OR (lower(image_file_name) = 'services.exe' AND NOT EXISTS (
          SELECT 1 FROM processes q WHERE q.host = p.host AND q.pid = p.ppid AND lower(q.image_file_name) IN ('wininit.exe', 'winlogon.exe'))))
      THEN 'unusual parent;' ELSE '' END,
    CASE WHEN lower(image_file_name) IN ('svchost.exe', 'lsass.exe', 'services.exe', 'csrss.exe', 'smss.exe', 'wininit.exe', 'winlogon.exe', 'spoolsv.exe')
        AND path IS NOT NULL AND lower(path) NOT LIKE '%_system32_%'
      THEN 'unusual folder;' ELSE '' END) AS oddities
FROM processes p
ORDER BY host, create_time, pid, eprocess;

-- Who talks to whom: Foreign addresses by host, those first that the fewest hosts talk to.
CREATE OR REPLACE VIEW panel_edges AS
SELECT n.host, n.foreign_addr AS to_address, count(*) AS connections, min(n.owner) AS process, max(f.hosts) AS hosts
FROM network n
JOIN (SELECT foreign_addr, count(DISTINCT host) AS hosts FROM network GROUP BY foreign_addr) f
  ON f.foreign_addr = n.foreign_addr
WHERE n.foreign_addr NOT IN ('*', '0.0.0.0', '::', '127.0.0.1', '::1')
GROUP BY n.host, n.foreign_addr
ORDER BY hosts, connections DESC, n.host, n.foreign_addr
LIMIT 2000;

-- Between hosts of the fleet: Connections whose other end was found in another image, both processes named.
CREATE OR REPLACE VIEW panel_internal_edges AS
SELECT a.host, a.owner AS process, a.pid, a.local_addr, a.local_port, b.host AS to_host, b.owner AS to_process, a.foreign_addr, a.foreign_port, a.state
FROM network a
JOIN network b
  ON a.local_addr = b.foreign_addr AND a.local_port = b.foreign_port
  AND a.foreign_addr = b.local_addr AND a.foreign_port = b.local_port
WHERE a.host < b.host AND a.foreign_port <> 0
ORDER BY a.host, b.host, a.local_port;

-- Listening ports by rarity: Ports that processes listen on, those that few hosts have first.
CREATE OR REPLACE VIEW panel_listeners AS
SELECT local_port, proto, owner AS process, count(DISTINCT host) AS hosts, min(host) AS host
FROM network
WHERE upper(state) LIKE 'LISTEN%'
GROUP BY local_port, proto, owner
ORDER BY hosts, local_port, proto, process;

-- Process starts: When the processes of the fleet started, an hour a bar.
CREATE OR REPLACE VIEW panel_activity AS
SELECT date_trunc('hour', create_time) AS hour, host, count(*) AS events
FROM processes
WHERE create_time IS NOT NULL
GROUP BY date_trunc('hour', create_time), host
ORDER BY hour, host;

-- All events: Everything that carries a time, an hour a bar, by table.
CREATE OR REPLACE VIEW panel_timeline_histogram AS
SELECT date_trunc('hour', datetime) AS hour, source_table AS series, count(*) AS events
FROM timeline
WHERE datetime IS NOT NULL
GROUP BY date_trunc('hour', datetime), source_table
ORDER BY hour, series;

-- Latest events: The last events of every host, newest first.
CREATE OR REPLACE VIEW panel_timeline AS
SELECT datetime, host, timestamp_desc, message, source_table
FROM timeline
WHERE datetime IS NOT NULL
ORDER BY datetime DESC, host, message
LIMIT 2000;

-- Image quality: Holes, smear and contradictions of each image.
CREATE OR REPLACE VIEW panel_quality AS
SELECT
  host, verdict, frames_total, frames_present, frames_unreadable, frames_not_dumped, frames_truncated,
  page_tables_missing, pte_to_missing_pfn, list_breaks, procs_walk_only, procs_scan_only, modules_partial, chunks_failed, details
FROM image_quality
ORDER BY CASE WHEN verdict = 'good' THEN 1 ELSE 0 END, host;

-- Gaps and errors: What could not be read, parsed or done, and on how many hosts.
CREATE OR REPLACE VIEW panel_errors AS
SELECT severity, stage, item, reason, count(DISTINCT host) AS hosts, sum(occurrences) AS occurrences, min(host) AS host, min(detail) AS detail
FROM errors
GROUP BY severity, stage, item, reason
ORDER BY
  CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
  hosts DESC, stage, item, reason;

-- Chunks: The pieces that were read: pages, zero pages, and those left out.
CREATE OR REPLACE VIEW panel_chunks AS
SELECT
  host, layer, count(*) AS chunks, sum(length) AS bytes, sum(pages) AS pages, sum(absent_pages) AS absent_pages, sum(zero_pages) AS zero_pages,
  sum(CASE WHEN status <> 'ok' THEN 1 ELSE 0 END) AS not_ok, sum(CASE WHEN poison THEN 1 ELSE 0 END) AS given_up
FROM chunks
GROUP BY host, layer
ORDER BY host, layer;

-- Speed by stage: Bytes and time of each stage over all hosts and runs.
CREATE OR REPLACE VIEW panel_steps AS
SELECT
  step, status, count(*) AS hosts, sum(bytes_in) AS bytes, sum(rows_out) AS rows_out, sum(wall_ms) AS wall_ms, sum(cpu_ms) AS cpu_ms,
  sum(retries) AS retries, sum(skipped_chunks) AS skipped_chunks
FROM run_steps
GROUP BY step, status
ORDER BY wall_ms DESC, step, status;

-- Reach of the hunts: What was looked for, on how many hosts, and what could not be looked for.
CREATE OR REPLACE VIEW panel_hunt_coverage AS
SELECT kind, status, reason, count(*) AS entries, sum(items) AS items, max(hosts_searched) AS hosts_searched, max(hosts_skipped) AS hosts_skipped, sum(matches) AS matches
FROM hunt_coverage
GROUP BY kind, status, reason
ORDER BY kind, status, reason;

-- Evidence: The files that were read, as they were registered.
CREATE OR REPLACE VIEW panel_evidence AS
SELECT host, role, kind, variant, size, sha256, path, modified_at, acquired_at, registered_at, image_id, warnings
FROM evidence
ORDER BY host, role, path;

-- Runs: What was run, with what, and how it ended.
CREATE OR REPLACE VIEW panel_runs AS
SELECT
  started, ended, command, status, hosts_total, hosts_ok, hosts_partial, hosts_failed, tool_version, spark_version, java_version,
  params_sha256, command_line, error, run_id
FROM runs
ORDER BY started DESC, run_id;
