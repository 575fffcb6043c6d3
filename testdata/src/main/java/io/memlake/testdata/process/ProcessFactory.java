package io.memlake.testdata.process;

import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.objects.FileObjects;
import io.memlake.testdata.objects.KernelObject;
import io.memlake.testdata.objects.ObjectRequest;
import io.memlake.testdata.objects.PoolKind;
import io.memlake.testdata.objects.Tokens;
import io.memlake.testdata.truth.ProcessTruth;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Makes processes: first their kernel side, then their user side if they have one. */
public final class ProcessFactory {

  private static final int DISPATCHER_PROCESS = 3;
  private static final int OBJECT_ALIGNMENT = 64;
  private static final long STATUS_PENDING = 0x103;
  private static final int FLAGS_RUNNING = 0x144D0C01;
  private static final int FLAGS_ENDED = 0x0000002C;
  private static final int NAME_LENGTH = 14;
  private static final int FIRST_BUILD_WITH_TAGS = 17134;
  private static final int KERNEL_TAG = 2;

  private final Boot boot;
  private final ImageCatalog images;
  private final FileObjects files;
  private final Tokens tokens;
  private final Sessions sessions;
  private final Ids ids;
  private final int processors;

  /** A factory without processes. */
  public ProcessFactory(
      Boot boot, FileObjects files, ImageCatalog images, Tokens tokens, int processors) {
    this.boot = boot;
    this.files = files;
    this.images = images;
    this.tokens = tokens;
    this.sessions = new Sessions(boot);
    this.ids = new Ids(boot.random().split());
    this.processors = processors;
  }

  /** Keeps the ids that these processes were given from being handed out to others. */
  public void reserveIds(List<ProcessSpec> specs) {
    for (ProcessSpec spec : specs) {
      spec.pid.ifPresent(ids::reserve);
      spec.parentPid.ifPresent(ids::reserve);
    }
  }

  /**
   * Makes a process.
   *
   * @param space its address space; the kernel's own for the System process
   * @param parentPid id of the process that started it
   */
  public DraftProcess create(ProcessSpec spec, AddressSpace space, long parentPid) {
    long pid = spec.pid.orElseGet(ids::next);
    long createTime = boot.bootTime() + steps(spec.startedAfter);
    long exitTime = spec.presence.isRunning() ? 0 : createTime + steps(spec.ranFor);
    DraftProcess process =
        new DraftProcess(spec, allocate(spec), space, pid, parentPid, createTime, exitTime);
    Struct eprocess = boot.objects().view(process.object, "_EPROCESS");
    fill(process, eprocess);
    if (!spec.presence.isRunning()) {
      end(process, eprocess);
    } else if (spec.minimal) {
      process.threads = new Threads(boot, process.object, pid, null, 0);
      new MinimalThreads(boot, ids).write(process);
      process.threads.link(eprocess);
    } else {
      new UserSide(boot, images, ids, processors).write(process, eprocess);
    }
    return process;
  }

  /** Links all processes into the lists of their sessions, when all are made. */
  public void linkSessions(List<DraftProcess> processes) {
    sessions.link(processes);
  }

  private KernelObject allocate(ProcessSpec spec) {
    StructLayout layout = boot.struct("_EPROCESS");
    ObjectRequest request =
        new ObjectRequest("Process", layout.size())
            .quota()
            .aligned(OBJECT_ALIGNMENT)
            .counts(0x20, spec.presence.isRunning() ? 4 : 1);
    if (spec.straddling) {
      request.straddling(layout.size() / 2);
    }
    return boot.objects().create(request);
  }

