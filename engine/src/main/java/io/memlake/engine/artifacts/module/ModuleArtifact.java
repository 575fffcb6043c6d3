package io.memlake.engine.artifacts.module;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.PerProcessArtifact;
import io.memlake.engine.artifacts.ProcessView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.module.LoaderModule;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.objects.vad.VadType;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.ModuleRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Fills {@code modules} from the loader lists of a process and from its mapped executables. */
public final class ModuleArtifact implements PerProcessArtifact<ModuleRow> {
  private static final String TABLE = "modules";

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<ModuleRow> rowType() {
    return ModuleRow.class;
  }

  @Override
  public boolean readsNarrow() {
    return true;
  }

  @Override
  public Collected collect(
      MachineView view,
      Eprocess process,
      RowSink<? super ModuleRow> rows,
      RowSink<? super ErrorRow> errors)
      throws IOException {
    int pid = (int) process.uniqueProcessId();
    try {
      view.moduleReader();
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
    if (process.peb() == 0) {
      return Collected.NOTHING;
    }
    ProcessView memory = view.processView(process);
    if (memory.space().isEmpty()) {
      errors.accept(gap(pid, "page tables", "its page tables are not in the image"));
      return Collected.NOTHING;
    }
    if (view.processReader().peb(process, memory.space().get()).isEmpty()) {
      errors.accept(gap(pid, "PEB", "its PEB is not in the image"));
    }
    List<ModuleRow> found = new ArrayList<>();
    ModuleRows made = new ModuleRows(view, memory);
    for (LoaderModule module : memory.modules().modules()) {
      found.add(made.listed(module));
    }
    for (LoaderModule module : memory.modules32().modules()) {
      found.add(made.listed(module));
    }
    for (VadNode node : memory.vads().nodes()) {
      boolean image = node.type() == VadType.IMAGE_MAP;
      if (image && !memory.inListedModule(node.start())) {
        found.add(made.unlisted(node));
      }
    }
    for (ModuleRow row : found) {
      rows.accept(row);
    }
    List<String> problems = new ArrayList<>(memory.modules().problems());
    problems.addAll(memory.modules32().problems());
    ErrorRows.gaps(errors, TABLE, "loader lists", 0, pid, problems);
    int breaks = memory.modules().listBreaks() + memory.modules32().listBreaks();
    return new Collected(found.size(), breaks, 0, 0, made.partial());
  }

  private static ErrorRow gap(int pid, String item, String reason) {
    return ErrorRows.inProcess(ErrorRows.gap(TABLE, item, 0, Absence.UNREADABLE, reason), pid);
  }
}
