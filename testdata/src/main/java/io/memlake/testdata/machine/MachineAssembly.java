package io.memlake.testdata.machine;

import io.memlake.testdata.kernel.DebuggerData;
import io.memlake.testdata.kernel.KernelImage;
import io.memlake.testdata.kernel.KernelRegions;
import io.memlake.testdata.kernel.ProcessorStartBlock;
import io.memlake.testdata.kernel.SharedUserData;
import io.memlake.testdata.kernel.SystemClock;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.Frames;
import io.memlake.testdata.memory.LinkedLists;
import io.memlake.testdata.memory.PageTables;
import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.objects.FileContents;
import io.memlake.testdata.objects.FileObjects;
import io.memlake.testdata.objects.KernelPool;
import io.memlake.testdata.objects.Namespace;
import io.memlake.testdata.objects.ObjectManager;
import io.memlake.testdata.objects.PoolKind;
import io.memlake.testdata.objects.SystemPtes;
import io.memlake.testdata.objects.Tokens;
import io.memlake.testdata.process.DraftProcess;
import io.memlake.testdata.process.ImageCatalog;
import io.memlake.testdata.process.ProcessFactory;
import io.memlake.testdata.process.ProcessSpec;
import io.memlake.testdata.registry.HiveMounts;
import io.memlake.testdata.system.DnsRecords;
import io.memlake.testdata.system.SystemObjects;
import io.memlake.testdata.truth.DriverTruth;
import io.memlake.testdata.truth.HostTruth;
import io.memlake.testdata.truth.KernelModuleTruth;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.SystemTruth;
import io.memlake.testdata.truth.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** The steps from settings to a machine, in order. */
final class MachineAssembly {

  private static final long DTB_WINDOWS_7 = 0x187000;
  private static final long DTB_WINDOWS_8_1 = 0x1A7000;
  private static final long DTB_WINDOWS_10 = 0x1AD000;

  private final MachineBuilder settings;
  private final SplittableRandom random;
  private final Frames frames;
  private final KernelRegions regions;
  private final KernelImage kernel;
  private final long waitNever;
  private final long waitAlways;
  private Boot boot;

  MachineAssembly(MachineBuilder settings) {
    if (settings.processes.isEmpty() || !settings.processes.get(0).isSystem()) {
      throw new IllegalArgumentException(
          "The first process must be System, id 4; standardProcesses() adds it");
    }
    this.settings = settings;
    this.random = new SplittableRandom(settings.seed);
    this.frames = new Frames(settings.ram, random.split());
    int build = settings.layout.build();
    this.regions = KernelRegions.choose(build, random.split());
    AddressSpace space = AddressSpace.kernel(frames, settings.dtb.orElse(usualDtb(build)));
    this.kernel =
        KernelImage.map(
            settings.layout,
            space,
            frames,
            regions.kernelBase(),
            0x50000000 + random.nextInt(0x10000000));
    this.waitNever = random.nextLong();
    this.waitAlways = random.nextLong();
  }

  private static long usualDtb(int build) {
    return build < 9200 ? DTB_WINDOWS_7 : build < 14393 ? DTB_WINDOWS_8_1 : DTB_WINDOWS_10;
  }

  SyntheticMachine assemble() {
    startKernel();
    Namespace namespace = new Namespace(boot);
    FileObjects files = new FileObjects(boot, namespace);
    List<KernelModuleTruth> modules =
        KernelModules.write(boot, settings.kernelModules, settings.system.isPresent());
    List<DriverTruth> drivers = new Drivers(boot, namespace, files).write(modules);
    ProcessFactory factory =
        new ProcessFactory(
            boot,
            files,
            new ImageCatalog(boot, files, settings.softwareOfBuild),
            new Tokens(boot),
            settings.processors);
    List<DraftProcess> processes = createProcesses(factory);
    if (!settings.jobs.isEmpty()) {
      new Jobs(boot, namespace, processes).write(settings.jobs);
    }
    Handles handles = new Handles(boot, namespace, files, processes);
    processes.stream().filter(DraftProcess::isRunning).forEach(handles::open);
    handles.writeIdTable();
    if (settings.desktops) {
      Desktops.link(boot, namespace);
      new Apcs(boot, processes).writeEmpty();
    }
    if (!settings.dnsRecords.isEmpty()) {
      processes.stream()
          .filter(process -> process.isRunning() && process.spec().isNetworkService())
          .findFirst()
          .ifPresent(process -> new DnsRecords(process).write(settings.dnsRecords));
    }
    settings.apcs.forEach(apc -> new Apcs(boot, processes).write(apc));
    linkProcesses(processes);
    factory.linkSessions(processes);
    new HiveMounts(boot, registrySpace(processes)).mount(settings.hives);
    CachedFiles.write(boot, settings.files);
    settings.poolData.forEach(
        data -> {
          byte[] bytes = data.getValue();
          long block = boot.pool().allocate(PoolKind.PAGED, data.getKey(), bytes.length);
          boot.space().write(block, bytes);
        });
    FileContents contents = new FileContents(boot);
    settings.contents.forEach((path, bytes) -> contents.attach(files.file(path), bytes));
    settings.programs.forEach((path, bytes) -> contents.attachImage(files.file(path), bytes));
    settings.viewed.forEach(
        (path, file) -> contents.attachViews(files.file(path), file.size(), file.views()));
    writeGlobals(modules);
    SystemTruth system =
        settings
            .system
            .map(
                spec ->
                    SystemObjects.write(
                        boot,
                        namespace,
                        modules,
                        drivers,
                        processes,
                        spec,
                        waitNever,
                        waitAlways,
                        settings.processors))
            .orElse(SystemTruth.NOTHING);
    boot.objects().finish();
    PageTables.write(frames, kernel.space(), userSpaces(processes), regions.selfMapIndex());
    List<ProcessTruth> truths = processes.stream().map(factory::truth).toList();
    return new SyntheticMachine(
        frames,
        settings.layout,
        kernel.space(),
        spacesById(processes),
        new RamFill(settings.fill, settings.seed),
        new Truth(hostTruth(processes), truths, modules, drivers),
        system);
  }

