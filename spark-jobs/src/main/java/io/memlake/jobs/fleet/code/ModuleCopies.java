package io.memlake.jobs.fleet.code;

import io.memlake.engine.bytes.Hex;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.extract.LakeHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;

/**
 * Where the hosts have a build of a module.
 *
 * @param build which
 * @param name its name as the chosen host spells it
 * @param base where the chosen host has it
 * @param hosts the copies by host, the chosen host first, then by name
 */
record ModuleCopies(
    ModuleBuild build,
    String name,
    long base,
    LinkedHashMap<String, ArrayList<CodeHost.Place>> hosts) {
  private static final int KERNEL = 4;

  /** Processes of a host that are asked for pages: they differ where one of them wrote. */
  private static final int MAX_COPIES = 4;

  /** A module of a host by its row. */
  private record Listed(int pid, long base, String name, ModuleBuild build) {}

  /**
   * Finds the copies.
   *
   * @param chosen the host that says which build is meant
   * @param pid the process; 0 for the kernel, else for any process that has it
   * @param base where it lies; 0 when the name tells
   * @param name its name; empty when the base tells
   * @param others all hosts of the case
   * @throws OperatorException when no module, or several builds, answer to that
   */
  static ModuleCopies find(
      LakeHost chosen, long pid, long base, String name, Iterable<LakeHost> others)
      throws IOException {
    Map<ModuleBuild, List<Listed>> found = new LinkedHashMap<>();
    for (Listed module : listed(chosen)) {
      boolean process = pid == 0 || module.pid() == pid;
      boolean wanted = base == 0 ? module.name().equalsIgnoreCase(name) : module.base() == base;
      if (process && wanted) {
        found.computeIfAbsent(module.build(), build -> new ArrayList<>()).add(module);
      }
    }
    String asked = name.isEmpty() ? "at " + Hex.address(base) : name;
    if (found.isEmpty()) {
      throw new OperatorException(
          "No module "
              + asked
              + " with a readable header is listed on "
              + chosen.name()
              + (pid == 0 ? "" : " in process " + pid));
    }
    if (found.size() > 1) {
      throw new OperatorException(
          "Several builds answer to " + asked + "; say --pid or --base: " + places(found));
    }
    Listed first = found.values().iterator().next().get(0);
    LinkedHashMap<String, ArrayList<CodeHost.Place>> hosts = new LinkedHashMap<>();
    hosts.put(chosen.name(), copies(found.values().iterator().next(), first.base()));
    TreeMap<String, LakeHost> sorted = new TreeMap<>();
    others.forEach(host -> sorted.put(host.name(), host));
    sorted.remove(chosen.name());
    for (LakeHost host : sorted.values()) {
      List<Listed> same =
          listed(host).stream().filter(one -> one.build().equals(first.build())).toList();
      if (!same.isEmpty()) {
        hosts.put(host.name(), copies(same, same.get(0).base()));
      }
    }
    return new ModuleCopies(first.build(), first.name(), first.base(), hosts);
  }

  private static String places(Map<ModuleBuild, List<Listed>> found) {
    return String.join(
        ", ",
        found.values().stream()
            .map(copies -> "pid " + copies.get(0).pid() + " " + Hex.address(copies.get(0).base()))
            .toList());
  }

  private static ArrayList<CodeHost.Place> copies(List<Listed> modules, long base) {
    ArrayList<CodeHost.Place> places = new ArrayList<>();
    for (Listed module : modules) {
      if (places.size() < MAX_COPIES && module.base() == base) {
        places.add(new CodeHost.Place(0, module.pid(), module.base()));
      }
    }
    return places;
  }

  private static List<Listed> listed(LakeHost host) throws IOException {
    List<Listed> modules = new ArrayList<>();
    host.rows("kernel_modules", row -> add(row, KERNEL, modules));
    host.rows(
        "modules",
        row -> {
          if (row.get("pid") instanceof Integer pid) {
            add(row, pid, modules);
          }
        });
    return modules;
  }

  private static void add(GenericRecord row, int pid, List<Listed> modules) {
    if (row.get("base") instanceof Long base
        && row.get("size") instanceof Long size
        && row.get("timestamp") instanceof Long timestamp
        && row.get("name") != null) {
      String name = row.get("name").toString();
      String guid = row.get("pdb_guid") == null ? "" : row.get("pdb_guid").toString();
      modules.add(
          new Listed(
              pid,
              base,
              name,
              new ModuleBuild(name.toLowerCase(Locale.ROOT), size, timestamp, guid)));
    }
  }
}
