package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.schemas.row.NetworkProfileRow;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/** Networks that the host was connected to: {@code NetworkList\Profiles} and their signatures. */
final class NetworkProfiles implements HiveInterpreter {
  private static final String LIST = "Microsoft\\Windows NT\\CurrentVersion\\NetworkList";
  private static final int SYSTEM_TIME = 16;
  private static final int MAC = 6;

  @Override
  public String table() {
    return "network_profiles";
  }

  @Override
  public Set<HiveKind> kinds() {
    return Set.of(HiveKind.SOFTWARE);
  }

  @Override
  public void read(HiveReading hive, RowSink<SpecificRecordBase> rows) throws IOException {
    Optional<RegistryKey> profiles = hive.find(LIST + "\\Profiles");
    if (profiles.isEmpty()) {
      return;
    }
    Map<String, RegistryKey> signatures = new HashMap<>();
    for (String kind : List.of("Managed", "Unmanaged")) {
      Optional<RegistryKey> all = hive.find(LIST + "\\Signatures\\" + kind);
      if (all.isPresent()) {
        for (RegistryKey signature : all.get().subkeys()) {
          signatures.put(signature.text("ProfileGuid"), signature);
        }
      }
    }
    for (RegistryKey profile : profiles.get().subkeys()) {
      rows.accept(row(hive, profile, signatures.get(profile.name())));
    }
  }

  private static NetworkProfileRow row(HiveReading hive, RegistryKey profile, RegistryKey signature)
      throws IOException {
    NetworkProfileRow row = hive.stamp(new NetworkProfileRow(), profile);
    row.setGuid(profile.name());
    row.setProfileName(profile.text("ProfileName"));
    row.setDescription(profile.text("Description"));
    Integer category = profile.integer("Category");
    row.setCategory(
        category == null
            ? null
            : switch (category) {
              case 0 -> "public";
              case 1 -> "private";
              case 2 -> "domain";
              default -> null;
            });
    Integer medium = profile.integer("NameType");
    row.setMedium(
        medium == null
            ? null
            : switch (medium) {
              case 0x06 -> "wired";
              case 0x17 -> "vpn";
              case 0x47 -> "wireless";
              case 0xF3 -> "mobile";
              default -> null;
            });
    row.setFirstConnected(systemTime(profile.bytes("DateCreated")));
    row.setLastConnected(systemTime(profile.bytes("DateLastConnected")));
    if (signature != null) {
      row.setDnsSuffix(signature.text("DnsSuffix"));
      row.setSsid(signature.text("FirstNetwork"));
      row.setGatewayMac(mac(signature.bytes("DefaultGatewayMac")));
    }
    return row;
  }

  /** SYSTEMTIME: year, month, day of the week, day, hour, minute, second, millisecond. */
  private static Instant systemTime(Optional<byte[]> data) {
    if (data.isEmpty() || data.get().length != SYSTEM_TIME) {
      return null;
    }
    byte[] time = data.get();
    try {
      return LocalDateTime.of(
              LittleEndian.u16(time, 0),
              LittleEndian.u16(time, 2),
              LittleEndian.u16(time, 6),
              LittleEndian.u16(time, 8),
              LittleEndian.u16(time, 10),
              LittleEndian.u16(time, 12),
              LittleEndian.u16(time, 14) * 1_000_000)
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static String mac(Optional<byte[]> data) {
    return data.isEmpty() || data.get().length != MAC
        ? null
        : String.join(":", Hex.bytes(data.get()).split("(?<=\\G..)", MAC));
  }
}
