package io.memlake.engine.artifacts.host;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.artifacts.registry.HostNames;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.LocatorVote;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.SharedUserData;
import io.memlake.engine.kernel.SymbolMatch;
import io.memlake.engine.kernel.WindowsRelease;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.PagingMode;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.HostRow;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Fills {@code hosts}. */
public final class HostArtifact implements MachineArtifact<HostRow> {
  private static final int LABORATORY_TEXT = 128;
  private static final int MAXIMUM_PROCESSORS = 2048;

  @Override
  public String table() {
    return "hosts";
  }

  @Override
  public Class<HostRow> rowType() {
    return HostRow.class;
  }

  @Override
  public boolean readsNarrow() {
    return true;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super HostRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    Machine machine = view.machine();
    HostRow row = described(machine.description());
    laboratory(row, machine);
    Optional<SharedUserData> shared = SharedUserData.read(machine.kernelSpace());
    shared.ifPresent(data -> shared(row, data));
    if (row.getCpus() == null) {
      processors(row, machine);
    }
    HostNames.into(row, view);
    rows.accept(withGaps(row, shared.isPresent() ? Absence.NOT_AVAILABLE : Absence.UNREADABLE));
    return Collected.of(1, 0);
  }

  /** The row of a host whose machine could not be opened: what discovery found all the same. */
  public static HostRow unopened(MachineDescription description) {
    return withGaps(described(description), Absence.UNREADABLE);
  }

  private static HostRow described(MachineDescription description) {
    HostRow row = new HostRow();
    row.setSource("derived");
    row.setConfidence(description.confidence());
    row.setNtMajor(positive(description.version().major()));
    row.setNtMinor(row.getNtMajor() == null ? null : description.version().minor());
    row.setNtBuild(positive(description.version().build()));
    row.setArch(description.architecture().isEmpty() ? null : description.architecture());
    row.setPagingMode(description.mode() == null ? null : pagingMode(description.mode()));
    row.setRamBytes(
        description.image().runs().stream().mapToLong(PageRun::pageCount).sum()
            * PhysicalMemory.PAGE_SIZE);
    row.setKernelBase(nonZero(description.kernelBase()));
    row.setKernelSize(nonZero(description.kernelSize()));
    if (description.pdb() != null) {
      row.setKernelPdbName(description.pdb().name());
      row.setKernelPdbGuid(description.pdb().guid());
      row.setKernelPdbAge(description.pdb().age());
    }
    row.setKernelSource(locator(description, "kernel.", description.kernelBase()));
    row.setDtb(nonZero(description.dtb()));
    row.setDtbSource(locator(description, "dtb.", description.dtb()));
    row.setKdbg(nonZero(description.debuggerData()));
    row.setPsActiveProcessHead(nonZero(description.activeProcessHead()));
    row.setPsLoadedModuleList(nonZero(description.loadedModuleList()));
    row.setSymbolSource(symbolSource(description));
    row.setSnapshotTime(description.image().hints().takenAt().orElse(null));
    row.setConfidenceReasons(
        description.votes().stream().map(LocatorVote::toString).distinct().toList());
    List<String> warnings = new ArrayList<>(description.notes());
    description.problem().ifPresent(warnings::add);
    row.setWarnings(warnings.isEmpty() ? null : warnings);
    return row;
  }

  private static String pagingMode(PagingMode mode) {
    return switch (mode) {
      case X64 -> "x64_4level";
      case X64_LA57 -> "x64_5level";
      case PAE -> "x86_pae";
      case X86 -> "x86";
    };
  }

  private static String symbolSource(MachineDescription description) {
    if (description.symbolMatch() == SymbolMatch.NONE) {
      return null;
    }
    String source = description.symbolSource();
    if (description.symbolMatch() == SymbolMatch.NEAREST) {
      return "nearest: " + source;
    }
    if (description.symbolMatch() == SymbolMatch.CALIBRATED) {
      return source;
    }
    return source.contains(".json") ? "isf:" + source : source;
  }

  private static String locator(MachineDescription description, String prefix, long value) {
    return description.votes().stream()
        .filter(vote -> vote.accepted() && vote.value() == value)
        .filter(vote -> vote.locator().startsWith(prefix))
        .map(vote -> vote.locator().substring(prefix.length()))
        .findFirst()
        .orElse(null);
  }

  private static void laboratory(HostRow row, Machine machine) throws IOException {
    OptionalLong at = machine.addressOf("NtBuildLabEx");
    at = at.isPresent() ? at : machine.addressOf("NtBuildLab");
    byte[] text = new byte[LABORATORY_TEXT];
    if (at.isPresent() && machine.kernelSpace().read(at.getAsLong(), text, 0, text.length)) {
      String laboratory = UnicodeString.bytesToZero(text, 0, text.length);
      row.setNtBuildLab(laboratory.isEmpty() ? null : laboratory);
    }
  }

  private static void shared(HostRow row, SharedUserData data) {
    row.setProductType(
        switch (data.ntProductType()) {
          case 1 -> "workstation";
          case 2 -> "domain_controller";
          case 3 -> "server";
          default -> null;
        });
    if (row.getNtBuild() != null && row.getProductType() != null) {
      boolean server = data.ntProductType() != 1;
      row.setOsName(WindowsRelease.name(row.getNtBuild(), server).orElse(null));
    }
    row.setSystemRoot(data.systemRoot());
    Instant now = FileTimes.instant(data.systemTime());
    row.setSnapshotTime(now == null ? row.getSnapshotTime() : now);
    row.setBootTime(FileTimes.instant(data.systemTime() - data.interruptTime()));
    row.setTimeZoneBiasMinutes(data.timeZoneBiasMinutes());
    int processors = data.activeProcessorCount();
    row.setCpus(processors > 0 && processors <= MAXIMUM_PROCESSORS ? processors : null);
  }

  private static void processors(HostRow row, Machine machine) throws IOException {
    OptionalLong at = machine.addressOf("KeNumberProcessors");
    byte[] number = new byte[Integer.BYTES];
    if (at.isPresent() && machine.kernelSpace().read(at.getAsLong(), number, 0, number.length)) {
      int processors = LittleEndian.i32(number, 0);
      row.setCpus(processors > 0 && processors <= MAXIMUM_PROCESSORS ? processors : null);
    }
  }

  private static HostRow withGaps(HostRow row, Absence sharedData) {
    if (row.getSchema().getField("gaps") == null) {
      return row;
    }
    Gaps gaps = new Gaps();
    if (row.getSystemRoot() == null) {
      gaps.add("system_root", sharedData);
    }
    if (row.getBootTime() == null) {
      gaps.add("boot_time", sharedData);
    }
    gaps.into(row);
    return row;
  }

  private static Integer positive(int value) {
    return value > 0 ? value : null;
  }

  private static Long nonZero(long value) {
    return value == 0 ? null : value;
  }
}
