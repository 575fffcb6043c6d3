package io.memlake.testdata.system;

import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.LinkedLists;
import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.objects.KernelObject;
import io.memlake.testdata.objects.Namespace;
import io.memlake.testdata.process.DraftProcess;
import io.memlake.testdata.truth.DriverTruth;
import io.memlake.testdata.truth.KernelModuleTruth;
import io.memlake.testdata.truth.RoutineTruth;
import io.memlake.testdata.truth.SocketTruth;
import io.memlake.testdata.truth.SystemTruth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the system of a machine, when drivers and processes exist. */
public final class SystemObjects {

  private SystemObjects() {}

  /**
   * Writes it.
   *
   * @param spec what it shall hold
   * @param waitNever the kernel's first secret of timers
   * @param waitAlways the kernel's second secret of timers
   * @param processors how many processors there are
   */
  public static SystemTruth write(
      Boot boot,
      Namespace namespace,
      List<KernelModuleTruth> modules,
      List<DriverTruth> drivers,
      List<DraftProcess> processes,
      SystemSpec spec,
      long waitNever,
      long waitAlways,
      int processors) {
    Host host =
        new Host(
            boot,
            KernelLayout.bundled(boot.build(), "system"),
            namespace,
            modules,
            drivers,
            processes);
    unlink(host, spec.unlinked);
    Devices devices = new Devices(host);
    KernelObject disk = devices.write();
    List<RoutineTruth> hooks = devices.hooks(spec.hooks);
    new Names(host).write(spec.mutants);
    List<RoutineTruth> routines =
        new ArrayList<>(new Callbacks(host).write(disk, spec.rootkit, spec.watchers));
    new SystemCalls(host).write(hooks, spec.rootkit);
    new Timers(host, waitNever, waitAlways).write(processors, spec.rootkit);
    PoolTables tables = new PoolTables(host);
    Map<Long, Integer> bigPool = tables.writeBigPages();
    tables.writeUnloadedDrivers();
    List<SocketTruth> sockets = new Sockets(host).write(spec.sockets);
    Optional<DraftProcess> manager = host.process("services.exe");
    manager.ifPresent(process -> new Services(host, process).write(spec.services));
    return new SystemTruth(
        routines, hooks, sockets, manager.map(DraftProcess::pid).orElse(0L), bigPool);
  }

  private static void unlink(Host host, List<String> names) {
    StructLayout entry =
        host.boot()
            .struct(
                host.boot().layout().hasStruct("_KLDR_DATA_TABLE_ENTRY")
                    ? "_KLDR_DATA_TABLE_ENTRY"
                    : "_LDR_DATA_TABLE_ENTRY");
    if (!names.isEmpty()) {
      LinkedLists.link(
          host.boot().space(),
          host.boot().kernel().address("PsLoadedModuleList"),
          host.modules().stream()
              .filter(module -> !names.contains(module.name()))
              .map(module -> module.entry() + entry.offset("InLoadOrderLinks"))
              .toList());
    }
  }
}
