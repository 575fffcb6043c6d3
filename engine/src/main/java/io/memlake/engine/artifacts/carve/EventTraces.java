package io.memlake.engine.artifacts.carve;

import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.eventlog.EventData;
import io.memlake.engine.objects.eventlog.EventRecord;
import io.memlake.engine.objects.eventlog.EventSystem;
import io.memlake.schemas.row.DefenderLogRow;
import io.memlake.schemas.row.PowershellHistoryRow;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/** Events that tell of commands of PowerShell and of threats that Defender saw. */
final class EventTraces {
  static final String POWERSHELL = "powershell_history";
  static final String DEFENDER = "defender_logs";

  private static final int MAX_COMMAND = 32_768;
  private static final int MAX_MESSAGE = 4096;

  private EventTraces() {}

  /** Whether any table is wanted that events fill. */
  static boolean wanted(String events, Set<String> tables) {
    return !Collections.disjoint(tables, Set.of(events, POWERSHELL, DEFENDER));
  }

  static void rows(
      Candidate candidate, EventRecord record, Set<String> tables, RowSink<SpecificRecordBase> rows)
      throws IOException {
    String provider = record.system().provider().toLowerCase(Locale.ROOT);
    if (record.xml().isEmpty()) {
      return;
    }
    if (provider.contains("powershell") && tables.contains(POWERSHELL)) {
      powershell(candidate, record, rows);
    } else if (provider.equals("microsoft-windows-windows defender") && tables.contains(DEFENDER)) {
      rows.accept(defender(candidate, record));
    }
  }

  private static void powershell(
      Candidate candidate, EventRecord record, RowSink<SpecificRecordBase> rows)
      throws IOException {
    String command =
        switch (record.system().eventId()) {
          case 4104 -> value(record, "ScriptBlockText");
          case 4103 -> value(record, "Payload");
          case 400, 800 -> hostApplication(record);
          default -> "";
        };
    if (command.isEmpty()) {
      return;
    }
    EventSystem system = record.system();
    PowershellHistoryRow row = candidate.stamp(new PowershellHistoryRow(), record.offset());
    row.setOrigin("event");
    row.setLineNumber(0);
    row.setCommand(cut(command, MAX_COMMAND));
    row.setUserName(text(system.userSid()));
    row.setTimeCreated(EventRows.time(system.timeCreated()));
    row.setEventId(system.eventId());
    row.setScriptBlockId(text(value(record, "ScriptBlockId")));
    row.setPart(number(value(record, "MessageNumber")));
    row.setPath(text(value(record, "Path")));
    rows.accept(row);
  }

  /** Classic events carry their details as lines "Name=value" in one text. */
  private static String hostApplication(EventRecord record) {
    for (EventData data : record.data()) {
      int at = data.value().indexOf("HostApplication=");
      if (at >= 0) {
        String rest = data.value().substring(at + "HostApplication=".length());
        return rest.lines().findFirst().orElse("").strip();
      }
    }
    return "";
  }

  private static DefenderLogRow defender(Candidate candidate, EventRecord record) {
    EventSystem system = record.system();
    DefenderLogRow row = candidate.stamp(new DefenderLogRow(), record.offset());
    row.setOrigin("event");
    row.setLineNumber(0);
    row.setKind(kind(system.eventId()));
    row.setTimeCreated(EventRows.time(system.timeCreated()));
    row.setEventId(system.eventId());
    row.setThreat(text(value(record, "Threat Name")));
    row.setPath(text(value(record, "Path")));
    row.setProcess(text(value(record, "Process Name")));
    String user = value(record, "Detection User");
    row.setUserName(text(user.isEmpty() ? value(record, "User") : user));
    row.setMessage(cut(record.dataJson(), MAX_MESSAGE));
    return row;
  }

  private static String kind(int event) {
    return switch (event) {
      case 1006, 1116 -> "detected";
      case 1007, 1117 -> "action taken";
      case 1008, 1118, 1119 -> "action failed";
      case 1009 -> "restored from quarantine";
      case 1013 -> "history deleted";
      case 1015 -> "suspicious behavior";
      case 1121, 1122 -> "attack surface rule";
      case 5001 -> "real-time protection off";
      case 5004, 5007 -> "configuration changed";
      case 5010, 5012 -> "scanning off";
      default -> "event " + event;
    };
  }

  private static String value(EventRecord record, String name) {
    for (EventData data : record.data()) {
      if (data.name().equalsIgnoreCase(name)) {
        return data.value();
      }
    }
    return "";
  }

  private static String text(String text) {
    return text.isEmpty() ? null : text;
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }

  private static Integer number(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.valueOf(text) : null;
  }
}
