package io.memlake.engine.pe;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where an image holds addresses that depend on its base. With them a page can be put as if the
 * image lay at 0, so that copies at different bases become equal.
 */
public final class BaseRelocations {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;
  private static final int MAXIMUM_BYTES = 8 << 20;
  private static final int BLOCK_HEAD = 8;
  private static final int HIGH_LOW = 3;
  private static final int DIR_64 = 10;

  /** Places by page, each with its kind as the file stores it. */
  private final Map<Integer, short[]> places;

  private final long base;

  private BaseRelocations(Map<Integer, short[]> places, long base) {
    this.places = places;
    this.base = base;
  }

  /**
   * Reads the table. An image that cannot be moved has none and nothing to undo.
   *
   * @return empty when a page of the table is absent or the table makes no sense
   * @throws IOException when the medium fails
   */
  public static Optional<BaseRelocations> of(AddressSpace space, PeImage image) throws IOException {
    Optional<byte[]> table = table(space, image);
    return table.isEmpty() ? Optional.empty() : of(table.get(), image.base());
  }

  /**
   * The bytes of the table, which are the same in every copy of the image; none for an image that
   * cannot be moved.
   *
   * @return empty when a page of the table is absent or the header speaks of no possible place
   * @throws IOException when the medium fails
   */
  public static Optional<byte[]> table(AddressSpace space, PeImage image) throws IOException {
    long offset = image.directoryOffset(PeImage.DIRECTORY_RELOCATION);
    long size = image.directorySize(PeImage.DIRECTORY_RELOCATION);
    if (offset == 0 || size == 0) {
      return Optional.of(new byte[0]);
    }
    if (size > MAXIMUM_BYTES || offset + size > image.sizeOfImage()) {
      return Optional.empty();
    }
    SparseBytes table = SparseBytes.read(space, image.base() + offset, (int) size);
    return table.whole() ? Optional.of(table.bytes()) : Optional.empty();
  }

  /**
   * Relocations of an image at a base, by a table that another copy may have shown.
   *
   * @return empty when the table makes no sense
   */
  public static Optional<BaseRelocations> of(byte[] bytes, long base) {
    Map<Integer, short[]> places = new HashMap<>();
    int at = 0;
    while (at + BLOCK_HEAD <= bytes.length) {
      long page = LittleEndian.u32(bytes, at);
      long size = LittleEndian.u32(bytes, at + Integer.BYTES);
      if (size == 0) {
        break;
      }
      if (size < BLOCK_HEAD || size > bytes.length - at || page % PAGE != 0) {
        return Optional.empty();
      }
      short[] entries = new short[(int) (size - BLOCK_HEAD) / Short.BYTES];
      for (int i = 0; i < entries.length; i++) {
        entries[i] = (short) LittleEndian.u16(bytes, at + BLOCK_HEAD + i * Short.BYTES);
      }
      places.merge((int) (page / PAGE), entries, BaseRelocations::both);
      at += (int) size;
    }
    return Optional.of(new BaseRelocations(places, base));
  }

  private static short[] both(short[] one, short[] other) {
    short[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /**
   * Takes the base out of a page of the image, as {@link #move} to 0 does.
   *
   * @param space where the image is mapped
   * @param page its bytes, changed
   * @param offset of the page from the base
   * @return false when a neighbour that is needed is absent; the page is then undefined
   */
  public boolean undo(AddressSpace space, byte[] page, long offset) throws IOException {
    return move(space, page, offset, 0);
  }

  /**
   * Puts a page as if the image lay elsewhere. An address that reaches into a neighbour is changed
   * as far as it lies in this page, which needs the neighbour's bytes.
   *
   * @param space where the image is mapped
   * @param page its bytes, changed
   * @param offset of the page from the base
   * @param target the other base
   * @return false when a neighbour that is needed is absent; the page is then undefined
   */
  public boolean move(AddressSpace space, byte[] page, long offset, long target)
      throws IOException {
    long distance = target - base;
    return move(space, page, offset, offset, distance)
        && move(space, page, offset, offset - PAGE, distance);
  }

  private boolean move(AddressSpace space, byte[] page, long offset, long blockOf, long distance)
      throws IOException {
    for (short entry : places.getOrDefault((int) (blockOf / PAGE), new short[0])) {
      int kind = (entry & 0xFFFF) >>> 12;
      int width = kind == DIR_64 ? Long.BYTES : kind == HIGH_LOW ? Integer.BYTES : 0;
      long at = blockOf + (entry & 0xFFF) - offset;
      if (width == 0 || at + width <= 0) {
        continue;
      }
      if (at >= 0 && at + width <= PAGE) {
        put(page, (int) at, width, value(page, (int) at, width) + distance);
      } else if (!straddling(space, page, offset, at, width, distance)) {
        return false;
      }
    }
    return true;
  }

  private boolean straddling(
      AddressSpace space, byte[] page, long offset, long at, int width, long distance)
      throws IOException {
    byte[] whole = new byte[width];
    if (!space.read(base + offset + at, whole, 0, width)) {
      return false;
    }
    put(whole, 0, width, value(whole, 0, width) + distance);
    for (int i = 0; i < width; i++) {
      if (at + i >= 0 && at + i < PAGE) {
        page[(int) (at + i)] = whole[i];
      }
    }
    return true;
  }

  private static long value(byte[] bytes, int at, int width) {
    return width == Long.BYTES ? LittleEndian.i64(bytes, at) : LittleEndian.u32(bytes, at);
  }

  private static void put(byte[] bytes, int at, int width, long value) {
    if (width == Long.BYTES) {
      LittleEndian.putI64(bytes, at, value);
    } else {
      LittleEndian.putI32(bytes, at, (int) value);
    }
  }
}
