package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.registry.ValueNode;
import io.memlake.schemas.row.EnvironmentRow;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/** Environment variables of the machine, of users and of their sessions. */
final class Environment implements HiveInterpreter {
  @Override
  public String table() {
    return "environment";
  }

  @Override
  public Set<HiveKind> kinds() {
    return Set.of(HiveKind.SYSTEM, HiveKind.NTUSER, HiveKind.DEFAULT);
  }

  @Override
  public void read(HiveReading hive, RowSink<SpecificRecordBase> rows) throws IOException {
    if (hive.kind() == HiveKind.SYSTEM) {
      variables(
          hive, "machine", hive.findInControlSet("Control\\Session Manager\\Environment"), rows);
      return;
    }
    variables(hive, "user", hive.find("Environment"), rows);
    Optional<RegistryKey> session = hive.find("Volatile Environment");
    variables(hive, "session", session, rows);
    // One key a session below, with what differs between them.
    List<RegistryKey> sessions = session.isEmpty() ? List.of() : session.get().subkeys();
    for (RegistryKey one : sessions) {
      variables(hive, "session", Optional.of(one), rows);
    }
  }

  private static void variables(
      HiveReading hive, String scope, Optional<RegistryKey> key, RowSink<SpecificRecordBase> rows)
      throws IOException {
    if (key.isEmpty()) {
      return;
    }
    for (ValueNode value : key.get().values()) {
      EnvironmentRow row = hive.stamp(new EnvironmentRow(), key.get());
      row.setScope(scope);
      row.setName(value.name());
      String text = key.get().text(value);
      row.setValue(text == null ? "" : text);
      rows.accept(row);
    }
  }
}
