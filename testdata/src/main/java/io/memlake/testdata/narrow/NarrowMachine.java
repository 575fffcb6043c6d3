package io.memlake.testdata.narrow;

import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Frames;
import io.memlake.testdata.memory.RamMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A 32-bit Windows that never ran: XP without PAE (2600), 7 with PAE (7601) or 10 with PAE (19041).
 *
 * <p>Every process but System has pages in RAM, on the standby list, in page file 0 and behind
 * prototype entries, of which one is in the page file too. One process hides from the list, one has
 * ended.
 */
public final class NarrowMachine implements FrameSource {
  /** Process id of the process that the kernel's list does not hold. */
  public static final long HIDDEN_PID = 2040;

  /** Process id of the process that has ended. */
  public static final long ENDED_PID = 1204;

  private static final int PAGE = NarrowTables.PAGE;
  private static final long RAM = 48L << 20;
  private static final long NOW = 133_541_221_510_000_000L;
  private static final long BOOT = NOW - 36_000_000_000L;
  private static final String NTDLL = "C:\\WINDOWS\\system32\\ntdll.dll";
  private static final String KERNEL32 = "C:\\WINDOWS\\system32\\kernel32.dll";
  private static final long PAE_ROOT = 0x18_5000L;
  private static final long PLAIN_ROOT = 0x3_9000L;
  private static final long MEM_COMPRESSION_PID = 1020;

  /** Far behind what the pool of the machine takes. */
  private static final long STORE_POOL = 0x60_0000L;

  private static final byte REUSED = (byte) 0xDD;

  private final Frames frames;
  private final KernelLayout layout;
  private final NarrowEntries entries;
  private final boolean pae;
  private final boolean compresses;
  private final Map<String, NarrowImage> images = new LinkedHashMap<>();
  private final Map<Long, NarrowProcess> processes = new LinkedHashMap<>();
  private final List<NarrowProcessTruth> truth = new ArrayList<>();
  private final NarrowPageFile pageFile = new NarrowPageFile();
  private final NarrowContents contents = new NarrowContents();
  private NarrowKernel kernel;
  private NarrowStore store;
  private long rootPage;
  private int rootsInPage;

  private NarrowMachine(int build, long seed, boolean compresses) {
    this.compresses = compresses;
    this.layout = KernelLayout.narrow(build);
    this.pae = build != 2600;
    this.entries =
        build == 2600
            ? NarrowEntries.PLAIN
            : build == 7601 ? NarrowEntries.PAE_OLD : NarrowEntries.PAE_NEW;
    this.frames = new Frames(RamMap.pc(RAM, 0xC000_0000L), new SplittableRandom(seed));
    make();
  }

  /**
   * Makes a machine.
   *
   * @param build 2600, 7601 or 19041
   */
  public static NarrowMachine windows(int build, long seed) {
    return new NarrowMachine(build, seed, false);
  }

  /** A machine of build 19041 that has compressed a part of what left RAM. */
  public static NarrowMachine withStore(long seed) {
    return new NarrowMachine(19041, seed, true);
  }

  private void make() {
    NarrowSpace space = kernelSpace();
    long start = pae ? 0x8400_0000L : 0x8180_0000L;
    for (long at = start; at < start + 0x80_0000L; at += 0x20_0000L) {
      space.tables().ensureTable(at);
    }
    space.tables().ensureTable(NarrowEntries.PAGED_POOL);
    space.tables().ensureTable(NarrowKernel.SHARED_DATA);
    NarrowPool pool = new NarrowPool(space, layout, start);
    kernel = new NarrowKernel(layout, frames, space, pool, kernelBase());
    kernel.sharedData(NOW);
    images();
    NarrowProcess system = process(4, 0, "System", space);
    system.threads(List.of(8L, 12L), BOOT);
    space.pointer(kernel.address("PsInitialSystemProcess"), system.eprocess());
    addTruth(system, 4, 0, "System", "", List.of(8L, 12L), true, 0);
    user(268, 4, "smss.exe", true);
    user(348, 268, "csrss.exe", true);
    user(1480, 348, "explorer.exe", true);
    user(1932, 1480, "notepad.exe", true);
    user(HIDDEN_PID, 1480, "rootkit.exe", false);
    ended();
    if (compresses) {
      store = new NarrowStore(kernel, memCompression(), start + STORE_POOL);
    }
    link();
    handles();
    processes.forEach((pid, process) -> contents.keep(pid, process, frames));
    processes.forEach(this::trim);
    NarrowPageFile.list(kernel, compresses ? List.of(store.write()) : List.of());
  }

