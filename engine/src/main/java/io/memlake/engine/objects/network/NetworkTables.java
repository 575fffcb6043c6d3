package io.memlake.engine.objects.network;

import io.memlake.engine.kernel.KernelMemory;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.module.ImageFacts;
import io.memlake.engine.objects.module.KernelModule;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SymbolTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The objects that tcpip.sys itself knows: connections by the hash tables of its partitions,
 * listeners and datagram endpoints by its port pools.
 *
 * @param walked whether the tables could be found
 * @param endpoints sound objects, each once
 * @param problems what could not be followed, in words
 */
public record NetworkTables(boolean walked, List<Endpoint> endpoints, List<String> problems) {
  private static final int MAXIMUM_PARTITIONS = 256;
  private static final int FIRST_TABLE = 8;
  private static final int SECOND_TABLE = 0x10;
  private static final int COMPARTMENT = 0x148;
  private static final int PROTOCOL_COMPARTMENT = 0x20;
  private static final int PORTS = 0x10000;
  private static final int PORTS_IN_BLOCK = 256;

  /** Objects on one port: one for each address. */
  private static final int MAXIMUM_ON_PORT = 4096;

  /** Copies the lists. */
  public NetworkTables {
    endpoints = List.copyOf(endpoints);
    problems = List.copyOf(problems);
  }

  /**
   * Walks the tables with the symbols of the tcpip.sys that is loaded.
   *
   * @param modules the kernel's modules
   */
  public static NetworkTables walk(
      Machine machine, Collection<KernelModule> modules, EndpointReader reader) throws IOException {
    Optional<KernelModule> module =
        modules.stream()
            .filter(found -> found.name().orElse("").equalsIgnoreCase("tcpip.sys"))
            .findFirst();
    if (module.isEmpty()) {
      return none("tcpip.sys is not among the kernel's modules");
    }
    ImageFacts facts = ImageFacts.read(machine.kernelSpace(), module.get().base(), 0, 0);
    if (facts.debug().isEmpty()) {
      return none("the debug record of tcpip.sys is not in the image");
    }
    PdbId pdb =
        new PdbId(
            facts.debug().get().path(), facts.debug().get().guid(), facts.debug().get().age());
    Optional<SymbolTable> symbols = machine.symbolsOf(pdb);
    if (symbols.isEmpty()) {
      return none("no symbols of tcpip.sys " + pdb.key());
    }
    Walk walk =
        new Walk(
            new KernelMemory(machine.kernelSpace(), module.get().base(), symbols.get()), reader);
    walk.partitions();
    walk.pool("TcpPortPool", "TcpCompartmentSet", Endpoint.Kind.LISTENER);
    walk.pool("UdpPortPool", "UdpCompartmentSet", Endpoint.Kind.DATAGRAM);
    return new NetworkTables(walk.found, walk.endpoints, walk.problems);
  }

  private static NetworkTables none(String reason) {
    return new NetworkTables(false, List.of(), List.of(reason));
  }

  /** One walk. */
  private static final class Walk {
    private final KernelMemory memory;
    private final EndpointReader reader;
    private final NetworkLayout.Tables at;
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();
    private boolean found;

    Walk(KernelMemory memory, EndpointReader reader) {
      this.memory = memory;
      this.reader = reader;
      this.at = reader.layout().tables();
    }

    void partitions() throws IOException {
      OptionalLong table = memory.i64("PartitionTable");
      OptionalLong counter = memory.addressOf("PartitionCount");
      OptionalLong count =
          counter.isPresent() ? memory.u8(counter.getAsLong()) : OptionalLong.empty();
      if (table.orElse(0) >= 0 || count.isEmpty()) {
        problems.add("the partition table of tcpip.sys is not in the image");
        return;
      }
      found = true;
      int links = reader.layout().connection().links();
      HashTable buckets = new HashTable(memory);
      for (int i = 0; i < Math.min(count.getAsLong(), MAXIMUM_PARTITIONS); i++) {
        long partition = table.getAsLong() + (long) i * at.partitionSize();
        OptionalLong hashTable = memory.i64(partition + FIRST_TABLE);
        if (hashTable.orElse(0) >= 0) {
          problems.add("partition " + i + " is not in the image");
          continue;
        }
        for (long entry : buckets.entries(hashTable.getAsLong(), problems)) {
          if (isTimeWait(entry)) {
            add(Endpoint.Kind.TIME_WAIT, entry - TimeWaitBlock.LINK);
          } else {
            add(Endpoint.Kind.CONNECTION, entry - links);
          }
        }
        waiting(buckets, memory.i64(partition + SECOND_TABLE).orElse(0));
      }
    }

