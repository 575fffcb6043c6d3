package io.memlake.engine.image.crashdump;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormat;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.image.extent.ExtentIndex;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.image.extent.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Windows kernel crash dumps.
 *
 * <pre>
 * file           = header, frames
 * header         = "PAGEDU64" (0x2000 bytes) | "PAGEDUMP" (0x1000 bytes)
 * type 1         : the header's descriptor lists runs; their frames follow the header in that order
 * types 2, 5, 6  : {@link BitmapDump}
 * type 4         : {@link TriageDump}, without frames
 * types 8, 9, A  : {@link RangeDump}
 * </pre>
 *
 * <p>What follows the last frame, for instance secondary data of drivers, is not read.
 */
public final class CrashDumpFormat implements ImageFormat {

  /** Name as tables spell it. */
  public static final String NAME = "crashdump";

  private static final int FULL = 1;
  private static final int SUMMARY = 2;
  private static final int TRIAGE = 4;
  private static final int BITMAP_FULL = 5;
  private static final int BITMAP_KERNEL = 6;
  private static final int RANGES_KERNEL = 8;
  private static final int RANGES_KERNEL_ACTIVE = 9;
  private static final int RANGES_FULL = 0xA;

  /** {@code EncryptedDumpData} in the attributes. */
  private static final int ENCRYPTED = 8;

  private static final int AMD64 = 0x8664;
  private static final int ARM64 = 0xAA64;
  private static final int I386 = 0x014C;
  private static final int ARM = 0x01C4;
  private static final int IA64 = 0x0200;

  /** Without state. */
  public CrashDumpFormat() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException {
    byte[] mark = ContainerBytes.readUpTo(file, 0, 8);
    DumpHeaderLayout layout;
    if (ContainerBytes.holds(mark, 0, "PAGEDU64")) {
      layout = DumpHeaderLayout.WIDE;
    } else if (ContainerBytes.holds(mark, 0, "PAGEDUMP")) {
      layout = DumpHeaderLayout.NARROW;
    } else {
      requireNoHalfMark(file, mark);
      return Optional.empty();
    }
    DumpHeader header =
        new DumpHeader(ContainerBytes.read(file, 0, layout.size(), "the dump header"), layout);
    checkMachine(file, header);
    if (header.hasAttribute(ENCRYPTED)) {
      throw new UnsupportedImageException(
          file.name(), "an encrypted crash dump", "crash dumps without dump encryption");
    }
    return Optional.of(
        switch (header.dumpType()) {
          case FULL -> full(file, header);
          case SUMMARY -> bitmap(file, header, "kernel summary");
          case BITMAP_FULL -> bitmap(file, header, "bitmap");
          case BITMAP_KERNEL -> bitmap(file, header, "active bitmap");
          case RANGES_KERNEL -> ranges(file, header, "kernel ranges");
          case RANGES_KERNEL_ACTIVE -> ranges(file, header, "kernel and active ranges");
          case RANGES_FULL -> ranges(file, header, "full ranges");
          case TRIAGE -> triage(file, header);
          default ->
              throw new UnsupportedImageException(
                  file.name(),
                  "a crash dump of type " + Integer.toUnsignedString(header.dumpType()),
                  "types 1, 2, 4, 5, 6, 8, 9 and 10");
        });
  }

  /** A header of which four bytes were damaged is no reason to read its dump as plain RAM. */
  private static void requireNoHalfMark(ByteSource file, byte[] mark) throws IOException {
    boolean first = ContainerBytes.holds(mark, 0, "PAGE");
    boolean second = ContainerBytes.holds(mark, 4, "DU64") || ContainerBytes.holds(mark, 4, "DUMP");
    byte[] start = ContainerBytes.readUpTo(file, 0, DumpHeaderLayout.WIDE.machine() + 4);
    boolean wide = machineAt(start, DumpHeaderLayout.WIDE) == AMD64;
    boolean narrow = machineAt(start, DumpHeaderLayout.NARROW) == I386;
    if ((first || second) && (wide || narrow)) {
      throw new CorruptImageException(
          file.name(), first ? 4 : 0, "half of the mark of a crash dump is damaged");
    }
  }

