package io.memlake.testdata.narrow;

import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Frames;
import io.memlake.testdata.pe.PeImage;
import io.memlake.testdata.pe.PeSection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes one process: its object, its threads, its descriptors and what it holds in user memory.
 */
final class NarrowProcess {
  static final long PEB = 0x7FFD_9000L;
  static final long HEAP = 0x0015_0000L;
  static final int HEAP_PAGES = 8;

  /** Private memory whose pages leave RAM in every way. */
  static final long WORK = 0x00A0_0000L;

  static final int WORK_PAGES = 16;
  static final int IMAGE_SIZE = 0x4000;

  private static final int PAGE = NarrowTables.PAGE;
  private static final int REPEATED = 0x400;
  private static final int READ_WRITE = 4;
  private static final int EXECUTE_WRITE_COPY = 7;
  private static final int TYPE_IMAGE = 2;
  private static final int TYPE_FILE = 5;
  private static final long STATUS_PENDING = 0x103;
  private static final long USER_READ = 0x025;

  private final NarrowKernel kernel;
  private final KernelLayout layout;
  private final NarrowSpace space;
  private final long eprocess;
  private final long pid;
  private final List<NarrowRange> ranges = new ArrayList<>();
  private final Map<String, Long> modules = new LinkedHashMap<>();
  private final Map<String, NarrowImage> images;
  private long nextHeap = HEAP;

  /**
   * Makes the object of a process.
   *
   * @param space its memory
   * @param images executables that processes share, by path
   */
  NarrowProcess(
      NarrowKernel kernel,
      NarrowSpace space,
      Map<String, NarrowImage> images,
      long pid,
      long ppid,
      String name,
      long createTime) {
    this.kernel = kernel;
    this.layout = kernel.layout();
    this.space = space;
    this.images = images;
    this.pid = pid;
    String tag = layout.build() >= 9200 ? "Proc" : "Pro\u00e3";
    StructLayout type = layout.struct("_EPROCESS");
    this.eprocess = kernel.object("Process", tag, type.size());
    kernel
        .space()
        .at(eprocess, type)
        .set("Pcb.Header.Type", 3)
        .set("Pcb.DirectoryTableBase", space.tables().dtb())
        .set("UniqueProcessId", pid)
        .set("InheritedFromUniqueProcessId", ppid)
        .set("ExitStatus", STATUS_PENDING)
        .set("CreateTime", createTime);
    byte[] image = new byte[15];
    for (int i = 0; i < name.length() && i < image.length; i++) {
      image[i] = (byte) name.charAt(i);
    }
    kernel.space().write(eprocess + type.offset("ImageFileName"), image);
  }

  long eprocess() {
    return eprocess;
  }

  NarrowSpace space() {
    return space;
  }

  Map<String, Long> modules() {
    return modules;
  }

  List<NarrowRange> ranges() {
    return ranges;
  }

  /** Sets a field of the process. */
  void set(String path, long value) {
    kernel.space().at(eprocess, layout.struct("_EPROCESS")).set(path, value);
  }

  /** Writes its threads and hangs them into its list. */
  void threads(List<Long> ids, long createTime) {
    StructLayout type = layout.struct("_ETHREAD");
    String tag = layout.build() >= 9200 ? "Thre" : "Thr\u00e5";
    List<Long> links = new ArrayList<>();
    for (long tid : ids) {
      long at = kernel.object("Thread", tag, type.size());
      boolean old = type.has("ThreadsProcess");
      kernel
          .space()
          .at(at, type)
          .set("Tcb.Header.Type", 6)
          .set(old ? "ThreadsProcess" : "Tcb.Process", eprocess)
          .set("Tcb.State", 5)
          .set("CreateTime", old ? createTime << 3 : createTime)
          .set("StartAddress", 0x77C0_1234L)
          .set("Cid.UniqueProcess", pid)
          .set("Cid.UniqueThread", tid);
      links.add(at + type.offset("ThreadListEntry"));
    }
    long head = eprocess + layout.struct("_EPROCESS").offset("ThreadListHead");
    kernel.space().ring(head, links);
    set("ActiveThreads", ids.size());
  }

