package io.memlake.testdata.system;

import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.LinkedLists;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.PoolKind;
import io.memlake.testdata.process.DraftProcess;
import io.memlake.testdata.system.SystemSpec.SocketSpec;
import io.memlake.testdata.truth.SocketTruth;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Connections, listeners and datagram endpoints with all that they point to, and the tables of
 * tcpip.sys that lead to them.
 */
final class Sockets {

  private static final int VERSION_4 = 2;
  private static final int VERSION_6 = 0x17;
  private static final int FIRST_BUILD_OF_10 = 10240;
  private static final int FIRST_BUILD_WITH_CONTROL_BLOCKS = 20348;
  private static final int PARTITIONS = 4;
  private static final int BUCKETS = 128;
  private static final int POOL_PORTS = 0x10000;
  private static final long SECOND = 10_000_000;

  private final Host host;
  private final KernelLayout layout;
  private final AddressSpace space;
  private final long family4;
  private final long family6;
  private final List<Long> connections = new ArrayList<>();
  private final List<Long> waiting = new ArrayList<>();
  private final Map<Integer, Long> listeners = new TreeMap<>();
  private final Map<Integer, Long> datagrams = new TreeMap<>();
  private int created;

  Sockets(Host host) {
    this.host = host;
    this.layout = KernelLayout.bundled(host.boot().build(), "network");
    this.space = host.boot().space();
    this.family4 = family(VERSION_4);
    this.family6 = family(VERSION_6);
  }

  private Struct make(String struct, PoolKind kind, String tag) {
    int size = layout.struct(struct).size();
    return new Struct(space, host.boot().pool().allocate(kind, tag, size), layout.struct(struct));
  }

  private long family(int number) {
    return make("_INETAF", PoolKind.NONPAGED, "InNB").set("AddressFamily", number).address();
  }

  List<SocketTruth> write(List<SocketSpec> specs) {
    List<SocketTruth> sockets = new ArrayList<>();
    for (SocketSpec spec : specs) {
      long address =
          switch (spec.kind()) {
            case CONNECTION -> connection(spec);
            case TIME_WAIT -> timeWait(spec);
            case LISTENER -> bound(spec, "_TCP_LISTENER", "TcpL", listeners);
            case DATAGRAM -> bound(spec, "_UDP_ENDPOINT", "UdpA", datagrams);
          };
      sockets.add(new SocketTruth(address, spec.localPort(), spec.remotePort()));
    }
    if (host.boot().build() >= 17763 && host.boot().build() != 18362) {
      tables();
    }
    return sockets;
  }

  private long owner(SocketSpec spec) {
    return host.process(spec.process()).map(DraftProcess::object).orElseThrow().body();
  }

  private long time() {
    created++;
    return host.boot().bootTime() + (60L + created) * SECOND;
  }

  private static void setPort(Struct struct, String field, int port) {
    struct.set(field, swapped(port));
  }

  private static int swapped(int port) {
    return (port & 0xFF) << 8 | port >>> 8;
  }

  private long connection(SocketSpec spec) {
    boolean controlBlock = host.boot().build() >= FIRST_BUILD_WITH_CONTROL_BLOCKS;
    Struct endpoint = make("_TCP_ENDPOINT", PoolKind.NONPAGED, controlBlock ? "TTcb" : "TcpE");
    Struct addresses = make("_ADDRINFO", PoolKind.NONPAGED, "InPa");
    addresses.set("Local", localAddress(spec.local()));
    addresses.set("Remote", bytes(spec.remote()));
    if (host.boot().build() >= FIRST_BUILD_OF_10) {
      endpoint.set("CreateTime", time());
    }
    endpoint
        .set("InetAF", spec.version6() ? family6 : family4)
        .set("AddrInfo", addresses.address())
        .set("State", spec.state())
        .set("Owner", owner(spec));
    setPort(endpoint, "LocalPort", spec.localPort());
    setPort(endpoint, "RemotePort", spec.remotePort());
    if (spec.inTables()) {
      connections.add(endpoint.address());
    }
    return endpoint.address();
  }

  /** The block of a connection in TIME_WAIT: the same in every build. */
  private long timeWait(SocketSpec spec) {
    long block = host.boot().pool().allocate(PoolKind.NONPAGED, "TcTW", 0xE0);
    space.writeLong(block + 0x70, spec.version6() ? family6 : family4);
    space.writeNumber(block + 0x8A, 2, swapped(spec.localPort()));
    space.writeNumber(block + 0x8C, 2, swapped(spec.remotePort()));
    space.writeLong(block + 0x90, localAddress(spec.local()));
    space.write(block + 0x98, address(spec.remote()));
    space.writeLong(block + 0xD8, time());
    if (spec.inTables()) {
      waiting.add(block + 0x40);
    }
    return block;
  }

  private long bound(SocketSpec spec, String struct, String tag, Map<Integer, Long> ports) {
    Struct endpoint = make(struct, PoolKind.NONPAGED, tag);
    boolean direct = struct.equals("_UDP_ENDPOINT") && host.boot().build() >= FIRST_BUILD_OF_10;
    long address = 0;
    if (!spec.local().isEmpty()) {
      address = direct ? pointerTo(bytes(spec.local())) : localAddress(spec.local());
    }
    endpoint
        .set("InetAF", spec.version6() ? family6 : family4)
        .set("Owner", owner(spec))
        .set("CreateTime", time())
        .set("LocalAddr", address);
    setPort(endpoint, "Port", spec.localPort());
    if (spec.inTables()) {
      Long before = ports.put(spec.localPort(), endpoint.address());
      if (before != null && endpoint.layout().has("Next")) {
        endpoint.set("Next", before + endpoint.layout().offset("Next"));
      }
    }
    return endpoint.address();
  }

