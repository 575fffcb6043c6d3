package io.memlake.engine.image.savevm;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.chunk.ChunkedBytes;
import io.memlake.engine.image.chunk.Codec;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sections of the stream up to the end of its RAM; what follows is the state of devices.
 *
 * <pre>
 * section = u8 kind, u32 number, [u8 length, name, u32 instance, u32 version], body
 * kind    = 1 start | 2 part | 3 end | 4 whole | 7 configuration (u32 length, machine)
 *           7E footer (u32 number)
 * ram     = { u64 address and flags, body }
 * flags   = 02 fill (u8) | 04 sizes of blocks | 08 page | 10 end | 20 same block as before
 * </pre>
 */
final class RamStream {
  private static final int START = 1;
  private static final int PART = 2;
  private static final int END = 3;
  private static final int CONFIGURATION = 7;
  private static final int FOOTER = 0x7E;

  private static final int FILL = 0x02;
  private static final int SIZES = 0x04;
  private static final int PAGE = 0x08;
  private static final int END_OF_SECTION = 0x10;
  private static final int SAME_BLOCK = 0x20;
  private static final int KNOWN = FILL | SIZES | PAGE | END_OF_SECTION | SAME_BLOCK;
  private static final int PAGE_SIZE = 4096;
  private static final int PAGE_SHIFT = 12;

  /** Blocks of a machine: RAM, ROMs, video memory. */
  private static final int MAX_BLOCKS = 4096;

  private final StreamReader in;
  private final ChunkedBytes.Builder chunks;
  private final ExtentTableBuilder extents;
  private final List<String> warnings;
  private final Map<String, Long> blocks = new LinkedHashMap<>();
  private MachineMap map = MachineMap.of("", 0);
  private String machine = "";
  private String ram = "";
  private String block = "";
  private long ramSection = -1;
  private long otherFills;

  RamStream(
      StreamReader in,
      ChunkedBytes.Builder chunks,
      ExtentTableBuilder extents,
      List<String> warnings) {
    this.in = in;
    this.chunks = chunks;
    this.extents = extents;
    this.warnings = warnings;
  }

  /** The machine type; empty when the stream does not say. */
  String machine() {
    return machine;
  }

  /**
   * Reads to the end of the RAM.
   *
   * @throws CorruptImageException when there is no RAM at all
   */
  void read() throws IOException {
    try {
      boolean more = true;
      while (more) {
        more = section();
      }
    } catch (CorruptImageException e) {
      if (chunks.size() == 0) {
        throw e;
      }
      // A guest that runs while it is saved sends changed pages again, later in the stream.
      warnings.add(
          e.getMessage()
              + "; pages that follow are not read, and pages before it may be older than the end");
    }
    if (otherFills > 0) {
      warnings.add(otherFills + " pages are filled with one byte that is not zero; not read");
    }
  }

  private boolean section() throws IOException {
    int kind = in.u8();
    switch (kind) {
      case CONFIGURATION -> {
        long length = in.u32();
        if (length > 255) {
          throw in.corrupt("a machine type of " + length + " characters");
        }
        machine = in.name((int) length);
      }
      case FOOTER -> in.u32();
      case START -> {
        long number = in.u32();
        String name = in.name(in.u8());
        in.skip(8);
        if (!name.equals("ram")) {
          throw in.corrupt("the state of " + name + " comes before that of RAM");
        }
        ramSection = number;
        records();
      }
      case PART, END -> {
        if (in.u32() != ramSection) {
          throw in.corrupt("a part of a section that did not begin");
        }
        records();
        return kind == PART;
      }
      default -> throw in.corrupt("a section of unknown kind " + kind);
    }
    return true;
  }

  private void records() throws IOException {
    while (true) {
      long word = in.u64();
      int flags = (int) word & (PAGE_SIZE - 1);
      long address = word & -PAGE_SIZE;
      if ((flags & ~KNOWN) != 0) {
        throw in.corrupt(
            "a page stored in a way that cannot be read (flags "
                + Hex.address(flags)
                + "): use a dump without compression and multiple channels");
      }
      if ((flags & END_OF_SECTION) != 0) {
        return;
      }
      if ((flags & SIZES) != 0) {
        sizes(address);
        continue;
      }
      if ((flags & SAME_BLOCK) == 0) {
        block = in.name(in.u8());
      }
      if ((flags & FILL) != 0) {
        fill(address, in.u8());
      } else if ((flags & PAGE) != 0) {
        page(address);
      } else {
        throw in.corrupt("a record without content");
      }
    }
  }

  private void sizes(long total) throws IOException {
    long sum = 0;
    long largest = 0;
    while (sum < total && blocks.size() < MAX_BLOCKS) {
      String name = in.name(in.u8());
      long size = in.u64();
      if (size <= 0 || size > PageRun.MAX_PFN << PAGE_SHIFT) {
        throw in.corrupt("a block of " + Long.toUnsignedString(size) + " bytes");
      }
      blocks.put(name, size);
      sum += size;
      if (size > largest) {
        largest = size;
        ram = name;
      }
    }
    if (blocks.containsKey("pc.ram")) {
      ram = "pc.ram";
    }
    map = MachineMap.of(machine, blocks.getOrDefault(ram, 0L));
    if (!map.known()) {
      warnings.add(
          "The machine type " + machine + " is not known; its RAM is taken to have no hole");
    }
  }

  private boolean isRam(long address) throws CorruptImageException {
    if (!blocks.containsKey(block)) {
      throw in.corrupt("a page of the block " + block + ", which was not announced");
    }
    if (!block.equals(ram)) {
      return false;
    }
    if (address < 0 || address >= blocks.getOrDefault(ram, 0L)) {
      throw in.corrupt("a page at " + Hex.address(address) + " outside its block");
    }
    return true;
  }

  private void fill(long address, int value) throws CorruptImageException {
    if (isRam(address)) {
      otherFills += value == 0 ? 0 : 1;
      extents.addUnstored(
          map.physical(address) >>> PAGE_SHIFT,
          1,
          value == 0 ? PageState.ZERO : PageState.UNREADABLE,
          in.position());
    }
  }

  private void page(long address) throws IOException {
    long at = in.position();
    in.skip(PAGE_SIZE);
    if (in.ended()) {
      throw in.corrupt("the file ends inside a page");
    }
    if (isRam(address)) {
      long start = chunks.size();
      chunks.add(0, at, PAGE_SIZE, Codec.STORED, PAGE_SIZE);
      extents.addStored(map.physical(address), PAGE_SIZE, 0, start, at);
    }
  }
}
