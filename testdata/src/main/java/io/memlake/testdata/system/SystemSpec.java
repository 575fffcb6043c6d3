package io.memlake.testdata.system;

import java.util.ArrayList;
import java.util.List;

/** What the system of a machine shall hold. */
public final class SystemSpec {

  /** TCP states by their number. */
  public static final int ESTABLISHED = 4;

  /** The other side has closed. */
  public static final int CLOSE_WAIT = 7;

  /** Closed, waiting for late segments. */
  public static final int TIME_WAIT = 12;

  /** Over. */
  public static final int CLOSED = 0;

  final List<SocketSpec> sockets = new ArrayList<>();
  final List<HookSpec> hooks = new ArrayList<>();
  final List<ServiceSpec> services = new ArrayList<>();
  final List<String> keyless = new ArrayList<>();
  final List<String> mutants = new ArrayList<>();
  final List<String> unlinked = new ArrayList<>();
  final List<String> watchers = new ArrayList<>();
  boolean rootkit;

  /** Nothing but what every system has. */
  public SystemSpec() {}

  /** The sockets and services of a usual desktop or server, at the address 10.0.0.21. */
  public static SystemSpec usual() {
    return usual("10.0.0.21");
  }

  /** The sockets and services of a usual desktop or server with this address of version 4. */
  public static SystemSpec usual(String local) {
    return new SystemSpec()
        .listener("svchost.exe", "", 135, true)
        .listener("System", "", 445, true)
        .listener("svchost.exe", local, 139, false)
        .listener("svchost.exe", "", 3389, false)
        .datagram("svchost.exe", "", 123, true)
        .datagram("svchost.exe", local, 137, false)
        .datagram("svchost.exe", "", 5353, false)
        .connection("svchost.exe", local, 49712, "10.0.0.2", 88, ESTABLISHED)
        .connection("svchost.exe", local, 49713, "10.0.0.2", 389, CLOSE_WAIT)
        .connection("System", "fe80::1c2:3d4:5e6:7f8", 49720, "fe80::2", 445, ESTABLISHED)
        .service("Dhcp", "DHCP Client", 0x20, 2, 4, "svchost.exe")
        .service("Dnscache", "DNS Client", 0x20, 2, 4, "svchost.exe")
        .service("EventLog", "Windows Event Log", 0x20, 2, 4, "svchost.exe")
        .service("Spooler", "Print Spooler", 0x110, 2, 4, "spoolsv.exe")
        .service("RemoteRegistry", "Remote Registry", 0x20, 4, 1, "")
        .service("Tcpip", "TCP/IP Protocol Driver", 0x1, 0, 4, "")
        .service("Ntfs", "Ntfs", 0x2, 3, 4, "")
        .mutant("\\BaseNamedObjects\\RasPbFile")
        .mutant("\\Sessions\\1\\BaseNamedObjects\\SM0:1234:120:WilStaging_02");
  }

  /**
   * Adds a TCP connection that the tables know; an address with a colon is of version 6.
   *
   * @param process name of the owner, or its full path where several have the name
   */
  public SystemSpec connection(
      String process, String local, int localPort, String remote, int remotePort, int state) {
    sockets.add(
        new SocketSpec(
            SocketSpec.Kind.CONNECTION,
            process,
            local,
            localPort,
            remote,
            remotePort,
            state,
            local.indexOf(':') >= 0,
            true));
    return this;
  }

  /** Adds a TCP connection that no table leads to: closed, or hidden. */
  public SystemSpec unlistedConnection(
      String process, String local, int localPort, String remote, int remotePort, int state) {
    sockets.add(
        new SocketSpec(
            SocketSpec.Kind.CONNECTION,
            process,
            local,
            localPort,
            remote,
            remotePort,
            state,
            local.indexOf(':') >= 0,
            false));
    return this;
  }

