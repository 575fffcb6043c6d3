package io.memlake.engine.artifacts.carve;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.schemas.row.BrowserHistoryRow;
import io.memlake.schemas.row.DefenderLogRow;
import io.memlake.schemas.row.EvtxRow;
import io.memlake.schemas.row.FeatureRow;
import io.memlake.schemas.row.KerberosTicketRow;
import io.memlake.schemas.row.LnkRow;
import io.memlake.schemas.row.MftRow;
import io.memlake.schemas.row.PowershellHistoryRow;
import io.memlake.schemas.row.PrefetchRow;
import io.memlake.schemas.row.RegistryValueRow;
import io.memlake.testdata.machine.MachineBuilder;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.process.ProcessSpec;
import io.memlake.testdata.process.Protection;
import io.memlake.testdata.registry.HiveFileWriter;
import io.memlake.testdata.registry.HiveTree;
import io.memlake.testdata.registry.StandardHives;
import io.memlake.testdata.trace.BrowserDatabases;
import io.memlake.testdata.trace.EventLogWriter;
import io.memlake.testdata.trace.FileTableWriter;
import io.memlake.testdata.trace.PrefetchWriter;
import io.memlake.testdata.trace.ShortcutWriter;
import io.memlake.testdata.trace.TicketWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files that were made by other code give the rows that were put into them. */
class TraceRowsTest {
  private static final Instant TIME = Instant.parse("2024-03-05T13:01:10.000123Z");
  private static final String URL = "https://cdn-update.example.net/gate";
  private static final String HOST = "cdn-update.example.net";

  @Test
  void historyOfChromiumIsReadFromItsPages() throws Exception {
    List<BrowserHistoryRow> rows =
        CarvedAnalysis.rows(
            machine().looseFile(BrowserDatabases.chromium(URL, HOST, TIME)),
            BrowserHistoryRow.class);

    assertThat(rows)
        .extracting(BrowserHistoryRow::getRecordType)
        .containsExactlyInAnyOrder("url", "url", "visit", "visit", "download");
    assertThat(rows).allMatch(row -> row.getBrowser().equals("chromium") && row.getWhole());
    BrowserHistoryRow gate = only(rows, "url", 2);
    assertThat(gate.getUrl()).isEqualTo(URL);
    assertThat(gate.getLastVisit()).isEqualTo(TIME);
    assertThat(gate.getHidden()).isTrue();
    assertThat(only(rows, "visit", 2).getUrlId()).isEqualTo(2);
    assertThat(only(rows, "visit", 2).getVisitTime()).isEqualTo(TIME);
    assertThat(only(rows, "download", 1).getTargetPath()).endsWith("invoice.docm");
    assertThat(only(rows, "download", 1).getUrl()).isEqualTo("https://" + HOST + "/");
  }

  @Test
  void historyOfFirefoxIsReadOverTheScatteredPartsOfItsLargePages() throws Exception {
    List<BrowserHistoryRow> rows =
        CarvedAnalysis.rows(
            machine().cachedFile(BrowserDatabases.firefox(URL, HOST, TIME)),
            BrowserHistoryRow.class);

    assertThat(rows).hasSize(2).allMatch(row -> row.getBrowser().equals("firefox"));
    assertThat(only(rows, "url", 1).getUrl()).isEqualTo(URL);
    assertThat(only(rows, "url", 1).getTitle()).isEqualTo("Gate");
    assertThat(only(rows, "visit", 1).getVisitTime()).isEqualTo(TIME);
  }

  @Test
  void pagesInTheMemoryOfABrowserNeedNotBeginAPageOfMemory() throws Exception {
    byte[] page = Arrays.copyOfRange(BrowserDatabases.chromium(URL, HOST, TIME), 4096, 8192);
    byte[] memory = new byte[3 * 4096];
    System.arraycopy(page, 0, memory, 0x638, page.length);

    List<BrowserHistoryRow> rows =
        CarvedAnalysis.rows(machine().process(holder(memory)), BrowserHistoryRow.class);

    assertThat(rows).hasSize(2).allMatch(row -> row.getPid() > 4 && row.getVa() > 0);
  }

  @Test
  void featuresHaveTheProcessThatHoldsThem() throws Exception {
    byte[] memory = new byte[2 * 4096];
    put(memory, 0x40, "mail bob@corp.example.org now".getBytes(StandardCharsets.US_ASCII));
    put(memory, 0x101, "http://10.1.2.3/x".getBytes(StandardCharsets.UTF_16LE));
    put(memory, 4090, "www.example.com".getBytes(StandardCharsets.US_ASCII));

    List<FeatureRow> rows =
        CarvedAnalysis.rows(machine().process(holder(memory)), FeatureRow.class).stream()
            .filter(row -> row.getPid() != null && row.getPid() == HOLDER)
            .toList();

    assertThat(rows)
        .extracting(row -> row.getFeatureType() + " " + row.getValue() + " " + row.getEncoding())
        .contains(
            "email bob@corp.example.org ascii",
            "url http://10.1.2.3/x utf16",
            "ip 10.1.2.3 utf16",
            "domain www.example.com ascii")
        .doesNotContain("domain example.com ascii");
    FeatureRow mail =
        rows.stream().filter(row -> row.getFeatureType().equals("email")).findFirst().orElseThrow();
    assertThat(mail.getContext()).contains("mail bob@corp.example.org now");
    assertThat(mail.getVa() & 0xFFF).isEqualTo(0x45);
  }

