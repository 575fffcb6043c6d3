package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.registry.ValueNode;
import io.memlake.schemas.row.RunKeyRow;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/** Entries that start programs by themselves, in the hives of the machine and of users. */
final class RunKeys implements HiveInterpreter {
  private static final String CV = "Microsoft\\Windows\\CurrentVersion\\";
  private static final String NT = "Microsoft\\Windows NT\\CurrentVersion\\";
  private static final String WOW = "Wow6432Node\\";

  /**
   * How the entries of a key are told: all its values, some of them, or one value of each subkey.
   */
  private enum Shape {
    ALL_VALUES,
    NAMED_VALUES,
    VALUE_OF_SUBKEYS
  }

  /**
   * A place.
   *
   * @param path below Software for users and below the root of SOFTWARE, or in the control set
   * @param values names for the shapes that need them
   */
  private record Place(String kind, String path, Shape shape, List<String> values) {
    static Place all(String kind, String path) {
      return new Place(kind, path, Shape.ALL_VALUES, List.of());
    }

    static Place some(String kind, String path, String... values) {
      return new Place(kind, path, Shape.NAMED_VALUES, List.of(values));
    }

    static Place below(String kind, String path, String value) {
      return new Place(kind, path, Shape.VALUE_OF_SUBKEYS, List.of(value));
    }
  }

  /** In SOFTWARE, and in the key Software of users. */
  private static final List<Place> SOFTWARE =
      List.of(
          Place.all("run", CV + "Run"),
          Place.all("run", WOW + CV + "Run"),
          Place.all("run_once", CV + "RunOnce"),
          Place.all("run_once", WOW + CV + "RunOnce"),
          Place.all("run_once", CV + "RunOnceEx"),
          Place.all("run", CV + "RunServices"),
          Place.all("policies_run", CV + "Policies\\Explorer\\Run"),
          Place.some(
              "winlogon", NT + "Winlogon", "Shell", "Userinit", "Taskman", "VmApplet", "GinaDLL"),
          Place.some("load", NT + "Windows", "Load", "Run"),
          Place.some("appinit_dlls", NT + "Windows", "AppInit_DLLs"),
          Place.some("appinit_dlls", WOW + NT + "Windows", "AppInit_DLLs"),
          Place.below("image_file_debugger", NT + "Image File Execution Options", "Debugger"),
          Place.below("image_file_debugger", NT + "Image File Execution Options", "VerifierDlls"),
          Place.below("silent_exit_monitor", NT + "SilentProcessExit", "MonitorProcess"),
          Place.below("active_setup", "Microsoft\\Active Setup\\Installed Components", "StubPath"),
          Place.all("netsh_helper", "Microsoft\\NetSh"));

  private static final List<Place> USER =
      List.of(
          Place.some("screensaver", "Control Panel\\Desktop", "SCRNSAVE.EXE"),
          Place.some("logon_script", "Environment", "UserInitMprLogonScript"));

  private static final List<Place> SYSTEM =
      List.of(
          Place.some(
              "boot_execute",
              "Control\\Session Manager",
              "BootExecute",
              "SetupExecute",
              "Execute",
              "S0InitialCommand"),
          Place.all("appcert_dlls", "Control\\Session Manager\\AppCertDLLs"),
          Place.some(
              "lsa_package",
              "Control\\Lsa",
              "Authentication Packages",
              "Notification Packages",
              "Security Packages"),
          Place.below("print_monitor", "Control\\Print\\Monitors", "Driver"));

  @Override
  public String table() {
    return "run_keys";
  }

  @Override
  public Set<HiveKind> kinds() {
    return Set.of(HiveKind.SOFTWARE, HiveKind.NTUSER, HiveKind.DEFAULT, HiveKind.SYSTEM);
  }

  @Override
  public void read(HiveReading hive, RowSink<SpecificRecordBase> rows) throws IOException {
    switch (hive.kind()) {
      case SYSTEM -> {
        for (Place place : SYSTEM) {
          place(hive, place, hive.findInControlSet(place.path()), rows);
        }
      }
      case SOFTWARE -> {
        for (Place place : SOFTWARE) {
          place(hive, place, hive.find(place.path()), rows);
        }
      }
      default -> {
        for (Place place : SOFTWARE) {
          place(hive, place, hive.find("Software\\" + place.path()), rows);
        }
        for (Place place : USER) {
          place(hive, place, hive.find(place.path()), rows);
        }
      }
    }
  }

  private static void place(
      HiveReading hive, Place place, Optional<RegistryKey> key, RowSink<SpecificRecordBase> rows)
      throws IOException {
    if (key.isEmpty()) {
      return;
    }
    switch (place.shape()) {
      case ALL_VALUES -> {
        for (ValueNode value : key.get().values()) {
          row(hive, place, key.get(), value.name(), key.get().text(value), rows);
        }
      }
      case NAMED_VALUES -> {
        for (String name : place.values()) {
          for (String command : key.get().texts(name)) {
            row(hive, place, key.get(), name, command, rows);
          }
        }
      }
      default -> {
        for (RegistryKey subkey : key.get().subkeys()) {
          String command = subkey.text(place.values().get(0));
          row(hive, place, subkey, subkey.name(), command, rows);
        }
      }
    }
  }

  private static void row(
      HiveReading hive,
      Place place,
      RegistryKey key,
      String entry,
      String command,
      RowSink<SpecificRecordBase> rows)
      throws IOException {
    if (command == null) {
      return;
    }
    RunKeyRow row = hive.stamp(new RunKeyRow(), key);
    row.setKind(place.kind());
    row.setEntry(entry);
    row.setCommand(command);
    rows.accept(row);
  }
}