  /** Writes PEB, parameters and loader lists; the program is the first of {@code paths}. */
  void user(List<String> paths, String commandLine) {
    ranges.add(new NarrowRange(HEAP, HEAP + HEAP_PAGES * PAGE - 1, READ_WRITE, ""));
    ranges.add(new NarrowRange(WORK, WORK + WORK_PAGES * PAGE - 1, READ_WRITE, ""));
    ranges.add(new NarrowRange(PEB, PEB + PAGE - 1, READ_WRITE, ""));
    for (String path : paths) {
      NarrowImage image = images.get(path);
      modules.put(path, image.base());
      ranges.add(
          new NarrowRange(
              image.base(), image.base() + IMAGE_SIZE - 1, EXECUTE_WRITE_COPY, image.file()));
      for (int i = 0; i < image.pfns().length; i++) {
        space.tables().map(image.base() + (long) i * PAGE, image.pfns()[i], USER_READ);
      }
    }
    long data = heap(layout.struct("_PEB_LDR_DATA").size());
    loader(data, paths);
    StructLayout type = layout.struct("_RTL_USER_PROCESS_PARAMETERS");
    long parameters = heap(type.size());
    String directory = "C:\\WINDOWS\\system32\\";
    space
        .at(parameters, type)
        .string("ImagePathName", paths.get(0), heap(paths.get(0).length() * 2 + 2))
        .string("CommandLine", commandLine, heap(commandLine.length() * 2 + 2))
        .string("CurrentDirectory.DosPath", directory, heap(directory.length() * 2 + 2));
    String variables = "COMPUTERNAME=NARROW\0OS=Windows_NT\0\0";
    long environment = heap(variables.length() * 2);
    space.text(environment, variables);
    space
        .at(parameters, type)
        .set("Environment", environment)
        .setIfPresent("EnvironmentSize", variables.length() * 2L);
    space
        .at(PEB, layout.struct("_PEB"))
        .set("ImageBaseAddress", modules.get(paths.get(0)))
        .set("Ldr", data)
        .set("ProcessParameters", parameters)
        .set("SessionId", 0);
    set("Peb", PEB);
    set("SectionBaseAddress", modules.get(paths.get(0)));
    for (int i = 0; i < WORK_PAGES; i++) {
      space.write(WORK + (long) i * PAGE, workPage(pid, i));
    }
  }

  /** What a page of the private memory holds; no two are alike. */
  static byte[] workPage(long pid, int index) {
    byte[] page = new byte[PAGE];
    long state = pid * 0x9E37_79B9L + index;
    for (int i = 0; i < PAGE; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      // What comes again is what a compressor makes smaller.
      page[i] = i < REPEATED ? (byte) (state >>> 56) : page[i - REPEATED];
    }
    return page;
  }

  private long heap(int size) {
    long at = nextHeap;
    nextHeap += (size + 7L) & -8;
    return at;
  }

  private void loader(long data, List<String> paths) {
    StructLayout entry = layout.struct("_LDR_DATA_TABLE_ENTRY");
    List<Long> entries = new ArrayList<>();
    for (String path : paths) {
      String name = path.substring(path.lastIndexOf('\\') + 1);
      long at = heap(entry.size());
      space
          .at(at, entry)
          .set("DllBase", modules.get(path))
          .set("EntryPoint", modules.get(path) + 0x1000)
          .set("SizeOfImage", IMAGE_SIZE)
          .string("FullDllName", path, heap(path.length() * 2 + 2))
          .string("BaseDllName", name, heap(name.length() * 2 + 2));
      entries.add(at);
    }
    NarrowSpace.Structure head = space.at(data, layout.struct("_PEB_LDR_DATA"));
    head.set("Length", layout.struct("_PEB_LDR_DATA").size()).set("Initialized", 1);
    ring(head.addressOf("InLoadOrderModuleList"), entries, entry.offset("InLoadOrderLinks"));
    ring(head.addressOf("InMemoryOrderModuleList"), entries, entry.offset("InMemoryOrderLinks"));
    ring(
        head.addressOf("InInitializationOrderModuleList"),
        entries.subList(1, entries.size()),
        entry.offset("InInitializationOrderLinks"));
  }

  private void ring(long head, List<Long> entries, int offset) {
    space.ring(head, entries.stream().map(at -> at + offset).toList());
  }

  /** Writes the tree of descriptors. */
  void vads() {
    ranges.sort(Comparator.comparingLong(NarrowRange::start));
    StructLayout process = layout.struct("_EPROCESS");
    long root = vad(0, ranges.size(), 0);
    if (process.has("VadRoot.BalancedRoot.RightChild")) {
      set("VadRoot.BalancedRoot.RightChild", root);
      set("VadRoot.NumberGenericTableElements", ranges.size());
    } else {
      set(process.firstOf("VadRoot.Root", "VadRoot"), root);
      if (process.has("VadCount")) {
        set("VadCount", ranges.size());
      }
    }
  }

