package io.memlake.engine.extract.minidump;

import io.memlake.engine.extract.MemoryMap;
import io.memlake.engine.extract.MemoryRegion;
import io.memlake.engine.extract.MemoryRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The regions of a process and which parts of them have bytes, as an extract tells them. */
final class DumpMemory implements MemoryMap {
  private static final int MEM_COMMIT = 0x1000;
  private static final int MEM_PRIVATE = 0x20000;
  private static final int MEM_MAPPED = 0x40000;
  private static final int MEM_IMAGE = 0x1000000;
  private static final int INFO_HEADER = 16;
  private static final int INFO_SIZE = 48;
  private static final int RANGE_SIZE = 16;

  /** Ranges that a dump can list; more are the pages of a process of a terabyte. */
  private static final int MAXIMUM_RANGES = 1 << 22;

  private final List<MemoryRegion> regions = new ArrayList<>();
  private final List<long[]> ranges = new ArrayList<>();
  private long offset;

  @Override
  public void run(MemoryRegion region, MemoryRun run) throws IOException {
    if (regions.isEmpty() || regions.get(regions.size() - 1).start() != region.start()) {
      regions.add(region);
    }
    if (run.offset() < 0) {
      return;
    }
    if (run.offset() != offset) {
      throw new IOException("The memory of the process changed between two reads");
    }
    offset += run.size();
    long[] last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
    if (last != null && last[0] + last[1] == run.start()) {
      last[1] += run.size();
    } else if (ranges.size() < MAXIMUM_RANGES) {
      ranges.add(new long[] {run.start(), run.size()});
    } else {
      throw new IOException("The process has more than " + MAXIMUM_RANGES + " ranges of memory");
    }
  }

  /** Bytes of all ranges together. */
  long bytes() {
    return offset;
  }

  /** Appends the list of regions. */
  int infoList(DumpBytes out) {
    int at = out.reserve(INFO_HEADER + regions.size() * INFO_SIZE);
    out.u32(at, INFO_HEADER);
    out.u32(at + 4, INFO_SIZE);
    out.u64(at + 8, regions.size());
    int entry = at + INFO_HEADER;
    for (MemoryRegion region : regions) {
      int protection = protection(region.protection());
      out.u64(entry, region.start());
      out.u64(entry + 8, region.start());
      out.u32(entry + 16, protection);
      out.u64(entry + 24, region.end() - region.start() + 1);
      out.u32(entry + 32, MEM_COMMIT);
      out.u32(entry + 36, protection);
      out.u32(entry + 40, type(region.type()));
      entry += INFO_SIZE;
    }
    return at;
  }

  /** Appends the list of ranges, whose bytes begin where everything else ends. */
  int memoryList(DumpBytes out) {
    int at = out.reserve(2 * Long.BYTES + ranges.size() * RANGE_SIZE);
    out.u64(at, ranges.size());
    int entry = at + 2 * Long.BYTES;
    for (long[] range : ranges) {
      out.u64(entry, range[0]);
      out.u64(entry + Long.BYTES, range[1]);
      entry += RANGE_SIZE;
    }
    return at;
  }

  private static int type(String type) {
    return switch (type) {
      case "image" -> MEM_IMAGE;
      case "mapped" -> MEM_MAPPED;
      default -> MEM_PRIVATE;
    };
  }

  /** The number of a protection by its Windows name; 0 for a region without one. */
  private static int protection(String name) {
    int value = 0;
    for (String part : name.split("\\|", -1)) {
      value |=
          switch (part) {
            case "PAGE_NOACCESS" -> 0x01;
            case "PAGE_READONLY" -> 0x02;
            case "PAGE_READWRITE" -> 0x04;
            case "PAGE_WRITECOPY" -> 0x08;
            case "PAGE_EXECUTE" -> 0x10;
            case "PAGE_EXECUTE_READ" -> 0x20;
            case "PAGE_EXECUTE_READWRITE" -> 0x40;
            case "PAGE_EXECUTE_WRITECOPY" -> 0x80;
            case "PAGE_GUARD" -> 0x100;
            case "PAGE_NOCACHE" -> 0x200;
            case "PAGE_WRITECOMBINE" -> 0x400;
            default -> 0;
          };
    }
    return value;
  }
}