  private void fill(DraftProcess process, Struct eprocess) {
    ProcessSpec spec = process.spec;
    boolean running = spec.presence.isRunning();
    eprocess
        .set("Pcb.Header.Type", DISPATCHER_PROCESS)
        .setEmptyList("Pcb.ProfileListHead")
        .set("Pcb.DirectoryTableBase", process.space.dtb() | addressSpaceTag())
        .set("Pcb.BasePriority", 8)
        .setEmptyList("Pcb.ThreadListHead")
        .setEmptyList("ThreadListHead")
        .set("UniqueProcessId", process.pid)
        .setEmptyList("ActiveProcessLinks")
        .set("CreateTime", process.createTime)
        .set("ExitTime", process.exitTime)
        .set("InheritedFromUniqueProcessId", process.ppid)
        .set("ExitStatus", running ? STATUS_PENDING : 0)
        .set("Flags", running ? FLAGS_RUNNING : FLAGS_ENDED)
        .set("PriorityClass", 2)
        .set("Cookie", boot.random().nextInt() & 0xFFFFFFFFL)
        .setEmptyList("SessionProcessLinks")
        .setEmptyList("MmProcessLinks")
        .setEmptyList("JobLinks");
    boot.space().write(eprocess.addressOf("ImageFileName"), imageFileName(spec.name));
    spec.session.ifPresent(id -> eprocess.set("Session", sessions.address(id)));
    eprocess.set(
        "Token.Object",
        tokens.create(spec.userSid, spec.session.orElse(0), spec.extraPrivileges).body() | 0xF);
    eprocess.set("SeAuditProcessCreationInfo.ImageFileName", auditName(spec));
    if (!spec.minimal) {
      KernelObject file = files.file(FileObjects.onVolume(spec.path));
      eprocess.setIfPresent("ImageFilePointer", file.body());
    }
  }

  /** The low bits of a page-table root name the processor's tag for the address space. */
  private int addressSpaceTag() {
    return boot.build() >= FIRST_BUILD_WITH_TAGS ? KERNEL_TAG : 0;
  }

  /** An {@code _OBJECT_NAME_INFORMATION}: a string descriptor with its text behind it. */
  private long auditName(ProcessSpec spec) {
    String path = auditPath(spec);
    int bytes = path.length() * Character.BYTES;
    long at = boot.pool().allocate(PoolKind.PAGED, "SeOn", 0x10 + bytes + Character.BYTES);
    boot.space().writeNumber(at, Short.BYTES, bytes);
    boot.space().writeNumber(at + Short.BYTES, Short.BYTES, bytes + (long) Character.BYTES);
    boot.space().writeLong(at + Long.BYTES, bytes == 0 ? 0 : at + 0x10);
    boot.space().writeUtf16(at + 0x10, path);
    return at;
  }

  private static String auditPath(ProcessSpec spec) {
    return spec.minimal ? "" : FileObjects.devicePath(spec.path);
  }

  private static byte[] imageFileName(String name) {
    return shortName(name).getBytes(StandardCharsets.ISO_8859_1);
  }

  static String shortName(String name) {
    return name.length() > NAME_LENGTH ? name.substring(0, NAME_LENGTH) : name;
  }

  /** What remains of a process that has ended: no threads, no memory, no handles. */
  private void end(DraftProcess process, Struct eprocess) {
    process.threads = new Threads(boot, process.object, process.pid, null, 0);
    process.peb = images.layout().environmentBlocks(process.spec.wow64);
    eprocess.set("Peb", process.peb).set("ActiveThreads", 0);
    boot.objects().setCounts(process.object, 1, process.isListed() ? 1 : 0);
  }

  private static long steps(Duration duration) {
    return duration.toNanos() / 100;
  }

  /** The finished description of a process. */
  public ProcessTruth truth(DraftProcess process) {
    ProcessSpec spec = process.spec;
    long eprocess = process.object.body();
    int size = boot.struct("_EPROCESS").size();
    long first = boot.space().physical(eprocess);
    long last = boot.space().physical(eprocess + size - 1);
    boolean user = !spec.minimal && spec.presence.isRunning();
    return new ProcessTruth(
        process.pid,
        process.ppid,
        spec.name,
        shortName(spec.name),
        spec.presence,
        eprocess,
        first,
        last - first != size - 1,
        process.space.dtb(),
        process.peb,
        process.peb32,
        spec.session,
        spec.userSid,
        process.createTime,
        process.exitTime,
        user ? spec.shownPathOrDefault() : "",
        auditPath(spec),
        user ? spec.commandLineOrDefault() : "",
        user ? spec.currentDirectory : "",
        user ? process.environment.environment() : Map.of(),
        process.modules,
        process.modules32,
        process.threads.truths(),
        process.vads,
        process.handles,
        process.objectTable);
  }
}
