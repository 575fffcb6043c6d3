package io.memlake.engine.artifacts.token;

import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.ProcessView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.token.Token;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;

/** What the artifacts of tokens have in common. */
final class TokenOf {
  private TokenOf() {}

  /** The token of a process; when there is none, says why in {@code errors}. */
  static Optional<Token> process(
      MachineView view, Eprocess process, String table, RowSink<? super ErrorRow> errors)
      throws IOException {
    ProcessView memory = view.processView(process);
    try {
      Optional<Token> token = memory.token();
      if (token.isEmpty() && process.token() != 0) {
        ErrorRow gap =
            ErrorRows.gap(
                table, "Token", process.token(), Absence.UNREADABLE, "its token cannot be read");
        errors.accept(ErrorRows.inProcess(gap, memory.pid()));
      } else if (token.isPresent() && !token.get().complete()) {
        ErrorRow gap =
            ErrorRows.gap(
                table, "Token", process.token(), Absence.UNREADABLE, "some of its SIDs are absent");
        errors.accept(ErrorRows.inProcess(gap, memory.pid()));
      }
      return token;
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(table, e.getMessage()));
      return Optional.empty();
    }
  }

  /** Sets the columns that all rows of a process have. */
  static void common(SpecificRecordBase row, Eprocess process, Token token) {
    row.put("source", "walk");
    row.put("forensic_path", ForensicPath.kernel(token.address()));
    row.put("confidence", 100);
    row.put("pid", (int) process.uniqueProcessId());
    row.put("process", process.imageFileName());
    row.put("eprocess", process.virtualAddress());
    row.put("token", token.address());
  }
}
