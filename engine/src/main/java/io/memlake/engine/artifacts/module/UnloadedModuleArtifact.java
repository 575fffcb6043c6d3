package io.memlake.engine.artifacts.module;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.PerProcessArtifact;
import io.memlake.engine.artifacts.ProcessView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.module.LoaderModule;
import io.memlake.engine.objects.module.UnloadTrace;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.UnloadedModuleRow;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Fills {@code unloaded_modules} with the rings of a process. That it cannot be found says nothing
 * of the process, so it is no gap; symbols that the loader needs are reported by {@code modules}.
 */
public final class UnloadedModuleArtifact implements PerProcessArtifact<UnloadedModuleRow> {
  private static final String NTDLL = "ntdll.dll";

  @Override
  public String table() {
    return "unloaded_modules";
  }

  @Override
  public Class<UnloadedModuleRow> rowType() {
    return UnloadedModuleRow.class;
  }

  @Override
  public Collected collect(
      MachineView view,
      Eprocess process,
      RowSink<? super UnloadedModuleRow> rows,
      RowSink<? super ErrorRow> errors)
      throws IOException {
    if (process.peb() == 0) {
      return Collected.NOTHING;
    }
    try {
      ProcessView memory = view.processView(process);
      return memory.space().isEmpty()
          ? Collected.NOTHING
          : Collected.of(
              ring(view, memory, memory.modules().modules(), rows)
                  + ring(view, memory, memory.modules32().modules(), rows),
              0);
    } catch (MissingSymbolException e) {
      return Collected.NOTHING;
    }
  }

  private static int ring(
      MachineView view,
      ProcessView memory,
      List<LoaderModule> modules,
      RowSink<? super UnloadedModuleRow> rows)
      throws IOException {
    Optional<LoaderModule> ntdll =
        modules.stream()
            .filter(module -> module.name().orElse("").equalsIgnoreCase(NTDLL))
            .findFirst();
    if (ntdll.isEmpty()) {
      return 0;
    }
    List<UnloadTrace.Unloaded> found =
        UnloadTrace.read(
            memory.space().orElseThrow(),
            ntdll.get().base(),
            view.machine().description().version().build());
    for (UnloadTrace.Unloaded module : found) {
      UnloadedModuleRow row = new UnloadedModuleRow();
      row.setSource("walk");
      row.setForensicPath(ForensicPath.process(memory.pid(), module.entry()));
      row.setConfidence(90);
      row.setPid(memory.pid());
      row.setProcess(memory.process().imageFileName());
      row.setName(module.name().isEmpty() ? null : module.name());
      row.setStart(module.base());
      row.setEnd(module.base() + module.size());
      row.setSize(module.size());
      row.setWow64(ntdll.get().bits() == 32);
      row.setSlot(module.slot());
      row.setEntry(module.entry());
      rows.accept(row);
    }
    return found.size();
  }
}
