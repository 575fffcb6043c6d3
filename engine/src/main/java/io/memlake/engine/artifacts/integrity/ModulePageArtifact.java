package io.memlake.engine.artifacts.integrity;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.PerProcessArtifact;
import io.memlake.engine.artifacts.ProcessView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.vad.MappedPages;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.objects.vad.VadType;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.ModulePageRow;
import java.io.IOException;
import java.util.Optional;

/** Fills {@code module_pages} from the views of executables of a process. */
public final class ModulePageArtifact implements PerProcessArtifact<ModulePageRow> {
  private static final String TABLE = "module_pages";

  private final CodePages pages = new CodePages();

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<ModulePageRow> rowType() {
    return ModulePageRow.class;
  }

  @Override
  public Collected collect(
      MachineView view,
      Eprocess process,
      RowSink<? super ModulePageRow> rows,
      RowSink<? super ErrorRow> errors)
      throws IOException {
    try {
      ProcessView memory = view.processView(process);
      Optional<MappedPages> mapped =
          memory.vads().nodes().isEmpty() ? Optional.empty() : memory.pages();
      if (mapped.isEmpty()) {
        return Collected.NOTHING;
      }
      ModulePages made = new ModulePages(memory, mapped.get(), pages, rows);
      for (VadNode node : memory.vads().nodes()) {
        if (node.type() == VadType.IMAGE_MAP) {
          made.add(node);
        }
      }
      return Collected.of(made.count(), 0);
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
  }
}
