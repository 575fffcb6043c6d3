package io.memlake.engine.image.aff4;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.extent.StoredBytes;
import io.memlake.engine.physical.PageState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A symbolic stream: one byte or one word for ever. Words begin anew every mebibyte, as in the
 * reference images.
 *
 * @param pattern what is repeated
 * @param state what frames of it are
 */
record FillBytes(String pattern, PageState state) implements StoredBytes {
  private static final long serialVersionUID = 1L;
  private static final int TILE = 1 << 20;

  /** All zero. */
  static final FillBytes ZERO = new FillBytes("\0", PageState.ZERO);

  /** Symbolic streams by name; the generations use different namespaces. */
  static Optional<FillBytes> named(String name) {
    String last = Aff4Graph.lastPart(name);
    return switch (last) {
      case "Zero" -> Optional.of(ZERO);
      case "FFDevice" -> Optional.of(new FillBytes("\u00FF", PageState.PRESENT));
      case "UnknownData" -> Optional.of(new FillBytes("UNKNOWN", PageState.UNREADABLE));
      case "UnreadableData" -> Optional.of(new FillBytes("UNREADABLEDATA", PageState.UNREADABLE));
      default -> ofByte(name, last);
    };
  }

  private static Optional<FillBytes> ofByte(String name, String last) {
    String digits =
        last.startsWith("SymbolicStream") ? last.substring("SymbolicStream".length()) : last;
    boolean symbolic = digits.length() < last.length() || name.contains("SymbolicStream#");
    if ((symbolic || name.contains("2009/aff4#")) && digits.length() == 2) {
      try {
        int value = Integer.parseInt(digits.toUpperCase(Locale.ROOT), 16);
        return Optional.of(
            value == 0 ? ZERO : new FillBytes(String.valueOf((char) value), PageState.PRESENT));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  @Override
  public List<String> files() {
    return List.of();
  }

  @Override
  public long size() {
    return Long.MAX_VALUE;
  }

  @Override
  public ByteSource open(Evidence evidence) {
    return new Reader(pattern.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static final class Reader implements ByteSource {
    private final byte[] pattern;

    Reader(byte[] pattern) {
      this.pattern = pattern;
    }

    @Override
    public String name() {
      return "symbolic stream";
    }

    @Override
    public long size() {
      return Long.MAX_VALUE;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
      if (pattern.length == 1) {
        Arrays.fill(target, offset, offset + length, pattern[0]);
        return length;
      }
      int done = 0;
      while (done < length) {
        int inTile = (int) ((position + done) % TILE);
        int inPattern = inTile % pattern.length;
        int rest = Math.min(length - done, TILE - inTile);
        int part = Math.min(rest, pattern.length - inPattern);
        System.arraycopy(pattern, inPattern, target, offset + done, part);
        done += part;
      }
      return length;
    }

    @Override
    public void close() {}
  }
}
