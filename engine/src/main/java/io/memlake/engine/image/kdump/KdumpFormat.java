package io.memlake.engine.image.kdump;

import io.memlake.engine.bytes.ByteSource;
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
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Kdump-compressed.
 *
 * <pre>
 * file = header block, sub header blocks, bitmap of RAM, bitmap of stored frames,
 *        { descriptor }, { page }
 * </pre>
 *
 * <p>Frames that are RAM but not stored were left out by the writer's dump level: not dumped.
 */
public final class KdumpFormat implements ImageFormat {

  /** Name as tables spell it. */
  public static final String NAME = "kdump";

  private static final int BUFFER = 64 << 10;

  /** Pages at the end that are looked for; one read. */
  private static final long LAST_PAGES = 2048;

  /** Without state. */
  public KdumpFormat() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException {
    if (!ContainerBytes.holds(ContainerBytes.readUpTo(file, 0, 8), 0, KdumpHeader.MARK)) {
      return Optional.empty();
    }
    KdumpHeader header = KdumpHeader.read(file);
    if (header.descriptors() > file.size()) {
      throw new CorruptImageException(
          file.name(), file.size(), "the file ends before the descriptors of its pages");
    }
    long held = (file.size() - header.descriptors()) / KdumpPages.DESCRIPTOR;
    ExtentTableBuilder extents =
        new ExtentTableBuilder(file.name(), ExtentTableBuilder.Overlap.FIRST_WINS);
    extents.addSource(held << PhysicalMemory.PAGE_SHIFT);
    List<String> warnings = new ArrayList<>();
    long pages = addRuns(file, header, extents, warnings);
    if (pages > held) {
      warnings.add("The file has room for the descriptors of " + held + " of " + pages + " pages");
    }
    ExtentTable table = extents.build();
    KdumpPages bytes = new KdumpPages(file.name(), header.descriptors(), Math.min(pages, held));
    if (pages <= held) {
      addCutWarning(file, bytes, warnings);
    }
    addCountWarning(file, header, pages, warnings);
    ImageHints hints = KdumpNotes.hints(file, header);
    return Optional.of(
        new ExtentIndex(NAME, "", file.name(), List.of(bytes), table, hints, warnings));
  }

  /** Pages lie in the order of their descriptors, so a file that was cut has lost the last ones. */
  private static void addCutWarning(ByteSource file, KdumpPages bytes, List<String> warnings)
      throws IOException {
    long looked = Math.min(bytes.pages(), LAST_PAGES);
    byte[] last =
        ContainerBytes.readUpTo(
            file,
            bytes.descriptors() + (bytes.pages() - looked) * KdumpPages.DESCRIPTOR,
            (int) looked * KdumpPages.DESCRIPTOR);
    int lost = 0;
    for (int at = 0; at + KdumpPages.DESCRIPTOR <= last.length; at += KdumpPages.DESCRIPTOR) {
      long length = LittleEndian.u32(last, at + 8);
      lost += LittleEndian.i64(last, at) > file.size() - length ? 1 : 0;
    }
    if (lost > 0) {
      warnings.add(
          "The file of "
              + file.size()
              + " bytes ends before its last pages: "
              + lost
              + " of the last "
              + looked
              + " have no bytes");
    }
  }

  /** The first page follows the last descriptor, so the header cannot count too few unnoticed. */
  private static void addCountWarning(
      ByteSource file, KdumpHeader header, long pages, List<String> warnings) throws IOException {
    int looked = (int) Math.max(1, Math.min(pages, LAST_PAGES));
    byte[] first =
        ContainerBytes.readUpTo(file, header.descriptors(), looked * KdumpPages.DESCRIPTOR);
    long data = Long.MAX_VALUE;
    for (int at = 0; at + KdumpPages.DESCRIPTOR <= first.length; at += KdumpPages.DESCRIPTOR) {
      data = Math.min(data, LittleEndian.i64(first, at));
    }
    long described = (data - header.descriptors()) / KdumpPages.DESCRIPTOR;
    if (data > header.descriptors() && data <= file.size() && described > pages) {
      warnings.add(
          "The bitmap of the "
              + header.frames()
              + " frames that the header counts has "
              + pages
              + " stored ones, but there are "
              + described
              + " descriptors before the first page");
    }
  }

  /** Adds the frames of the bitmap; returns how many there are. */
  private static long addRuns(
      ByteSource file, KdumpHeader header, ExtentTableBuilder extents, List<String> warnings)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long first = -1;
    long pages = 0;
    long start = header.bitmap();
    for (long pfn = 0; pfn < header.frames(); pfn++) {
      int bit = (int) (pfn % (BUFFER * 8L));
      if (bit == 0) {
        int wanted = (int) Math.min(BUFFER, header.descriptors() - start - pfn / 8);
        if (file.read(start + pfn / 8, buffer, 0, wanted) < wanted) {
          warnings.add("The file ends inside the bitmap of its pages");
          break;
        }
      }
      boolean stored = (buffer[bit >>> 3] & 1 << (bit & 7)) != 0;
      if (stored && first < 0) {
        first = pfn;
      } else if (!stored && first >= 0) {
        pages += add(extents, first, pfn, pages, start + first / 8);
        first = -1;
      }
    }
    if (first >= 0) {
      pages += add(extents, first, header.frames(), pages, start + first / 8);
    }
    return pages;
  }

  private static long add(
      ExtentTableBuilder extents, long first, long end, long pages, long definedAt)
      throws CorruptImageException {
    extents.addStored(
        first << PhysicalMemory.PAGE_SHIFT,
        (end - first) << PhysicalMemory.PAGE_SHIFT,
        0,
        pages << PhysicalMemory.PAGE_SHIFT,
        definedAt);
    return end - first;
  }
}
