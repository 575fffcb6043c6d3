package io.memlake.engine.image.chunk;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Deflate data, decoded by one decoder a thread: a new one for each piece takes 40 KiB from the
 * system and a place in a list that all threads share.
 */
final class Inflation {
  /** What a writer filled a piece up with, behind the room for it. */
  private static final int MAX_EXCESS = 8 << 20;

  private static final ThreadLocal<Inflation> ZLIB =
      ThreadLocal.withInitial(() -> new Inflation(false));
  private static final ThreadLocal<Inflation> RAW =
      ThreadLocal.withInitial(() -> new Inflation(true));

  private final boolean raw;
  private final Inflater inflater;
  private final byte[] excess = new byte[1024];

  private Inflation(boolean raw) {
    this.raw = raw;
    this.inflater = new Inflater(raw);
  }

  /** RFC 1950; the checksum is required. */
  static int zlib(byte[] stored, int offset, int length, byte[] target, int at, int room)
      throws Codec.UndecodableException {
    return ZLIB.get().decode(stored, offset, length, target, at, room);
  }

  /** RFC 1951, which has no checksum; what follows the {@code room} bytes is not looked at. */
  static int raw(byte[] stored, int offset, int length, byte[] target, int at, int room)
      throws Codec.UndecodableException {
    return RAW.get().decode(stored, offset, length, target, at, room);
  }

  /** Bytes behind the end of the compressed data are allowed: WinPmem 3.3 writes them. */
  private int decode(byte[] stored, int offset, int length, byte[] target, int at, int room)
      throws Codec.UndecodableException {
    try {
      inflater.setInput(stored, offset, length);
      int done = 0;
      while (done < room) {
        int count = inflater.inflate(target, at + done, room - done);
        done += count;
        if (count == 0
            && (inflater.finished() || inflater.needsInput() || inflater.needsDictionary())) {
          break;
        }
      }
      if (done == room && !raw) {
        requireChecksum();
      }
      return done;
    } catch (DataFormatException e) {
      throw new Codec.UndecodableException("is not valid deflate data: " + e.getMessage());
    } finally {
      inflater.reset();
    }
  }

  /** The checksum comes after the last byte, and is only looked at when more is asked for. */
  private void requireChecksum() throws DataFormatException, Codec.UndecodableException {
    int total = 0;
    while (!inflater.finished()) {
      int count = inflater.inflate(excess);
      total += count;
      if (count == 0 || total > MAX_EXCESS) {
        break;
      }
    }
    if (!inflater.finished()) {
      throw new Codec.UndecodableException("does not end with its checksum");
    }
  }
}
