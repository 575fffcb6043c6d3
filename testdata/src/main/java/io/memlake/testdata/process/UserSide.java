package io.memlake.testdata.process;

import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.objects.PoolKind;
import java.util.ArrayList;
import java.util.List;

/** Fills the user half of a process: images, PEB, threads, private memory, and the region tree. */
final class UserSide {

  private static final int PAGE = 0x1000;
  private static final int MACHINE_I386 = 0x14C;
  private static final int TEB_PAGES = 2;
  private static final int WOW64_TEB_PAGES = 3;
  private static final long BLOCKS_SIZE = 0x200000;
  private static final int PROGRAM_SIZE = 0x4D000;
  private static final long LOAD_STEP = 31_250;

  /** Code comes into a process when that runs, in steps of 100 ns. */
  private static final long INJECTED_AFTER = 20_000_000;

  private final Boot boot;
  private final ImageCatalog images;
  private final Ids ids;
  private final int processors;

  UserSide(Boot boot, ImageCatalog images, Ids ids, int processors) {
    this.boot = boot;
    this.images = images;
    this.ids = ids;
    this.processors = processors;
  }

  void write(DraftProcess process, Struct eprocess) {
    ProcessSpec spec = process.spec;
    UserMemory memory =
        new UserMemory(boot, process.space, images.layout().privateStart(spec.wow64));
    process.memory = memory;
    process.environment = new ProcessEnvironment(boot, memory, spec);
    ModuleSpec program = new ModuleSpec(spec.path, PROGRAM_SIZE, !spec.wow64);
    List<SharedImage> modules = new ArrayList<>();
    for (ModuleSpec module : CoreModules.wide(spec, program)) {
      modules.add(images.image(module, module.equals(program)));
    }
    spec.tampering.mapProgram(memory, modules.get(0));
    modules.stream().skip(1).forEach(memory::map);
    placeBlocks(process);
    long loader =
        LoaderList.write(
            boot, memory, modules, loadTimes(process, modules.size()), process.modules);
    process.environment.writePeb(process.peb, modules.get(0), loader, processors);
    if (spec.wow64) {
      writeWow64(process, eprocess, program);
    }
    writeThreads(process, modules);
    List<Long> regions = writePrivateRegions(spec, memory);
    writeInjectedThreads(process, modules.get(1), regions);
    process.threads.link(eprocess);
    spec.hiddenModules.forEach(module -> memory.map(images.image(module, false)));
    spec.tampering.apply(boot, memory, modules, images.files());
    spec.mappedFiles.forEach(path -> memory.map(images.mappedFile(path)));
    eprocess.set("Peb", process.peb).set("SectionBaseAddress", modules.get(0).base());
    process.vads = VadTree.write(boot, eprocess, memory.regions());
  }

  /** Decides where PEB and PEB32 lie and reserves their memory. */
  private void placeBlocks(DraftProcess process) {
    UserLayout layout = images.layout();
    boolean wow64 = process.spec.wow64;
    long blocks = layout.environmentBlocks(wow64);
    if (layout.windows7()) {
      process.peb = process.memory.reserveAt(blocks + 0xDF000, PAGE, Protection.READ_WRITE);
      if (wow64) {
        process.peb32 = process.memory.reserveAt(process.peb - PAGE, PAGE, Protection.READ_WRITE);
      }
      return;
    }
    process.memory.reserveAt(blocks, BLOCKS_SIZE, Protection.READ_WRITE);
    process.peb = blocks + boot.random().nextInt(0x80) * (long) PAGE;
    process.peb32 = wow64 ? process.peb + PAGE : 0;
  }

  /** Where a thread's TEB lies; on Windows 7 each has a region of its own below the PEB. */
  private long placeTeb(DraftProcess process, int index) {
    boolean wow64 = process.spec.wow64;
    int pages = wow64 ? WOW64_TEB_PAGES : TEB_PAGES;
    if (images.layout().windows7()) {
      long first = process.peb - (wow64 ? 4 : 2) * (long) PAGE;
      long size = pages * (long) PAGE;
      return process.memory.reserveAt(first - index * size, size, Protection.READ_WRITE);
    }
    return process.peb + (2 + (long) index * pages) * PAGE;
  }

