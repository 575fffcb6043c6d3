package io.memlake.engine.artifacts.process;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.PerProcessArtifact;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.process.Environment;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.Peb;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.row.EnvironmentVariableRow;
import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import java.util.Optional;

/** Fills {@code process_environment} from the PEB of a process. */
public final class EnvironmentArtifact implements PerProcessArtifact<EnvironmentVariableRow> {
  private static final String TABLE = "process_environment";

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<EnvironmentVariableRow> rowType() {
    return EnvironmentVariableRow.class;
  }

  @Override
  public boolean readsNarrow() {
    return true;
  }

  @Override
  public Collected collect(
      MachineView view,
      Eprocess process,
      RowSink<? super EnvironmentVariableRow> rows,
      RowSink<? super ErrorRow> errors)
      throws IOException {
    int pid = (int) process.uniqueProcessId();
    if (process.peb() == 0) {
      return Collected.NOTHING;
    }
    Optional<AddressSpace> space = view.processReader().space(process);
    Optional<Peb> peb =
        space.isPresent() ? view.processReader().peb(process, space.get()) : Optional.empty();
    if (peb.isEmpty()) {
      errors.accept(gap(pid, "its PEB is not in the image"));
      return Collected.NOTHING;
    }
    Environment environment = Environment.read(space.get(), peb.get());
    if (!environment.complete()) {
      errors.accept(gap(pid, "its environment is not in the image to its end"));
    }
    int position = 0;
    for (Environment.Variable variable : environment.variables()) {
      EnvironmentVariableRow row = new EnvironmentVariableRow();
      row.setSource("walk");
      row.setForensicPath(ForensicPath.process(pid, peb.get().environment()));
      row.setConfidence(100);
      row.setPid(pid);
      row.setProcess(process.imageFileName());
      row.setEprocess(process.virtualAddress());
      row.setBlock(peb.get().environment());
      row.setPosition(position++);
      row.setVariable(variable.name());
      row.setValue(variable.value());
      rows.accept(row);
    }
    return Collected.of(position, 0);
  }

  private static ErrorRow gap(int pid, String reason) {
    return ErrorRows.inProcess(
        ErrorRows.gap(TABLE, "environment", 0, Absence.UNREADABLE, reason), pid);
  }
}
