package io.memlake.engine.objects.registry;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.objects.value.MalformedObjectException;
import java.io.IOException;

/**
 * A hive file, or the part of a file that holds one: a base block and bins behind it.
 *
 * <p>The size in the base block is a claim: files that were written back half, or were extended,
 * hold more bins, truncated ones hold fewer. What counts is the chain of bins that is there, or the
 * claim where the chain is broken.
 */
public final class RegfFile implements CellSource {
  private final ByteSource source;
  private final long start;
  private final BaseBlock baseBlock;
  private final long length;

  private RegfFile(ByteSource source, long start, BaseBlock baseBlock, long length) {
    this.source = source;
    this.start = start;
    this.baseBlock = baseBlock;
    this.length = length;
  }

  /**
   * Opens the hive whose base block is at {@code start}. The source stays the caller's to close.
   *
   * @throws MalformedObjectException when there is no "regf", or it heads a log
   * @throws IOException when the medium fails
   */
  public static RegfFile open(ByteSource source, long start)
      throws IOException, MalformedObjectException {
    byte[] head = new byte[BaseBlock.NEEDED];
    int count = source.read(start, head, 0, head.length);
    String what = "hive " + source.name();
    BaseBlock block =
        BaseBlock.parse(head, 0, count)
            .orElseThrow(
                () ->
                    new MalformedObjectException(
                        what, start, "is no base block: the signature regf is missing"));
    if (block.isLog()) {
      throw new MalformedObjectException(
          what, start + BaseBlock.TYPE, "the type is " + block.type() + ", which is a log");
    }
    long available = Math.max(0, source.size() - start - BaseBlock.SIZE);
    long chain = chainOfBins(source, start + BaseBlock.SIZE, available);
    long claimed = Math.min(available, block.binsLength());
    return new RegfFile(
        source, start, block, Math.min(Integer.MAX_VALUE, Math.max(chain, claimed)));
  }

  private static long chainOfBins(ByteSource source, long first, long available)
      throws IOException {
    byte[] header = new byte[HiveBin.HEADER];
    long end = 0;
    while (end < available) {
      int count = source.read(first + end, header, 0, header.length);
      HiveBin bin = HiveBin.parse(header, 0, count).orElse(null);
      if (bin == null || bin.offset() != end) {
        break;
      }
      end = bin.end();
    }
    return Math.min(end, available);
  }

  /** The base block of the file. */
  public BaseBlock baseBlock() {
    return baseBlock;
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public long length(boolean volatileStorage) {
    return volatileStorage ? 0 : length;
  }

  @Override
  public boolean read(int position, byte[] target, int offset, int count) throws IOException {
    long at = CellSource.offset(position);
    if (CellSource.isVolatile(position) || at + count > length) {
      return false;
    }
    return source.read(start + BaseBlock.SIZE + at, target, offset, count) == count;
  }
}
