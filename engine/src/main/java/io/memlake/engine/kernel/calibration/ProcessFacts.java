package io.memlake.engine.kernel.calibration;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.SystemVersion;
import io.memlake.engine.paging.PagedAddressSpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What values of {@code _EPROCESS} lead to. Offsets inside the user-mode blocks have not changed
 * since Windows Vista; those of the handle table come from the guess.
 */
final class ProcessFacts {
  private static final long PAGE_MASK = 0xFFF;
  private static final long USER_END = 0x7FFF_FFFF_0000L;
  private static final long LOWEST_USER = 0x10000;
  private static final int PEB_IMAGE_BASE = 0x10;
  private static final int PEB_LOADER = 0x18;
  private static final int PEB_PARAMETERS = 0x20;
  private static final int PEB_MAJOR = 0x118;
  private static final int PEB_MINOR = 0x11C;
  private static final int PEB_BUILD = 0x120;
  private static final int PEB_BYTES = 0x128;
  private static final int MOST_THREADS = 1 << 14;
  private static final int TAG_OFFSET = 0xC;

  /** How far in front of an object its pool header can lie. */
  private static final int LONGEST_HEADER = 0x100;

  private final PagedAddressSpace kernel;
  private final SystemVersion version;
  private final Set<Long> pids = new HashSet<>();
  private final Map<Long, Long> imageBases = new HashMap<>();
  private final Map<Long, Integer> threads = new HashMap<>();
  private final Map<Integer, Integer> builds = new HashMap<>();
  private final byte[] buffer = new byte[PEB_BYTES];

  ProcessFacts(PagedAddressSpace kernel, SystemVersion version, List<ProcessSample> samples) {
    this.kernel = kernel;
    this.version = version;
    samples.forEach(sample -> pids.add(sample.pid()));
  }

  boolean isPid(long value) {
    return pids.contains(value);
  }

  static boolean isUser(long address) {
    return address >= LOWEST_USER && address < USER_END;
  }

  /** Whether an address is that of an environment block; no answer when it cannot be read. */
  Vote peb(ProcessSample sample, long peb) throws IOException {
    if (!isUser(peb) || (peb & PAGE_MASK) != 0) {
      return Vote.CONTRADICTS;
    }
    if (!sample.space().read(peb, buffer, 0, PEB_BYTES)) {
      return Vote.FITS;
    }
    long base = LittleEndian.i64(buffer, PEB_IMAGE_BASE);
    boolean built =
        LittleEndian.u32(buffer, PEB_MAJOR) == version.major()
            && LittleEndian.u32(buffer, PEB_MINOR) == version.minor()
            && LittleEndian.u16(buffer, PEB_BUILD) != 0;
    boolean sound =
        built
            && isUser(base)
            && (base & PAGE_MASK) == 0
            && isUser(LittleEndian.i64(buffer, PEB_LOADER))
            && isUser(LittleEndian.i64(buffer, PEB_PARAMETERS));
    if (!sound) {
      return Vote.CONTRADICTS;
    }
    imageBases.put(sample.address(), base);
    builds.merge(LittleEndian.u16(buffer, PEB_BUILD), 1, Integer::sum);
    return Vote.PROVES;
  }

  /** Image base by the environment block; 0 when it could not be read. */
  long imageBase(ProcessSample sample) {
    return imageBases.getOrDefault(sample.address(), 0L);
  }

  /** Forgets what environment blocks at wrong offsets seemed to say, and reads the right ones. */
  void readImageBases(List<ProcessSample> samples, int pebOffset) throws IOException {
    imageBases.clear();
    builds.clear();
    for (ProcessSample sample : samples) {
      if (sample.has(pebOffset, Long.BYTES)) {
        peb(sample, sample.i64(pebOffset));
      }
    }
  }

  /** The build that most environment blocks name; 0 when none was read. */
  int build() {
    return builds.entrySet().stream()
        .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .orElse(0);
  }

