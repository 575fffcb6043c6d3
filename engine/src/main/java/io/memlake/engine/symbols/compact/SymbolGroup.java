package io.memlake.engine.symbols.compact;

import io.memlake.engine.symbols.CorruptSymbolsException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Symbol addresses of the builds of one line. Neighbours in the image stay neighbours from update
 * to update, so each build is written as the change of the distances between them.
 */
final class SymbolGroup {
  /** Stands for a symbol that a build lacks; no address is that far from its neighbour. */
  private static final long ABSENT = Long.MIN_VALUE;

  private SymbolGroup() {}

  /** {@code builds} hold the RVA by name of each build in order. */
  static byte[] write(List<Map<String, Long>> builds, Map<String, Integer> names) {
    Map<String, Long> place = new HashMap<>();
    for (Map<String, Long> build : builds) {
      place.putAll(build);
    }
    List<String> order = new ArrayList<>(place.keySet());
    order.sort(Comparator.<String, Long>comparing(place::get).thenComparing(name -> name));
    CompactOutput out = new CompactOutput();
    out.number(builds.size());
    out.number(order.size());
    int previousName = -1;
    for (String name : order) {
      int index = names.get(name);
      out.signed(index - previousName);
      previousName = index;
    }
    long[] distances = new long[order.size()];
    for (Map<String, Long> build : builds) {
      long last = 0;
      for (int i = 0; i < distances.length; i++) {
        Long rva = build.get(order.get(i));
        if (rva == null) {
          out.number(0);
          continue;
        }
        long distance = rva - last;
        long change = distance - distances[i];
        out.number(1 + ((change << 1) ^ (change >> 63)));
        distances[i] = distance;
        last = rva;
      }
    }
    return out.toByteArray();
  }

  /** The symbols of the build with index {@code member}. */
  static Map<String, Long> read(CompactInput in, String[] names, int member)
      throws CorruptSymbolsException {
    int builds = in.countOfFollowing();
    if (member >= builds) {
      throw in.corrupt("it has no build " + member + " in a line of " + builds);
    }
    int[] order = new int[in.countOfFollowing()];
    int name = -1;
    for (int i = 0; i < order.length; i++) {
      name = in.index(name, names.length);
      order[i] = name;
    }
    long[] distances = new long[order.length];
    long[] rvas = new long[order.length];
    for (int build = 0; build <= member; build++) {
      long last = 0;
      for (int i = 0; i < order.length; i++) {
        long coded = in.number();
        if (coded == 0) {
          rvas[i] = ABSENT;
          continue;
        }
        distances[i] += ((coded - 1) >>> 1) ^ -((coded - 1) & 1);
        last += distances[i];
        rvas[i] = last;
      }
    }
    Map<String, Long> symbols = new HashMap<>(order.length * 2);
    for (int i = 0; i < order.length; i++) {
      if (rvas[i] != ABSENT) {
        symbols.put(names[order[i]], rvas[i]);
      }
    }
    return symbols;
  }
}
