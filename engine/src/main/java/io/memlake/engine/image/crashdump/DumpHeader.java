package io.memlake.engine.image.crashdump;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ImageHints;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * A view of the header page of a crash dump, {@code DUMP_HEADER64} or {@code DUMP_HEADER32}.
 *
 * <p>Windows fills the page with the text {@code PAGE} before it sets fields, so a field that holds
 * that text was never set.
 */
final class DumpHeader {

  /** {@code PAGE} as a number. */
  private static final long FILLER_32 = 0x45474150L;

  private static final long FILLER_64 = 0x4547415045474150L;

  /** FILETIME of 1970-01-01, in units of 100 ns since 1601. */
  private static final long UNIX_EPOCH = 116_444_736_000_000_000L;

  private static final long TICKS_PER_SECOND = 10_000_000L;

  private final byte[] bytes;
  private final DumpHeaderLayout layout;

  DumpHeader(byte[] bytes, DumpHeaderLayout layout) {
    this.bytes = bytes;
    this.layout = layout;
  }

  DumpHeaderLayout layout() {
    return layout;
  }

  int dumpType() {
    return LittleEndian.i32(bytes, layout.dumpType());
  }

  int machine() {
    return LittleEndian.i32(bytes, layout.machine());
  }

  /** Number of runs in the descriptor, unsigned. */
  long runCount() {
    return LittleEndian.u32(bytes, layout.descriptor());
  }

  /** Number of pages that the descriptor claims in all. */
  long pageCount() {
    return layout.wide()
        ? LittleEndian.i64(bytes, layout.descriptor() + 8)
        : LittleEndian.u32(bytes, layout.descriptor() + 4);
  }

  boolean descriptorUnset() {
    return runCount() == FILLER_32;
  }

  int runOffset(int run) {
    return layout.wide() ? layout.descriptor() + 16 + run * 16 : layout.descriptor() + 8 + run * 8;
  }

  long runBasePage(int run) {
    return pointer(runOffset(run));
  }

  long runPageCount(int run) {
    return pointer(runOffset(run) + layout.pointerSize());
  }

  long attributes() {
    return layout.wide() ? LittleEndian.u32(bytes, 0x1050) : FILLER_32;
  }

  boolean hasAttribute(int bit) {
    return attributes() != FILLER_32 && ((attributes() >>> bit) & 1) != 0;
  }

  private long pointer(int offset) {
    return layout.wide() ? LittleEndian.i64(bytes, offset) : LittleEndian.u32(bytes, offset);
  }

  /** The header's facts that are set. */
  ImageHints hints() {
    Map<String, String> facts = new TreeMap<>();
    putAddress(facts, ImageHints.DTB, pointer(0x10));
    putAddress(facts, ImageHints.PFN_DATABASE, pointer(layout.pfnDatabase()));
    putAddress(facts, ImageHints.PS_LOADED_MODULE_LIST, pointer(layout.psLoadedModuleList()));
    putAddress(facts, ImageHints.PS_ACTIVE_PROCESS_HEAD, pointer(layout.psActiveProcessHead()));
    putAddress(facts, ImageHints.KDBG, pointer(layout.kdDebuggerDataBlock()));
    putNumber(facts, ImageHints.BUILD, 0x0C);
    putNumber(facts, ImageHints.MACHINE, layout.machine());
    putNumber(facts, "processors", layout.processors());
    putNumber(facts, "major_version", 0x08);
    putNumber(facts, "dump_type", layout.dumpType());
    putBugCheck(facts);
    putTime(facts);
    putComment(facts);
    if (layout.wide()) {
      putNumber(facts, "product_type", 0x1040);
      putNumber(facts, "boot_id", 0x1054);
      if (attributes() != FILLER_32) {
        facts.put("attributes", Hex.address(attributes()));
      }
    } else if (bytes[0x5C] == 0 || bytes[0x5C] == 1) {
      facts.put("pae", Integer.toString(bytes[0x5C]));
    }
    return ImageHints.of(facts);
  }

  private void putAddress(Map<String, String> facts, String name, long value) {
    if (value != 0 && value != FILLER_64 && value != FILLER_32) {
      facts.put(name, Hex.address(value));
    }
  }

  private void putNumber(Map<String, String> facts, String name, int offset) {
    long value = LittleEndian.u32(bytes, offset);
    if (value != FILLER_32) {
      facts.put(name, Long.toString(value));
    }
  }

  private void putBugCheck(Map<String, String> facts) {
    long code = LittleEndian.u32(bytes, layout.bugCheck());
    if (code == FILLER_32) {
      return;
    }
    facts.put("bugcheck", Hex.address(code));
    int first = layout.bugCheck() + (layout.wide() ? 8 : 4);
    for (int i = 0; i < 4; i++) {
      long parameter = pointer(first + i * layout.pointerSize());
      facts.put("bugcheck_parameter_" + (i + 1), Hex.address(parameter));
    }
  }

  private void putTime(Map<String, String> facts) {
    long time = LittleEndian.i64(bytes, layout.systemTime());
    if (time != FILLER_64 && time > UNIX_EPOCH) {
      long ticks = time - UNIX_EPOCH;
      Instant taken =
          Instant.ofEpochSecond(ticks / TICKS_PER_SECOND, ticks % TICKS_PER_SECOND * 100);
      facts.put(ImageHints.TAKEN_AT, taken.toString());
    }
    long upTime = LittleEndian.i64(bytes, layout.systemUpTime());
    if (upTime != FILLER_64 && upTime > 0) {
      facts.put("uptime_seconds", Long.toString(upTime / TICKS_PER_SECOND));
    }
  }

  private void putComment(Map<String, String> facts) {
    int start = layout.comment();
    if (LittleEndian.u32(bytes, start) == FILLER_32) {
      return;
    }
    int end = start;
    while (end < start + 128 && bytes[end] != 0) {
      end++;
    }
    String comment = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1).strip();
    if (!comment.isEmpty()) {
      facts.put("comment", comment);
    }
  }
}
