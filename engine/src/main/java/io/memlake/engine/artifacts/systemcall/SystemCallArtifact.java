package io.memlake.engine.artifacts.systemcall;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.artifacts.process.SeenProcess;
import io.memlake.engine.objects.module.KernelAddressNames;
import io.memlake.engine.objects.systemcall.SystemCall;
import io.memlake.engine.objects.systemcall.SystemCallTable;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.SystemCallRow;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Fills {@code ssdt}. */
public final class SystemCallArtifact implements MachineArtifact<SystemCallRow> {
  private static final String TABLE = "ssdt";

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<SystemCallRow> rowType() {
    return SystemCallRow.class;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super SystemCallRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    try {
      KernelAddressNames names = view.kernel().names();
      SystemCallTable kernel = SystemCallTable.kernel(view.kernel().memory(), names::inKernel);
      if (kernel.table() == 0) {
        errors.accept(ErrorRows.missingSymbols(TABLE, "the address of KiServiceTable is unknown"));
      }
      long count = write(names, "nt", kernel, names::inKernel, rows, errors);
      LongPredicate inWin32k =
          address ->
              names
                  .moduleName(address)
                  .map(name -> name.toLowerCase(Locale.ROOT).startsWith("win32k"))
                  .orElse(false);
      SystemCallTable win32k =
          SystemCallTable.win32k(view.kernel().memory(), session(view), inWin32k);
      count += write(names, "win32k", win32k, inWin32k, rows, errors);
      return Collected.of(count, 0);
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
  }

  /** The space of a process in a session, since System maps no session memory. */
  private static AddressSpace session(MachineView view) throws IOException {
    Optional<SeenProcess> process =
        view.processes().processes().stream()
            .filter(seen -> seen.process().imageFileName().equals("csrss.exe"))
            .filter(seen -> seen.process().exitTime() == 0)
            .findFirst();
    return process.isPresent()
        ? view.machine().space(process.get().process().directoryTableBase())
        : view.machine().kernelSpace();
  }

  private static long write(
      KernelAddressNames names,
      String service,
      SystemCallTable table,
      LongPredicate inOwner,
      RowSink<? super SystemCallRow> rows,
      RowSink<? super ErrorRow> errors)
      throws IOException {
    for (SystemCall call : table.calls()) {
      SystemCallRow row = new SystemCallRow();
      row.setSource("walk");
      row.setForensicPath(ForensicPath.kernel(call.entry()));
      row.setConfidence(90);
      row.setServiceTable(service);
      row.setNumber(call.number());
      row.setAddress(call.address());
      row.setModule(names.moduleName(call.address()).orElse(null));
      row.setSymbol(names.symbol(call.address()).orElse(null));
      row.setStackArguments(call.stackArguments() < 0 ? null : call.stackArguments());
      row.setEntry(call.entry());
      row.setForeignPointer(!inOwner.test(call.address()));
      rows.accept(row);
    }
    if (table.lost() > 0) {
      errors.accept(
          ErrorRows.gap(
              TABLE,
              "service table " + service,
              table.table(),
              Absence.UNREADABLE,
              table.lost() + " entries are not in the image"));
    }
    return table.calls().size();
  }
}
