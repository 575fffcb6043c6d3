package io.memlake.jobs.doctor;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.jobs.progress.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where frames are, for people: neighbours are one place, whatever their states. */
final class MemoryPlaces {
  /** Places that are told one by one. */
  private static final int MAX_TOLD = 12;

  private final List<long[]> places = new ArrayList<>();

  private MemoryPlaces() {}

  /** All runs. */
  static MemoryPlaces of(List<PageRun> runs) {
    MemoryPlaces all = new MemoryPlaces();
    runs.forEach(all::add);
    return all;
  }

  /** The runs of one state. */
  static MemoryPlaces of(List<PageRun> runs, PageState state) {
    MemoryPlaces some = new MemoryPlaces();
    runs.stream().filter(run -> run.state() == state).forEach(some::add);
    return some;
  }

  private void add(PageRun run) {
    long[] last = places.isEmpty() ? null : places.get(places.size() - 1);
    if (last != null && last[1] == run.firstPfn()) {
      last[1] = run.endPfn();
    } else {
      places.add(new long[] {run.firstPfn(), run.endPfn()});
    }
  }

  long pages() {
    return places.stream().mapToLong(place -> place[1] - place[0]).sum();
  }

  /** How much it is. */
  String amount() {
    return String.format(
        Locale.ROOT,
        "%,d pages, %s",
        pages(),
        Amounts.bytes((double) pages() * PhysicalMemory.PAGE_SIZE));
  }

  /** First and last bytes of the places; only the first ones when there are many. */
  String text() {
    List<String> told = new ArrayList<>();
    for (long[] place : places.subList(0, Math.min(MAX_TOLD, places.size()))) {
      told.add(
          Hex.address(place[0] << PhysicalMemory.PAGE_SHIFT)
              + "-"
              + Hex.address((place[1] << PhysicalMemory.PAGE_SHIFT) - 1));
    }
    return String.join(", ", told) + (places.size() > MAX_TOLD ? " and more" : "");
  }

  /** Their number, where they are, and what lies between. */
  String withHoles() {
    if (places.isEmpty()) {
      return "none";
    }
    long holes = places.get(places.size() - 1)[1] - pages();
    return String.format(
        Locale.ROOT,
        "%,d: %s; %,d pages in holes below and between them",
        places.size(),
        text(),
        holes);
  }
}
