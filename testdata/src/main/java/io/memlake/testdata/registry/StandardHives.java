package io.memlake.testdata.registry;

import io.memlake.testdata.kernel.SystemClock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The hives that every Windows has, with a little of everything that people look for in them. */
public final class StandardHives {

  /** When the machine was installed. */
  public static final Instant INSTALLED = Instant.parse("2023-06-01T09:00:00Z");

  /** When it was last shut down. */
  public static final Instant SHUTDOWN = Instant.parse("2024-03-04T17:45:10Z");

  /** When most programs in these hives last ran. */
  public static final Instant LAST_RUN = Instant.parse("2024-03-05T13:02:03Z");

  /** The user of the desktop. */
  public static final String USER_SID = "S-1-5-21-1004336348-1177238915-682003330-1001";

  private static final String SET = "ControlSet001\\";
  private static final String CURRENT_VERSION = "Microsoft\\Windows NT\\CurrentVersion";
  private static final String CLIENT =
      "\\Device\\HarddiskVolume2\\Users\\alice\\AppData\\Local\\Temp\\svchost.exe";

  private static final List<String> OWN_SERVICES = List.of("Tcpip", "Dnscache", "UpdateHelper");

  private StandardHives() {}

  /**
   * The key of a service.
   *
   * @param name name of the key
   * @param display its display name
   * @param type bits of its type
   * @param start how it starts, 0 to 4
   * @param imagePath its program or driver
   */
  public record ServiceKey(String name, String display, int type, int start, String imagePath) {}

  /** SYSTEM, SOFTWARE, the user's hive, Amcache and HARDWARE of a host. */
  public static List<HiveSpec> of(String computerName, List<ServiceKey> services) {
    return List.of(
        system(computerName, services),
        HiveSpec.machine("SOFTWARE", write(software(), "SOFTWARE")),
        user(Map.of()),
        new HiveSpec(
            "\\REGISTRY\\A\\{0b7c4b92-3d4e-4c02-9d8a-6f6d0a8f2d11}",
            "\\??\\C:\\Windows\\AppCompat\\Programs\\Amcache.hve",
            "\\Device\\HarddiskVolume2\\Windows\\AppCompat\\Programs\\Amcache.hve",
            write(amcache(), "Amcache.hve"),
            java.util.Set.of(),
            true),
        HiveSpec.withoutFile("\\REGISTRY\\MACHINE\\HARDWARE", write(hardware(), "")));
  }

  /** The hive SYSTEM with the keys of further services; those that it has anyway stay. */
  public static HiveSpec system(String computerName, List<ServiceKey> services) {
    HiveTree root = system(computerName);
    HiveTree keys = root.key(SET + "Services");
    for (ServiceKey service : services) {
      if (OWN_SERVICES.contains(service.name())) {
        continue;
      }
      keys.key(service.name())
          .number("Type", service.type())
          .number("Start", service.start())
          .expandText("ImagePath", service.imagePath())
          .text("DisplayName", service.display());
    }
    return HiveSpec.machine("SYSTEM", write(root, "SYSTEM"));
  }

  /** The user's hive with further programs that start when the user comes, by their name. */
  public static HiveSpec user(Map<String, String> autostarts) {
    HiveTree root = user();
    HiveTree run = root.key("Software\\Microsoft\\Windows\\CurrentVersion\\Run");
    autostarts.forEach(run::text);
    return HiveSpec.user(USER_SID, "alice", write(root, "ntuser.dat"));
  }

  /** SYSTEM by itself. */
  public static HiveContent system() {
    return write(system("WORKSTATION"), "SYSTEM");
  }

  private static HiveContent write(HiveTree tree, String fileName) {
    return HiveFileWriter.write(tree, fileName, LAST_RUN);
  }

