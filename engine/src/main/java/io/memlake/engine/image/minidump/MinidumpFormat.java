package io.memlake.engine.image.minidump;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormat;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.extent.ExtentIndex;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.image.extent.StoredFile;
import io.memlake.engine.image.virtual.VirtualBlock;
import io.memlake.engine.image.virtual.VirtualMemoryIndex;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code MDMP}: what ProcDump, Task Manager and Windows Error Reporting write of a process. */
public final class MinidumpFormat implements ImageFormat {

  /** Name as tables spell it. */
  public static final String NAME = "minidump";

  private static final int SYSTEM_INFO = 7;
  private static final int MISC_INFO = 15;
  private static final int SYSTEM_INFO_SIZE = 24;
  private static final int MISC_INFO_SIZE = 24;
  private static final int PID_KNOWN = 1;
  private static final int TIMES_KNOWN = 2;

  /** Platform ids from here on are those of other systems. */
  private static final int OTHER_SYSTEMS = 0x8000;

  private static final long FULL_MEMORY = 2;

  /** Without state. */
  public MinidumpFormat() {}

  @Override
  public String name() {
    return NAME;
  }

  /** Whether the file begins as one. */
  public static boolean isMinidump(ByteSource file) throws IOException {
    return ContainerBytes.holds(ContainerBytes.readUpTo(file, 0, 6), 0, Streams.MARK);
  }

  @Override
  public Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException {
    if (!isMinidump(file)) {
      return Optional.empty();
    }
    List<String> warnings = new ArrayList<>();
    Streams streams = new Streams(file, warnings);
    MemoryLists memory = new MemoryLists(file, streams, warnings);
    List<VirtualBlock> blocks = memory.blocks();
    ProcessDump process = process(streams, memory.regions(blocks));
    Map<String, String> facts = new TreeMap<>();
    facts.put(ImageHints.TAKEN_AT, Instant.ofEpochSecond(streams.time()).toString());
    facts.put("flags", "0x" + Long.toHexString(streams.flags()));
    facts.put("modules", Integer.toString(process.modules().size()));
    facts.put("threads", Integer.toString(process.threads().size()));
    facts.put("handles", Integer.toString(process.handles().size()));
    facts.put("memory_ranges", Integer.toString(blocks.size()));
    if (process.pid() >= 0) {
      facts.put("pid", Long.toString(process.pid()));
    }
    if (process.build() > 0) {
      facts.put(ImageHints.BUILD, Integer.toString(process.build()));
    }
    if (!process.windows()) {
      warnings.add("The process did not run on Windows");
    }
    String kind = (streams.flags() & FULL_MEMORY) != 0 ? "full memory" : "partial memory";
    String variant = process.architecture().isEmpty() ? kind : kind + ", " + process.architecture();
    StoredFile bytes = StoredFile.of(file);
    ExtentIndex dump =
        new ExtentIndex(
            NAME,
            variant,
            file.name(),
            List.of(bytes),
            ExtentTableBuilder.over(bytes, file.name()).build(),
            ImageHints.of(facts),
            warnings);
    return Optional.of(
        new MinidumpIndex(dump, VirtualMemoryIndex.of(file.name(), blocks), process));
  }

  private static ProcessDump process(Streams streams, List<DumpRegion> regions) throws IOException {
    byte[] system = streams.head(SYSTEM_INFO, SYSTEM_INFO_SIZE);
    boolean known = system.length == SYSTEM_INFO_SIZE;
    byte[] misc = streams.head(MISC_INFO, MISC_INFO_SIZE);
    int told = misc.length == MISC_INFO_SIZE ? LittleEndian.i32(misc, 4) : 0;
    int architecture = known ? LittleEndian.u16(system, 0) : -1;
    ModuleLists modules = new ModuleLists(streams);
    return new ProcessDump(
        (told & PID_KNOWN) != 0 ? LittleEndian.u32(misc, 8) : -1,
        (told & TIMES_KNOWN) != 0 ? LittleEndian.u32(misc, 12) : 0,
        architecture == 9 || architecture == 12 || architecture == 0x8003,
        architectureName(architecture),
        !known || LittleEndian.i32(system, 20) < OTHER_SYSTEMS,
        known ? LittleEndian.i32(system, 16) & 0xFFFF : 0,
        modules.loaded(),
        modules.unloaded(),
        new ThreadLists(streams).threads(),
        regions,
        HandleList.read(streams));
  }

  private static String architectureName(int architecture) {
    return switch (architecture) {
      case 0 -> "x86";
      case 5 -> "arm";
      case 9 -> "x64";
      case 12, 0x8003 -> "arm64";
      default -> "";
    };
  }
}
