package io.memlake.testdata.kernel;

import io.memlake.testdata.layout.KernelIdentity;
import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.Frames;
import io.memlake.testdata.pe.PeImage;
import io.memlake.testdata.pe.PeSection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The kernel image in memory: 2 MiB pages over adjacent frames, headers, sections, exports and the
 * RSDS record that identifies its PDB. Its symbols lie at their real addresses.
 */
public final class KernelImage {

  private static final long LARGE_PAGE = 0x200000;
  private static final int LARGE_PAGE_FRAMES = 512;
  private static final int PAGE = 0x1000;

  /** Resources and relocations behind the last symbol, roughly. */
  private static final int TAIL_SIZE = 0x40000;

  private static final int FIRST_BUILD_WITH_CACHE_ALIGNED_SECTION = 14393;
  private static final int FIRST_BUILD_WITH_GUARDED_SECTION = 19041;
  private static final int FIRST_FREE_RVA = 0x30000;
  private static final int DIRECTORY_SPACE = 0x2000;

  private static final List<String> EXPORTED =
      List.of(
          "IoDeviceObjectType",
          "IoDriverObjectType",
          "IoFileObjectType",
          "KdDebuggerEnabled",
          "KeBugCheckEx",
          "MmHighestUserAddress",
          "MmSystemRangeStart",
          "MmUserProbeAddress",
          "NtBuildNumber",
          "NtGlobalFlag",
          "PsInitialSystemProcess",
          "PsLoadedModuleList",
          "PsProcessType",
          "PsThreadType");

  private final KernelLayout layout;
  private final AddressSpace space;
  private final long base;
  private final int size;
  private final int timeDateStamp;

  private KernelImage(
      KernelLayout layout, AddressSpace space, long base, int size, int timeDateStamp) {
    this.layout = layout;
    this.space = space;
    this.base = base;
    this.size = size;
    this.timeDateStamp = timeDateStamp;
  }

  /**
   * One symbol of each section. Symbol files do not name sections, so a section begins at the page
   * of its symbol here.
   */
  private static Map<String, String> sectionAnchors(int build) {
    Map<String, String> anchors = new LinkedHashMap<>();
    anchors.put("MmProtectToValue", ".rdata");
    anchors.put("KeBugCheckEx", ".text");
    anchors.put("KdCopyDataBlock", "POOLCODE");
    anchors.put("KdDebuggerDataBlock", ".data");
    anchors.put("PsInitialSystemProcess", "ALMOSTRO");
    if (build >= FIRST_BUILD_WITH_CACHE_ALIGNED_SECTION) {
      anchors.put("?SmGlobals@@3U_SM_GLOBALS@@A", "CACHEALI");
    }
    anchors.put("KiSystemStartup", "INIT");
    anchors.put("ObpCaptureHandleInformationEx", "PAGE");
    anchors.put("CmpHiveListHead", "PAGEDATA");
    if (build >= FIRST_BUILD_WITH_GUARDED_SECTION) {
      anchors.put("KeServiceDescriptorTable", "CFGRO");
    }
    return anchors;
  }

  /**
   * Maps the image and writes its headers.
   *
   * @param base where it is mapped; its frames have the same place inside 2 MiB
   */
  public static KernelImage map(
      KernelLayout layout, AddressSpace space, Frames frames, long base, int timeDateStamp) {
    int size = pageCeiling((int) layout.lastSymbol() + TAIL_SIZE);
    long firstLarge = base & -LARGE_PAGE;
    int largePages = (int) ((base + size - firstLarge + LARGE_PAGE - 1) / LARGE_PAGE);
    long pfn = frames.takeRun(largePages * LARGE_PAGE_FRAMES, LARGE_PAGE_FRAMES, 0);
    for (int i = 0; i < largePages; i++) {
      space.mapLarge(
          firstLarge + i * LARGE_PAGE, pfn + (long) i * LARGE_PAGE_FRAMES, Access.KERNEL_LARGE);
    }
    KernelImage image = new KernelImage(layout, space, base, size, timeDateStamp);
    image.writeHeaders();
    return image;
  }

  private void writeHeaders() {
    KernelIdentity id = layout.identity();
    PeImage pe = PeImage.x64(size, timeDateStamp, false).osVersion(id.major(), id.minor());
    pe.subsystem(1).entryPoint((int) layout.symbol("KiSystemStartup"));
    sections().forEach(pe::section);
    int free = freeSpace();
    pe.debugRecord(free, id.guidBytes(), id.pdbAge(), id.pdbName());
    Map<String, Integer> exports = new TreeMap<>();
    for (String name : EXPORTED) {
      if (layout.hasSymbol(name)) {
        exports.put(name, (int) layout.symbol(name));
      }
    }
    pe.exports(free + PAGE, "ntoskrnl.exe", exports);
    pe.parts(base).forEach((rva, bytes) -> space.write(base + rva, bytes));
  }

  private List<PeSection> sections() {
    TreeMap<Integer, String> starts = new TreeMap<>();
    sectionAnchors(layout.build())
        .forEach((symbol, name) -> starts.put((int) layout.symbol(symbol) & -PAGE, name));
    String first = starts.remove(starts.firstKey());
    starts.put(PAGE, first);
    starts.put(size - TAIL_SIZE & -PAGE, ".rsrc");
    TreeMap<Integer, PeSection> sections = new TreeMap<>();
    starts.forEach(
        (start, name) -> {
          Integer next = starts.higherKey(start);
          int end = next == null ? size : next;
          sections.put(start, new PeSection(name, start, end - start, flags(name)));
        });
    return List.copyOf(sections.values());
  }

  private static int flags(String name) {
    return switch (name) {
      case ".text", "PAGE", "POOLCODE" -> PeSection.CODE;
      case "INIT" -> PeSection.DISCARDABLE_CODE;
      case ".rdata", ".rsrc" -> PeSection.READ_ONLY;
      default -> PeSection.DATA;
    };
  }

  private int freeSpace() {
    for (int rva = FIRST_FREE_RVA; ; rva += PAGE) {
      if (layout.symbolsBetween(rva, rva + DIRECTORY_SPACE).isEmpty()) {
        return rva;
      }
    }
  }

  private static int pageCeiling(int bytes) {
    return bytes + PAGE - 1 & -PAGE;
  }

  /** Whether this kernel has a symbol. */
  public boolean has(String symbol) {
    return layout.hasSymbol(symbol);
  }

  /** Virtual address of a symbol. */
  public long address(String symbol) {
    return base + layout.symbol(symbol);
  }

  /** Writes 8 bytes at a symbol, if this kernel has it. */
  public void setLong(String symbol, long value) {
    setNumber(symbol, Long.BYTES, value);
  }

  /** Writes 4 bytes at a symbol, if this kernel has it. */
  public void setInt(String symbol, long value) {
    setNumber(symbol, Integer.BYTES, value);
  }

  private void setNumber(String symbol, int bytes, long value) {
    if (has(symbol)) {
      space.writeNumber(address(symbol), bytes, value);
    }
  }

  /** Virtual address of the image. */
  public long base() {
    return base;
  }

  /** Bytes of the image. */
  public int size() {
    return size;
  }

  /** Virtual address of the entry point. */
  public long entryPoint() {
    return address("KiSystemStartup");
  }

  /** The space that the image is mapped in. */
  public AddressSpace space() {
    return space;
  }

  /** Layouts and identity of the kernel. */
  public KernelLayout layout() {
    return layout;
  }
}
