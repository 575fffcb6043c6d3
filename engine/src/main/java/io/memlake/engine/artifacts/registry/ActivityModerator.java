package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.registry.ValueNode;
import io.memlake.schemas.row.BamRow;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Programs that the background and desktop activity moderators saw: services {@code bam} and {@code
 * dam}, a key a user, a value a program whose data begin with a FILETIME. Windows 10 1809 moved the
 * keys below {@code State}.
 */
final class ActivityModerator implements HiveInterpreter {
  private static final List<String> MODERATORS = List.of("bam", "dam");
  private static final List<String> PLACES = List.of("State\\UserSettings", "UserSettings");

  @Override
  public String table() {
    return "bam";
  }

  @Override
  public Set<HiveKind> kinds() {
    return Set.of(HiveKind.SYSTEM);
  }

  @Override
  public void read(HiveReading hive, RowSink<SpecificRecordBase> rows) throws IOException {
    for (String moderator : MODERATORS) {
      for (String place : PLACES) {
        Optional<RegistryKey> users =
            hive.findInControlSet("Services\\" + moderator + "\\" + place);
        if (users.isPresent()) {
          for (RegistryKey user : users.get().subkeys()) {
            programs(hive, moderator, user, rows);
          }
        }
      }
    }
  }

  private static void programs(
      HiveReading hive, String moderator, RegistryKey user, RowSink<SpecificRecordBase> rows)
      throws IOException {
    for (ValueNode value : user.values()) {
      byte[] data = user.bytes(value).orElse(new byte[0]);
      // Version and SequenceNumber are numbers of 4 bytes.
      if (data.length >= Long.BYTES) {
        BamRow row = hive.stamp(new BamRow(), user);
        row.setModerator(moderator);
        row.setSid(user.name());
        row.setPath(value.name());
        row.setLastRun(FileTimes.instant(LittleEndian.i64(data, 0)));
        rows.accept(row);
      }
    }
  }
}