  /**
   * Threads on the list whose head is at an offset of a process.
   *
   * @return how many there are; -1 when no list is there, -2 when it breaks
   */
  int listLength(ProcessSample sample, int offset) throws IOException {
    long head = sample.address() + offset;
    long at = sample.i64(offset);
    long last = sample.i64(offset + Long.BYTES);
    if (!ProcessChain.isKernel(at) || !ProcessChain.isKernel(last)) {
      return -1;
    }
    int count = 0;
    long before = head;
    byte[] pair = new byte[2 * Long.BYTES];
    while (at != head) {
      if (count++ == MOST_THREADS || !kernel.read(at, pair, 0, pair.length)) {
        return -2;
      }
      if (LittleEndian.i64(pair, Long.BYTES) != before) {
        return -2;
      }
      before = at;
      at = LittleEndian.i64(pair, 0);
    }
    return before == last ? count : -2;
  }

  /** Remembers the threads of all processes by the head that was found. */
  void countThreads(List<ProcessSample> samples, int headOffset) throws IOException {
    threads.clear();
    for (ProcessSample sample : samples) {
      if (sample.has(headOffset, 2 * Long.BYTES)) {
        threads.put(sample.address(), listLength(sample, headOffset));
      }
    }
  }

  /** Threads of a process; negative when they are not known. */
  int threads(ProcessSample sample) {
    return threads.getOrDefault(sample.address(), -1);
  }

  boolean threadsKnown() {
    return !threads.isEmpty();
  }

  /** Whether the allocation that holds an address right behind its header has this tag. */
  boolean hasTag(long address, String tag) throws IOException {
    return kernel.read(address - TAG_OFFSET, buffer, 0, Integer.BYTES)
        && new String(buffer, 0, tag.length(), StandardCharsets.ISO_8859_1).equals(tag);
  }

  /** Whether an object's allocation, whose header lies some way in front, has this tag. */
  boolean hasObjectTag(long object, String tag) throws IOException {
    if (!kernel.read(object - LONGEST_HEADER, buffer, 0, LONGEST_HEADER)) {
      return false;
    }
    String before = new String(buffer, 0, LONGEST_HEADER, StandardCharsets.ISO_8859_1);
    int at = before.lastIndexOf(tag);
    return at >= 0 && at % Integer.BYTES == 0;
  }

  /** Whether a number at an offset behind a kernel address is the one that is meant. */
  boolean holds(long address, int offset, long value) throws IOException {
    return kernel.read(address + offset, buffer, 0, Integer.BYTES)
        && LittleEndian.u32(buffer, 0) == value;
  }

  /** Whether a pointer-sized number behind a kernel address is zero but for its low bits. */
  boolean isNull(long address, int offset) throws IOException {
    return kernel.read(address + offset, buffer, 0, Long.BYTES)
        && LittleEndian.i64(buffer, 0) >>> 3 == 0;
  }

  /** Whether an address is that of a string about a device; an empty string proves nothing. */
  Vote devicePath(long address) throws IOException {
    if (!ProcessChain.isKernel(address) || !kernel.read(address, buffer, 0, 2 * Long.BYTES)) {
      return Vote.CONTRADICTS;
    }
    int length = LittleEndian.u16(buffer, 0);
    int capacity = LittleEndian.u16(buffer, Short.BYTES);
    long text = LittleEndian.i64(buffer, Long.BYTES);
    if (length == 0 && text == 0) {
      return Vote.FITS;
    }
    String start = "\\Device\\";
    int bytes = start.length() * Character.BYTES;
    boolean device =
        length >= bytes
            && length <= capacity
            && ProcessChain.isKernel(text)
            && kernel.read(text, buffer, 0, bytes)
            && new String(buffer, 0, bytes, StandardCharsets.UTF_16LE).equals(start);
    return device ? Vote.PROVES : Vote.CONTRADICTS;
  }
}