  /** Adds what is left of a closed connection; no process owns it. */
  public SystemSpec timeWait(
      String local, int localPort, String remote, int remotePort, boolean inTables) {
    sockets.add(
        new SocketSpec(
            SocketSpec.Kind.TIME_WAIT,
            "",
            local,
            localPort,
            remote,
            remotePort,
            TIME_WAIT,
            local.indexOf(':') >= 0,
            inTables));
    return this;
  }

  /** Adds a TCP listener; an empty address means every address. */
  public SystemSpec listener(String process, String local, int port, boolean version6) {
    sockets.add(
        new SocketSpec(SocketSpec.Kind.LISTENER, process, local, port, "", 0, 1, version6, true));
    return this;
  }

  /** Adds a UDP endpoint; an empty address means every address. */
  public SystemSpec datagram(String process, String local, int port, boolean version6) {
    sockets.add(
        new SocketSpec(SocketSpec.Kind.DATAGRAM, process, local, port, "", 0, 0, version6, true));
    return this;
  }

  /**
   * Turns one routine of a driver elsewhere.
   *
   * @param service service name of the driver
   * @param majorFunction which routine
   * @param module file name of the module that it leads into; empty for memory of no module
   */
  public SystemSpec hook(String service, int majorFunction, String module) {
    hooks.add(new HookSpec(service, majorFunction, module));
    return this;
  }

  /**
   * Adds a service.
   *
   * @param type bits of its type
   * @param start how it starts, 0 to 4
   * @param state its state, 4 for running
   * @param process image file name of its process; empty for drivers and stopped services
   */
  public SystemSpec service(
      String name, String display, int type, int start, int state, String process) {
    services.add(new ServiceSpec(name, display, type, start, state, process));
    return this;
  }

  /** Leaves a service without a key in the registry. */
  public SystemSpec withoutKey(String service) {
    keyless.add(service);
    return this;
  }

  /** The services that have a key in the registry. */
  public List<Service> registered() {
    return services.stream()
        .filter(service -> !keyless.contains(service.name()))
        .map(
            service ->
                new Service(
                    service.name(),
                    service.display(),
                    service.type(),
                    service.start(),
                    service.process()))
        .toList();
  }

  /**
   * A service as the registry knows it.
   *
   * @param name its name
   * @param display its display name
   * @param type bits of its type
   * @param start how it starts, 0 to 4
   * @param process executable of its process; empty for drivers and stopped services
   */
  public record Service(String name, String display, int type, int start, String process) {}

  /** Adds a mutant under a full name. */
  public SystemSpec mutant(String path) {
    mutants.add(path);
    return this;
  }

  /** Adds a callback, a timer and a system call that lead into no module. */
  public SystemSpec rootkit() {
    rootkit = true;
    return this;
  }

  /** Has the kernel call a module whenever a process starts or ends. */
  public SystemSpec watcher(String module) {
    watchers.add(module);
    return this;
  }

  /** Takes a kernel module out of the list of loaded modules; its driver object stays. */
  public SystemSpec unlink(String module) {
    unlinked.add(module);
    return this;
  }

  /**
   * A socket.
   *
   * @param kind which object
   * @param process image file name of its owner
   * @param local local address; empty for every address
   * @param localPort local port
   * @param remote remote address
   * @param remotePort remote port
   * @param state TCP state
   * @param version6 whether it is of version 6
   * @param inTables whether the tables of tcpip.sys lead to it
   */
  record SocketSpec(
      Kind kind,
      String process,
      String local,
      int localPort,
      String remote,
      int remotePort,
      int state,
      boolean version6,
      boolean inTables) {
    enum Kind {
      CONNECTION,
      TIME_WAIT,
      LISTENER,
      DATAGRAM
    }
  }

  /** A routine of a driver that was turned elsewhere. */
  record HookSpec(String service, int majorFunction, String module) {}

  /** A service. */
  record ServiceSpec(String name, String display, int type, int start, int state, String process) {}
}
