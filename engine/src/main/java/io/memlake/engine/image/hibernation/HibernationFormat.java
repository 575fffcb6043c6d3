package io.memlake.engine.image.hibernation;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormat;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.image.chunk.ChunkedBytes;
import io.memlake.engine.image.extent.ExtentIndex;
import io.memlake.engine.image.extent.ExtentTable;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.image.extent.ExtentTableBuilder.Overlap;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code hiberfil.sys} from Windows XP to 11. Frames that Windows did not write, since it could
 * build them anew, are not dumped.
 *
 * <p>A header that says {@code wake} was read by a resumed Windows: up to 7 the content usually
 * survives, since 8 it is overwritten with zeros.
 */
public final class HibernationFormat implements ImageFormat {

  /** Name as tables spell it. */
  public static final String NAME = "hiber";

  private static final int PAGE_SIZE = PhysicalMemory.PAGE_SIZE;
  private static final int PAGE_SHIFT = PhysicalMemory.PAGE_SHIFT;
  private static final List<String> MARKS =
      List.of("hibr", "HIBR", "wake", "WAKE", "RSTR", "rstr", "HORM", "BRKP");

  /** The first table of a file whose first page was wiped is on one of these pages. */
  private static final int WIPED_PAGES = 10;

  private static final int LENGTH_SELF = 0x0C;
  private static final int MIN_HEADER = 0xA8;
  private static final int LAST_OFFSET = 0x500;

  /** FILETIME of 1970-01-01 and of 2200-01-01. */
  private static final long UNIX_EPOCH = 116_444_736_000_000_000L;

  private static final long FAR_FUTURE = UNIX_EPOCH + 72_583_000_000_000_000L;

  /** Without state. */
  public HibernationFormat() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException {
    byte[] header = ContainerBytes.readUpTo(file, 0, PAGE_SIZE);
    for (String mark : MARKS) {
      if (ContainerBytes.holds(header, 0, mark)) {
        return Optional.of(withHeader(file, header, mark.toLowerCase(Locale.ROOT)));
      }
    }
    return isZero(header) ? wiped(file) : Optional.empty();
  }

  private static boolean isZero(byte[] page) {
    for (byte value : page) {
      if (value != 0) {
        return false;
      }
    }
    return page.length == PAGE_SIZE;
  }

  private static ImageIndex withHeader(ByteSource file, byte[] header, String mark)
      throws IOException {
    if (header.length < MIN_HEADER) {
      throw new CorruptImageException(
          file.name(), header.length, "the file ends inside the hibernation header");
    }
    long length = LittleEndian.u32(header, LENGTH_SELF);
    Optional<HeaderLayout> layout = HeaderLayout.of(length);
    if (layout.isPresent() && header.length >= LAST_OFFSET) {
      return sets(file, header, layout.get(), mark);
    }
    for (TableLayout table : TableLayout.ALL) {
      if (table.headerLength() == length
          && RangeTables.plausible(file, table, table.firstTable(header))) {
        List<String> warnings = new ArrayList<>();
        resumed(mark, warnings);
        return tables(file, table, table.firstTable(header), facts(header, table.wide()), warnings);
      }
    }
    boolean known =
        layout.isPresent()
            || TableLayout.ALL.stream().anyMatch(table -> table.headerLength() == length);
    if (known) {
      throw new CorruptImageException(
          file.name(), LENGTH_SELF, "the hibernation header leads to no memory");
    }
    throw new UnsupportedImageException(
        file.name(),
        "a hibernation file with a header of "
            + Hex.address(length)
            + " bytes, of no known Windows",
        "hibernation files of Windows XP to 11 24H2");
  }

  private static Optional<ImageIndex> wiped(ByteSource file) throws IOException {
    for (int page = 1; page <= WIPED_PAGES; page++) {
      for (TableLayout table : TableLayout.ALL) {
        if (RangeTables.plausible(file, table, page)) {
          List<String> warnings = new ArrayList<>();
          warnings.add(
              "The first page was wiped, so Windows "
                  + table.windows()
                  + " is a guess by the form"
                  + " of the first table");
          return Optional.of(tables(file, table, page, Map.of(), warnings));
        }
      }
    }
    Optional<LostChains> chains = LostChains.find(file);
    return chains.isPresent() ? Optional.of(lost(file, chains.get())) : Optional.empty();
  }

  /** A file of Windows 8 or later whose header is gone: its chains tell themselves. */
  private static ImageIndex lost(ByteSource file, LostChains chains) throws IOException {
    List<String> warnings = new ArrayList<>();
    warnings.add(
        "The first page was wiped: "
            + chains.chains().size()
            + " chains of memory were found by their form, and which Windows wrote them is not"
            + " known");
    ChunkedBytes.Builder chunks = new ChunkedBytes.Builder(file.name());
    chunks.addFile(file.name());
    ExtentTableBuilder extents = new ExtentTableBuilder(file.name(), Overlap.LAST_WINS);
    extents.addSource(Long.MAX_VALUE);
    RestorationSets sets = new RestorationSets(file, chains.wide(), chunks, extents, warnings);
    for (LostChains.Found chain : chains.chains()) {
      sets.add("found", chain.start(), chain.pages());
    }
    String variant = "Windows 8 or later, " + (chains.wide() ? "64-bit" : "32-bit") + ", sets";
    return finish(file, variant, chunks, extents, Map.of(), warnings);
  }