  private static int machineAt(byte[] header, DumpHeaderLayout layout) {
    int at = layout.machine();
    return at + 4 <= header.length ? LittleEndian.i32(header, at) : 0;
  }

  private static void checkMachine(ByteSource file, DumpHeader header)
      throws CorruptImageException {
    switch (header.machine()) {
      case AMD64, ARM64, I386, ARM, IA64 -> {}
      default ->
          throw new CorruptImageException(
              file.name(),
              header.layout().machine(),
              "the machine type "
                  + Hex.address(header.machine() & 0xFFFF_FFFFL)
                  + " is none that Windows ran on");
    }
  }

  private static ImageIndex full(ByteSource file, DumpHeader header) throws IOException {
    DumpHeaderLayout layout = header.layout();
    if (header.descriptorUnset()) {
      throw new CorruptImageException(
          file.name(), layout.descriptor(), "the list of memory runs was never filled in");
    }
    if (header.runCount() == 0 || header.runCount() > layout.maxRuns()) {
      throw new CorruptImageException(
          file.name(),
          layout.descriptor(),
          "the header claims "
              + header.runCount()
              + " memory runs; it has room for 1 to "
              + layout.maxRuns());
    }
    StoredFile bytes = StoredFile.of(file);
    ExtentTableBuilder extents = ExtentTableBuilder.over(bytes, file.name());
    long location = layout.size();
    long pages = 0;
    for (int run = 0; run < header.runCount(); run++) {
      DumpRuns.add(
          extents,
          file.name(),
          header.runBasePage(run),
          header.runPageCount(run),
          location,
          header.runOffset(run));
      pages += header.runPageCount(run);
      location += header.runPageCount(run) << 12;
    }
    List<String> warnings = new ArrayList<>();
    if (pages != header.pageCount()) {
      warnings.add(
          "The header counts "
              + Long.toUnsignedString(header.pageCount())
              + " pages, its runs hold "
              + pages);
    }
    return index(file, header, "full", bytes, extents, location, warnings);
  }

  private static ImageIndex bitmap(ByteSource file, DumpHeader header, String kind)
      throws IOException {
    StoredFile bytes = StoredFile.of(file);
    ExtentTableBuilder extents = ExtentTableBuilder.over(bytes, file.name());
    List<String> warnings = new ArrayList<>();
    long end = BitmapDump.addRuns(file, header.layout().size(), extents, warnings);
    return index(file, header, kind, bytes, extents, end, warnings);
  }

  private static ImageIndex ranges(ByteSource file, DumpHeader header, String kind)
      throws IOException {
    StoredFile bytes = StoredFile.of(file);
    ExtentTableBuilder extents = ExtentTableBuilder.over(bytes, file.name());
    boolean counted = header.dumpType() == RANGES_FULL;
    List<String> warnings = new ArrayList<>();
    long end = RangeDump.addRuns(file, header.layout().size(), counted, extents, warnings);
    return index(file, header, kind, bytes, extents, end, warnings);
  }

  private static ImageIndex triage(ByteSource file, DumpHeader header) throws IOException {
    if (!header.layout().wide()) {
      throw new UnsupportedImageException(
          file.name(), "a 32-bit triage dump", "triage dumps of 64-bit systems");
    }
    return TriageDump.read(file, header);
  }

  private static ExtentIndex index(
      ByteSource file,
      DumpHeader header,
      String kind,
      StoredFile bytes,
      ExtentTableBuilder extents,
      long expectedEnd,
      List<String> warnings) {
    if (expectedEnd > file.size()) {
      warnings.add(
          "The file ends at "
              + Hex.address(file.size())
              + ", its frames should end at "
              + Hex.address(expectedEnd));
    }
    var table = extents.build();
    if (extents.overlappingPages() > 0) {
      warnings.add(
          extents.overlappingPages() + " frames are in more than one run; the first counts");
    }
    String variant = kind + (header.layout().wide() ? ", 64-bit" : ", 32-bit");
    return new ExtentIndex(
        NAME, variant, file.name(), List.of(bytes), table, header.hints(), warnings);
  }
}
