package io.memlake.engine.kernel.calibration;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpaces;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.paging.PagedOutPages;
import io.memlake.engine.paging.PteLayout;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The kernel's list of processes, found from the System process alone: its name, its number, and a
 * link whose neighbours link back.
 *
 * @param samples the processes in the order of the list, System first
 * @param imageFileName offset of the name
 * @param uniqueProcessId offset of the number, before the links
 * @param head address of {@code PsActiveProcessHead}; 0 when the list is broken before it
 */
record ProcessChain(
    List<ProcessSample> samples, int imageFileName, int uniqueProcessId, long head) {
  /** Larger than {@code _EPROCESS} of any build so far (0xB80). */
  static final int OBJECT_BYTES = 0x1000;

  /** Offset of {@code Pcb.DirectoryTableBase} in all 64-bit kernels. */
  static final int DIRECTORY_TABLE_BASE = 0x28;

  static final int NAME_BYTES = 15;
  private static final int LONGEST_LIST = 1 << 16;
  private static final int DISPATCHER_PROCESS = 3;
  private static final int FIRST_FIELD = 0x80;
  private static final byte[] SYSTEM =
      Arrays.copyOf("System".getBytes(StandardCharsets.US_ASCII), NAME_BYTES);

  /** Offset of the links: they follow the number in all builds. */
  int activeProcessLinks() {
    return uniqueProcessId + Long.BYTES;
  }

  static boolean isKernel(long address) {
    return address >>> 47 == 0x1FFFF;
  }

  /** Reads as much of an object as is there, at most {@link #OBJECT_BYTES}. */
  static byte[] read(PagedAddressSpace space, long address) throws IOException {
    byte[] bytes = new byte[OBJECT_BYTES];
    int length = 0;
    while (length < OBJECT_BYTES) {
      int toPageEnd =
          PhysicalMemory.PAGE_SIZE - (int) (address + length & (PhysicalMemory.PAGE_SIZE - 1));
      int count = Math.min(toPageEnd, OBJECT_BYTES - length);
      if (!space.read(address + length, bytes, length, count)) {
        break;
      }
      length += count;
    }
    return Arrays.copyOf(bytes, length);
  }

  /** Whether bytes begin like a process object and name System somewhere. */
  static boolean isSystem(byte[] bytes) {
    return isProcess(bytes) && !nameOffsets(bytes).isEmpty();
  }

  private static boolean isProcess(byte[] bytes) {
    if (bytes.length < FIRST_FIELD || bytes[0] != DISPATCHER_PROCESS) {
      return false;
    }
    long root = LittleEndian.i64(bytes, DIRECTORY_TABLE_BASE);
    return root != 0 && root >>> 52 == 0;
  }

  private static List<Integer> nameOffsets(byte[] bytes) {
    List<Integer> offsets = new ArrayList<>();
    for (int at = FIRST_FIELD; at + NAME_BYTES <= bytes.length; at++) {
      if (bytes[at] == 'S' && Arrays.equals(bytes, at, at + NAME_BYTES, SYSTEM, 0, NAME_BYTES)) {
        offsets.add(at);
      }
    }
    return offsets;
  }

  /**
   * The longest list that starts at a System process.
   *
   * @param imageStart first address of the kernel's image, in which the head of the list lies
   */
  static Optional<ProcessChain> from(
      PagedAddressSpace kernel, PhysicalMemory memory, long system, long imageStart, long imageSize)
      throws IOException {
    byte[] bytes = read(kernel, system);
    if (!isSystem(bytes)) {
      return Optional.empty();
    }
    ProcessChain best = null;
    for (int name : nameOffsets(bytes)) {
      for (int pid = FIRST_FIELD; pid + 3 * Long.BYTES <= bytes.length; pid += Long.BYTES) {
        if (LittleEndian.i64(bytes, pid) == ProcessSample.SYSTEM_PID
            && isLinked(kernel, system + pid + Long.BYTES)) {
          ProcessChain chain =
              new Walk(kernel, memory, imageStart, imageSize, name, pid).from(system);
          if (best == null || chain.samples().size() > best.samples().size()) {
            best = chain;
          }
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** Whether one of the neighbours links back; smear may have cut the other. */
  private static boolean isLinked(PagedAddressSpace kernel, long links) throws IOException {
    byte[] pair = new byte[2 * Long.BYTES];
    if (!kernel.read(links, pair, 0, pair.length)) {
      return false;
    }
    long next = LittleEndian.i64(pair, 0);
    long previous = LittleEndian.i64(pair, Long.BYTES);
    return isKernel(next)
        && isKernel(previous)
        && next != links
        && (points(kernel, next + Long.BYTES, links) || points(kernel, previous, links));
  }

  private static boolean points(PagedAddressSpace kernel, long at, long to) throws IOException {
    byte[] pointer = new byte[Long.BYTES];
    return kernel.read(at, pointer, 0, pointer.length) && LittleEndian.i64(pointer, 0) == to;
  }

  /** One walk with one pair of offsets, forwards, and backwards when it breaks. */
  private static final class Walk {
    private final PagedAddressSpace kernel;
    private final PhysicalMemory memory;
    private final long imageStart;
    private final long imageSize;
    private final int name;
    private final int pid;
    private final Set<Long> seen = new HashSet<>();
    private final List<ProcessSample> samples = new ArrayList<>();
    private long head;

    Walk(
        PagedAddressSpace kernel,
        PhysicalMemory memory,
        long imageStart,
        long imageSize,
        int name,
        int pid) {
      this.kernel = kernel;
      this.memory = memory;
      this.imageStart = imageStart;
      this.imageSize = imageSize;
      this.name = name;
      this.pid = pid;
    }

    ProcessChain from(long system) throws IOException {
      follow(system, 0);
      if (head == 0 && !samples.isEmpty()) {
        List<ProcessSample> forwards = List.copyOf(samples);
        samples.clear();
        follow(previousOf(forwards.get(0)), Long.BYTES);
        Collections.reverse(samples);
        samples.addAll(0, forwards);
      }
      return new ProcessChain(List.copyOf(samples), name, pid, head);
    }

    private long previousOf(ProcessSample first) {
      return first.i64(pid + 2 * Long.BYTES) - pid - Long.BYTES;
    }

    private void follow(long start, int link) throws IOException {
      long at = start;
      while (samples.size() < LONGEST_LIST && seen.add(at)) {
        if (Long.compareUnsigned(at + pid + Long.BYTES - imageStart, imageSize) < 0) {
          head = at + pid + Long.BYTES;
          return;
        }
        byte[] bytes = ProcessChain.read(kernel, at);
        if (!isProcess(bytes)
            || bytes.length < Math.max(pid + 3 * Long.BYTES, name + NAME_BYTES)
            || !isName(bytes)) {
          return;
        }
        long root = LittleEndian.i64(bytes, DIRECTORY_TABLE_BASE);
        samples.add(
            new ProcessSample(
                at,
                bytes,
                LittleEndian.i64(bytes, pid),
                AddressSpaces.x64(memory, root, PteLayout.x64(0), PagedOutPages.NONE)));
        at = LittleEndian.i64(bytes, pid + Long.BYTES + link) - pid - Long.BYTES;
      }
    }

    private boolean isName(byte[] bytes) {
      int length = 0;
      while (length < NAME_BYTES && bytes[name + length] != 0) {
        int character = bytes[name + length++] & 0xFF;
        if (character < ' ' || character == 0x7F) {
          return false;
        }
      }
      return length > 0;
    }
  }
}
