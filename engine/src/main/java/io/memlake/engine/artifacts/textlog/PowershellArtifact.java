package io.memlake.engine.artifacts.textlog;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.PowershellHistoryRow;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@code powershell_history} from the files in which PSReadLine keeps typed commands. */
public final class PowershellArtifact implements MachineArtifact<PowershellHistoryRow> {
  private static final String TABLE = "powershell_history";
  private static final int MAX_COMMAND = 32_768;
  private static final int SURE = 90;
  private static final Pattern USER = Pattern.compile("\\\\Users\\\\([^\\\\]+)\\\\");

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<PowershellHistoryRow> rowType() {
    return PowershellHistoryRow.class;
  }

  @Override
  public Collected collect(
      MachineView view,
      RowSink<? super PowershellHistoryRow> rows,
      RowSink<? super ErrorRow> errors)
      throws IOException {
    try {
      long count = 0;
      for (TextLog log : TextLog.of(view, PowershellArtifact::isHistory)) {
        List<String> lines = log.lines();
        for (int i = 0; i < lines.size(); i++) {
          if (!lines.get(i).isBlank()) {
            rows.accept(row(log, i + 1, lines.get(i)));
            count++;
          }
        }
      }
      return Collected.of(count, 0);
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
  }

  private static boolean isHistory(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return lower.contains("\\psreadline\\") && lower.endsWith("_history.txt");
  }

  private static PowershellHistoryRow row(TextLog log, int number, String line) {
    PowershellHistoryRow row = new PowershellHistoryRow();
    row.setSource("walk");
    row.setForensicPath(ForensicPath.kernel(log.object()));
    row.setConfidence(SURE);
    row.setAddress(log.object());
    row.setOrigin("file");
    row.setLineNumber(number);
    row.setCommand(line.length() <= MAX_COMMAND ? line : line.substring(0, MAX_COMMAND));
    Matcher user = USER.matcher(log.path());
    row.setUserName(user.find() ? user.group(1) : null);
    row.setPath(log.path());
    return row;
  }
}
