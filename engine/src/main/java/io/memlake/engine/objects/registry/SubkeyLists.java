package io.memlake.engine.objects.registry;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.schemas.evidence.Absence;
import java.io.IOException;
import java.util.Arrays;

/**
 * Lists of subkeys, leaf by leaf.
 *
 * <pre>
 * li = "li" count:2 { key:4 }            lf = "lf" count:2 { key:4 first characters:4 }
 * ri = "ri" count:2 { list:4 }           lh = "lh" count:2 { key:4 hash:4 }
 * </pre>
 *
 * Windows never nests an ri in an ri; a nested one is followed all the same, because each list cell
 * is visited only once.
 */
final class SubkeyLists {
  private static final int LI = 0x696C;
  private static final int LF = 0x666C;
  private static final int LH = 0x686C;
  private static final int RI = 0x6972;
  private static final int HEADER = 4;

  /** Leaves are sized for a few hundred keys; 65,536 of them are more keys than a hive holds. */
  private static final int MAX_LISTS = 65_536;

  private final CellReader reader;
  private final GapSink gaps;
  private final CellSet seen = new CellSet();
  private int lists;
  private int[] keys = new int[16];
  private int count;

  SubkeyLists(CellReader reader, GapSink gaps) {
    this.reader = reader;
    this.gaps = gaps;
  }

  /** Adds the keys of the list at {@code cell}; what cannot be read becomes gaps. */
  void add(int cell) throws IOException {
    String what = "a list of subkeys";
    if (cell != CellSource.NO_CELL && !seen.add(cell)) {
      gaps.gap(CellReader.unparsable(cell, what + " is linked twice").gap());
      return;
    }
    if (++lists > MAX_LISTS) {
      gaps.gap(
          CellReader.unparsable(cell, "more than " + MAX_LISTS + " lists of subkeys of one key")
              .gap());
      return;
    }
    try {
      int size = reader.size(cell, what);
      byte[] header = reader.body(cell, size, HEADER, what);
      int signature = LittleEndian.u16(header, 0);
      int elements = LittleEndian.u16(header, 2);
      int width = signature == LF || signature == LH ? 8 : Integer.BYTES;
      if (signature != LI && signature != LF && signature != LH && signature != RI) {
        throw CellReader.unparsable(cell, what + " has no known signature");
      }
      int room = (int) ((Math.abs((long) size) - CellReader.HEADER - HEADER) / width);
      if (elements > room) {
        gaps.gap(
            CellReader.unparsable(
                    cell, what + " has room for " + room + " of " + elements + " entries")
                .gap());
        elements = room;
      }
      elements(cell, signature, elements, width);
    } catch (CellException e) {
      gaps.gap(e.gap());
    }
  }

  private void elements(int cell, int signature, int elements, int width) throws IOException {
    byte[] body = new byte[elements * width];
    boolean[] present = new boolean[body.length];
    int missing = reader.sparse(cell + CellReader.HEADER + HEADER, body, body.length, present);
    if (missing > 0) {
      gaps.gap(
          new HiveGap(
              cell,
              Absence.UNREADABLE,
              missing / width + " entries of a list of subkeys are in a page that is absent"));
    }
    for (int at = 0; at < body.length; at += width) {
      if (!present[at] || !present[at + Integer.BYTES - 1]) {
        continue;
      }
      int element = LittleEndian.i32(body, at);
      if (signature == RI) {
        add(element);
      } else {
        if (count == keys.length) {
          keys = Arrays.copyOf(keys, count * 2);
        }
        keys[count++] = element;
      }
    }
  }

  /** The key cells in the order of the lists. */
  int[] keys() {
    return Arrays.copyOf(keys, count);
  }
}