  private NarrowSpace kernelSpace() {
    long directories = 0;
    if (pae) {
      frames.takeAt(PAE_ROOT >>> 12);
      for (int i = 1; i <= 4; i++) {
        frames.takeAt((PAE_ROOT >>> 12) + i);
      }
      directories = (PAE_ROOT >>> 12) + 1;
    } else {
      frames.takeAt(PLAIN_ROOT >>> 12);
    }
    return new NarrowSpace(
        frames, new NarrowTables(frames, pae, pae ? PAE_ROOT : PLAIN_ROOT, directories));
  }

  private long kernelBase() {
    return switch (layout.build()) {
      case 2600 -> 0x804D_7000L;
      case 7601 -> 0x8281_A000L;
      default -> 0x81C0_3000L;
    };
  }

  private void images() {
    String[] paths = {
      NTDLL,
      KERNEL32,
      "C:\\WINDOWS\\system32\\smss.exe",
      "C:\\WINDOWS\\system32\\csrss.exe",
      "C:\\WINDOWS\\explorer.exe",
      "C:\\WINDOWS\\system32\\notepad.exe",
      "C:\\WINDOWS\\system32\\rootkit.exe",
    };
    for (int i = 0; i < paths.length; i++) {
      long base = i < 2 ? 0x77C0_0000L - i * 0x10_0000L : 0x0040_0000L + i * 0x1_0000L;
      long prototypes = NarrowEntries.PAGED_POOL + 0x200L + i * 0x40L;
      images.put(paths[i], NarrowProcess.image(kernel, frames, paths[i], base, prototypes));
    }
  }

  private NarrowProcess process(long pid, long ppid, String name, NarrowSpace space) {
    NarrowProcess process =
        new NarrowProcess(kernel, space, images, pid, ppid, name, BOOT + pid * 10_000_000L);
    processes.put(pid, process);
    return process;
  }

  private void user(long pid, long ppid, String name, boolean listed) {
    NarrowTables tables = new NarrowTables(frames, pae, newRoot(), 0);
    tables.shareKernel(kernel.space().tables());
    NarrowProcess process = process(pid, ppid, name, new NarrowSpace(frames, tables));
    List<Long> threads = List.of(pid + 4, pid + 8);
    process.threads(threads, BOOT + pid * 10_000_000L);
    String program =
        images.keySet().stream()
            .filter(path -> path.endsWith("\\" + name))
            .findFirst()
            .orElseThrow();
    String commandLine = program + " /" + pid;
    process.user(List.of(program, NTDLL, KERNEL32), commandLine);
    process.vads();
    addTruth(process, pid, ppid, name, commandLine, threads, listed, 0);
  }

  private void ended() {
    long exit = NOW - 600_000_000L;
    NarrowTables tables = new NarrowTables(frames, pae, newRoot(), 0);
    tables.shareKernel(kernel.space().tables());
    NarrowProcess process = process(ENDED_PID, 1480, "setup.exe", new NarrowSpace(frames, tables));
    process.threads(List.of(), BOOT);
    process.set("ExitTime", exit);
    process.set("ExitStatus", 0);
    addTruth(process, ENDED_PID, 1480, "setup.exe", "", List.of(), true, exit);
  }

  /** A process of the kernel's, without threads and programs. */
  private NarrowProcess memCompression() {
    NarrowTables tables = new NarrowTables(frames, pae, newRoot(), 0);
    tables.shareKernel(kernel.space().tables());
    String name = "MemCompression";
    NarrowProcess process = process(MEM_COMPRESSION_PID, 4, name, new NarrowSpace(frames, tables));
    process.threads(List.of(), BOOT);
    addTruth(process, MEM_COMPRESSION_PID, 4, name, "", List.of(), true, 0);
    return process;
  }

  /** With PAE the roots of several processes share a page. */
  private long newRoot() {
    if (!pae) {
      return frames.take() << 12;
    }
    if (rootPage == 0) {
      rootPage = frames.take() << 12;
    }
    rootsInPage++;
    return rootPage + rootsInPage * 0x20L;
  }

  private void addTruth(
      NarrowProcess process,
      long pid,
      long ppid,
      String name,
      String commandLine,
      List<Long> threads,
      boolean listed,
      long exit) {
    truth.add(
        new NarrowProcessTruth(
            pid,
            ppid,
            name,
            process.eprocess(),
            process.space().tables().dtb(),
            commandLine.isEmpty() ? 0 : NarrowProcess.PEB,
            commandLine,
            listed,
            exit,
            threads,
            Map.copyOf(process.modules()),
            List.copyOf(process.ranges())));
  }

  private void link() {
    int offset = layout.struct("_EPROCESS").offset("ActiveProcessLinks");
    List<Long> links =
        truth.stream()
            .filter(NarrowProcessTruth::listed)
            .map(process -> process.eprocess() + offset)
            .toList();
    kernel.space().ring(kernel.address("PsActiveProcessHead"), links);
  }

