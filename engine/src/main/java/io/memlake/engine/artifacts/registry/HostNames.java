package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.objects.registry.MountedHive;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.row.HostRow;
import java.io.IOException;
import java.util.Optional;

/** What the registry says about the host itself. */
public final class HostNames {
  private static final String NAME = "Control\\ComputerName\\";

  private HostNames() {}

  /**
   * Fills the columns of {@code hosts} that rest on SYSTEM and SOFTWARE, as far as they are there.
   */
  public static void into(HostRow row, MachineView view) throws IOException {
    try {
      HiveTable hives = view.hives();
      Optional<MountedHive> system = hives.first(HiveKind.SYSTEM);
      if (system.isPresent()) {
        system(row, HiveReading.of(system.get(), hives.spaces()));
      }
      Optional<MountedHive> software = hives.first(HiveKind.SOFTWARE);
      if (software.isPresent()) {
        software(row, HiveReading.of(software.get(), hives.spaces()));
      }
    } catch (MissingSymbolException e) {
      // The tables of the registry say that the symbols lack hives; the columns stay empty.
      row.setComputerName(null);
    }
  }

  private static void system(HostRow row, HiveReading hive) throws IOException {
    String name = text(hive, NAME + "ActiveComputerName", "ComputerName");
    name = name == null ? text(hive, NAME + "ComputerName", "ComputerName") : name;
    row.setComputerName(name);
    String parameters = "Services\\Tcpip\\Parameters";
    String domain = text(hive, parameters, "Domain");
    row.setDomain(domain == null ? text(hive, parameters, "NV Domain") : domain);
    Optional<RegistryKey> windows = hive.findInControlSet("Control\\Windows");
    row.setLastShutdown(windows.isEmpty() ? null : windows.get().time("ShutdownTime"));
    String zone = text(hive, "Control\\TimeZoneInformation", "TimeZoneKeyName");
    // The value is a fixed array: behind the end of the name there may be remains of a longer one.
    int end = zone == null ? -1 : zone.indexOf("\\0");
    row.setTimeZone(end < 0 ? zone : zone.substring(0, end));
  }

  private static void software(HostRow row, HiveReading hive) throws IOException {
    Optional<RegistryKey> version = hive.find("Microsoft\\Windows NT\\CurrentVersion");
    if (version.isPresent()) {
      row.setProductName(version.get().text("ProductName"));
      row.setInstallTime(version.get().unixTime("InstallDate"));
    }
    Optional<RegistryKey> cryptography = hive.find("Microsoft\\Cryptography");
    row.setMachineGuid(cryptography.isEmpty() ? null : cryptography.get().text("MachineGuid"));
  }

  private static String text(HiveReading hive, String path, String value) throws IOException {
    Optional<RegistryKey> key = hive.findInControlSet(path);
    return key.isEmpty() ? null : key.get().text(value);
  }
}