  private static ImageIndex tables(
      ByteSource file,
      TableLayout layout,
      long firstTable,
      Map<String, String> facts,
      List<String> warnings)
      throws IOException {
    ChunkedBytes.Builder chunks = new ChunkedBytes.Builder(file.name());
    chunks.addFile(file.name());
    ExtentTableBuilder extents = new ExtentTableBuilder(file.name(), Overlap.LAST_WINS);
    // Blocks are added only when they are whole, so no range leaves the stream.
    extents.addSource(Long.MAX_VALUE);
    new RangeTables(file, layout, chunks, extents, warnings).add(firstTable);
    String variant =
        "Windows " + layout.windows() + ", " + (layout.wide() ? "64-bit" : "32-bit") + ", xpress";
    return finish(file, variant, chunks, extents, facts, warnings);
  }

  private static ImageIndex sets(ByteSource file, byte[] header, HeaderLayout layout, String mark)
      throws IOException {
    boolean wide = layout.wide();
    long bootPage = number(header, layout.bootPage(), wide);
    long kernelPage = number(header, layout.kernelPage(), wide);
    long bootPages = number(header, layout.loaderPages(), wide);
    long kernelPages = number(header, layout.kernelPages(), wide);
    List<String> warnings = new ArrayList<>();
    boolean boot = begins(file, bootPage, wide);
    boolean kernel = begins(file, kernelPage, wide);
    if (!boot && !kernel) {
      if (mark.equals("wake")) {
        throw new UnsupportedImageException(
            file.name(),
            "a hibernation file whose memory Windows wiped when it resumed",
            "a hibernation file taken while the machine is hibernated");
      }
      throw new CorruptImageException(
          file.name(), layout.kernelPage(), "the hibernation header leads to no memory");
    }
    resumed(mark, warnings);
    Map<String, String> facts = new TreeMap<>(facts(header, wide));
    notes(header, layout, facts, warnings);
    ChunkedBytes.Builder chunks = new ChunkedBytes.Builder(file.name());
    chunks.addFile(file.name());
    // The kernel's pages are restored after those of the boot loader.
    ExtentTableBuilder extents = new ExtentTableBuilder(file.name(), Overlap.LAST_WINS);
    extents.addSource(Long.MAX_VALUE);
    RestorationSets sets = new RestorationSets(file, wide, chunks, extents, warnings);
    addChain(sets, "boot", boot, bootPage, bootPages, warnings);
    addChain(sets, "kernel", kernel, kernelPage, kernelPages, warnings);
    String variant = "Windows " + layout.windows() + ", " + (wide ? "64-bit" : "32-bit") + ", sets";
    return finish(file, variant, chunks, extents, facts, warnings);
  }

  private static boolean begins(ByteSource file, long page, boolean wide) throws IOException {
    return page > 0
        && page < file.size() >>> PAGE_SHIFT
        && RestorationSets.plausible(file, page << PAGE_SHIFT, wide);
  }

  private static void addChain(
      RestorationSets sets,
      String name,
      boolean there,
      long page,
      long pages,
      List<String> warnings)
      throws IOException {
    if (there && pages <= 0) {
      warnings.add(
          "The header counts "
              + pages
              + " pages of the "
              + name
              + " memory, yet there is some; it is not read");
    } else if (there) {
      sets.add(name, page << PAGE_SHIFT, pages);
    } else if (pages != 0) {
      warnings.add(
          "The "
              + name
              + " memory of "
              + Long.toUnsignedString(pages)
              + " pages is not where the header says");
    }
  }

  private static ImageIndex finish(
      ByteSource file,
      String variant,
      ChunkedBytes.Builder chunks,
      ExtentTableBuilder extents,
      Map<String, String> facts,
      List<String> warnings) {
    ExtentTable table = extents.build();
    if (extents.overlappingPages() > 0) {
      warnings.add(
          extents.overlappingPages() + " frames are in the file more than once; the last counts");
    }
    return new ExtentIndex(
        NAME, variant, file.name(), List.of(chunks.build()), table, ImageHints.of(facts), warnings);
  }

  private static void resumed(String mark, List<String> warnings) {
    if (mark.equals("wake")) {
      warnings.add("Windows resumed from this file: its memory is of the last hibernation");
    } else if (mark.equals("rstr")) {
      warnings.add("Resuming from this file was interrupted");
    }
  }

  private static Map<String, String> facts(byte[] header, boolean wide) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("header_length", Hex.address(LittleEndian.u32(header, LENGTH_SELF)));
    long time = LittleEndian.i64(header, wide ? 0x20 : 0x18);
    if (time > UNIX_EPOCH && time < FAR_FUTURE) {
      Instant taken =
          Instant.ofEpochSecond(
              (time - UNIX_EPOCH) / 10_000_000, (time - UNIX_EPOCH) % 10_000_000 * 100);
      facts.put(ImageHints.TAKEN_AT, taken.toString());
    }
    return facts;
  }

  private static void notes(
      byte[] header, HeaderLayout layout, Map<String, String> facts, List<String> warnings) {
    boolean packed = layout.length() == 0x4D8;
    int hiberboot = LittleEndian.u8(header, layout.hiberboot()) & (packed ? 1 : 0xFF);
    facts.put("fast_startup", hiberboot != 0 ? "yes" : "no");
    if (hiberboot != 0) {
      warnings.add("Written by fast startup: users were logged off before");
    }
    long hypervisor = number(header, layout.hypervisor(), layout.wide());
    facts.put("hypervisor_page_tables", Hex.address(hypervisor));
    long secure = layout.securePage() == 0 ? 0 : number(header, layout.securePage(), true);
    if (secure != 0) {
      facts.put("secure_restore_page", Hex.address(secure));
      warnings.add("The memory of the secure kernel is stored encrypted and not read");
    }
  }

  private static long number(byte[] bytes, int offset, boolean wide) {
    return wide ? LittleEndian.i64(bytes, offset) : LittleEndian.u32(bytes, offset);
  }
}