  private void startKernel() {
    KernelPool pool = new KernelPool(kernel, regions, random.split());
    ObjectManager objects = new ObjectManager(kernel, pool, 1 + random.nextInt(0xFF));
    Instant bootTime = settings.systemTime.minus(settings.upTime);
    long sharedData =
        SharedUserData.write(
            kernel, settings.systemTime, bootTime, settings.ram.frameCount(), settings.processors);
    boot =
        new Boot(
            settings.computerName,
            frames,
            regions,
            kernel,
            objects,
            new SystemPtes(regions),
            sharedData,
            SystemClock.fileTime(bootTime),
            SystemClock.fileTime(settings.systemTime),
            random.split());
    if (settings.startBlock) {
      ProcessorStartBlock.write(frames, kernel, kernel.space().dtb());
    }
  }

  private List<DraftProcess> createProcesses(ProcessFactory factory) {
    List<DraftProcess> processes = new ArrayList<>();
    factory.reserveIds(settings.processes);
    for (ProcessSpec spec : settings.processes) {
      boolean system = spec.isSystem();
      AddressSpace space = system ? kernel.space() : kernel.space().forProcess();
      processes.add(factory.create(spec, space, parentOf(spec, processes)));
    }
    return processes;
  }

  /** The process whose user half holds hives, where this Windows has one; else null. */
  private static AddressSpace registrySpace(List<DraftProcess> processes) {
    return processes.stream()
        .filter(process -> process.spec().name().equals("Registry"))
        .map(DraftProcess::space)
        .findFirst()
        .orElse(null);
  }

  private static long parentOf(ProcessSpec spec, List<DraftProcess> processes) {
    if (spec.parentId().isPresent()) {
      return spec.parentId().getAsLong();
    }
    for (DraftProcess process : processes) {
      if (process.spec().name().equals(spec.parentName())) {
        return process.pid();
      }
    }
    throw new IllegalArgumentException(
        "Process " + spec.name() + " has no parent " + spec.parentName() + " before it");
  }

  private void linkProcesses(List<DraftProcess> processes) {
    int offset = boot.struct("_EPROCESS").offset("ActiveProcessLinks");
    LinkedLists.link(
        kernel.space(),
        kernel.address("PsActiveProcessHead"),
        processes.stream()
            .filter(DraftProcess::isListed)
            .map(process -> process.object().body() + offset)
            .toList());
    processes.forEach(process -> keepStaleLinks(process, processes, offset));
    kernel.setLong("PsInitialSystemProcess", processes.get(0).object().body());
  }

  /** A process that was taken out of the list still points to those that were its neighbours. */
  private void keepStaleLinks(DraftProcess process, List<DraftProcess> all, int offset) {
    if (process.isListed()) {
      return;
    }
    long before = kernel.address("PsActiveProcessHead");
    long after = before;
    boolean passed = false;
    for (DraftProcess other : all) {
      passed |= other == process;
      if (other.isListed() && !passed) {
        before = other.object().body() + offset;
      } else if (other.isListed()) {
        after = other.object().body() + offset;
        break;
      }
    }
    boot.objects()
        .view(process.object(), "_EPROCESS")
        .setLinks("ActiveProcessLinks", after, before);
  }

  private void writeGlobals(List<KernelModuleTruth> modules) {
    KernelGlobals globals = new KernelGlobals(boot);
    globals.writeVersion();
    globals.writeMemory();
    globals.writeProcessors(settings.processors, kernel.space().dtb());
    globals.writeIdleProcess(kernel.space().dtb());
    globals.writeModuleListing(modules);
    DebuggerData.write(
        kernel, waitNever, waitAlways, regions.pteBase(), settings.plainDebuggerData);
  }

  private List<AddressSpace> userSpaces(List<DraftProcess> processes) {
    return processes.stream()
        .filter(DraftProcess::hasPageTables)
        .map(DraftProcess::space)
        .filter(space -> space != kernel.space())
        .toList();
  }

  private static Map<Long, AddressSpace> spacesById(List<DraftProcess> processes) {
    return processes.stream()
        .filter(DraftProcess::hasPageTables)
        .collect(Collectors.toMap(DraftProcess::pid, DraftProcess::space));
  }

  private HostTruth hostTruth(List<DraftProcess> processes) {
    return new HostTruth(
        settings.computerName,
        settings.layout.identity(),
        kernel.base(),
        kernel.size(),
        kernel.space().dtb(),
        regions.selfMapIndex(),
        processes.get(0).object().body(),
        kernel.address("PsActiveProcessHead"),
        kernel.address("PsLoadedModuleList"),
        kernel.address("KdDebuggerDataBlock"),
        regions.pfnDatabase(),
        waitNever,
        waitAlways,
        boot.objects().cookie(),
        settings.processors,
        boot.bootTime(),
        boot.systemTime(),
        settings.ram.runs());
  }
}
