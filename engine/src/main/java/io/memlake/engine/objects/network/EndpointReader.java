package io.memlake.engine.objects.network;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.KernelMemory;
import io.memlake.engine.kernel.Machine;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads network objects with one layout. Objects whose address family is none are refused. */
public final class EndpointReader {
  private static final int VERSION_4 = 2;
  private static final int VERSION_6 = 0x17;
  private static final int LOCAL_DATA = 0x10;
  private static final int REMOTE = 0x10;
  private static final long LINK_BITS = 3;

  /** 1950-01-01 and 2200-01-01 as file times: what lies outside is no time. */
  private static final long EARLIEST = 0x0185_2D22_F4E5_8000L;

  private static final long LATEST = 0x02A1_1D2D_4F1B_C000L;

  private final KernelMemory memory;
  private final NetworkLayout layout;

  /** A reader for {@code machine}. */
  public EndpointReader(Machine machine, NetworkLayout layout) {
    this.memory = machine.kernelMemory();
    this.layout = layout;
  }

  /** The layout in use. */
  public NetworkLayout layout() {
    return layout;
  }

  /** The object of a kind at an address; empty when it is absent or none. */
  public Optional<Endpoint> read(Endpoint.Kind kind, long address) throws IOException {
    if (address >= 0 || (address & 7) != 0) {
      return Optional.empty();
    }
    Optional<byte[]> bytes = memory.space().map(address, end(kind));
    return bytes.isEmpty() ? Optional.empty() : of(kind, address, bytes.get());
  }

  /**
   * The object of a kind in bytes that no address leads to; empty when it does not lie in them as a
   * whole, or is none. What it points to is read as it is now.
   */
  public Optional<Endpoint> unmapped(Endpoint.Kind kind, byte[] bytes) throws IOException {
    return bytes.length < end(kind) ? Optional.empty() : of(kind, 0, bytes);
  }

  private int end(Endpoint.Kind kind) {
    return switch (kind) {
      case CONNECTION -> layout.connection().end();
      case TIME_WAIT -> TimeWaitBlock.SIZE;
      case LISTENER -> layout.listener().end();
      case DATAGRAM -> layout.datagram().fields().end();
    };
  }

  private Optional<Endpoint> of(Endpoint.Kind kind, long address, byte[] fields)
      throws IOException {
    return switch (kind) {
      case CONNECTION -> connection(address, fields);
      case TIME_WAIT -> timeWait(address, fields);
      case LISTENER -> bound(kind, layout.listener(), false, address, fields);
      case DATAGRAM ->
          bound(kind, layout.datagram().fields(), layout.datagram().direct(), address, fields);
    };
  }

  private Optional<Endpoint> connection(long address, byte[] fields) throws IOException {
    NetworkLayout.Connection at = layout.connection();
    int version = version(LittleEndian.i64(fields, at.family()));
    long state = LittleEndian.u32(fields, at.state());
    if (version == 0 || TcpStates.name(state).isEmpty()) {
      return Optional.empty();
    }
    long addresses = LittleEndian.i64(fields, at.addresses());
    Optional<String> local = address(version, behind(behind(pointer(addresses), LOCAL_DATA), 0));
    Optional<String> remote = address(version, pointer(addresses + REMOTE));
    long owner = LittleEndian.i64(fields, at.owner());
    if (local.isEmpty() && owner >= 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Endpoint(
            Endpoint.Kind.CONNECTION,
            address,
            version,
            local,
            port(fields, at.localPort()),
            remote,
            port(fields, at.remotePort()),
            state,
            owner < 0 ? owner : 0,
            at.created() < 0 ? 0 : time(LittleEndian.i64(fields, at.created())),
            0));
  }

  private Optional<Endpoint> timeWait(long address, byte[] fields) throws IOException {
    int version = version(LittleEndian.i64(fields, TimeWaitBlock.FAMILY));
    int remotePort = port(fields, TimeWaitBlock.REMOTE_PORT);
    if (version == 0 || remotePort == 0) {
      return Optional.empty();
    }
    long local = LittleEndian.i64(fields, TimeWaitBlock.LOCAL);
    return Optional.of(
        new Endpoint(
            Endpoint.Kind.TIME_WAIT,
            address,
            version,
            address(version, behind(behind(local, LOCAL_DATA), 0)),
            port(fields, TimeWaitBlock.LOCAL_PORT),
            Optional.of(remote(version, fields)),
            remotePort,
            TcpStates.TIME_WAIT,
            0,
            time(LittleEndian.i64(fields, TimeWaitBlock.TIME)),
            0));
  }

  private Optional<Endpoint> bound(
      Endpoint.Kind kind, NetworkLayout.Listener at, boolean direct, long address, byte[] fields)
      throws IOException {
    int version = version(LittleEndian.i64(fields, at.family()));
    if (version == 0) {
      return Optional.empty();
    }
    long local = LittleEndian.i64(fields, at.address());
    long data = direct ? pointer(local) : behind(behind(local, LOCAL_DATA), 0);
    long owner = LittleEndian.i64(fields, at.owner());
    return Optional.of(
        new Endpoint(
            kind,
            address,
            version,
            address(version, data),
            port(fields, at.port()),
            Optional.empty(),
            0,
            kind == Endpoint.Kind.LISTENER ? 1 : -1,
            owner < 0 ? owner : 0,
            time(LittleEndian.i64(fields, at.created())),
            object(at, LittleEndian.i64(fields, at.next()))));
  }

  /** The object that a link on a port leads into; 0 for none. */
  long object(Endpoint.Kind kind, long link) {
    return object(
        kind == Endpoint.Kind.LISTENER ? layout.listener() : layout.datagram().fields(), link);
  }

  private static long object(NetworkLayout.Listener at, long link) {
    long inside = link & ~LINK_BITS;
    return inside < 0 ? inside - at.next() : 0;
  }

  private int version(long family) throws IOException {
    if (family >= 0) {
      return 0;
    }
    long number = memory.u32(family + layout.family()).orElse(0) & 0xFFFF;
    return number == VERSION_4 ? 4 : number == VERSION_6 ? 6 : 0;
  }

  private long behind(long structure, int offset) throws IOException {
    return structure < 0 ? pointer(structure + offset) : 0;
  }

  private long pointer(long at) throws IOException {
    OptionalLong value = at < 0 ? memory.i64(at) : OptionalLong.empty();
    return value.orElse(0);
  }

  private Optional<String> address(int version, long at) throws IOException {
    if (at >= 0) {
      return Optional.empty();
    }
    return version == 4
        ? memory.space().map(at, 4).map(bytes -> InternetAddress.version4(bytes, 0))
        : memory.space().map(at, 16).map(InternetAddress::version6);
  }

  private static String remote(int version, byte[] block) {
    return version == 4
        ? InternetAddress.version4(block, TimeWaitBlock.REMOTE)
        : InternetAddress.version6(
            Arrays.copyOfRange(block, TimeWaitBlock.REMOTE, TimeWaitBlock.REMOTE + 16));
  }

  private static int port(byte[] bytes, int offset) {
    return LittleEndian.u8(bytes, offset) << 8 | LittleEndian.u8(bytes, offset + 1);
  }

  private static long time(long value) {
    return value > EARLIEST && value < LATEST ? value : 0;
  }
}
