package io.memlake.testdata.machine;

import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.objects.FileObjects;
import io.memlake.testdata.objects.HandleTable;
import io.memlake.testdata.objects.KernelObject;
import io.memlake.testdata.objects.Namespace;
import io.memlake.testdata.objects.RegistryKeys;
import io.memlake.testdata.process.DraftProcess;
import io.memlake.testdata.process.HandleSpec;
import io.memlake.testdata.truth.HandleTruth;
import java.util.List;

/** Opens the handles of all processes, when all objects that they may refer to exist. */
final class Handles {

  private static final int DESKTOP_SIZE = 0xE0;

  private final Boot boot;
  private final Namespace namespace;
  private final FileObjects files;
  private final RegistryKeys keys;
  private final List<DraftProcess> processes;

  Handles(Boot boot, Namespace namespace, FileObjects files, List<DraftProcess> processes) {
    this.boot = boot;
    this.namespace = namespace;
    this.files = files;
    this.keys = new RegistryKeys(boot);
    this.processes = processes;
  }

  /** Writes the handle table of one process and tells its object table. */
  void open(DraftProcess process) {
    HandleTable table = new HandleTable(boot);
    for (HandleSpec spec : process.spec().handleSpecs()) {
      if (boot.random().nextInt(3) == 0) {
        table.skip(1 + boot.random().nextInt(3));
      }
      add(process, table, spec);
    }
    for (int i = 0; i < process.spec().manyHandleCount(); i++) {
      add(process, table, HandleSpec.unnamed("Event"));
    }
    long address =
        table.write(process.object().body(), process.pid(), process.spec().handleTableLevelCount());
    process.setObjectTable(address);
    boot.objects().view(process.object(), "_EPROCESS").set("ObjectTable", address);
  }

  private void add(DraftProcess process, HandleTable table, HandleSpec spec) {
    Target target = resolve(spec);
    long value = table.add(target.object().header(), spec.access());
    process.addHandle(
        new HandleTruth(
            value,
            target.object().body(),
            spec.type(),
            spec.access(),
            target.name(),
            boot.objects().storedTypeIndex(target.object())));
  }

  /** An object and the name that a reader shows for it. */
  private record Target(KernelObject object, String name) {}

  private Target resolve(HandleSpec spec) {
    String name = spec.target();
    return switch (spec.type()) {
      case "File" ->
          new Target(files.file(FileObjects.onVolume(name)), FileObjects.devicePath(name));
      case "Key" -> new Target(keys.open(name), name);
      case "Process" -> {
        DraftProcess process = find(name);
        yield new Target(process.object(), process.shortName() + " Pid " + process.pid());
      }
      case "Thread" -> {
        DraftProcess process = find(name);
        yield new Target(
            process.runningThreads().get(0),
            "Tid " + process.runningThreadIds().get(0) + " Pid " + process.pid());
      }
      case "Directory" ->
          new Target(namespace.directory(name), name.substring(name.lastIndexOf('\\') + 1));
      case "Desktop" ->
          new Target(
              namespace.undirected("Desktop", name, DESKTOP_SIZE),
              name.substring(name.lastIndexOf('\\') + 1));
      default ->
          name.isEmpty()
              ? new Target(namespace.unnamed(spec.type()), "")
              : new Target(
                  namespace.object(spec.type(), name), name.substring(name.lastIndexOf('\\') + 1));
    };
  }

  private DraftProcess find(String name) {
    return processes.stream()
        .filter(process -> process.isRunning() && process.spec().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No running process " + name + " to open a handle of"));
  }

  /** Writes the table of process and thread ids. */
  void writeIdTable() {
    HandleTable table = new HandleTable(boot);
    for (DraftProcess process : processes) {
      if (!process.hasPageTables()) {
        continue;
      }
      table.put(process.pid(), process.object().body(), 0);
      List<KernelObject> threads = process.runningThreads();
      List<Long> ids = process.runningThreadIds();
      for (int i = 0; i < threads.size(); i++) {
        table.put(ids.get(i), threads.get(i).body(), 0);
      }
    }
    boot.kernel().setLong("PspCidTable", table.write(0, 0, 1));
  }
}
