package io.memlake.engine.image.kdump;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormat;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.wrapper.WrappedIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A dump that was written through a pipe: its pieces in the order in which they came, each with the
 * place where it belongs. QEMU writes its kdump-compressed dumps like this.
 *
 * <pre>
 * file   = "makedumpfile" to 16 bytes, i64 type, i64 version, up to 4096, { record }
 * record = i64 offset, i64 length, bytes; offset -1 ends the file            numbers big-endian
 * </pre>
 */
public final class FlattenedFormat implements ImageFormat {
  private static final String MARK = "makedumpfile\0\0\0\0";
  private static final int HEADER = 4096;
  private static final int RECORD = 16;

  /** 64 GiB in records of 4 KiB. */
  private static final int MAX_RECORDS = 1 << 24;

  private final ImageFormats inner;

  /** Looks with {@code inner} at the file that the pieces make up. */
  public FlattenedFormat(ImageFormats inner) {
    this.inner = inner;
  }

  @Override
  public String name() {
    return "flattened";
  }

  @Override
  public Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException {
    if (!ContainerBytes.holds(ContainerBytes.readUpTo(file, 0, 16), 0, MARK)) {
      return Optional.empty();
    }
    FlattenedBytes.Builder pieces = new FlattenedBytes.Builder(file.name());
    List<String> warnings = new ArrayList<>();
    long at = HEADER;
    byte[] record = new byte[RECORD];
    while (true) {
      if (file.read(at, record, 0, RECORD) < RECORD) {
        warnings.add("The file ends at " + Hex.address(file.size()) + " without its end mark");
        break;
      }
      ByteBuffer numbers = ByteBuffer.wrap(record);
      long offset = numbers.getLong();
      long length = numbers.getLong();
      if (offset == -1) {
        break;
      }
      long held = Math.min(length, file.size() - at - RECORD);
      if (offset < 0
          || length <= 0
          || offset > Long.MAX_VALUE - length
          || pieces.size() == MAX_RECORDS) {
        warnings.add(
            "The record at " + Hex.address(at) + " is impossible; what follows is not read");
        break;
      }
      if (held > 0) {
        pieces.add(offset, at + RECORD, held);
      }
      at += RECORD + length;
    }
    return Optional.of(
        WrappedIndex.of(
            name(), file.name(), pieces.build(), ImageHints.NONE, warnings, inner, evidence));
  }
}
