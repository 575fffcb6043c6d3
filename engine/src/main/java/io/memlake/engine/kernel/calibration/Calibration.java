package io.memlake.engine.kernel.calibration;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was learnt about an unknown kernel from its image: enough to make its symbol table again on
 * any executor. Immutable, a few KiB, serializable.
 *
 * @param prior which layouts were the first guess, as their source says
 * @param fields every field that was looked for
 * @param symbols addresses of variables from the kernel's base
 * @param moved how many bytes each further member of a structure lies behind the guess, by
 *     structure and member
 * @param dropped structures of the guess that the image contradicts
 * @param swizzles whether page-table entries have a swizzle bit; null when too few entries tell
 * @param invalidPteMask mask of entries that are not valid
 * @param build build number by the environment blocks of processes; 0 when none could be read
 */
public record Calibration(
    String prior,
    List<CalibratedField> fields,
    Map<String, Long> symbols,
    Map<String, Map<String, Integer>> moved,
    Set<String> dropped,
    Boolean swizzles,
    long invalidPteMask,
    int build)
    implements Serializable {

  /** Copies. */
  public Calibration {
    fields = List.copyOf(fields);
    symbols = new TreeMap<>(symbols);
    moved = new TreeMap<>(moved);
    dropped = Set.copyOf(dropped);
  }

  /** The lowest confidence of what processes cannot be told without. */
  public int confidence() {
    return fields.stream()
        .filter(CalibratedField::isFound)
        .mapToInt(CalibratedField::confidence)
        .min()
        .orElse(0);
  }
}
