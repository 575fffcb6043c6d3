package io.memlake.engine.artifacts.textlog;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.row.DefenderLogRow;
import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code defender_logs} from MPLog and MPDetection files. A line begins with its time; what
 * follows says by its first word what it tells. Lines about threats are taken, those about engine
 * and signatures are not.
 */
public final class DefenderArtifact implements MachineArtifact<DefenderLogRow> {
  private static final String TABLE = "defender_logs";
  private static final int MAX_MESSAGE = 4096;
  private static final int SURE = 90;

  private static final Pattern LINE =
      Pattern.compile("^(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z)[ :]*(.*)$");

  private static final Pattern TOLD =
      Pattern.compile(
          "(?i)^(DETECTION_\\w+|DETECTIONEVENT|DETECTION|THREAT\\w*|QUARANTINE\\w*|BM telemetry"
              + "|Engine:command line reported as lowfi|SDN:|RTP:Blocked|Remediation)\\b");

  private static final Pattern THREAT =
      Pattern.compile(
          "\\b((?:Trojan|Backdoor|Ransom|HackTool|Virus|Worm|Exploit|Behavior|PUA|Adware|TrojanDownloader"
              + "|TrojanDropper|TrojanSpy|VirTool|PWS|Tool|Program|SoftwareBundler|BrowserModifier|DoS)"
              + ":[A-Za-z0-9_/.!-]+)");

  private static final Pattern PATH =
      Pattern.compile("(?i)(?:file:|containerfile:|process:|regkey:|amsi:)*([A-Z]:\\\\[^|\"<>;]+)");

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<DefenderLogRow> rowType() {
    return DefenderLogRow.class;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super DefenderLogRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    try {
      long count = 0;
      for (TextLog log : TextLog.of(view, DefenderArtifact::isLog)) {
        List<String> lines = log.lines();
        for (int i = 0; i < lines.size(); i++) {
          Optional<DefenderLogRow> row = row(log, i + 1, lines.get(i));
          if (row.isPresent()) {
            rows.accept(row.get());
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

  private static boolean isLog(String path) {
    String name = path.substring(path.lastIndexOf('\\') + 1).toLowerCase(Locale.ROOT);
    return (name.startsWith("mplog-") || name.startsWith("mpdetection-")) && name.endsWith(".log");
  }

  private static Optional<DefenderLogRow> row(TextLog log, int number, String line) {
    Matcher parts = LINE.matcher(line);
    String told = parts.matches() ? parts.group(2) : line;
    Matcher kind = TOLD.matcher(told);
    Matcher threat = THREAT.matcher(told);
    boolean named = threat.find();
    boolean known = kind.find();
    if (!named && !known) {
      return Optional.empty();
    }
    DefenderLogRow row = new DefenderLogRow();
    row.setSource("walk");
    row.setForensicPath(ForensicPath.kernel(log.object()));
    row.setConfidence(SURE);
    row.setAddress(log.object());
    row.setOrigin("file");
    row.setLineNumber(number);
    row.setKind(known ? kind.group(1).toUpperCase(Locale.ROOT) : "THREAT");
    row.setTimeCreated(parts.matches() ? time(parts.group(1)) : null);
    row.setThreat(named ? threat.group(1) : null);
    Matcher path = PATH.matcher(told);
    row.setPath(path.find() ? path.group(1).strip() : null);
    row.setMessage(told.length() <= MAX_MESSAGE ? told : told.substring(0, MAX_MESSAGE));
    return Optional.of(row);
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