  @Test
  void ticketsAreReadOverTheEndOfAPage() throws Exception {
    byte[] ticket = TicketWriter.write("EXAMPLE.ORG", "cifs/fs01.example.org", 18, 1100);
    byte[] memory = new byte[2 * 4096];
    put(memory, 4096 - 64, ticket);

    List<KerberosTicketRow> rows =
        CarvedAnalysis.rows(machine().process(holder(memory)), KerberosTicketRow.class);

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).getServer()).isEqualTo("cifs/fs01.example.org");
    assertThat(rows.get(0).getRealm()).isEqualTo("EXAMPLE.ORG");
    assertThat(rows.get(0).getEncryption()).isEqualTo("aes256-cts-hmac-sha1-96");
    assertThat(rows.get(0).getKeyVersion()).isEqualTo(2);
    assertThat(rows.get(0).getEncodedSize()).isEqualTo(ticket.length);
  }

  @Test
  void binsOfHivesThatAreNotMountedGiveTheirKeysAndMountedOnesNothing() throws Exception {
    HiveTree root = HiveTree.root("ROOT").written(TIME);
    root.key("Software\\Gate").text("Server", URL);
    byte[] file = HiveFileWriter.write(root, "gate.dat", TIME).file();

    List<RegistryValueRow> rows =
        CarvedAnalysis.rows(machine().standardHives().looseFile(file), RegistryValueRow.class);

    assertThat(rows).hasSize(1);
    RegistryValueRow value = rows.get(0);
    assertThat(value.getKey()).endsWith("Software\\Gate");
    assertThat(value.getDataStr()).isEqualTo(URL);
    assertThat(value.getSource()).isEqualTo("carve");
    assertThat(value.getDeleted()).isFalse();
    assertThat(value.getForensicPath()).startsWith("phys:0x");
  }

  @Test
  void filesOfMountedHivesInTheCacheAreReadAsBins() throws Exception {
    byte[] file = StandardHives.system().file();

    List<RegistryValueRow> rows =
        CarvedAnalysis.rows(machine().cachedFile(file), RegistryValueRow.class);

    assertThat(rows)
        .extracting(RegistryValueRow::getValue)
        .contains("TimeZoneKeyName", "ShutdownTime", "ImagePath");
    assertThat(rows).allMatch(row -> row.getSource().equals("carve"));
  }

  @Test
  void eventsOfPowershellAndDefenderHaveRowsOfTheirOwn() throws Exception {
    byte[] shell =
        new EventLogWriter(
                "Microsoft-Windows-PowerShell/Operational", "Microsoft-Windows-PowerShell", "WS1")
            .event(4104, TIME, Map.of("ScriptBlockText", "IEX $x"))
            .toByteArray();
    byte[] defender =
        new EventLogWriter(
                "Microsoft-Windows-Windows Defender/Operational",
                "Microsoft-Windows-Windows Defender",
                "WS1")
            .event(1116, TIME, Map.of("Threat Name", "Trojan:Win32/A", "Path", "file:_C:\\a.exe"))
            .toByteArray();
    MachineBuilder machine = machine().cachedFile(shell).cachedFile(defender);

    List<PowershellHistoryRow> commands = CarvedAnalysis.rows(machine, PowershellHistoryRow.class);
    List<DefenderLogRow> threats = CarvedAnalysis.rows(machine, DefenderLogRow.class);

    assertThat(commands).hasSize(1);
    assertThat(commands.get(0).getCommand()).isEqualTo("IEX $x");
    assertThat(commands.get(0).getTimeCreated()).isEqualTo(TIME);
    assertThat(threats).hasSize(1);
    assertThat(threats.get(0).getKind()).isEqualTo("detected");
    assertThat(threats.get(0).getThreat()).isEqualTo("Trojan:Win32/A");
    assertThat(CarvedAnalysis.rows(machine, EvtxRow.class)).hasSize(2);
  }

  @Test
  void madeFilesOfAllKindsAreRead() throws Exception {
    FileTableWriter table = new FileTableWriter(TIME);
    table.file(table.directory(FileTableWriter.ROOT, "Users"), "a.txt", new byte[5], "zone");
    MachineBuilder machine =
        machine()
            .cachedFile(table.toByteArray())
            .cachedFile(ShortcutWriter.write("C:\\a.exe", "/x", "WS1", TIME))
            .cachedFile(
                PrefetchWriter.compress(
                    PrefetchWriter.write("A.EXE", 7, List.of(TIME), List.of("\\A.EXE"))));

    assertThat(CarvedAnalysis.rows(machine, MftRow.class))
        .extracting(MftRow::getPath)
        .contains("\\Users\\a.txt");
    LnkRow link = CarvedAnalysis.rows(machine, LnkRow.class).get(0);
    assertThat(link.getTarget()).isEqualTo("C:\\a.exe");
    assertThat(link.getMachine()).isEqualTo("WS1");
    assertThat(link.getWhole()).isTrue();
    PrefetchRow prefetch = CarvedAnalysis.rows(machine, PrefetchRow.class).get(0);
    assertThat(prefetch.getExecutable()).isEqualTo("A.EXE");
    assertThat(prefetch.getWhole()).isTrue();
  }

  private static final int HOLDER = 7000;

  private static ProcessSpec holder(byte[] memory) {
    return new ProcessSpec("holder.exe")
        .pid(HOLDER)
        .parent("explorer.exe")
        .privateRegion(memory.length, Protection.READ_WRITE, memory);
  }

  private static void put(byte[] memory, int at, byte[] content) {
    System.arraycopy(content, 0, memory, at, content.length);
  }

  private static BrowserHistoryRow only(List<BrowserHistoryRow> rows, String type, long id) {
    return rows.stream()
        .filter(row -> row.getRecordType().equals(type) && row.getRowId() == id)
        .findFirst()
        .orElseThrow();
  }

  private static MachineBuilder machine() {
    return SyntheticMachine.windows(19041).seed(12).standardProcesses();
  }
}
