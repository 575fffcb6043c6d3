package io.memlake.engine.objects.service;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.objects.vad.VadTree;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The services of one services.exe.
 *
 * @param layout the row that reads most records
 * @param services by the order of discovery
 */
public record ServiceDatabase(ServiceLayout layout, List<Found> services) {
  private static final int TAG = 's' | 'e' << 8 | 'r' << 16 | 'H' << 24;
  private static final int RECORD = 0x10;
  private static final int BLOCK = 1 << 16;

  /** Headers in one process; a system has some hundred services. */
  private static final int MAXIMUM_HEADERS = 1 << 16;

  /** Private memory that is searched: the rest of a hostile size is not. */
  private static final long MAXIMUM_BYTES = 1L << 30;

  /** Copies the list. */
  public ServiceDatabase {
    services = List.copyOf(services);
  }

  /**
   * A service and how it was found.
   *
   * @param service the service
   * @param inList whether another record's chain leads to it
   * @param inScan whether a header leads to it
   */
  public record Found(ServiceRecord service, boolean inList, boolean inScan) {}

  /**
   * Searches the private memory of a process.
   *
   * @param space its address space
   * @param tree its ranges
   */
  public static ServiceDatabase search(AddressSpace space, VadTree tree, int build)
      throws IOException {
    Set<Long> records = headers(space, tree);
    ServiceLayout best = ServiceLayouts.candidates(build).get(0);
    int most = 0;
    for (ServiceLayout row : ServiceLayouts.candidates(build)) {
      int sound = 0;
      ServiceReader reader = new ServiceReader(space, row);
      for (long record : records) {
        Optional<ServiceRecord> service = reader.read(record);
        sound +=
            service.flatMap(ServiceRecord::name).map(ServiceDatabase::isName).orElse(false) ? 1 : 0;
      }
      if (sound > most) {
        most = sound;
        best = row;
      }
    }
    return new ServiceDatabase(best, chained(new ServiceReader(space, best), records));
  }

  /** Names of services are short and printable; what other layouts point to is not. */
  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= 256
        && name.chars().allMatch(character -> character >= ' ' && character != 0xFFFD);
  }

  private static List<Found> chained(ServiceReader reader, Collection<Long> records)
      throws IOException {
    Map<Long, Found> found = new LinkedHashMap<>();
    Deque<Long> waiting = new ArrayDeque<>();
    for (long record : records) {
      Optional<ServiceRecord> service = reader.read(record);
      if (service.isPresent()) {
        found.put(record, new Found(service.get(), false, true));
        waiting.add(service.get().previous());
      }
    }
    while (!waiting.isEmpty() && found.size() < MAXIMUM_HEADERS) {
      long at = waiting.remove();
      Found known = found.get(at);
      if (known != null) {
        found.put(at, new Found(known.service(), true, known.inScan()));
        continue;
      }
      Optional<ServiceRecord> service = reader.read(at);
      if (service.isPresent()) {
        found.put(at, new Found(service.get(), true, false));
        waiting.add(service.get().previous());
      }
    }
    return head(found);
  }

  /** Nobody leads to the newest record of the chain; it is in the list all the same. */
  private static List<Found> head(Map<Long, Found> found) {
    Optional<Found> newest =
        found.values().stream()
            .filter(one -> !one.inList() && found.containsKey(one.service().previous()))
            .max(Comparator.comparingInt(one -> one.service().order()));
    newest.ifPresent(
        one -> found.put(one.service().address(), new Found(one.service(), true, one.inScan())));
    return new ArrayList<>(found.values());
  }

  private static Set<Long> headers(AddressSpace space, VadTree tree) throws IOException {
    Set<Long> records = new LinkedHashSet<>();
    byte[] block = new byte[BLOCK];
    boolean[] present = new boolean[BLOCK / PhysicalMemory.PAGE_SIZE + 1];
    long searched = 0;
    for (VadNode node : tree.nodes()) {
      if (!node.privateMemory()) {
        continue;
      }
      for (long at = node.start(); at <= node.end() && searched < MAXIMUM_BYTES; at += BLOCK) {
        int length = (int) Math.min(BLOCK, node.end() - at + 1);
        searched += length;
        if (space.readSparse(at, block, 0, length, present) > 0) {
          search(block, length, records);
        }
        if (records.size() >= MAXIMUM_HEADERS) {
          return records;
        }
      }
    }
    return records;
  }

  private static void search(byte[] block, int length, Set<Long> records) {
    for (int offset = 0; offset + RECORD + Long.BYTES <= length; offset += Long.BYTES) {
      if (LittleEndian.i32(block, offset) == TAG) {
        long record = LittleEndian.i64(block, offset + RECORD);
        if (record > 0) {
          records.add(record);
        }
      }
    }
  }
}
