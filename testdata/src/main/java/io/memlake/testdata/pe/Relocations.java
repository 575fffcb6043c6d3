package io.memlake.testdata.pe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.TreeMap;

/**
 * Addresses in an image that depend on its base, and the table that the section {@code .reloc}
 * holds of them: blocks of a page each, with 12 bits of offset below 4 bits of kind an entry.
 */
public final class Relocations {
  private static final int PAGE = 0x1000;
  private static final int HIGH_LOW = 3;
  private static final int DIR_64 = 10;

  private final boolean wide;
  private final TreeMap<Integer, Integer> targets = new TreeMap<>();

  /**
   * No address yet.
   *
   * @param wide whether addresses have 64 bits
   */
  public Relocations(boolean wide) {
    this.wide = wide;
  }

  /**
   * Adds an address.
   *
   * @param rva where it stands
   * @param target what it leads to, relative to the base
   */
  public Relocations add(int rva, int target) {
    targets.put(rva, target);
    return this;
  }

  /**
   * Writes the addresses as the loader leaves them at a base.
   *
   * @param bytes part of the image
   * @param rva where that part begins; every address lies in it
   */
  public void apply(byte[] bytes, int rva, long base) {
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    targets.forEach(
        (at, target) -> {
          if (wide) {
            out.putLong(at - rva, base + target);
          } else {
            out.putInt(at - rva, (int) base + target);
          }
        });
  }

  /** The table. */
  public byte[] table() {
    ByteBuffer out = ByteBuffer.allocate(targets.size() * 12 + 8).order(ByteOrder.LITTLE_ENDIAN);
    int page = -1;
    int block = 0;
    for (int at : targets.keySet()) {
      if ((at & -PAGE) != page) {
        end(out, block);
        page = at & -PAGE;
        block = out.position();
        out.putInt(page).putInt(0);
      }
      out.putShort((short) ((wide ? DIR_64 : HIGH_LOW) << 12 | (at & (PAGE - 1))));
    }
    end(out, block);
    byte[] table = new byte[out.position()];
    out.get(0, table);
    return table;
  }

  /** Blocks are padded to four bytes with an entry that means nothing. */
  private static void end(ByteBuffer out, int block) {
    if (out.position() == 0) {
      return;
    }
    if ((out.position() & 2) != 0) {
      out.putShort((short) 0);
    }
    out.putInt(block + 4, out.position() - block);
  }
}