  /** Explorer has a handle of notepad. */
  private void handles() {
    StructLayout type = layout.struct("_HANDLE_TABLE");
    StructLayout entry = layout.struct("_HANDLE_TABLE_ENTRY");
    long page = kernel.pool().allocatePages(1);
    long table = kernel.pool().allocate("Obtb", type.size());
    long header = process(1932).eprocess() - layout.struct("_OBJECT_HEADER").offset("Body");
    NarrowSpace.Structure second = kernel.space().at(page + entry.size(), entry);
    if (entry.has("ObjectPointerBits")) {
      second.set("ObjectPointerBits", header >>> 3).set("Unlocked", 1);
      second.set("GrantedAccessBits", 0x1F_FFFF);
    } else {
      second.set("Object", header | 1).set("GrantedAccess", 0x1F_FFFF);
    }
    kernel.space().at(table, type).set("TableCode", page).setIfPresent("HandleCount", 1);
    processes.get(1480L).set("ObjectTable", table);
  }

  /** Takes pages of the private memory, and one page of an executable, out of the working set. */
  private void trim(long pid, NarrowProcess process) {
    if (process.ranges().isEmpty()) {
      return;
    }
    NarrowTables tables = process.space().tables();
    for (int i = 0; i < NarrowProcess.WORK_PAGES; i++) {
      long at = tables.entryAt(NarrowProcess.WORK + (long) i * PAGE);
      long pfn = (tables.readEntry(at) & 0x3F_FFFF_F000L) >>> 12;
      switch (i % 4) {
        case 1 -> tables.writeEntry(at, entries.transition(pfn));
        case 2 -> tables.writeEntry(at, inStore(i) ? compressed(pfn) : pagedOut(pfn));
        case 3 -> {
          if (i == 3) {
            reuse(pfn);
            tables.writeEntry(at, entries.demandZero());
            contents.zero(pid, NarrowProcess.WORK + (long) i * PAGE);
          }
        }
        default -> {
          // Stays where it is.
        }
      }
    }
    NarrowImage program = images.get(process.modules().keySet().iterator().next());
    long prototype = program.prototypes() + 2L * tables.entrySize();
    long shared = kernel.space().tables().physical(prototype);
    long first = tables.entryAt(program.base() + 2L * PAGE);
    tables.writeEntry(first, entries.prototype(prototype));
    tables.writeEntry(shared, pagedOut(program.pfns()[2]));
  }

  private boolean inStore(int page) {
    return compresses && page % 8 == 6;
  }

  private long compressed(long pfn) {
    long entry = store.add(frames.read(pfn).clone(), entries);
    reuse(pfn);
    return entry;
  }

  private long pagedOut(long pfn) {
    long slot = pageFile.add(frames.read(pfn));
    reuse(pfn);
    return entries.pageFile(0, slot);
  }

  private void reuse(long pfn) {
    Arrays.fill(frames.content(pfn), REUSED);
  }

  @Override
  public List<FrameRun> runs() {
    return frames.ram().runs();
  }

  @Override
  public byte[] frame(long pfn) {
    return frames.read(pfn);
  }

  @Override
  public boolean isZero(long pfn) {
    return !frames.isWritten(pfn);
  }

  /** Its processes, in the order in which they were made. */
  public List<NarrowProcessTruth> processes() {
    return truth;
  }

  /** A process by its id. */
  public NarrowProcessTruth process(long pid) {
    return truth.stream().filter(process -> process.pid() == pid).findFirst().orElseThrow();
  }

  /** Bases of its kernel modules by name. */
  public Map<String, Long> kernelModules() {
    return kernel.modulesByName();
  }

  /** Where its kernel is loaded. */
  public long kernelBaseAddress() {
    return kernelBase();
  }

  /** Physical address of the tables of System. */
  public long dtb() {
    return kernel.space().tables().dtb();
  }

  /** Whether its tables are those of PAE. */
  public boolean pae() {
    return pae;
  }

  /** The page file. */
  public byte[] pageFile() {
    return pageFile.bytes();
  }

  /** What a program would see in a page; empty when the page has no contents. */
  public Optional<byte[]> intended(long pid, long virtualAddress) {
    return contents.of(pid, virtualAddress);
  }

  /** First address of the private memory whose pages left RAM in every way. */
  public static long workAddress() {
    return NarrowProcess.WORK;
  }

  /** Pages of the private memory. */
  public static int workPages() {
    return NarrowProcess.WORK_PAGES;
  }

  /** What the program of a process would see in a page of its private memory. */
  public static byte[] workPage(long pid, int index) {
    return index == 3 ? new byte[PAGE] : NarrowProcess.workPage(pid, index);
  }

  /** What the third page of a program holds, which is in the page file behind its prototype. */
  public byte[] sharedPage(String path) {
    return NarrowProcess.workPage(images.get(path).base(), 2);
  }
}
