package io.memlake.testdata.narrow;

import io.memlake.testdata.layout.KernelIdentity;
import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.memory.Frames;
import io.memlake.testdata.pe.PeImage;
import io.memlake.testdata.pe.PeSection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The kernel of a 32-bit machine: its image, its variables, its object types, its modules. */
final class NarrowKernel {
  static final long SHARED_DATA = 0xFFDF_0000L;
  static final int SIZE = 0x3A_0000;

  private static final int KDBG_SIZE = 0x340;
  private static final int LARGE_FRAMES = 512;
  private static final long LARGE_PAGE = 0x20_0000;
  private static final long KERNEL_LARGE = 0x163;
  private static final int TIME_STAMP = 0x4CE7_8A09;
  private static final int COOKIE = 0x5C;
  private static final List<String> TYPES =
      List.of("Type", "Directory", "SymbolicLink", "Token", "Job", "Process", "Thread");

  private final KernelLayout layout;
  private final NarrowSpace space;
  private final NarrowPool pool;
  private final long base;
  private final Map<String, Long> types = new TreeMap<>();
  private final Map<String, Long> modules = new TreeMap<>();

  NarrowKernel(KernelLayout layout, Frames frames, NarrowSpace space, NarrowPool pool, long base) {
    this.layout = layout;
    this.space = space;
    this.pool = pool;
    this.base = base;
    mapLarge(frames);
    image();
    variables();
    types();
    debuggerData();
    modules();
  }

  /** With PAE the boot loader maps the kernel with large pages. */
  private void mapLarge(Frames frames) {
    if (space.tables().entrySize() == Integer.BYTES) {
      return;
    }
    long first = base & -LARGE_PAGE;
    int count = (int) ((base + SIZE - first + LARGE_PAGE - 1) / LARGE_PAGE);
    long pfn = frames.takeRun(count * LARGE_FRAMES, LARGE_FRAMES, 0);
    for (int i = 0; i < count; i++) {
      space.tables().mapLarge(first + i * LARGE_PAGE, pfn + (long) i * LARGE_FRAMES, KERNEL_LARGE);
    }
  }

  private void image() {
    KernelIdentity id = layout.identity();
    PeImage pe =
        PeImage.x86(SIZE, TIME_STAMP, false)
            .osVersion(id.major(), id.minor())
            .subsystem(1)
            .section(new PeSection(".text", 0x1000, 0x11F000, PeSection.CODE))
            .section(new PeSection(".data", 0x120000, 0x10000, PeSection.DATA))
            .section(new PeSection("POOLCODE", 0x130000, 0x2000, PeSection.CODE));
    pe.debugRecord(0x2000, id.guidBytes(), id.pdbAge(), id.pdbName());
    Map<String, Integer> exports = new TreeMap<>();
    exports.put("NtBuildNumber", (int) layout.symbol("NtBuildNumber"));
    exports.put("PsInitialSystemProcess", (int) layout.symbol("PsInitialSystemProcess"));
    pe.exports(0x3000, "ntoskrnl.exe", exports);
    pe.parts(base).forEach((rva, bytes) -> space.write(base + rva, bytes));
    // The pages of a section are there even where nothing stands in them.
    for (long at = 0x120000; at < 0x130000; at += NarrowTables.PAGE) {
      space.touch(base + at);
    }
  }

  private void variables() {
    space.number(address("NtBuildNumber"), Integer.BYTES, 0xF000_0000L | layout.build());
    space.write(
        address("NtBuildLab"),
        (layout.build() + ".rtm.000000-0000\0").getBytes(StandardCharsets.ISO_8859_1));
    if (layout.hasSymbol("MiState")) {
      long at =
          address("MiState")
              + layout.struct("_MI_SYSTEM_INFORMATION").offset("Hardware.InvalidPteMask");
      space.number(at, Long.BYTES, NarrowEntries.MASK);
    }
    if (layout.hasSymbol("ObHeaderCookie")) {
      space.number(address("ObHeaderCookie"), 1, COOKIE);
    }
  }

  private void types() {
    for (int i = 0; i < TYPES.size(); i++) {
      String name = TYPES.get(i);
      long at = pool.allocate("ObjT", layout.struct("_OBJECT_TYPE").size());
      long text = pool.allocate("ObNm", 0x40);
      space
          .at(at, layout.struct("_OBJECT_TYPE"))
          .string("Name", name, text)
          .setIfPresent("Index", i + 2L);
      types.put(name, at);
      if (layout.hasSymbol("ObTypeIndexTable")) {
        space.pointer(address("ObTypeIndexTable") + (i + 2L) * Integer.BYTES, at);
      }
    }
    space.pointer(address("PsProcessType"), types.get("Process"));
    space.pointer(address("PsThreadType"), types.get("Thread"));
  }

