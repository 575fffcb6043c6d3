package io.memlake.testdata.machine;

import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.memory.RamMap;
import io.memlake.testdata.process.ModuleSpec;
import io.memlake.testdata.process.ProcessSpec;
import io.memlake.testdata.process.Protection;
import io.memlake.testdata.registry.HiveSpec;
import io.memlake.testdata.registry.SecretHives;
import io.memlake.testdata.registry.StandardHives;
import io.memlake.testdata.system.DnsRecords;
import io.memlake.testdata.system.DnsSpec;
import io.memlake.testdata.system.Services;
import io.memlake.testdata.system.SystemSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Collects what a machine shall be like. Equal settings give equal bytes. */
public final class MachineBuilder {

  private static final int FIRST_BUILD_WITH_AES = 14393;

  /** {@code SERVICE_KERNEL_DRIVER} and {@code SERVICE_FILE_SYSTEM_DRIVER}. */
  private static final int DRIVER_TYPES = 3;

  private static final long DEFAULT_RAM = 96L << 20;
  private static final long DEVICE_MEMORY_START = 0xC0000000L;

  final KernelLayout layout;
  final List<ProcessSpec> processes = new ArrayList<>();
  final List<KernelModuleSpec> kernelModules = new ArrayList<>(KernelModuleSpec.usual());
  final List<HiveSpec> hives = new ArrayList<>();
  final List<CachedFiles.Spec> files = new ArrayList<>();
  final Map<String, byte[]> contents = new TreeMap<>();
  final Map<String, byte[]> programs = new TreeMap<>();
  final Map<String, ViewedFile> viewed = new TreeMap<>();
  final List<Map.Entry<String, byte[]>> poolData = new ArrayList<>();
  final List<JobSpec> jobs = new ArrayList<>();
  final List<DnsSpec> dnsRecords = new ArrayList<>();
  final List<ApcSpec> apcs = new ArrayList<>();
  boolean desktops;
  private final Map<String, String> autostarts = new TreeMap<>();
  long seed = 1;
  String computerName = "WORKSTATION";
  RamMap ram = RamMap.pc(DEFAULT_RAM, DEVICE_MEMORY_START);
  Instant systemTime = Instant.parse("2024-03-05T14:22:31Z");
  Duration upTime = Duration.ofHours(9);
  int processors = 2;
  boolean startBlock = true;
  boolean plainDebuggerData;
  boolean softwareOfBuild;
  RamFill.Kind fill = RamFill.Kind.ZERO;
  OptionalLong dtb = OptionalLong.empty();
  Optional<SystemSpec> system = Optional.empty();
  private Optional<String> standardComputer = Optional.empty();

  MachineBuilder(KernelLayout layout) {
    this.layout = layout;
  }

  /** Sets where all chance comes from. */
  public MachineBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** Names the host. */
  public MachineBuilder computerName(String name) {
    computerName = name;
    return this;
  }

  /** Sets the size of RAM, laid out as in a PC with device memory from 3 GiB to 4 GiB. */
  public MachineBuilder ram(long bytes) {
    return ram(RamMap.pc(bytes, DEVICE_MEMORY_START));
  }

  /** Sets where RAM lies. It needs room for the kernel image: 32 MiB above 16 MiB at least. */
  public MachineBuilder ram(RamMap map) {
    ram = map;
    return this;
  }

  /** Sets the time at which the image is taken, and how long the machine ran before. */
  public MachineBuilder time(Instant now, Duration upSince) {
    systemTime = now;
    upTime = upSince;
    return this;
  }

  /** Sets the number of processors. */
  public MachineBuilder processors(int count) {
    processors = count;
    return this;
  }

  /**
   * Gives programs and libraries the bytes and stamps that every machine of this Windows version
   * has, instead of some that only this machine has.
   */
  public MachineBuilder softwareOfBuild() {
    softwareOfBuild = true;
    return this;
  }

  /** Leaves out the processor start block of the first MiB. */
  public MachineBuilder withoutStartBlock() {
    startBlock = false;
    return this;
  }

  /** Leaves the debugger data block readable, as in a dump that Windows wrote itself. */
  public MachineBuilder plainDebuggerData() {
    plainDebuggerData = true;
    return this;
  }

  /** Sets the physical address of the System process' top page table. */
  public MachineBuilder dtb(long physicalAddress) {
    dtb = OptionalLong.of(physicalAddress);
    return this;
  }

  /** Sets what the frames hold that belong to nobody; they are zero if this is not called. */
  public MachineBuilder fill(RamFill.Kind kind) {
    fill = kind;
    return this;
  }

  /** Adds the processes that every Windows of this version runs, and a user's desktop. */
  public MachineBuilder standardProcesses() {
    processes.addAll(StandardProcesses.of(layout.build()));
    return this;
  }

  /** Adds a process. */
  public MachineBuilder process(String name, Consumer<ProcessSpec> settings) {
    ProcessSpec spec = new ProcessSpec(name);
    settings.accept(spec);
    return process(spec);
  }

  /** Adds a process. */
  public MachineBuilder process(ProcessSpec spec) {
    processes.add(spec);
    return this;
  }

  /** Puts processes into a job. */
  public MachineBuilder job(JobSpec job) {
    jobs.add(job);
    return this;
  }

  /**
   * Lets the DNS client remember answers: the first svchost.exe for network services loads its
   * library and has the memory for them. Call it once, when that process is named.
   */
  public MachineBuilder dnsCache(DnsSpec... answers) {
    ProcessSpec service =
        processes.stream().filter(ProcessSpec::isNetworkService).findFirst().orElseThrow();
    service
        .modules(ModuleSpec.system("dnsrslvr.dll", 0x3A000))
        .privateRegion(
            DnsRecords.REGION_SIZE, Protection.READ_WRITE, new byte[DnsRecords.REGION_SIZE]);
    dnsRecords.addAll(List.of(answers));
    return this;
  }

