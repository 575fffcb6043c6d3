package io.memlake.engine.artifacts.module;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.list.ListBreak;
import io.memlake.engine.objects.module.ImageFacts;
import io.memlake.engine.objects.module.KernelModule;
import io.memlake.engine.objects.module.KernelModuleList;
import io.memlake.engine.objects.pool.KernelModuleScan;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.KernelModuleRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Fills {@code kernel_modules} from the kernel's list and from the scan of loader entries. */
public final class KernelModuleArtifact implements MachineArtifact<KernelModuleRow> {
  private static final String TABLE = "kernel_modules";
  private static final String LIST = "PsLoadedModuleList";

  /** 1 GiB: the largest driver that is believed. */
  private static final long MAXIMUM_PAGES = 1 << 18;

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<KernelModuleRow> rowType() {
    return KernelModuleRow.class;
  }

  @Override
  public boolean readsNarrow() {
    return true;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super KernelModuleRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    KernelModuleList list;
    List<KernelModule> scanned;
    try {
      list = KernelModuleList.walk(view.machine());
      scanned =
          KernelModuleScan.modules(
              view.machine(), view.candidates().pages(), view.candidates().hits());
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
    reportDamage(view, list, errors);
    // A kernel that gives its loader entries another tag says nothing about who is missing.
    boolean scanKnows = view.candidates().scanned() && !scanned.isEmpty();
    Set<Long> inScan = new HashSet<>();
    scanned.forEach(module -> inScan.add(module.entry()));
    Set<Long> inList = new HashSet<>();
    int order = 0;
    for (KernelModule module : list.modules()) {
      inList.add(module.entry());
      KernelModuleRow row = row(view, module);
      row.setSource("walk");
      row.setLoadOrder(order++);
      row.setInList(true);
      row.setInScan(scanKnows ? inScan.contains(module.entry()) : null);
      row.setConfidence(inScan.contains(module.entry()) ? 100 : 90);
      rows.accept(row);
    }
    List<KernelModule> scanOnly = new ArrayList<>(scanned);
    scanOnly.removeIf(module -> inList.contains(module.entry()));
    for (KernelModule module : scanOnly) {
      KernelModuleRow row = row(view, module);
      row.setSource("scan");
      row.setInList(view.machine().description().loadedModuleList() == 0 ? null : false);
      row.setInScan(true);
      row.setConfidence(60);
      rows.accept(row);
    }
    return Collected.of(order + scanOnly.size(), list.breaks().size());
  }

  private static void reportDamage(
      MachineView view, KernelModuleList list, RowSink<? super ErrorRow> errors)
      throws IOException {
    long head = view.machine().description().loadedModuleList();
    if (head == 0) {
      errors.accept(ErrorRows.missingSymbols(TABLE, "the address of " + LIST + " is not known"));
    }
    for (ListBreak broken : list.breaks()) {
      errors.accept(ErrorRows.gap(TABLE, LIST, broken.at(), Absence.UNPARSABLE, broken.toString()));
    }
    ErrorRows.gaps(errors, TABLE, LIST, head, null, list.problems());
  }

  private static KernelModuleRow row(MachineView view, KernelModule module) throws IOException {
    AddressSpace space = view.machine().kernelSpace();
    long physicalAddress = space.translate(module.entry());
    KernelModuleRow row = new KernelModuleRow();
    Gaps gaps = new Gaps();
    row.setLayer(physicalAddress == AddressSpace.ABSENT ? null : "physical");
    row.setForensicPath(ForensicPath.kernel(module.entry()));
    row.setName(module.name().orElse(null));
    row.setPath(module.path().orElse(null));
    row.setBase(module.base());
    row.setSize(module.size());
    row.setEntryPoint(module.entryPoint());
    row.setLdrEntry(module.entry());
    row.setPhysicalAddress(physicalAddress == AddressSpace.ABSENT ? null : physicalAddress);
    if (row.getName() == null) {
      gaps.add("name", Absence.UNREADABLE);
    }
    if (row.getPath() == null) {
      gaps.add("path", Absence.UNREADABLE);
    }
    image(row, ImageFacts.read(space, module.base(), module.size(), MAXIMUM_PAGES), gaps);
    gaps.into(row);
    return row;
  }

  private static void image(KernelModuleRow row, ImageFacts facts, Gaps gaps) {
    row.setPagesPresent(facts.counted() ? facts.pagesPresent() : null);
    if (facts.header().isEmpty()) {
      gaps.add("timestamp", Absence.UNREADABLE);
      gaps.add("checksum", Absence.UNREADABLE);
    } else {
      row.setTimestamp(facts.header().get().timeDateStamp());
      row.setChecksum(facts.header().get().checkSum());
    }
    if (facts.debug().isPresent()) {
      row.setPdbName(facts.debug().get().path());
      row.setPdbGuid(facts.debug().get().guid());
      row.setPdbAge(facts.debug().get().age());
    }
  }
}