  private static HiveTree hardware() {
    HiveTree root = HiveTree.root("HARDWARE").written(LAST_RUN);
    root.key("DESCRIPTION")
        .volatileKey()
        .key("System\\CentralProcessor\\0")
        .text("ProcessorNameString", "Synthetic CPU @ 3.00GHz");
    return root;
  }

  private static HiveTree system(String computerName) {
    HiveTree root = HiveTree.root("ROOT").written(INSTALLED);
    root.key("Select").number("Current", 1).number("Default", 1).number("LastKnownGood", 1);
    HiveTree control = root.key(SET + "Control");
    control.key("ComputerName\\ComputerName").text("ComputerName", computerName);
    control
        .key("ComputerName\\ActiveComputerName")
        .volatileKey()
        .text("ComputerName", computerName);
    control.key("Windows").bytes("ShutdownTime", fileTime(SHUTDOWN));
    control.key("TimeZoneInformation").text("TimeZoneKeyName", "W. Europe Standard Time");
    HiveTree manager = control.key("Session Manager");
    manager.texts("BootExecute", "autocheck autochk *");
    manager
        .key("Environment")
        .expandText("Path", "%SystemRoot%\\system32;%SystemRoot%")
        .text("OS", "Windows_NT");
    manager.key("AppCompatCache").bytes("AppCompatCache", shimcache());
    control.key("Lsa").texts("Authentication Packages", "msv1_0");
    lsaKeys(control.key("Lsa"));
    services(root.key(SET + "Services"));
    usb(root.key(SET + "Enum"));
    return root;
  }

  /** The boot key 000102…0F in the order in which Windows scatters it over class names. */
  private static void lsaKeys(HiveTree lsa) {
    lsa.key("JD").className("080a0307");
    lsa.key("Skew1").className("0201090f");
    lsa.key("GBG").className("00050d04");
    lsa.key("Data").className("0b060c0e");
  }

  private static void services(HiveTree services) {
    services
        .key("Tcpip")
        .number("Type", 1)
        .number("Start", 0)
        .expandText("ImagePath", "System32\\drivers\\tcpip.sys")
        .text("DisplayName", "@%SystemRoot%\\System32\\tcpipcfg.dll,-50003")
        .key("Parameters")
        .text("Domain", "corp.example.net");
    services
        .key("Dnscache")
        .number("Type", 0x20)
        .number("Start", 2)
        .expandText("ImagePath", "%SystemRoot%\\system32\\svchost.exe -k NetworkService -p")
        .text("ObjectName", "NT AUTHORITY\\NetworkService")
        .texts("DependOnService", "nsi", "Tcpip")
        .key("Parameters")
        .expandText("ServiceDll", "%SystemRoot%\\System32\\dnsrslvr.dll");
    services
        .key("UpdateHelper")
        .written(LAST_RUN)
        .number("Type", 0x10)
        .number("Start", 2)
        .number("DelayedAutostart", 1)
        .text("ImagePath", "C:\\Users\\Public\\helper.exe --service")
        .text("ObjectName", "LocalSystem");
    services
        .key("bam\\State\\UserSettings\\" + USER_SID)
        .number("Version", 1)
        .bytes(CLIENT, concat(fileTime(LAST_RUN), new byte[16]));
  }

  private static void usb(HiveTree bus) {
    HiveTree disk =
        bus.key("USBSTOR\\Disk&Ven_Kingston&Prod_DataTraveler_3.0&Rev_PMAP\\60A44C413FAEE4A0&0");
    disk.text("FriendlyName", "Kingston DataTraveler 3.0 USB Device");
    disk.text("ContainerID", "{6a1d4b0c-27e7-5be5-8a8c-0a1c4f9a1b11}");
    HiveTree times = disk.key("Properties\\{83da6326-97a6-4088-9453-a1923f573b29}");
    times.key("0065").value("", 0xFFFF0010, fileTime(INSTALLED));
    times.key("0066").value("", 0xFFFF0010, fileTime(LAST_RUN));
    bus.key("USB\\VID_0951&PID_1666\\60A44C413FAEE4A0").text("Service", "USBSTOR");
  }

