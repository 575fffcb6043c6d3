package io.memlake.jobs.fleet.code;

import io.memlake.engine.pe.ImageCopy;
import io.memlake.jobs.bytes.HadoopEvidence;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.TreeMap;

/** Fetches tables of relocations from a host that has them. */
record CodeTable(CodeHost host, java.util.ArrayList<CodeHost.Place> places)
    implements Serializable {

  /** Tables by number of the build; what cannot be read is left out. */
  TreeMap<Integer, byte[]> run(HadoopEvidence evidence) {
    TreeMap<Integer, byte[]> tables = new TreeMap<>();
    try (CodeReader reader = CodeReader.open(host, evidence)) {
      for (CodeHost.Place place : places) {
        ImageCopy.relocationTable(reader.space(place.pid()), place.base())
            .ifPresent(bytes -> tables.put(place.build(), bytes));
      }
    } catch (IOException e) {
      // The evidence went away between two steps: pages are then compared without relocations.
      return tables;
    }
    return tables;
  }

  /**
   * For each build the host whose table is that of most hosts that show one.
   *
   * @param openings in the order of {@code hosts}
   */
  static List<CodeTable> choose(List<CodeHost> hosts, List<CodeHost.Opening> openings) {
    TreeMap<Integer, TreeMap<Long, Integer>> votes = new TreeMap<>();
    for (CodeHost host : hosts) {
      host.tables()
          .forEach(
              (build, print) ->
                  votes.computeIfAbsent(build, b -> new TreeMap<>()).merge(print, 1, Integer::sum));
    }
    TreeMap<Integer, Long> best = new TreeMap<>();
    votes.forEach((build, prints) -> best.put(build, most(prints)));
    java.util.ArrayList<CodeTable> chosen = new java.util.ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      java.util.ArrayList<CodeHost.Place> places = new java.util.ArrayList<>();
      for (CodeHost.Place place : openings.get(i).places()) {
        Long print = hosts.get(i).tables().get(place.build());
        if (print != null && print.equals(best.get(place.build()))) {
          places.add(place);
          best.remove(place.build());
        }
      }
      if (!places.isEmpty()) {
        chosen.add(new CodeTable(hosts.get(i), places));
      }
    }
    return chosen;
  }

  private static long most(TreeMap<Long, Integer> prints) {
    long best = prints.firstKey();
    for (var print : prints.entrySet()) {
      best = print.getValue() > prints.get(best) ? print.getKey() : best;
    }
    return best;
  }
}
