package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.schemas.row.UserRow;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/** Profiles of all users that ever logged on, domain users included: {@code ProfileList}. */
final class ProfileList implements HiveInterpreter {
  private static final String PATH = "Microsoft\\Windows NT\\CurrentVersion\\ProfileList";

  @Override
  public String table() {
    return "users";
  }

  @Override
  public Set<HiveKind> kinds() {
    return Set.of(HiveKind.SOFTWARE);
  }

  @Override
  public void read(HiveReading hive, RowSink<SpecificRecordBase> rows) throws IOException {
    Optional<RegistryKey> list = hive.find(PATH);
    if (list.isEmpty()) {
      return;
    }
    for (RegistryKey profile : list.get().subkeys()) {
      UserRow row = hive.stamp(new UserRow(), profile);
      row.setOrigin("profile_list");
      row.setSid(profile.name());
      row.setRid(rid(profile.name()));
      row.setProfilePath(profile.text("ProfileImagePath"));
      row.setProfileLoaded(loaded(profile));
      rows.accept(row);
    }
  }

  private static Long rid(String sid) {
    String last = sid.substring(sid.lastIndexOf('-') + 1);
    return last.matches("\\d{1,10}") ? Long.valueOf(last) : null;
  }

  /** Two numbers of 32 bits; Windows 10 keeps them under names of its own. */
  private static Instant loaded(RegistryKey profile) throws IOException {
    Long high = profile.number("LocalProfileLoadTimeHigh");
    Long low = profile.number("LocalProfileLoadTimeLow");
    if (high == null || low == null) {
      high = profile.number("ProfileLoadTimeHigh");
      low = profile.number("ProfileLoadTimeLow");
    }
    return high == null || low == null ? null : FileTimes.instant(high << 32 | low);
  }
}
