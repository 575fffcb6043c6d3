package io.memlake.testdata.registry;

import java.util.Arrays;

/** The bytes of a hive: base block, stable bins, volatile bins. */
public final class HiveContent {

  static final int BLOCK = 4096;

  private final byte[] baseBlock;
  private final byte[] stable;
  private final byte[] unstable;

  HiveContent(byte[] baseBlock, byte[] stable, byte[] unstable) {
    this.baseBlock = baseBlock;
    this.stable = stable;
    this.unstable = unstable;
  }

  /**
   * A hive file as it is mounted: as many bytes of bins as its base block says, since files are
   * made longer in large steps. Its volatile storage is empty.
   */
  public static HiveContent ofFile(byte[] file) {
    int claimed = new CellBytes(BLOCK).put(0, Arrays.copyOf(file, BLOCK)).u32(40);
    int end = Math.min(file.length / BLOCK * BLOCK, BLOCK + claimed / BLOCK * BLOCK);
    return new HiveContent(
        Arrays.copyOf(file, BLOCK), Arrays.copyOfRange(file, BLOCK, end), new byte[0]);
  }

  /** The hive file: base block and stable bins. */
  public byte[] file() {
    byte[] file = Arrays.copyOf(baseBlock, BLOCK + stable.length);
    System.arraycopy(stable, 0, file, BLOCK, stable.length);
    return file;
  }

  byte[] baseBlock() {
    return baseBlock;
  }

  byte[] storage(int number) {
    return number == 0 ? stable : unstable;
  }
}