  /** Pointers in the block carry their sign into the upper half. */
  private void debuggerData() {
    long at = address("KdDebuggerDataBlock");
    ByteBuffer block = ByteBuffer.allocate(KDBG_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    block.putLong(0, signed(at)).putLong(8, signed(at));
    block.put(0x10, new byte[] {'K', 'D', 'B', 'G'}).putInt(0x14, KDBG_SIZE);
    block.putLong(0x18, signed(base));
    block.putLong(0x48, signed(address("PsLoadedModuleList")));
    block.putLong(0x50, signed(address("PsActiveProcessHead")));
    block.putLong(0x208, signed(address("NtBuildLab")));
    space.write(at, block.array());
  }

  private static long signed(long address) {
    return address << Integer.SIZE >> Integer.SIZE;
  }

  private void modules() {
    List<Long> links = new ArrayList<>();
    String[][] loaded = {
      {"ntoskrnl.exe", "\\SystemRoot\\system32\\ntoskrnl.exe"},
      {"hal.dll", "\\SystemRoot\\system32\\hal.dll"},
      {"tcpip.sys", "\\SystemRoot\\System32\\drivers\\tcpip.sys"},
    };
    long next = base + 0x40_0000;
    for (int i = 0; i < loaded.length; i++) {
      long at = pool.allocate("MmLd", layout.struct("_LDR_DATA_TABLE_ENTRY").size());
      long path = pool.allocate("MmLn", loaded[i][1].length() * 2 + 2);
      long name = pool.allocate("MmLn", loaded[i][0].length() * 2 + 2);
      long moduleBase = i == 0 ? base : next;
      space
          .at(at, layout.struct("_LDR_DATA_TABLE_ENTRY"))
          .set("DllBase", moduleBase)
          .set("EntryPoint", moduleBase + 0x1000)
          .set("SizeOfImage", i == 0 ? SIZE : 0x36000)
          .string("FullDllName", loaded[i][1], path)
          .string("BaseDllName", loaded[i][0], name);
      modules.put(loaded[i][0], moduleBase);
      links.add(at);
      next += i == 0 ? 0 : 0x40000;
    }
    space.ring(address("PsLoadedModuleList"), links);
  }

  /** Writes the shared page, which processes see at 7FFE0000. */
  void sharedData(long now) {
    KernelIdentity id = layout.identity();
    NarrowSpace.Structure data = space.at(SHARED_DATA, layout.struct("_KUSER_SHARED_DATA"));
    long time = data.addressOf("SystemTime");
    space.number(time, Long.BYTES, now);
    space.number(time + Long.BYTES, Integer.BYTES, now >>> Integer.SIZE);
    space.text(data.addressOf("NtSystemRoot"), "C:\\WINDOWS\0");
    data.set("NtMajorVersion", id.major())
        .set("NtMinorVersion", id.minor())
        .set("NtProductType", 1)
        .set("ProductTypeIsValid", 1)
        .setIfPresent("NtBuildNumber", id.build())
        .setIfPresent("ActiveProcessorCount", 1);
  }

  /**
   * An object with its pool header and its object header.
   *
   * @return address of the object
   */
  long object(String type, String tag, int size) {
    int header = layout.struct("_OBJECT_HEADER").offset("Body");
    int optional = layout.build() >= 7600 ? layout.struct("_OBJECT_HEADER_QUOTA_INFO").size() : 0;
    long block = pool.allocate(tag, optional + header + size);
    long at = block + optional;
    NarrowSpace.Structure head =
        space
            .at(at, layout.struct("_OBJECT_HEADER"))
            .set("PointerCount", 3)
            .set("HandleCount", 1)
            .setIfPresent("Type", types.get(type));
    if (optional != 0) {
      long index = TYPES.indexOf(type) + 2L;
      long stored = layout.hasSymbol("ObHeaderCookie") ? index ^ COOKIE ^ (at >>> 8 & 0xFF) : index;
      head.set("TypeIndex", stored).set("InfoMask", 8);
    }
    return at + header;
  }

  /** Bases of the modules by name. */
  Map<String, Long> modulesByName() {
    return modules;
  }

  long address(String symbol) {
    return base + layout.symbol(symbol);
  }

  NarrowSpace space() {
    return space;
  }

  NarrowPool pool() {
    return pool;
  }

  KernelLayout layout() {
    return layout;
  }
}