  private static HiveTree software() {
    HiveTree root = HiveTree.root("ROOT").written(INSTALLED);
    HiveTree version = root.key(CURRENT_VERSION);
    version.text("ProductName", "Windows 10 Pro");
    version.number("InstallDate", (int) INSTALLED.getEpochSecond());
    root.key("Microsoft\\Cryptography").text("MachineGuid", "6f1c6f0e-9c0b-4d53-9a55-0b1d2c3e4f50");
    root.key("Microsoft\\Windows\\CurrentVersion\\Run")
        .text("SecurityHealth", "%windir%\\system32\\SecurityHealthSystray.exe")
        .text("Updater", "C:\\Users\\Public\\updater.exe /q");
    version
        .key("Winlogon")
        .text("Shell", "explorer.exe")
        .text("Userinit", "C:\\Windows\\system32\\userinit.exe,");
    version
        .key("Image File Execution Options\\sethc.exe")
        .text("Debugger", "C:\\Windows\\System32\\cmd.exe");
    version
        .key("ProfileList\\" + USER_SID)
        .expandText("ProfileImagePath", "C:\\Users\\alice")
        .number("LocalProfileLoadTimeHigh", (int) (SystemClock.fileTime(LAST_RUN) >>> 32))
        .number("LocalProfileLoadTimeLow", (int) SystemClock.fileTime(LAST_RUN));
    tasks(version.key("Schedule\\TaskCache"));
    networks(version.key("NetworkList"));
    return root;
  }

  private static void tasks(HiveTree cache) {
    String guid = "{0D4A2C8B-41A1-4F0C-9B39-2B9A5F7B1E01}";
    cache.key("Tree\\Updater").text("Id", guid).bytes("SD", new byte[20]);
    cache
        .key("Tasks\\" + guid)
        .text("Path", "\\Updater")
        .text("Author", "CORP\\alice")
        .bytes("DynamicInfo", dynamicInfo())
        .bytes(
            "Actions",
            actions("C:\\Users\\Public\\updater.exe", "/q /beacon", "C:\\Users\\Public"));
    String hidden = "{5E6B7C11-93B7-44F5-8DA4-92C3D7AF6C02}";
    cache.key("Tree\\Hidden").text("Id", hidden);
    cache.key("Tasks\\" + hidden).text("Path", "\\Hidden").bytes("DynamicInfo", dynamicInfo());
  }

  private static byte[] dynamicInfo() {
    return new CellBytes(36)
        .u32(0, 3)
        .u64(4, SystemClock.fileTime(INSTALLED))
        .u64(12, SystemClock.fileTime(LAST_RUN))
        .u32(24, 1)
        .u64(28, SystemClock.fileTime(LAST_RUN.plusSeconds(5)))
        .bytes();
  }

