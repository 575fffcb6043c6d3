package io.memlake.engine.kernel;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.pe.DebugRecord;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.symbols.PdbId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One pass over frames that collects everything by which a kernel gives itself away without page
 * tables: tables that refer to themselves, the System process, the debugger block and the debug
 * record of the kernel. Bounded in what it collects, not in what it may meet.
 */
final class PhysicalSweep {
  private static final int PAGES_A_READ = 256;
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;
  private static final int MAXIMUM_FINDS = 256;

  /** {@code System} and two zero bytes, the start of the System process's ImageFileName. */
  private static final long SYSTEM = 0x0000_6D65_7473_7953L;

  /** ImageFileName lies at most this far behind the start of an EPROCESS in any build. */
  private static final int MAXIMUM_NAME_OFFSET = 0x800;

  private static final int PROCESS_DTB_OFFSET = 0x28;
  private static final int DISPATCHER_TYPE_PROCESS = 3;
  private static final long FRAME_MASK = 0x000FFFFF_FFFFF000L;

  private final PhysicalMemory memory;
  private final List<SelfReference> tables = new ArrayList<>();
  private final Set<Long> systemDtbs = new LinkedHashSet<>();
  private final List<Long> kernelBases = new ArrayList<>();
  private final List<PdbId> kernelPdbs = new ArrayList<>();
  private long sweptBytes;

  private PhysicalSweep(PhysicalMemory memory) {
    this.memory = memory;
  }

  /** Sweeps the frames from {@code first} to before {@code end}. */
  static PhysicalSweep over(PhysicalMemory memory, long first, long end) throws IOException {
    PhysicalSweep sweep = new PhysicalSweep(memory);
    byte[] buffer = new byte[PAGES_A_READ * PAGE];
    boolean[] present = new boolean[PAGES_A_READ];
    for (PageRun run : memory.runs()) {
      if (!run.state().readable()) {
        continue;
      }
      long last = Math.min(run.endPfn(), end);
      for (long pfn = Math.max(run.firstPfn(), first); pfn < last; pfn += PAGES_A_READ) {
        int count = (int) Math.min(PAGES_A_READ, last - pfn);
        memory.readPages(pfn, count, buffer, 0, present);
        sweep.sweptBytes += (long) count * PAGE;
        for (int i = 0; i < count; i++) {
          if (present[i]) {
            sweep.page(buffer, i * PAGE, (pfn + i) << PhysicalMemory.PAGE_SHIFT, count * PAGE);
          }
        }
      }
    }
    return sweep;
  }

  private void page(byte[] bytes, int offset, long physicalAddress, int limit) {
    boolean table = false;
    for (int i = offset; i < offset + PAGE; i += Long.BYTES) {
      long value = LittleEndian.i64(bytes, i);
      if (value == 0) {
        continue;
      }
      table |= (value & FRAME_MASK) == physicalAddress && (value & 1) != 0;
      int low = (int) value;
      if (low == DebuggerData.TAG) {
        debuggerBlock(bytes, i, limit, (int) (value >>> 32));
      } else if (value == SYSTEM) {
        systemProcess(bytes, i);
      } else if (low == DebugRecord.TAG) {
        debugRecord(bytes, i, limit);
      } else if ((int) (value >>> 32) == DebugRecord.TAG) {
        debugRecord(bytes, i + Integer.BYTES, limit);
      }
    }
    if (table && physicalAddress != 0 && tables.size() < MAXIMUM_FINDS) {
      long end = memory.endPfn() << PhysicalMemory.PAGE_SHIFT;
      int index = TopTable.selfIndex(bytes, offset, physicalAddress, end);
      if (index >= 0) {
        tables.add(new SelfReference(physicalAddress, index));
      }
    }
  }

  private void debuggerBlock(byte[] bytes, int tag, int limit, int size) {
    int base = tag + DebuggerData.KERN_BASE_OFFSET - DebuggerData.TAG_OFFSET;
    if (!DebuggerData.plausibleSize(size) || base + Long.BYTES > limit) {
      return;
    }
    long kernelBase = LittleEndian.i64(bytes, base);
    boolean kernelPage = (kernelBase & (PAGE - 1)) == 0 && kernelBase < -0x0000_0400_0000_0000L;
    if (kernelPage && (kernelBase >>> 47) == 0x1FFFF && kernelBases.size() < MAXIMUM_FINDS) {
      kernelBases.add(kernelBase);
    }
  }

  /** Looks back from the name for the dispatcher header with which the EPROCESS begins. */
  private void systemProcess(byte[] bytes, int name) {
    if (name + 16 > bytes.length || LittleEndian.i64(bytes, name + 8) << 8 != 0) {
      return;
    }
    int lowest = Math.max(0, name - MAXIMUM_NAME_OFFSET);
    for (int at = (name & ~0xF) - 0x200; at >= lowest; at -= 16) {
      long dtb = LittleEndian.i64(bytes, at + PROCESS_DTB_OFFSET);
      if (bytes[at] == DISPATCHER_TYPE_PROCESS
          && dtb > 0
          && (dtb & 0xFFF) == 0
          && memory.stateOf(dtb >>> PhysicalMemory.PAGE_SHIFT).readable()
          && systemDtbs.size() < MAXIMUM_FINDS) {
        systemDtbs.add(dtb);
      }
    }
  }

  private void debugRecord(byte[] bytes, int at, int limit) {
    if (at + 40 > limit || kernelPdbs.size() >= MAXIMUM_FINDS) {
      return;
    }
    PdbId pdb = KernelImage.pdbId(DebugRecord.parse(bytes, at, Math.min(limit, at + 64)));
    if (KernelImage.namesKernel(pdb) && !kernelPdbs.contains(pdb)) {
      kernelPdbs.add(pdb);
    }
  }

  /** Top tables that refer to themselves, by rising address. */
  List<SelfReference> tables() {
    return tables;
  }

  /** Directory table bases of processes called System. */
  Set<Long> systemDtbs() {
    return systemDtbs;
  }

  /** Kernel bases that plain debugger blocks name. */
  List<Long> kernelBases() {
    return kernelBases;
  }

  /** Identities of kernels whose debug records lie in RAM, loaded or only cached. */
  List<PdbId> kernelPdbs() {
    return kernelPdbs;
  }

  long sweptBytes() {
    return sweptBytes;
  }

  /**
   * A table and the index of the entry that leads back to it.
   *
   * @param dtb physical address of the table
   * @param index where the entry is
   */
  record SelfReference(long dtb, int index) {}
}
