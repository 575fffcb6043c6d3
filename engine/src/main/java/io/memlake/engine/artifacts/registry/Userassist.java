package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.registry.ValueNode;
import io.memlake.schemas.row.UserassistRow;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Programs that a user started from the shell: values of {@code UserAssist\GUID\Count}, whose names
 * are written with letters 13 places on.
 *
 * <pre>
 * 72 bytes  session:4 runs:4 focus:4 focusMilliseconds:4 ... 60 lastRun:8
 * 16 bytes  session:4 runs:4 lastRun:8                      before Windows 7; runs count from 5
 * </pre>
 */
final class Userassist implements HiveInterpreter {
  private static final String PATH =
      "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\UserAssist";

  private static final int NEW_SIZE = 72;
  private static final int OLD_SIZE = 16;
  private static final int OLD_FIRST_RUN = 5;

  /** Folders that stand in names, by the identifiers of the shell's known folders. */
  private static final Map<String, String> FOLDERS =
      Map.of(
          "{6D809377-6AF0-444B-8957-A3773F02200E}", "%ProgramFiles%",
          "{7C5A40EF-A0FB-4BFC-874A-C0F2E0B9FA8E}", "%ProgramFiles(x86)%",
          "{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}", "%SystemRoot%\\System32",
          "{D65231B0-B2F1-4857-A4CE-A8E7C6EA7D27}", "%SystemRoot%\\SysWOW64",
          "{F38BF404-1D43-42F2-9305-67DE0B28FC23}", "%SystemRoot%",
          "{0139D44E-6AFE-49F2-8690-3DAFCAE6FFB8}",
              "%ProgramData%\\Microsoft\\Windows\\Start Menu\\Programs",
          "{A77F5D77-2E2B-44C3-A6A2-ABA601054A51}",
              "%AppData%\\Microsoft\\Windows\\Start Menu\\Programs",
          "{9E3995AB-1F9C-4F13-B827-48B24B6C7174}",
              "%AppData%\\Microsoft\\Internet Explorer\\Quick Launch\\User Pinned",
          "{B4BFCC3A-DB2C-424C-B029-7FE99A87C641}", "%UserProfile%\\Desktop");

  private static final int GUID_LENGTH = 38;

  @Override
  public String table() {
    return "userassist";
  }

  @Override
  public Set<HiveKind> kinds() {
    return Set.of(HiveKind.NTUSER);
  }

  @Override
  public void read(HiveReading hive, RowSink<SpecificRecordBase> rows) throws IOException {
    Optional<RegistryKey> all = hive.find(PATH);
    if (all.isEmpty()) {
      return;
    }
    for (RegistryKey kind : all.get().subkeys()) {
      Optional<RegistryKey> count = kind.find("Count");
      if (count.isPresent()) {
        for (ValueNode value : count.get().values()) {
          rows.accept(row(hive, kind.name(), count.get(), value));
        }
      }
    }
  }

  private static UserassistRow row(
      HiveReading hive, String guid, RegistryKey count, ValueNode value) throws IOException {
    UserassistRow row = hive.stamp(new UserassistRow(), count);
    row.setGuid(guid);
    row.setName(decoded(value.name()));
    row.setPath(path(row.getName()));
    byte[] data = count.bytes(value).orElse(new byte[0]);
    if (data.length == NEW_SIZE) {
      row.setSession(LittleEndian.u32(data, 0));
      row.setRunCount(LittleEndian.u32(data, 4));
      row.setFocusCount(LittleEndian.u32(data, 8));
      row.setFocusMs(LittleEndian.u32(data, 12));
      row.setLastRun(FileTimes.instant(LittleEndian.i64(data, 60)));
    } else if (data.length == OLD_SIZE) {
      row.setSession(LittleEndian.u32(data, 0));
      row.setRunCount(Math.max(0, LittleEndian.u32(data, 4) - OLD_FIRST_RUN));
      row.setLastRun(FileTimes.instant(LittleEndian.i64(data, 8)));
    }
    return row;
  }

  private static String decoded(String name) {
    StringBuilder text = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        text.append((char) ('A' + (c - 'A' + 13) % 26));
      } else if (c >= 'a' && c <= 'z') {
        text.append((char) ('a' + (c - 'a' + 13) % 26));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static String path(String name) {
    String folder =
        name.length() >= GUID_LENGTH
            ? FOLDERS.get(name.substring(0, GUID_LENGTH).toUpperCase(Locale.ROOT))
            : null;
    return folder == null ? name : folder + name.substring(GUID_LENGTH);
  }
}
