package io.memlake.engine.objects.network;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.KernelMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The kernel's hash table ({@code RTL_DYNAMIC_HASH_TABLE}): up to 128 list heads in one array,
 * beyond that arrays of 128, 128, 256, 512 and so on behind one of pointers.
 */
final class HashTable {
  private static final int TABLE_SIZE = 8;
  private static final int DIRECTORY = 0x20;
  private static final int HEAD = 16;
  private static final int DIRECT_BUCKETS = 128;

  /** Buckets of a table; the kernel's own limit is some million. */
  private static final int MAXIMUM_BUCKETS = 1 << 20;

  /** Entries of a table; a busy server holds some hundred thousand connections. */
  private static final int MAXIMUM_ENTRIES = 1 << 22;

  private final KernelMemory memory;

  HashTable(KernelMemory memory) {
    this.memory = memory;
  }

  /** Addresses of the links of all entries. */
  List<Long> entries(long table, List<String> problems) throws IOException {
    OptionalLong size = memory.u32(table + TABLE_SIZE);
    OptionalLong directory = memory.i64(table + DIRECTORY);
    List<Long> entries = new ArrayList<>();
    if (size.isEmpty() || directory.orElse(0) >= 0) {
      problems.add("hash table " + Hex.address(table) + " is not in the image");
      return entries;
    }
    int buckets = (int) Math.min(size.getAsLong(), MAXIMUM_BUCKETS);
    Set<Long> seen = new HashSet<>();
    if (buckets <= DIRECT_BUCKETS || isHead(directory.getAsLong())) {
      array(directory.getAsLong(), buckets, entries, seen);
      return entries;
    }
    int done = 0;
    for (int level = 0; done < buckets; level++) {
      int length = Math.min(DIRECT_BUCKETS << level, buckets - done);
      OptionalLong array = memory.i64(directory.getAsLong() + (long) level * Long.BYTES);
      if (array.orElse(0) < 0) {
        array(array.getAsLong(), length, entries, seen);
      }
      done += length;
    }
    return entries;
  }

  /** Whether a list head lies here: it leads to itself, or to an entry that leads back. */
  private boolean isHead(long at) throws IOException {
    OptionalLong first = memory.i64(at);
    if (first.isEmpty()) {
      return false;
    }
    return first.getAsLong() == at
        || (first.getAsLong() < 0 && memory.i64(first.getAsLong() + Long.BYTES).orElse(0) == at);
  }

  private void array(long heads, int length, List<Long> entries, Set<Long> seen)
      throws IOException {
    byte[] head = new byte[HEAD];
    for (int i = 0; i < length; i++) {
      long at = heads + (long) i * HEAD;
      if (!memory.space().read(at, head, 0, HEAD)) {
        continue;
      }
      long entry = LittleEndian.i64(head, 0);
      while (entry != at && entry < 0 && entries.size() < MAXIMUM_ENTRIES && seen.add(entry)) {
        entries.add(entry);
        Optional<byte[]> links = memory.space().map(entry, Long.BYTES);
        entry = links.map(bytes -> LittleEndian.i64(bytes, 0)).orElse(0L);
      }
    }
  }
}