  /** Queues routines to a thread. */
  public MachineBuilder apc(ApcSpec apc) {
    apcs.add(apc);
    return this;
  }

  /**
   * Adds window stations and desktops, which the programs of each session have open, and empty
   * queues of routines to all threads. Call it when all processes are named.
   */
  public MachineBuilder desktops() {
    desktops = true;
    processes.forEach(Desktops::open);
    return this;
  }

  /** Adds a kernel module behind the usual ones. */
  public MachineBuilder kernelModule(String name, String path, int size) {
    kernelModules.add(new KernelModuleSpec(name, path, size));
    return this;
  }

  /** Mounts a registry hive. */
  public MachineBuilder hive(HiveSpec hive) {
    hives.add(hive);
    return this;
  }

  /** Puts the content of a file into a view of the system cache. */
  public MachineBuilder cachedFile(byte[] content) {
    files.add(new CachedFiles.Spec(content, true));
    return this;
  }

  /**
   * Gives a file of drive C, which a process may have open, contents in the cache and in a section.
   *
   * @param path path without the drive, such as \\Windows\\notes.txt
   */
  public MachineBuilder fileContent(String path, byte[] content) {
    contents.put(path, content.clone());
    return this;
  }

  /**
   * Gives a file of drive C an image section, as if the program were mapped somewhere.
   *
   * @param path path without the drive
   * @param program the file as it lies on disk
   */
  public MachineBuilder imageContent(String path, byte[] program) {
    programs.put(path, program.clone());
    return this;
  }

  /**
   * Gives a file of drive C, of any size, some views of the cache manager.
   *
   * @param path path without the drive
   * @param views content by position, multiples of 256 KiB; at most 256 KiB each
   */
  public MachineBuilder viewedFile(String path, long size, Map<Long, byte[]> views) {
    viewed.put(path, new ViewedFile(size, Map.copyOf(views)));
    return this;
  }

  /** A file of which the cache has views. */
  record ViewedFile(long size, Map<Long, byte[]> views) {}

  /** Allocates paged pool with a tag and puts bytes into it. */
  public MachineBuilder poolData(String tag, byte[] content) {
    poolData.add(Map.entry(tag, content.clone()));
    return this;
  }

  /** Puts the content of a file into frames that nothing maps. */
  public MachineBuilder looseFile(byte[] content) {
    files.add(new CachedFiles.Spec(content, false));
    return this;
  }

  /** Mounts the hives that every Windows has, with the computer name that is set by now. */
  public MachineBuilder standardHives() {
    hives.addAll(StandardHives.of(computerName, serviceKeys()));
    standardComputer = Optional.of(computerName);
    hives.add(HiveSpec.machine("SAM", SecretHives.sam(layout.build() >= FIRST_BUILD_WITH_AES)));
    hives.add(HiveSpec.machine("SECURITY", SecretHives.security()));
    return this;
  }

  private List<StandardHives.ServiceKey> serviceKeys() {
    return system.map(SystemSpec::registered).orElse(List.of()).stream()
        .map(
            service ->
                new StandardHives.ServiceKey(
                    service.name(),
                    service.display(),
                    service.type(),
                    service.start(),
                    imagePath(service)))
        .toList();
  }

  /** A driver is where its module is; programs of services are those of the system folder. */
  private String imagePath(SystemSpec.Service service) {
    if ((service.type() & DRIVER_TYPES) == 0) {
      String program = service.process().isEmpty() ? "svchost.exe" : service.process();
      return "%SystemRoot%\\System32\\" + program;
    }
    String file = service.name() + ".sys";
    return kernelModules.stream()
        .filter(module -> module.name().equalsIgnoreCase(file))
        .map(KernelModuleSpec::path)
        .findFirst()
        .orElse("System32\\drivers\\" + file);
  }

  /** Starts a program whenever the user comes; for a machine with the standard hives. */
  public MachineBuilder autostart(String name, String command) {
    autostarts.put(name, command);
    String user = StandardHives.user(autostarts).rootPath();
    if (hives.stream().noneMatch(hive -> hive.rootPath().equals(user))) {
      throw new IllegalStateException("The standard hives are to be mounted before");
    }
    hives.replaceAll(hive -> hive.rootPath().equals(user) ? StandardHives.user(autostarts) : hive);
    return this;
  }

  /** Adds copies of a desktop program until the machine runs this many processes. */
  public MachineBuilder fillUpTo(int count) {
    for (int i = processes.size(); i < count; i++) {
      processes.add(StandardProcesses.filler(i));
    }
    return this;
  }

  /**
   * Adds device stacks, callbacks, timers, sockets, services and what else a system has. Call it
   * when all processes are named.
   */
  public MachineBuilder system(SystemSpec spec) {
    system = Optional.of(spec);
    standardComputer.ifPresent(
        name -> {
          HiveSpec keys = StandardHives.system(name, serviceKeys());
          hives.replaceAll(hive -> hive.rootPath().equals(keys.rootPath()) ? keys : hive);
        });
    processes.stream()
        .filter(process -> process.name().equals("services.exe"))
        .forEach(
            process ->
                process.privateRegion(
                    Services.REGION_SIZE, Protection.READ_WRITE, new byte[Services.REGION_SIZE]));
    return this;
  }

  /** Makes the machine. */
  public SyntheticMachine build() {
    return new MachineAssembly(this).assemble();
  }
}
