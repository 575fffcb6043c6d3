package io.memlake.engine.artifacts.minidump;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.minidump.DumpHandle;
import io.memlake.engine.image.minidump.DumpModule;
import io.memlake.engine.image.minidump.DumpThread;
import io.memlake.engine.image.minidump.ProcessDump;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.evidence.NormalName;
import io.memlake.schemas.row.HandleRow;
import io.memlake.schemas.row.ModuleRow;
import io.memlake.schemas.row.ProcessRow;
import io.memlake.schemas.row.ThreadRow;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/** Fills the tables of processes from the lists of a minidump. */
public final class MinidumpRows {
  /** What {@code layer} says of these rows. */
  public static final String LAYER = "minidump";

  private static final String CONTAINER = "container";

  /** The lists are the system's own, but of one moment and as complete as the writer made them. */
  private static final int CONFIDENCE = 90;

  /** {@code image_file_name} as Windows cuts it. */
  private static final int SHORT_NAME = 14;

  private final ImageIndex image;
  private final ProcessDump dump;
  private final Set<String> tables;
  private final RowSink<? super SpecificRecordBase> rows;
  private final Integer pid;
  private final String process;
  private int count;

  private MinidumpRows(
      ImageIndex image,
      ProcessDump dump,
      Set<String> tables,
      RowSink<? super SpecificRecordBase> rows) {
    this.image = image;
    this.dump = dump;
    this.tables = tables;
    this.rows = rows;
    this.pid = dump.pid() < 0 ? null : (int) dump.pid();
    this.process = dump.modules().isEmpty() ? null : present(dump.modules().get(0).name());
  }

  /** Names of the tables that a minidump fills. */
  public static Set<String> tables() {
    return Set.of("processes", "modules", "threads", "vads", "handles");
  }

  /**
   * Collects all rows.
   *
   * @param image a minidump; any other image gives none
   * @param tables names of the tables that are wanted
   * @throws IOException when the medium or the sink fails
   */
  public static Collected collect(
      ImageIndex image,
      Evidence evidence,
      Set<String> tables,
      RowSink<? super SpecificRecordBase> rows)
      throws IOException {
    if (image.processDump().isEmpty()) {
      return Collected.NOTHING;
    }
    MinidumpRows collector = new MinidumpRows(image, image.processDump().get(), tables, rows);
    collector.process(evidence);
    collector.modules();
    collector.threads();
    collector.regions();
    collector.handles();
    return Collected.of(collector.count, 0);
  }

  private void add(String table, SpecificRecordBase row) throws IOException {
    if (tables.contains(table)) {
      rows.accept(row);
      count++;
    }
  }

  private void process(Evidence evidence) throws IOException {
    ProcessRow row = new ProcessRow();
    row.setSource(CONTAINER);
    row.setLayer(LAYER);
    row.setConfidence(CONFIDENCE);
    row.setState("running");
    row.setPid(pid);
    row.setName(process);
    row.setImageFileName(
        process == null ? null : process.substring(0, Math.min(SHORT_NAME, process.length())));
    row.setCreateTime(dump.createTime() == 0 ? null : Instant.ofEpochSecond(dump.createTime()));
    if (!dump.modules().isEmpty()) {
      row.setForensicPath(ForensicPath.file(dump.modules().get(0).recordOffset()));
      row.setImageBase(dump.modules().get(0).base());
      row.setPath(present(dump.modules().get(0).path()));
    }
    row.setThreads(dump.threads().size());
    row.setHandles(dump.handles().isEmpty() ? null : dump.handles().size());
    if (dump.windows()) {
      DumpedParameters.read(image, dump, evidence).into(row);
    }
    Gaps gaps = new Gaps();
    gap(gaps, "pid", row.getPid());
    gap(gaps, "image_file_name", row.getImageFileName());
    gap(gaps, "command_line", row.getCommandLine());
    gap(gaps, "ppid", row.getPpid());
    gap(gaps, "eprocess", row.getEprocess());
    gap(gaps, "dtb", row.getDtb());
    gap(gaps, "peb", row.getPeb());
    gaps.into(row);
    add("processes", row);
  }

