package io.memlake.engine.extract.minidump;

import io.memlake.engine.extract.ExtractReport;
import io.memlake.engine.extract.ProcessExtract;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.kernel.SystemVersion;
import io.memlake.engine.objects.module.LoaderModule;
import io.memlake.engine.objects.module.ModuleReader;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.ProcessReader;
import io.memlake.engine.objects.thread.Ethread;
import io.memlake.engine.objects.thread.EthreadLayout;
import io.memlake.engine.objects.thread.ThreadDetails;
import io.memlake.engine.objects.thread.ThreadList;
import io.memlake.engine.objects.value.FileTime;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a process as a full-memory minidump: Memory64List, MemoryInfoList, modules, threads with
 * contexts, handles, system and process.
 *
 * <p>The memory is read twice, first for its extent. Pages that were never touched are left out, as
 * are pages that cannot be had; both show in MemoryInfoList without bytes behind them.
 */
public final class MinidumpExtract {
  private static final int HEADER_SIZE = 32;
  private static final int DIRECTORY_ENTRY = 12;
  private static final long SIGNATURE = 0x504D444DL;
  private static final long VERSION = 0xA793;

  /** Full memory, handles, process and thread data, memory information. */
  private static final long FLAGS = 0x2 | 0x4 | 0x100 | 0x800;

  private static final int THREAD_LIST = 3;
  private static final int MODULE_LIST = 4;
  private static final int SYSTEM_INFO = 7;
  private static final int MEMORY_64_LIST = 9;
  private static final int HANDLE_DATA = 12;
  private static final int MISC_INFO = 15;
  private static final int MEMORY_INFO_LIST = 16;

  private static final int THREAD_SIZE = 48;
  private static final int SYSTEM_INFO_SIZE = 56;
  private static final int MISC_INFO_SIZE = 24;
  private static final int ARCHITECTURE_AMD64 = 9;
  private static final int PLATFORM_NT = 2;
  private static final int STREAMS = 7;

  private final Machine machine;
  private final ProcessExtract extract;

  private MinidumpExtract(PagedOutMachine pagedOut) {
    this.machine = pagedOut.machine();
    this.extract = ProcessExtract.of(pagedOut);
  }

  /**
   * An extract of processes of a machine.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols do not describe
   *     address descriptors
   */
  public static MinidumpExtract of(PagedOutMachine pagedOut) {
    return new MinidumpExtract(pagedOut);
  }

  /**
   * Writes a process.
   *
   * @param out receives the file; not closed
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack what a minidump
   *     cannot do without
   * @throws IOException when the medium or the output fails
   */
  public ExtractReport write(Eprocess process, OutputStream out) throws IOException {
    DumpMemory memory = new DumpMemory();
    extract.write(process, OutputStream.nullOutputStream(), memory);
    Head head = new Head(process);
    head.write(memory).writeTo(out);
    return extract.write(process, out, (region, run) -> {});
  }

  /** Everything before the memory. */
  private final class Head {
    private final Eprocess process;
    private final DumpBytes out = new DumpBytes();
    private int streams;

    Head(Eprocess process) {
      this.process = process;
    }

    DumpBytes write(DumpMemory memory) throws IOException {
      int header = out.reserve(HEADER_SIZE + STREAMS * DIRECTORY_ENTRY);
      out.u32(header, SIGNATURE);
      out.u32(header + 4, VERSION);
      out.u32(header + 8, STREAMS);
      out.u32(header + 12, HEADER_SIZE);
      out.u32(header + 20, seconds(process.createTime()));
      out.u64(header + 24, FLAGS);
      stream(SYSTEM_INFO, systemInfo(), SYSTEM_INFO_SIZE);
      stream(MISC_INFO, miscInfo(), MISC_INFO_SIZE);
      List<Ethread> threads = threads();
      stream(THREAD_LIST, threadList(threads), Integer.BYTES + threads.size() * THREAD_SIZE);
      ProcessReader reader = ProcessReader.of(machine);
      Optional<AddressSpace> space = reader.space(process);
      List<LoaderModule> modules = new ArrayList<>();
      if (space.isPresent()) {
        ModuleReader lists = ModuleReader.of(reader);
        modules.addAll(lists.modules(process, space.get()).modules());
        modules.addAll(lists.modules32(process, space.get()).modules());
      }
      out.align();
      int list = DumpModules.write(out, space.orElse(machine.kernelSpace()), modules);
      stream(MODULE_LIST, list, Integer.BYTES + modules.size() * 108);
      out.align();
      int handles = DumpHandles.write(out, machine, process);
      stream(HANDLE_DATA, handles, handleBytes(handles));
      out.align();
      int infos = memory.infoList(out);
      stream(MEMORY_INFO_LIST, infos, out.size() - infos);
      out.align();
      int ranges = memory.memoryList(out);
      stream(MEMORY_64_LIST, ranges, out.size() - ranges);
      out.align();
      out.u64(ranges + Long.BYTES, out.size());
      return out;
    }

    private void stream(int type, int at, int size) {
      int entry = HEADER_SIZE + streams++ * DIRECTORY_ENTRY;
      out.u32(entry, type);
      out.u32(entry + 4, size);
      out.u32(entry + 8, at);
    }

    private int handleBytes(int at) {
      return 16 + (int) out.u32At(at + 8) * 32;
    }

    private int systemInfo() {
      SystemVersion version = machine.description().version();
      int at = out.reserve(SYSTEM_INFO_SIZE);
      out.u16(at, ARCHITECTURE_AMD64);
      out.u32(at + 8, version.major());
      out.u32(at + 12, version.minor());
      out.u32(at + 16, version.build());
      out.u32(at + 20, PLATFORM_NT);
      out.u32(at + 24, out.text(""));
      return at;
    }

    private int miscInfo() {
      out.align();
      int at = out.reserve(MISC_INFO_SIZE);
      out.u32(at, MISC_INFO_SIZE);
      out.u32(at + 4, 3);
      out.u32(at + 8, process.uniqueProcessId());
      out.u32(at + 12, seconds(process.createTime()));
      return at;
    }

    private List<Ethread> threads() throws IOException {
      return ThreadList.walk(machine, process, EthreadLayout.resolve(machine.symbols())).threads();
    }

    private int threadList(List<Ethread> threads) throws IOException {
      ThreadContexts contexts = new ThreadContexts(machine);
      Optional<AddressSpace> space = ProcessReader.of(machine).space(process);
      int at = out.reserve(Integer.BYTES + threads.size() * THREAD_SIZE);
      out.u32(at, threads.size());
      int entry = at + Integer.BYTES;
      for (Ethread thread : threads) {
        out.u32(entry, thread.uniqueThread());
        out.u32(entry + 12, contexts.details().priority(thread).orElse(0));
        out.u64(entry + 16, thread.teb());
        Optional<ThreadDetails.UserStack> stack =
            space.isPresent() ? ThreadDetails.userStack(thread, space.get()) : Optional.empty();
        if (stack.isPresent()) {
          // Its bytes are among those of Memory64List.
          out.u64(entry + 24, stack.get().limit());
        }
        out.align();
        int context = out.reserve(ThreadContexts.SIZE);
        out.put(context, contexts.of(thread));
        out.u32(entry + 40, ThreadContexts.SIZE);
        out.u32(entry + 44, context);
        entry += THREAD_SIZE;
      }
      return at;
    }

    private long seconds(long fileTime) {
      return FileTime.instant(fileTime).map(time -> time.getEpochSecond()).orElse(0L);
    }
  }
}
