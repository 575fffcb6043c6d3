package io.memlake.engine.kernel;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One pass over frames that collects everything by which a 32-bit kernel gives itself away without
 * page tables. Bounded in what it collects, not in what it may meet.
 */
final class NarrowSweep {
  private static final int PAGES_A_READ = 256;
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;
  private static final int MAXIMUM_FINDS = 64;

  /** The four page directories of PAE that the boot loader makes lie behind each other. */
  private static final int PAE_ENTRIES = 4;

  /** Windows without PAE maps its page tables at C0000000. */
  private static final int SELF_MAP = 0xC00;

  private static final int FRAME_MASK = 0xFFFF_F000;
  private static final int PRESENT = 1;
  private static final int WRITABLE = 2;
  private static final int LARGE = 0x80;

  /** {@code System} and two zero bytes, the start of the System process's ImageFileName. */
  private static final long SYSTEM = 0x0000_6D65_7473_7953L;

  /** ImageFileName lies at most this far behind the start of an EPROCESS in any 32-bit build. */
  private static final int MAXIMUM_NAME_OFFSET = 0x300;

  private static final int LOWEST_NAME_OFFSET = 0x80;
  private static final int PROCESS_DTB_OFFSET = 0x18;
  private static final int DISPATCHER_TYPE_PROCESS = 3;
  private static final int DTB_ALIGNMENT = 0x20;

  private final PhysicalMemory memory;
  private final List<Long> paeRoots = new ArrayList<>();
  private final List<Long> directories = new ArrayList<>();
  private final Set<Long> systemDtbs = new LinkedHashSet<>();
  private final Set<Long> kernelBases = new LinkedHashSet<>();

  private NarrowSweep(PhysicalMemory memory) {
    this.memory = memory;
  }

  /** Sweeps the frames before {@code end}. */
  static NarrowSweep over(PhysicalMemory memory, long end) throws IOException {
    NarrowSweep sweep = new NarrowSweep(memory);
    byte[] buffer = new byte[PAGES_A_READ * PAGE];
    boolean[] present = new boolean[PAGES_A_READ];
    for (PageRun run : memory.runs()) {
      if (!run.state().readable()) {
        continue;
      }
      long last = Math.min(run.endPfn(), end);
      for (long pfn = run.firstPfn(); pfn < last; pfn += PAGES_A_READ) {
        int count = (int) Math.min(PAGES_A_READ, last - pfn);
        memory.readPages(pfn, count, buffer, 0, present);
        for (int i = 0; i < count; i++) {
          if (present[i]) {
            sweep.page(buffer, i * PAGE, (pfn + i) << PhysicalMemory.PAGE_SHIFT);
          }
        }
      }
    }
    return sweep;
  }

  private void page(byte[] bytes, int offset, long physicalAddress) {
    if (isPaeRoot(bytes, offset)) {
      add(paeRoots, physicalAddress);
    } else if (isDirectory(bytes, offset, physicalAddress)) {
      add(directories, physicalAddress);
    }
    for (int i = offset; i < offset + PAGE; i += Integer.BYTES) {
      int value = LittleEndian.i32(bytes, i);
      if (value == DebuggerData.TAG) {
        debuggerBlock(bytes, i, offset + PAGE);
      } else if (value == (int) SYSTEM
          && i + 16 <= offset + PAGE
          && LittleEndian.i64(bytes, i) == SYSTEM) {
        systemProcess(bytes, i, offset);
      }
    }
  }

  private static void add(List<Long> found, long physicalAddress) {
    if (physicalAddress != 0 && found.size() < MAXIMUM_FINDS) {
      found.add(physicalAddress);
    }
  }

  /** Four present entries without rights, and nothing behind them. */
  private static boolean isPaeRoot(byte[] bytes, int offset) {
    for (int i = 0; i < PAGE / Long.BYTES; i++) {
      long entry = LittleEndian.i64(bytes, offset + i * Long.BYTES);
      boolean directory = (entry & (PAGE - 1)) == PRESENT && entry > PAGE;
      if (i < PAE_ENTRIES ? !directory : entry != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDirectory(byte[] bytes, int offset, long physicalAddress) {
    int self = LittleEndian.i32(bytes, offset + SELF_MAP);
    return physicalAddress >>> 32 == 0
        && (self & (FRAME_MASK | PRESENT | WRITABLE | LARGE))
            == ((int) physicalAddress | PRESENT | WRITABLE);
  }

  /** The block keeps addresses of 32-bit kernels with the sign in the upper half. */
  private void debuggerBlock(byte[] bytes, int tag, int limit) {
    int base = tag + DebuggerData.KERN_BASE_OFFSET - DebuggerData.TAG_OFFSET;
    if (base + Long.BYTES > limit
        || !DebuggerData.plausibleSize(LittleEndian.i32(bytes, tag + Integer.BYTES))) {
      return;
    }
    long kernelBase = LittleEndian.i64(bytes, base);
    boolean narrow = kernelBase >>> 32 == 0 || kernelBase == (int) kernelBase;
    long address = kernelBase & 0xFFFF_FFFFL;
    if (narrow
        && (address & (PAGE - 1)) == 0
        && address >>> 31 == 1
        && kernelBases.size() < MAXIMUM_FINDS) {
      kernelBases.add(address);
    }
  }

  /** Looks back from the name for the dispatcher header with which the EPROCESS begins. */
  private void systemProcess(byte[] bytes, int name, int page) {
    if (LittleEndian.i64(bytes, name + Long.BYTES) << 8 != 0) {
      return;
    }
    int lowest = Math.max(page, name - MAXIMUM_NAME_OFFSET);
    for (int at = (name & ~7) - LOWEST_NAME_OFFSET; at >= lowest; at -= 8) {
      long dtb = LittleEndian.u32(bytes, at + PROCESS_DTB_OFFSET);
      if (bytes[at] == DISPATCHER_TYPE_PROCESS
          && dtb != 0
          && (dtb & (DTB_ALIGNMENT - 1)) == 0
          && memory.stateOf(dtb >>> PhysicalMemory.PAGE_SHIFT).readable()
          && systemDtbs.size() < MAXIMUM_FINDS) {
        systemDtbs.add(dtb);
      }
    }
  }

  /** Pages that hold four directories of PAE and nothing else, by rising address. */
  List<Long> paeRoots() {
    return paeRoots;
  }

  /** Page directories without PAE that map themselves, by rising address. */
  List<Long> directories() {
    return directories;
  }

  /** Directory table bases of processes called System. */
  Set<Long> systemDtbs() {
    return systemDtbs;
  }

  /** Kernel bases that plain debugger blocks name, without sign. */
  List<Long> kernelBases() {
    return List.copyOf(kernelBases);
  }
}