    /** The second table of a partition may hold other objects; those that wait say so. */
    private void waiting(HashTable buckets, long hashTable) throws IOException {
      if (hashTable >= 0 || memory.u32(hashTable).isEmpty()) {
        return;
      }
      for (long entry : buckets.entries(hashTable, new ArrayList<>())) {
        if (isTimeWait(entry)) {
          add(Endpoint.Kind.TIME_WAIT, entry - TimeWaitBlock.LINK);
        }
      }
    }

    /** Tables hold connections and what is left of them; the pool tag tells them apart. */
    private boolean isTimeWait(long entry) throws IOException {
      return memory.u32(entry + TimeWaitBlock.TAG_BEFORE_LINK).orElse(0)
          == TimeWaitBlock.TAG_NUMBER;
    }

    void pool(String oldName, String newName, Endpoint.Kind kind) throws IOException {
      OptionalLong pool = memory.i64(oldName);
      if (pool.isEmpty()) {
        OptionalLong set = memory.i64(newName);
        OptionalLong compartment = next(set, COMPARTMENT);
        pool = next(next(compartment, PROTOCOL_COMPARTMENT), 0);
      }
      if (pool.orElse(0) >= 0) {
        problems.add("the port pool behind " + newName + " is not in the image");
        return;
      }
      found = true;
      long bitmap = pool.getAsLong() + at.poolBitmap();
      long bits = Math.min(memory.u32(bitmap).orElse(0), PORTS);
      long buffer = memory.i64(bitmap + Long.BYTES).orElse(0);
      byte[] used = new byte[PORTS / Byte.SIZE];
      if (buffer >= 0 || !memory.space().read(buffer, used, 0, (int) (bits / Byte.SIZE))) {
        problems.add("the bitmap of the ports behind " + newName + " is not in the image");
        return;
      }
      for (int port = 1; port < bits; port++) {
        if ((used[port >>> 3] & 1 << (port & 7)) != 0) {
          port(pool.getAsLong(), port, kind);
        }
      }
    }

    private void port(long pool, int port, Endpoint.Kind kind) throws IOException {
      OptionalLong block =
          memory.i64(pool + at.poolAssignments() + (long) (port / PORTS_IN_BLOCK) * Long.BYTES);
      OptionalLong entries = next(block, at.assignmentList());
      if (entries.orElse(0) >= 0) {
        return;
      }
      long entry = entries.getAsLong() + (long) (port % PORTS_IN_BLOCK) * at.entrySize();
      long object = reader.object(kind, memory.i64(entry + at.entryObject()).orElse(0));
      for (int i = 0; object != 0 && i < MAXIMUM_ON_PORT; i++) {
        Optional<Endpoint> endpoint = add(kind, object);
        object = endpoint.map(Endpoint::next).orElse(0L);
      }
    }

    private Optional<Endpoint> add(Endpoint.Kind kind, long address) throws IOException {
      if (!seen.add(address)) {
        return Optional.empty();
      }
      Optional<Endpoint> endpoint = reader.read(kind, address);
      endpoint.ifPresent(endpoints::add);
      return endpoint;
    }

    private OptionalLong next(OptionalLong structure, int offset) throws IOException {
      return structure.orElse(0) < 0
          ? memory.i64(structure.getAsLong() + offset)
          : OptionalLong.empty();
    }
  }
}
