package io.memlake.jobs.hunt.run;

import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.Lake;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The hosts of one case and the tables that each has.
 *
 * @param caseId the case
 * @param tables tables with rows by host
 * @param incomplete hosts whose analysis failed or is partial, with the reason
 * @param caseTables tables of the whole case that have rows
 */
public record LakeInventory(
    String caseId,
    Map<String, Set<String>> tables,
    Map<String, String> incomplete,
    Set<String> caseTables) {

  /**
   * Reads the markers of a lake.
   *
   * @param wanted the case, or null when the lake has one only
   * @throws OperatorException when there is no such case, or none was named among several
   */
  public static LakeInventory of(Lake lake, String wanted) throws IOException {
    List<HostManifest> hosts = lake.hosts();
    TreeSet<String> cases = new TreeSet<>();
    hosts.forEach(host -> cases.add(host.caseId()));
    String caseId = chosen(cases, wanted);
    Map<String, Set<String>> tables = new TreeMap<>();
    Map<String, String> incomplete = new TreeMap<>();
    for (HostManifest host : hosts) {
      if (!host.caseId().equals(caseId)) {
        continue;
      }
      Set<String> filled = tables.computeIfAbsent(host.host(), name -> new TreeSet<>());
      host.tables().keySet().stream().filter(table -> host.rows(table) > 0).forEach(filled::add);
      if (!host.status().equals(HostManifest.OK)) {
        incomplete.put(host.host(), host.status() + ": " + host.message());
      }
    }
    return new LakeInventory(caseId, tables, incomplete, lake.caseTables(caseId));
  }

  private static String chosen(TreeSet<String> cases, String wanted) {
    if (cases.isEmpty()) {
      throw new OperatorException("The lake has no host yet; memlake analyze makes one");
    }
    if (wanted == null && cases.size() > 1) {
      throw new OperatorException(
          "The lake has several cases, name one with --case: " + String.join(" ", cases));
    }
    if (wanted != null && !cases.contains(wanted)) {
      throw new OperatorException(
          "The lake has no case " + wanted + "; there are: " + String.join(" ", cases));
    }
    return wanted == null ? cases.first() : wanted;
  }

  /** How many hosts the case has. */
  public int hosts() {
    return tables.size();
  }

  /** Hosts with rows in all of these tables; every host for tables of the case that have rows. */
  public int hostsWith(List<String> needed) {
    return (int)
        tables.values().stream()
            .filter(
                filled ->
                    needed.stream()
                        .allMatch(table -> filled.contains(table) || caseTables.contains(table)))
            .count();
  }
}
