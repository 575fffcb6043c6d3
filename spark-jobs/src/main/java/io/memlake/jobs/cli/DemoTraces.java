package io.memlake.jobs.cli;

import java.util.List;
import java.util.stream.Collectors;

/** What {@code demo --full} shows of the tables of traces: that each has rows, and from where. */
final class DemoTraces {
  private static final List<String> TABLES =
      List.of(
          "registry_hives",
          "registry_keys",
          "registry_values",
          "users",
          "services_registry",
          "scheduled_tasks",
          "shimcache",
          "amcache",
          "userassist",
          "bam",
          "run_keys",
          "network_profiles",
          "usb_devices",
          "certificates",
          "environment",
          "hashdump",
          "lsadump",
          "cachedump",
          "bitlocker_keys",
          "kerberos_tickets",
          "files",
          "mft",
          "prefetch",
          "evtx",
          "lnk",
          "browser_history",
          "defender_logs",
          "powershell_history",
          "clipboard",
          "features",
          "timeline");

  private DemoTraces() {}

  /** Rows of every table of traces, how many hosts have any, and how they were found. */
  static String sql() {
    return TABLES.stream()
        .map(
            table ->
                "SELECT '"
                    + table
                    + "' AS traces, count(*) AS rows, count(DISTINCT host) AS hosts,"
                    + " array_join(array_sort(collect_set(source)), ' ') AS sources FROM "
                    + table)
        .collect(Collectors.joining(" UNION ALL "));
  }
}
