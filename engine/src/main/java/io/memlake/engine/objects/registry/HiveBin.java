package io.memlake.engine.objects.registry;

import io.memlake.engine.bytes.LittleEndian;
import java.util.Optional;

/**
 * Header of a bin ({@code _HBIN}): "hbin", offset of the bin in its storage, size, both multiples
 * of 4096; cells follow at 32.
 *
 * @param offset bytes from the first bin of the storage
 * @param size bytes of the bin, header included
 * @param time FILETIME; only the first bin of a file has one
 */
public record HiveBin(long offset, int size, long time) {
  /** Bytes of the header. */
  public static final int HEADER = 32;

  /** Bins are multiples of this. */
  public static final int ALIGNMENT = 4096;

  /**
   * Largest bin that is believed. Windows makes a bin as large as the largest cell in it needs, and
   * a cell holds at most 1 MiB of a value in old hives, 16 KiB in new ones.
   */
  public static final int MAX_SIZE = 16 << 20;

  static final int SIGNATURE = 0x6E696268;
  static final int OFFSET = 4;
  static final int SIZE = 8;
  private static final int TIME = 20;

  /** Recognises a bin at {@code offset}; empty when the header contradicts itself. */
  public static Optional<HiveBin> parse(byte[] bytes, int offset, int length) {
    if (length < HEADER || LittleEndian.i32(bytes, offset) != SIGNATURE) {
      return Optional.empty();
    }
    int position = LittleEndian.i32(bytes, offset + OFFSET);
    int size = LittleEndian.i32(bytes, offset + SIZE);
    boolean sane =
        position >= 0
            && position % ALIGNMENT == 0
            && size > 0
            && size % ALIGNMENT == 0
            && size <= MAX_SIZE;
    return sane
        ? Optional.of(new HiveBin(position, size, LittleEndian.i64(bytes, offset + TIME)))
        : Optional.empty();
  }

  /** Offset behind the bin. */
  public long end() {
    return offset + size;
  }
}