  private long localAddress(String address) {
    return make("_LOCAL_ADDRESS", PoolKind.NONPAGED, "Ipla")
        .set("pData", pointerTo(bytes(address)))
        .address();
  }

  private long pointerTo(long target) {
    long at = host.boot().pool().allocate(PoolKind.NONPAGED, "Ippt", Long.BYTES);
    space.writeLong(at, target);
    return at;
  }

  private long bytes(String address) {
    long at = host.boot().pool().allocate(PoolKind.NONPAGED, "Ipad", 16);
    space.write(at, address(address));
    return at;
  }

  private static byte[] address(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("No address: " + address, e);
    }
  }

  private void tables() {
    KernelLayout symbols = KernelLayout.bundled(host.boot().build(), "tcpip");
    long driver = host.module("tcpip.sys").base();
    for (String symbol : symbols.symbolsBetween(0, Integer.MAX_VALUE)) {
      space.mapRange(driver + symbols.symbol(symbol), Long.BYTES, Access.KERNEL_READ_WRITE);
    }
    space.writeLong(driver + symbols.symbol("PartitionTable"), partitions());
    space.writeInt(driver + symbols.symbol("PartitionCount"), PARTITIONS);
    space.writeLong(
        driver + symbols.symbol("TcpCompartmentSet"), set(pool("_TCP_LISTENER", listeners)));
    space.writeLong(
        driver + symbols.symbol("UdpCompartmentSet"), set(pool("_UDP_ENDPOINT", datagrams)));
  }

  private long partitions() {
    int size = layout.struct("_PARTITION").size();
    long table = host.boot().pool().allocatePages(PoolKind.NONPAGED, PARTITIONS * size);
    int link = layout.struct("_TCP_ENDPOINT").offset("ListEntry");
    for (int i = 0; i < PARTITIONS; i++) {
      long heads = host.boot().pool().allocatePages(PoolKind.NONPAGED, BUCKETS * 16);
      List<Long> mine = new ArrayList<>();
      for (int n = i; n < connections.size(); n += PARTITIONS) {
        mine.add(connections.get(n) + link);
      }
      for (int n = i; n < waiting.size(); n += PARTITIONS) {
        mine.add(waiting.get(n));
      }
      for (int bucket = 0; bucket < BUCKETS; bucket++) {
        // One entry a bucket: other readers do not follow chains.
        List<Long> entries =
            bucket % 2 == 0 && bucket / 2 < mine.size() ? List.of(mine.get(bucket / 2)) : List.of();
        LinkedLists.link(space, heads + bucket * 16L, entries);
      }
      Struct hashTable = host.view("_RTL_DYNAMIC_HASH_TABLE", hashTable());
      hashTable.set("TableSize", BUCKETS).set("NumEntries", mine.size()).set("Directory", heads);
      new Struct(space, table + (long) i * size, layout.struct("_PARTITION"))
          .set("Endpoints", hashTable.address())
          .set("UnknownHashTable", hashTable());
    }
    return table;
  }

  private long hashTable() {
    return host.boot()
        .pool()
        .allocate(PoolKind.NONPAGED, "HTab", host.facts().struct("_RTL_DYNAMIC_HASH_TABLE").size());
  }

  private long pool(String struct, Map<Integer, Long> ports) {
    Struct pool =
        new Struct(
            space,
            host.boot()
                .pool()
                .allocatePages(PoolKind.NONPAGED, layout.struct("_INET_PORT_POOL").size()),
            layout.struct("_INET_PORT_POOL"));
    long bitmap = host.boot().pool().allocatePages(PoolKind.NONPAGED, POOL_PORTS / 8);
    space.writeInt(pool.addressOf("PortBitMap"), POOL_PORTS);
    space.writeLong(pool.addressOf("PortBitMap") + 8, bitmap);
    int next = layout.struct(struct).offset("Next");
    ports.forEach(
        (port, object) -> {
          long at = bitmap + port / 8;
          space.writeNumber(at, 1, space.readNumber(at, 1) | 1 << port % 8);
          long entry = entry(pool, port);
          space.writeLong(
              entry + layout.struct("_PORT_ASSIGNMENT_ENTRY").offset("Entry"), object + next | 1);
        });
    return pool.address();
  }

  /** The entry of a port, in a block of 256 that is made when its first port is used. */
  private long entry(Struct pool, int port) {
    long slot = pool.addressOf("PortAssignments") + (long) (port >> 8) * Long.BYTES;
    long block = space.readNumber(slot, Long.BYTES);
    int size = layout.struct("_PORT_ASSIGNMENT_ENTRY").size();
    if (block == 0) {
      Struct assignment = make("_PORT_ASSIGNMENT", PoolKind.NONPAGED, "InPA");
      assignment.set(
          "InPaBigPoolBase", host.boot().pool().allocatePages(PoolKind.NONPAGED, 256 * size));
      block = assignment.address();
      space.writeLong(slot, block);
    }
    long entries =
        space.readNumber(
            block + layout.struct("_PORT_ASSIGNMENT").offset("InPaBigPoolBase"), Long.BYTES);
    return entries + (long) (port & 0xFF) * size;
  }

  private long set(long pool) {
    Struct protocol = make("_PROTOCOL_COMPARTMENT", PoolKind.NONPAGED, "TcCo");
    protocol.set("PortPool", pool);
    Struct compartment = make("_INET_COMPARTMENT", PoolKind.NONPAGED, "InCo");
    compartment.set("ProtocolCompartment", protocol.address());
    Struct set = make("_INET_COMPARTMENT_SET", PoolKind.NONPAGED, "InCS");
    set.set("InetCompartment", compartment.address());
    return set.address();
  }
}
