package io.memlake.engine.objects.filerecord;

import java.util.ArrayList;
import java.util.List;

/**
 * The compact list of data runs: a byte with the sizes of two numbers (low half: length, high half:
 * offset), then the length, then the distance from the run before, both with their sign; 0 ends it.
 */
final class MappingPairs {
  private static final int MAX_FIELD = 8;

  private MappingPairs() {}

  /** The runs between two places; ends at the first pair that makes no sense. */
  static List<DataRun> read(byte[] bytes, int from, int to) {
    List<DataRun> runs = new ArrayList<>();
    long cluster = 0;
    int at = from;
    while (at < to && bytes[at] != 0) {
      int lengthSize = bytes[at] & 0xF;
      int offsetSize = (bytes[at] >> 4) & 0xF;
      at++;
      if (lengthSize == 0
          || lengthSize > MAX_FIELD
          || offsetSize > MAX_FIELD
          || lengthSize + offsetSize > to - at) {
        break;
      }
      long length = number(bytes, at, lengthSize);
      at += lengthSize;
      if (length <= 0) {
        break;
      }
      if (offsetSize == 0) {
        runs.add(new DataRun(DataRun.SPARSE, length));
        continue;
      }
      cluster += number(bytes, at, offsetSize);
      at += offsetSize;
      if (cluster < 0) {
        break;
      }
      runs.add(new DataRun(cluster, length));
    }
    return List.copyOf(runs);
  }

  private static long number(byte[] bytes, int at, int size) {
    long value = bytes[at + size - 1];
    for (int i = size - 2; i >= 0; i--) {
      value = value << Byte.SIZE | (bytes[at + i] & 0xFF);
    }
    return value;
  }
}
