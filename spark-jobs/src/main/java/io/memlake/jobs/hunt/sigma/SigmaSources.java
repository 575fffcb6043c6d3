package io.memlake.jobs.hunt.sigma;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The register of log sources: a snapshot shows what ran, not that it started. */
final class SigmaSources {
  private static final String SAME = "%1$s.case_id = %2$s.case_id AND %1$s.host = %2$s.host";
  private static final String HEX = "'0x' || lower(hex(%s))";

  private static final List<SigmaSource> ALL =
      List.of(
          new SigmaSource(
              List.of("process_creation"),
              "processes",
              List.of("processes"),
              "processes p LEFT JOIN processes q ON "
                  + SAME.formatted("p", "q")
                  + " AND q.pid = p.ppid AND q.create_time <= p.create_time"
                  + " LEFT JOIN (SELECT case_id, host, eprocess, max(user_name) AS user_name,"
                  + " max(integrity) AS integrity FROM tokens WHERE kind = 'primary' OR kind IS NULL"
                  + " GROUP BY case_id, host, eprocess) t ON "
                  + SAME.formatted("p", "t")
                  + " AND t.eprocess = p.eprocess",
              "p.pid",
              "p.image_file_name",
              "'eprocess ' || " + HEX.formatted("p.eprocess"),
              "p",
              Map.ofEntries(
                  Map.entry("Image", "coalesce(p.path, p.kernel_path)"),
                  Map.entry("CommandLine", "p.command_line"),
                  Map.entry("CurrentDirectory", "p.cwd"),
                  Map.entry("ParentImage", "coalesce(q.path, q.kernel_path)"),
                  Map.entry("ParentCommandLine", "q.command_line"),
                  Map.entry("ProcessId", "p.pid"),
                  Map.entry("ParentProcessId", "p.ppid"),
                  Map.entry("User", "t.user_name"),
                  Map.entry("IntegrityLevel", "t.integrity"),
                  Map.entry("TerminalSessionId", "p.session_id"))),
          new SigmaSource(
              List.of("image_load"),
              "modules",
              List.of("modules", "processes"),
              "modules m LEFT JOIN processes p ON "
                  + SAME.formatted("m", "p")
                  + " AND p.eprocess = m.eprocess",
              "m.pid",
              "m.process",
              "'pid ' || m.pid || ' base ' || " + HEX.formatted("m.base"),
              "m",
              Map.of(
                  "Image",
                  "coalesce(p.path, p.kernel_path)",
                  "ImageLoaded",
                  "m.path",
                  "ProcessId",
                  "m.pid",
                  "CommandLine",
                  "p.command_line")),
          new SigmaSource(
              List.of("driver_load"),
              "kernel_modules",
              List.of("kernel_modules"),
              "kernel_modules k",
              "CAST(NULL AS INT)",
              "CAST(NULL AS STRING)",
              "'base ' || " + HEX.formatted("k.base"),
              "k",
              Map.of("ImageLoaded", "k.path")),
          new SigmaSource(
              List.of("network_connection"),
              "network",
              List.of("network", "processes"),
              "network n LEFT JOIN processes p ON "
                  + SAME.formatted("n", "p")
                  + " AND p.pid = n.pid AND p.state = 'running'",
              "n.pid",
              "n.owner",
              "n.proto || ' ' || coalesce(n.local_addr, '*') || ':' || coalesce(n.local_port, 0) || ' '"
                  + " || coalesce(n.foreign_addr, '*') || ':' || coalesce(n.foreign_port, 0)",
              "n",
              Map.of(
                  "Image",
                  "coalesce(p.path, p.kernel_path)",
                  "DestinationIp",
                  "n.foreign_addr",
                  "DestinationPort",
                  "n.foreign_port",
                  "SourceIp",
                  "n.local_addr",
                  "SourcePort",
                  "n.local_port",
                  "ProcessId",
                  "n.pid",
                  "Initiated",
                  "CASE WHEN n.state = 'LISTENING' THEN 'false' ELSE 'true' END",
                  "Protocol",
                  "lower(substr(n.proto, 1, 3))")),
          new SigmaSource(
              List.of("pipe_created"),
              "handles",
              List.of("handles", "processes"),
              "(SELECT * FROM handles WHERE type = 'File' AND lower(name) LIKE '%namedpipe%') h"
                  + " LEFT JOIN processes p ON "
                  + SAME.formatted("h", "p")
                  + " AND p.eprocess = h.eprocess",
              "h.pid",
              "h.process",
              "'pid ' || h.pid || ' handle ' || " + HEX.formatted("CAST(h.handle AS BIGINT)"),
              "h",
              Map.of(
                  "PipeName",
                  "regexp_replace(h.name, '(?i)^.*namedpipe', '')",
                  "Image",
                  "coalesce(p.path, p.kernel_path)",
                  "ProcessId",
                  "h.pid")),
          new SigmaSource(
              List.of("process_access"),
              "handles",
              List.of("handles", "processes"),
              "(SELECT * FROM handles WHERE type = 'Process') h JOIN processes p ON "
                  + SAME.formatted("h", "p")
                  + " AND p.eprocess = h.object LEFT JOIN processes s ON "
                  + SAME.formatted("h", "s")
                  + " AND s.eprocess = h.eprocess",
              "h.pid",
              "h.process",
              "'pid ' || h.pid || ' handle ' || " + HEX.formatted("CAST(h.handle AS BIGINT)"),
              "h",
              Map.of(
                  "SourceImage",
                  "coalesce(s.path, s.kernel_path, s.image_file_name)",
                  "TargetImage",
                  "coalesce(p.path, p.kernel_path, p.image_file_name)",
                  "GrantedAccess",
                  HEX.formatted("CAST(h.granted_access AS BIGINT)"),
                  "SourceProcessId",
                  "h.pid",
                  "TargetProcessId",
                  "p.pid")),
          new SigmaSource(
              List.of("file_event", "file_access", "file_change"),
              "handles",
              List.of("handles", "processes"),
              "(SELECT * FROM handles WHERE type = 'File') h LEFT JOIN processes p ON "
                  + SAME.formatted("h", "p")
                  + " AND p.eprocess = h.eprocess",
              "h.pid",
              "h.process",
              "'pid ' || h.pid || ' handle ' || " + HEX.formatted("CAST(h.handle AS BIGINT)"),
              "h",
              Map.of(
                  "TargetFilename",
                  "regexp_replace(h.name, '(?i)^.device.harddiskvolume[0-9]+', 'C:')",
                  "Image",
                  "coalesce(p.path, p.kernel_path)",
                  "ProcessId",
                  "h.pid")),
          new SigmaSource(
              List.of("registry_set", "registry_event", "registry_add"),
              "registry_values",
              List.of("registry_values"),
              "registry_values r",
              "CAST(NULL AS INT)",
              "CAST(NULL AS STRING)",
              "r.key || ' ' || coalesce(r.value, '')",
              "r",
              Map.of(
                  "TargetObject",
                  "regexp_replace(r.key, '(?i)ControlSet00[0-9]', 'CurrentControlSet') || chr(92)"
                      + " || coalesce(r.value, '(Default)')",
                  "Details",
                  "r.data_str")),
          new SigmaSource(
              List.of("dns_query"),
              "dns_cache",
              List.of("dns_cache"),
              "dns_cache d",
              "CAST(NULL AS INT)",
              "CAST(NULL AS STRING)",
              "d.name",
              "d",
              Map.of("QueryName", "d.name")));

  private SigmaSources() {}

  static List<SigmaSource> all() {
    return ALL;
  }

  /** The relation for a rule, or none when nothing in memory stands for its events. */
  static Optional<SigmaSource> of(SigmaRule rule) {
    boolean windows = rule.product().isEmpty() || rule.product().equals("windows");
    return ALL.stream()
        .filter(source -> windows && source.categories().contains(rule.category()))
        .findFirst();
  }
}
