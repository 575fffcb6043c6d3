package io.memlake.engine.extract;

import io.memlake.engine.objects.pagedout.PageAbsence;
import io.memlake.engine.objects.pagedout.PageSource;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of an extraction, in pages of 4 KiB.
 *
 * @param present pages that could be had, by where they were
 * @param absent pages that could not, by reason
 * @param notes what is uncertain, in words
 */
public record ExtractReport(
    Map<PageSource, Long> present, Map<PageAbsence, Long> absent, List<String> notes) {

  /** Copies. */
  public ExtractReport {
    present = Collections.unmodifiableMap(new EnumMap<>(present));
    absent = Collections.unmodifiableMap(new EnumMap<>(absent));
    notes = List.copyOf(notes);
  }

  /** Pages from a place. */
  public long count(PageSource source) {
    return present.getOrDefault(source, 0L);
  }

  /** Pages that are absent for a reason. */
  public long count(PageAbsence absence) {
    return absent.getOrDefault(absence, 0L);
  }

  /** Pages that the process could have read and that are not in the evidence. */
  public long holes() {
    return absent.entrySet().stream()
        .filter(entry -> new MemoryRun(0, 0, PageSource.NONE, entry.getKey(), -1).isHole())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