  private static byte[] actions(String command, String arguments, String directory) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new CellBytes(2).u16(0, 3).bytes());
    out.writeBytes(sized("LocalSystem"));
    out.writeBytes(new CellBytes(2).u16(0, 0x6666).bytes());
    for (String text : new String[] {"", command, arguments, directory}) {
      out.writeBytes(sized(text));
    }
    out.writeBytes(new byte[2]);
    return out.toByteArray();
  }

  private static byte[] sized(String text) {
    byte[] bytes = utf16(text);
    return concat(new CellBytes(4).u32(0, bytes.length).bytes(), bytes);
  }

  private static void networks(HiveTree list) {
    String guid = "{B0C3A6D4-5C0D-4D0C-8C1E-0F5A3E7D9B10}";
    list.key("Profiles\\" + guid)
        .text("ProfileName", "corp.example.net")
        .text("Description", "corp.example.net")
        .number("Category", 2)
        .number("NameType", 6)
        .bytes("DateCreated", systemTime(2023, 6, 1, 11, 5, 9))
        .bytes("DateLastConnected", systemTime(2024, 3, 5, 6, 7, 8));
    list.key("Signatures\\Managed\\010103000F0000F0A0")
        .text("ProfileGuid", guid)
        .text("DnsSuffix", "corp.example.net")
        .text("FirstNetwork", "Network")
        .bytes("DefaultGatewayMac", new byte[] {0, 0x50, 0x56, (byte) 0xC0, 0, 8});
  }

  private static byte[] systemTime(int year, int month, int day, int hour, int minute, int second) {
    return new CellBytes(16)
        .u16(0, year)
        .u16(2, month)
        .u16(6, day)
        .u16(8, hour)
        .u16(10, minute)
        .u16(12, second)
        .bytes();
  }

  private static HiveTree user() {
    HiveTree root = HiveTree.root("ROOT").written(LAST_RUN);
    root.key("Environment").text("TEMP", "C:\\Users\\alice\\AppData\\Local\\Temp");
    root.key("Volatile Environment").volatileKey().text("USERNAME", "alice");
    root.key("Software\\Microsoft\\Windows\\CurrentVersion\\Run")
        .text("OneDrive", "\"C:\\Users\\alice\\AppData\\Local\\OneDrive.exe\" /background");
    byte[] used =
        new CellBytes(72)
            .u32(4, 7)
            .u32(8, 12)
            .u32(12, 90_000)
            .u64(60, SystemClock.fileTime(LAST_RUN))
            .bytes();
    // {1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\cmd.exe, letters 13 places on.
    root.key(
            "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\UserAssist\\"
                + "{CEBFF5CD-ACE2-4F4F-9178-9926F41749EA}\\Count")
        .bytes("{1NP14R77-02R7-4R5Q-O744-2RO1NR5198O7}\\pzq.rkr", used);
    return root;
  }

  private static HiveTree amcache() {
    HiveTree root = HiveTree.root("{11517B7C-E79D-4e20-961B-75A811715ADD}").written(LAST_RUN);
    root.key("Root\\InventoryApplicationFile\\updater.exe|5b1a")
        .text("LowerCaseLongPath", "c:\\users\\public\\updater.exe")
        .text("Name", "updater.exe")
        .text("FileId", "0000da39a3ee5e6b4b0d3255bfef95601890afd80709")
        .text("LinkDate", "02/28/2024 10:11:12")
        .longNumber("Size", 123_904);
    root.key("Root\\InventoryDriverBinary\\c:/windows/system32/drivers/tcpip.sys")
        .text("DriverName", "tcpip.sys")
        .text("DriverId", "0000a9993e364706816aba3e25717850c26c9cd0d89d")
        .text("Service", "Tcpip")
        .number("DriverTimeStamp", 0x5F000000);
    return root;
  }

  /** Two entries in the format of Windows 10. */
  private static byte[] shimcache() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new CellBytes(0x34).u32(0, 0x34).bytes());
    for (String path : new String[] {"C:\\Users\\Public\\updater.exe", "C:\\Windows\\cmd.exe"}) {
      byte[] name = utf16(path);
      out.writeBytes(
          new CellBytes(12).ascii(0, "10ts").u32(8, 2 + name.length + 8 + 4 + 4).bytes());
      out.writeBytes(new CellBytes(2).u16(0, name.length).bytes());
      out.writeBytes(name);
      out.writeBytes(fileTime(INSTALLED));
      out.writeBytes(new CellBytes(8).u32(0, 4).bytes());
    }
    return out.toByteArray();
  }

  private static byte[] fileTime(Instant time) {
    return new CellBytes(8).u64(0, SystemClock.fileTime(time)).bytes();
  }

  private static byte[] utf16(String text) {
    return text.getBytes(StandardCharsets.UTF_16LE);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return new CellBytes(first.length + second.length)
        .put(0, first)
        .put(first.length, second)
        .bytes();
  }
}
