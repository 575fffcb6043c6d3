package io.memlake.engine.objects.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The bins of a storage in order, found again behind what is absent or damaged. */
final class HiveBins {
  private HiveBins() {}

  /**
   * Lists the bins. Behind a header that is absent or makes no sense, the next block that starts a
   * bin is looked for.
   *
   * @param gaps takes a gap for each range without a bin, named by its first position
   */
  static List<HiveBin> list(CellSource cells, boolean volatileStorage, GapSink gaps)
      throws IOException {
    int storage = volatileStorage ? CellSource.VOLATILE : 0;
    long length = cells.length(volatileStorage);
    byte[] header = new byte[HiveBin.HEADER];
    List<HiveBin> bins = new ArrayList<>();
    long lost = -1;
    long at = 0;
    while (at + HiveBin.HEADER <= length) {
      boolean there = cells.read((int) at | storage, header, 0, header.length);
      HiveBin bin = there ? HiveBin.parse(header, 0, header.length).orElse(null) : null;
      // Bins of the volatile storage never reach a file, and not every Windows numbers them.
      if (bin != null && (bin.offset() == at || volatileStorage)) {
        reportLost(lost, at, storage, gaps);
        lost = -1;
        bins.add(new HiveBin(at, bin.size(), bin.time()));
        at += bin.size();
      } else {
        lost = lost < 0 ? at : lost;
        at += HiveBin.ALIGNMENT;
      }
    }
    reportLost(lost, length, storage, gaps);
    return bins;
  }

  private static void reportLost(long from, long to, int storage, GapSink gaps) {
    if (from >= 0) {
      gaps.gap(Hive.unreadable((int) from | storage, (to - from) + " bytes without a bin header"));
    }
  }
}
