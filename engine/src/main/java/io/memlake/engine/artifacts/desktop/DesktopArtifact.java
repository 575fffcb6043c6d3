package io.memlake.engine.artifacts.desktop;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.row.DesktopRow;
import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Fills {@code desktops}. */
public final class DesktopArtifact implements MachineArtifact<DesktopRow> {
  private static final String TABLE = "desktops";
  private static final Comparator<DesktopRow> ORDER =
      Comparator.comparing(DesktopRow::getType)
          .thenComparing(DesktopRow::getSessionId, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(
              DesktopRow::getWindowStationName, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(DesktopRow::getName, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(DesktopRow::getObject, Comparator.nullsLast(Long::compareUnsigned))
          .thenComparing(
              DesktopRow::getPhysicalAddress, Comparator.nullsLast(Long::compareUnsigned));

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<DesktopRow> rowType() {
    return DesktopRow.class;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super DesktopRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    List<DesktopRow> sorted;
    try {
      DesktopTable table = DesktopTable.of(view);
      if (!table.treeRead() && table.holders().isEmpty()) {
        String reason = "neither object directories nor types of objects are known";
        errors.accept(ErrorRows.gap(TABLE, "objects", 0, Absence.NOT_AVAILABLE, reason));
      }
      sorted = new ArrayList<>(new DesktopRows(view, table).all());
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
    sorted.sort(ORDER);
    for (DesktopRow row : sorted) {
      rows.accept(row);
    }
    return Collected.of(sorted.size(), 0);
  }
}
