package io.memlake.engine.image.lime;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormat;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.extent.ExtentIndex;
import io.memlake.engine.image.extent.ExtentTable;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.image.extent.StoredFile;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * LiME version 1.
 *
 * <pre>
 * file   = { header, bytes of the range }
 * header = "EMiL", u32 1, u64 first address, u64 last address (inclusive), 8 zero bytes
 * </pre>
 *
 * <p>Where the next header is not at its place, it is searched for a little further on; what lies
 * between is not read and is reported.
 */
public final class LimeFormat implements ImageFormat {

  /** Name as tables spell it. */
  public static final String NAME = "lime";

  private static final String MARK = "EMiL\1\0\0\0";
  private static final int HEADER = 32;

  /** How far a lost header is searched for. */
  private static final int SEARCH = 1 << 20;

  /** Ranges in one file; memory maps have a few dozen. */
  private static final int MAX_RANGES = 1 << 20;

  /** Warnings of one kind that are worth reading. */
  private static final int MAX_WARNINGS = 20;

  private static final long END_OF_MEMORY = PageRun.MAX_PFN << PhysicalMemory.PAGE_SHIFT;

  /** Without state. */
  public LimeFormat() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException {
    if (!ContainerBytes.holds(ContainerBytes.readUpTo(file, 0, 8), 0, MARK)) {
      return Optional.empty();
    }
    StoredFile bytes = StoredFile.of(file);
    ExtentTableBuilder extents = ExtentTableBuilder.over(bytes, file.name());
    List<String> warnings = new ArrayList<>();
    long at = 0;
    for (int range = 0; at >= 0 && at < file.size() && range < MAX_RANGES; range++) {
      at = addRange(file, at, extents, warnings);
    }
    ExtentTable table = extents.build();
    if (extents.overlappingPages() > 0) {
      warnings.add(
          extents.overlappingPages() + " frames are in more than one range; the first counts");
    }
    return Optional.of(
        new ExtentIndex(NAME, "", file.name(), List.of(bytes), table, ImageHints.NONE, warnings));
  }

  /** Returns where the next header should be, or -1 when the rest cannot be read. */
  private static long addRange(
      ByteSource file, long at, ExtentTableBuilder extents, List<String> warnings)
      throws IOException {
    byte[] header = ContainerBytes.readUpTo(file, at, HEADER);
    if (header.length < HEADER || !ContainerBytes.holds(header, 0, MARK)) {
      return search(file, at, warnings);
    }
    long first = LittleEndian.i64(header, 8);
    long last = LittleEndian.i64(header, 16);
    if (first < 0 || last < first || last >= END_OF_MEMORY) {
      if (at == 0) {
        throw new CorruptImageException(
            file.name(),
            at,
            "the range " + Hex.address(first) + " to " + Hex.address(last) + " is not one of RAM");
      }
      return search(file, at + 1, warnings);
    }
    long length = last - first + 1;
    extents.addStored(first, length, 0, at + HEADER, at);
    long end = at + HEADER + length;
    if (end > file.size()) {
      warn(
          warnings,
          "The range at "
              + Hex.address(first)
              + " should end at "
              + Hex.address(end)
              + ", the file ends at "
              + Hex.address(file.size()));
    }
    return end;
  }

  private static long search(ByteSource file, long at, List<String> warnings) throws IOException {
    byte[] bytes = ContainerBytes.readUpTo(file, at, SEARCH);
    for (int i = 0; i + HEADER <= bytes.length; i++) {
      if (bytes[i] == 'E' && ContainerBytes.holds(bytes, i, MARK)) {
        warn(
            warnings,
            "There is no header at "
                + Hex.address(at)
                + "; the next one is at "
                + Hex.address(at + i));
        return at + i;
      }
    }
    warn(warnings, "There is no header at " + Hex.address(at) + "; what follows is not read");
    return -1;
  }

  private static void warn(List<String> warnings, String warning) {
    if (warnings.size() < MAX_WARNINGS) {
      warnings.add(warning);
    }
  }
}