  private long vad(int from, int to, long parent) {
    if (from == to) {
      return 0;
    }
    int middle = (from + to) >>> 1;
    NarrowRange range = ranges.get(middle);
    StructLayout node = layout.struct("_MMVAD_SHORT");
    int size = range.privateMemory() ? node.size() : layout.struct("_MMVAD").size();
    long at = kernel.pool().allocate(range.privateMemory() ? "VadS" : "Vad ", size);
    long left = vad(from, middle, at);
    long right = vad(middle + 1, to, at);
    NarrowSpace.Structure written =
        kernel
            .space()
            .at(at, node)
            .set("StartingVpn", range.start() >>> 12)
            .set("EndingVpn", range.end() >>> 12)
            .set(node.firstOf("VadNode.Left", "LeftChild"), left)
            .set(node.firstOf("VadNode.Right", "RightChild"), right)
            .set(node.firstOf("VadNode.ParentValue", "u1.Parent", "Parent"), parent)
            .set("u.VadFlags.Protection", range.protection())
            .set("u.VadFlags.PrivateMemory", range.privateMemory() ? 1 : 0)
            .setIfPresent("u.VadFlags.VadType", range.privateMemory() ? 0 : TYPE_IMAGE)
            .setIfPresent("u.VadFlags.ImageMap", range.privateMemory() ? 0 : 1);
    if (range.privateMemory()) {
      written.set(node.firstOf("u1.VadFlags1.MemCommit", "u.VadFlags.MemCommit"), 1);
    } else {
      mapped(at, range);
    }
    return at;
  }

  private void mapped(long at, NarrowRange range) {
    StructLayout node = layout.struct("_MMVAD");
    NarrowImage image =
        images.values().stream()
            .filter(one -> one.file().equals(range.file()))
            .findFirst()
            .orElseThrow();
    kernel
        .space()
        .at(at, node)
        .set(
            node.firstOf("Subsection", "ControlArea"),
            node.has("Subsection") ? image.subsection() : image.controlArea())
        .set("FirstPrototypePte", image.prototypes())
        .set(
            "LastContiguousPte",
            image.prototypes() + (image.pfns().length - 1L) * space.tables().entrySize());
  }

  /** The executable behind a path: its pages, its section and its prototype entries. */
  static NarrowImage image(
      NarrowKernel kernel, Frames frames, String path, long base, long prototypes) {
    KernelLayout layout = kernel.layout();
    String file = path.substring(2);
    PeImage pe =
        PeImage.x86(IMAGE_SIZE, (int) base, path.endsWith(".dll"))
            .section(new PeSection(".text", PAGE, 2 * PAGE, PeSection.CODE))
            .section(new PeSection(".data", 3 * PAGE, PAGE, PeSection.DATA));
    pe.part(PAGE, workPage(base, 1)).part(2 * PAGE, workPage(base, 2));
    pe.part(3 * PAGE, workPage(base, 3));
    long[] pfns = new long[IMAGE_SIZE / PAGE];
    for (int i = 0; i < pfns.length; i++) {
      pfns[i] = frames.take();
    }
    pe.parts(base)
        .forEach(
            (rva, bytes) ->
                System.arraycopy(bytes, 0, frames.content(pfns[rva / PAGE]), 0, bytes.length));
    int entrySize = kernel.space().tables().entrySize();
    for (int i = 0; i < pfns.length; i++) {
      kernel
          .space()
          .number(prototypes + (long) i * entrySize, entrySize, (pfns[i] << 12) | USER_READ);
    }
    int areaSize = layout.struct("_CONTROL_AREA").size();
    long area = kernel.pool().allocate("MmCi", areaSize + layout.struct("_SUBSECTION").size());
    long fileObject = kernel.pool().allocate("File", layout.struct("_FILE_OBJECT").size());
    kernel
        .space()
        .at(fileObject, layout.struct("_FILE_OBJECT"))
        .set("Type", TYPE_FILE)
        .string("FileName", file, kernel.pool().allocate("FNam", file.length() * 2 + 2));
    kernel
        .space()
        .at(area, layout.struct("_CONTROL_AREA"))
        .set("FilePointer", fileObject)
        .set("u.Flags.Image", 1)
        .set("u.Flags.File", 1);
    kernel
        .space()
        .at(area + areaSize, layout.struct("_SUBSECTION"))
        .set("ControlArea", area)
        .set("SubsectionBase", prototypes)
        .set("PtesInSubsection", pfns.length);
    return new NarrowImage(path, file, base, pfns, area, area + areaSize, prototypes);
  }
}