  private void modules() throws IOException {
    for (DumpModule module : dump.modules()) {
      ModuleRow row = module(module);
      row.setInLoad(true);
      add("modules", row);
    }
    for (DumpModule module : dump.unloaded()) {
      ModuleRow row = module(module);
      row.setInLoad(false);
      add("modules", row);
    }
  }

  private ModuleRow module(DumpModule module) {
    ModuleRow row = new ModuleRow();
    row.setSource(CONTAINER);
    row.setLayer(LAYER);
    row.setConfidence(CONFIDENCE);
    row.setForensicPath(ForensicPath.file(module.recordOffset()));
    row.setPid(pid);
    row.setProcess(process);
    row.setBase(module.base());
    row.setSize(module.size());
    row.setName(present(module.name()));
    row.setPath(present(module.path()));
    row.setBits(dump.wide() ? 64 : 32);
    row.setWow64(false);
    row.setTimestamp(module.timestamp());
    row.setChecksum(module.checksum());
    row.setPdbName(present(module.pdbName()));
    row.setPdbGuid(present(module.pdbGuid()));
    row.setPdbAge(module.pdbGuid().isEmpty() ? null : module.pdbAge());
    row.setPagesPresent((int) storedPages(image, module.base(), module.size()));
    Gaps gaps = new Gaps();
    gap(gaps, "pid", row.getPid());
    gap(gaps, "eprocess", row.getEprocess());
    gap(gaps, "entry_point", row.getEntryPoint());
    gaps.into(row);
    return row;
  }

  private void threads() throws IOException {
    for (DumpThread thread : dump.threads()) {
      ThreadRow row = new ThreadRow();
      row.setSource(CONTAINER);
      row.setLayer(LAYER);
      row.setConfidence(CONFIDENCE);
      row.setForensicPath(ForensicPath.file(thread.recordOffset()));
      row.setPid(pid);
      row.setProcess(process);
      row.setTid((int) thread.tid());
      row.setTeb(thread.teb() == 0 ? null : thread.teb());
      row.setWin32StartAddress(thread.startAddress() == 0 ? null : thread.startAddress());
      row.setCreateTime(FileTimes.instant(thread.createTime()));
      row.setExitTime(FileTimes.instant(thread.exitTime()));
      row.setInList(true);
      Gaps gaps = new Gaps();
      gap(gaps, "pid", row.getPid());
      gap(gaps, "eprocess", row.getEprocess());
      gap(gaps, "state", row.getState());
      gap(gaps, "start_address", row.getStartAddress());
      gap(gaps, "win32_start_address", row.getWin32StartAddress());
      gaps.into(row);
      add("threads", row);
    }
  }

  private void regions() throws IOException {
    RegionRows regions = new RegionRows(image, dump, pid, process);
    for (SpecificRecordBase row : regions.rows()) {
      add("vads", row);
    }
  }

  private void handles() throws IOException {
    for (DumpHandle handle : dump.handles()) {
      HandleRow row = new HandleRow();
      row.setSource(CONTAINER);
      row.setLayer(LAYER);
      row.setConfidence(CONFIDENCE);
      row.setForensicPath(ForensicPath.file(handle.recordOffset()));
      row.setPid(pid);
      row.setProcess(process);
      row.setHandle(handle.handle());
      row.setType(present(handle.type()));
      row.setName(present(handle.name()));
      row.setNameNorm(NormalName.of(row.getName()));
      row.setGrantedAccess(handle.access() & 0xFFFF_FFFFL);
      row.setHandleCount((long) handle.handleCount());
      row.setPointerCount((long) handle.pointerCount());
      Gaps gaps = new Gaps();
      gap(gaps, "pid", row.getPid());
      gap(gaps, "eprocess", row.getEprocess());
      gap(gaps, "object", row.getObject());
      gaps.into(row);
      add("handles", row);
    }
  }

  /** Whole pages whose bytes the dump has. */
  static long storedPages(ImageIndex image, long base, long size) {
    long bytes = image.virtualMemory().orElseThrow().storedBytes(base, size);
    return bytes / PhysicalMemory.PAGE_SIZE;
  }

  static void gap(Gaps gaps, String column, Object value) {
    if (value == null) {
      gaps.add(column, Absence.NOT_AVAILABLE);
    }
  }

  private static String present(String text) {
    return text.isEmpty() ? null : text;
  }
}