  private List<Long> loadTimes(DraftProcess process, int count) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      times.add(process.createTime + LOAD_STEP * (i + 1));
    }
    return times;
  }

  private void writeWow64(DraftProcess process, Struct eprocess, ModuleSpec program) {
    List<SharedImage> modules = new ArrayList<>();
    for (ModuleSpec module : CoreModules.narrow(process.spec, program)) {
      modules.add(images.image(module, module.equals(program)));
    }
    modules.stream().skip(1).forEach(process.memory::map);
    process.modules32.addAll(
        new Wow64Side(boot, process.memory, process.spec)
            .write(
                process.peb32,
                modules,
                loadTimes(process, modules.size()),
                process.environment,
                processors));
    if (boot.layout().hasStruct("_EWOW64PROCESS")) {
      StructLayout layout = boot.struct("_EWOW64PROCESS");
      long block = boot.pool().allocate(PoolKind.NONPAGED, "PsWp", layout.size());
      new Struct(boot.space(), block, layout)
          .set("Peb", process.peb32)
          .setIfPresent("Machine", MACHINE_I386);
      eprocess.set("WoW64Process", block);
    } else {
      eprocess.set("Wow64Process", process.peb32);
    }
  }

  /** Where the kernel starts every thread, whatever it shall run. */
  private static long kernelStart(SharedImage ntdll) {
    return ntdll.base() + 0x1000 + 0x260;
  }

  private void writeThreads(DraftProcess process, List<SharedImage> modules) {
    ProcessSpec spec = process.spec;
    SharedImage program = modules.get(0);
    SharedImage ntdll = modules.get(1);
    long pool = ntdll.base() + 0x1000 + 0x9A0;
    process.threads = new Threads(boot, process.object, process.pid, process.memory, process.peb);
    if (spec.callStacks) {
      modules.stream()
          .filter(module -> module.spec().equals(CallStack.MODULE))
          .forEach(module -> process.threads.withCallStacks(module.base()));
    }
    for (int i = 0; i < spec.threads + spec.exitedThreads; i++) {
      long start = i == 0 ? program.base() + program.entryPoint() : pool;
      long created = process.createTime + 10_000L * (i + 1);
      long ended = i < spec.threads ? 0 : created + 50_000_000L;
      writeThread(process, i, kernelStart(ntdll), start, created, ended);
    }
  }

  private void writeThread(
      DraftProcess process, int index, long kernelStart, long start, long created, long ended) {
    long teb = ended == 0 ? placeTeb(process, index) : 0;
    process.threads.add(new Threads.Plan(ids.next(), kernelStart, start, teb, created, ended));
    if (process.spec.wow64 && teb != 0) {
      writeTeb32(process, teb);
    }
  }

  private void writeInjectedThreads(DraftProcess process, SharedImage ntdll, List<Long> regions) {
    ProcessSpec spec = process.spec;
    int index = spec.threads + spec.exitedThreads;
    for (ProcessSpec.InjectedThread thread : spec.injectedThreads) {
      long start = regions.get(thread.region()) + thread.offset();
      long created = process.createTime + INJECTED_AFTER + 10_000L * index;
      writeThread(process, index++, kernelStart(ntdll), start, created, 0);
    }
  }

  private void writeTeb32(DraftProcess process, long teb) {
    long teb32 = teb + TEB_PAGES * (long) PAGE;
    StructLayout layout = boot.struct("_TEB32");
    process.space.mapRange(teb32, PAGE, Access.USER_READ_WRITE);
    List<Long> tids = process.runningThreadIds();
    new Struct(process.space, teb32, layout)
        .set("NtTib.Self", teb32)
        .set("ClientId.UniqueProcess", process.pid)
        .set("ClientId.UniqueThread", tids.get(tids.size() - 1))
        .set("ProcessEnvironmentBlock", process.peb32);
  }

  private static List<Long> writePrivateRegions(ProcessSpec spec, UserMemory memory) {
    List<Long> starts = new ArrayList<>();
    for (ProcessSpec.PrivateRegion region : spec.regions) {
      long start = memory.reserve(region.size, region.protection);
      starts.add(start);
      if (region.content.length > 0) {
        memory.space().mapRange(start, region.content.length, region.protection.access());
        memory.space().write(start, region.content);
      }
    }
    return starts;
  }
}
