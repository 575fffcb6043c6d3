package io.memlake.engine.objects.store;

import java.io.Serializable;
import java.util.Locale;

/**
 * What came of reading a sample of the store with one row of the table.
 *
 * @param row name of the row
 * @param keyTree whether the manager's tree of keys gave the sample; else the stores' own trees
 *     did, which a manager at a slightly wrong address still has
 * @param sampled keys that were looked up
 * @param decoded pages that decoded to exactly 4096 bytes: nothing but the right row does that
 * @param trivial pages stored as zeros or as they are, which prove little
 * @param absent pages whose bytes are not in the evidence, which say nothing about the row
 * @param failed everything else
 */
public record StoreTrial(
    String row, boolean keyTree, int sampled, int decoded, int trivial, int absent, int failed)
    implements Serializable {

  /** Share of the pages that can judge the row and speak for it, 0 to 1. */
  public double rate() {
    int judged = decoded + failed;
    return judged == 0 ? 0 : (double) decoded / judged;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "of %d sampled pages %d decode to 4096 bytes, %d fail, %d are absent, %d need no decoding",
        sampled,
        decoded,
        failed,
        absent,
        trivial);
  }
}
