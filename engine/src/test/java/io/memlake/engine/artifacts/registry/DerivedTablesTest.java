package io.memlake.engine.artifacts.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.artifacts.Analysis;
import io.memlake.engine.artifacts.HiveAnalysis;
import io.memlake.engine.artifacts.host.HostArtifact;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.AmcacheRow;
import io.memlake.schemas.row.BamRow;
import io.memlake.schemas.row.CertificateRow;
import io.memlake.schemas.row.EnvironmentRow;
import io.memlake.schemas.row.HostRow;
import io.memlake.schemas.row.NetworkProfileRow;
import io.memlake.schemas.row.RunKeyRow;
import io.memlake.schemas.row.ScheduledTaskRow;
import io.memlake.schemas.row.ServiceRegistryRow;
import io.memlake.schemas.row.ShimcacheRow;
import io.memlake.schemas.row.UsbDeviceRow;
import io.memlake.schemas.row.UserRow;
import io.memlake.schemas.row.UserassistRow;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.registry.HiveFileWriter;
import io.memlake.testdata.registry.HiveSpec;
import io.memlake.testdata.registry.HiveTree;
import io.memlake.testdata.registry.StandardHives;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Windows keeps in its hives comes out of a machine's memory as rows. */
class DerivedTablesTest {
  private static SyntheticImage image;
  private static HiveAnalysis analysis;

  @BeforeAll
  static void analyze() throws IOException {
    SyntheticMachine machine =
        SyntheticMachine.windows(19041)
            .seed(5)
            .computerName("WS-ALICE")
            .standardProcesses()
            .standardHives()
            .build();
    image = new SyntheticImage(machine);
    analysis = HiveAnalysis.of(image, SampleMachines.embeddedSymbols());
  }

  @Test
  void theHostKnowsItsNameAndItsTimes() throws IOException {
    List<HostRow> hosts = new ArrayList<>();
    Analysis.view(
        image,
        SampleMachines.embeddedSymbols(),
        view -> new HostArtifact().collect(view, hosts::add, error -> {}));

    HostRow host = hosts.get(0);
    assertThat(host.getComputerName()).isEqualTo("WS-ALICE");
    assertThat(host.getDomain()).isEqualTo("corp.example.net");
    assertThat(host.getLastShutdown()).isEqualTo(StandardHives.SHUTDOWN);
    assertThat(host.getInstallTime()).isEqualTo(StandardHives.INSTALLED);
    assertThat(host.getTimeZone()).isEqualTo("W. Europe Standard Time");
  }

  @Test
  void servicesHaveTheirProgramsAndLibraries() {
    assertThat(analysis.rows(ServiceRegistryRow.class).stream().map(ServiceRegistryRow::getName))
        .containsExactly("Dnscache", "Tcpip", "UpdateHelper");
    ServiceRegistryRow dns = analysis.rows(ServiceRegistryRow.class).get(0);
    assertThat(dns.getTypeName()).isEqualTo("share_process");
    assertThat(dns.getStartName()).isEqualTo("auto");
    assertThat(dns.getServiceDll()).isEqualTo("%SystemRoot%\\System32\\dnsrslvr.dll");
    assertThat(dns.getDependsOn()).containsExactly("nsi", "Tcpip");
    ServiceRegistryRow helper = analysis.rows(ServiceRegistryRow.class).get(2);
    assertThat(helper.getDelayed()).isTrue();
    assertThat(helper.getLastWrite()).isEqualTo(StandardHives.LAST_RUN);
    assertThat(helper.getForensicPath()).startsWith("pid:");
  }

  @Test
  void tasksHaveTheirActionsAndHiddenOnesAreTold() {
    List<ScheduledTaskRow> tasks = analysis.rows(ScheduledTaskRow.class);

    assertThat(tasks).hasSize(2);
    ScheduledTaskRow updater = tasks.get(0);
    assertThat(updater.getTaskPath()).isEqualTo("\\Updater");
    assertThat(updater.getRunAs()).isEqualTo("LocalSystem");
    assertThat(updater.getActionType()).isEqualTo("exec");
    assertThat(updater.getCommand()).isEqualTo("C:\\Users\\Public\\updater.exe");
    assertThat(updater.getArguments()).isEqualTo("/q /beacon");
    assertThat(updater.getWorkingDirectory()).isEqualTo("C:\\Users\\Public");
    assertThat(updater.getLastRun()).isEqualTo(StandardHives.LAST_RUN);
    assertThat(updater.getLastCompleted()).isEqualTo(StandardHives.LAST_RUN.plusSeconds(5));
    assertThat(updater.getLastResult()).isEqualTo(1);
    assertThat(updater.getHasSecurityDescriptor()).isTrue();
    assertThat(tasks.get(1).getTaskPath()).isEqualTo("\\Hidden");
    assertThat(tasks.get(1).getHasSecurityDescriptor()).isFalse();
    assertThat(tasks.get(1).getActionType()).isNull();
  }

  @Test
  void programsThatRanAreInFourTables() {
    assertThat(analysis.rows(ShimcacheRow.class).stream().map(ShimcacheRow::getPath))
        .containsExactly("C:\\Users\\Public\\updater.exe", "C:\\Windows\\cmd.exe");
    assertThat(analysis.rows(ShimcacheRow.class).get(1).getLastModified())
        .isEqualTo(StandardHives.INSTALLED);
    assertThat(analysis.rows(AmcacheRow.class))
        .extracting(AmcacheRow::getEntryType, AmcacheRow::getSha1)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("file", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            org.assertj.core.groups.Tuple.tuple(
                "driver", "a9993e364706816aba3e25717850c26c9cd0d89d"));
    assertThat(analysis.rows(AmcacheRow.class).get(0).getLinkDate())
        .isEqualTo(Instant.parse("2024-02-28T10:11:12Z"));
    UserassistRow used = analysis.rows(UserassistRow.class).get(0);
    assertThat(used.getPath()).isEqualTo("%SystemRoot%\\System32\\cmd.exe");
    assertThat(used.getRunCount()).isEqualTo(7);
    assertThat(used.getFocusMs()).isEqualTo(90_000);
    assertThat(used.getLastRun()).isEqualTo(StandardHives.LAST_RUN);
    BamRow bam = analysis.rows(BamRow.class).get(0);
    assertThat(bam.getSid()).isEqualTo(StandardHives.USER_SID);
    assertThat(bam.getLastRun()).isEqualTo(StandardHives.LAST_RUN);
    assertThat(analysis.rows(BamRow.class)).hasSize(1);
  }

  @Test
  void startsOfProgramsAreFoundInAllHives() {
    assertThat(analysis.rows(RunKeyRow.class))
        .extracting(RunKeyRow::getKind, RunKeyRow::getEntry)
        .contains(
            org.assertj.core.groups.Tuple.tuple("run", "Updater"),
            org.assertj.core.groups.Tuple.tuple("run", "OneDrive"),
            org.assertj.core.groups.Tuple.tuple("winlogon", "Userinit"),
            org.assertj.core.groups.Tuple.tuple("image_file_debugger", "sethc.exe"),
            org.assertj.core.groups.Tuple.tuple("boot_execute", "BootExecute"),
            org.assertj.core.groups.Tuple.tuple("lsa_package", "Authentication Packages"));
  }

  @Test
  void networksDevicesUsersAndVariablesAreRead() {
    NetworkProfileRow network = analysis.rows(NetworkProfileRow.class).get(0);
    assertThat(network.getCategory()).isEqualTo("domain");
    assertThat(network.getLastConnected()).isEqualTo(Instant.parse("2024-03-05T06:07:08Z"));
    assertThat(network.getGatewayMac()).isEqualTo("00:50:56:C0:00:08");
    UsbDeviceRow disk =
        analysis.rows(UsbDeviceRow.class).stream()
            .filter(row -> row.getBus().equals("USBSTOR"))
            .findFirst()
            .orElseThrow();
    assertThat(disk.getFriendlyName()).contains("Kingston");
    assertThat(disk.getFirstInstall()).isEqualTo(StandardHives.INSTALLED);
    assertThat(disk.getLastArrival()).isEqualTo(StandardHives.LAST_RUN);
    UserRow profile = analysis.rows(UserRow.class).get(0);
    assertThat(profile.getRid()).isEqualTo(1001);
    assertThat(profile.getProfileLoaded()).isEqualTo(StandardHives.LAST_RUN);
    assertThat(analysis.rows(EnvironmentRow.class))
        .extracting(EnvironmentRow::getScope, EnvironmentRow::getName)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("machine", "Path"),
            org.assertj.core.groups.Tuple.tuple("machine", "OS"),
            org.assertj.core.groups.Tuple.tuple("user", "TEMP"),
            org.assertj.core.groups.Tuple.tuple("session", "USERNAME"));
  }

  @Test
  void accountsOfTheRealSamAreRead() throws IOException {
    HiveAnalysis sam =
        HiveAnalysis.of(
            new SyntheticImage(
                SyntheticMachine.windows(9600)
                    .seed(6)
                    .standardProcesses()
                    .hive(HiveSpec.machine("SAM", RegistryMachines.sample("ez/SAM")))
                    .build()),
            SampleMachines.embeddedSymbols());

    List<UserRow> users = sam.rows(UserRow.class);
    assertThat(users.stream().map(UserRow::getUserName)).contains("Administrator", "Guest");
    assertThat(users.get(0).getRid()).isEqualTo(500);
    assertThat(users.get(0).getSid()).isEqualTo("S-1-5-21-3064465268-1549819264-574340205-500");
  }

  @Test
  void certificatesAreParsed() throws Exception {
    X509Certificate certificate = anyRoot();
    byte[] encoded = certificate.getEncoded();
    ByteBuffer blob = ByteBuffer.allocate(24 + 8 + encoded.length).order(ByteOrder.LITTLE_ENDIAN);
    blob.putInt(11).putInt(1).putInt(8).put("Any\0".getBytes(StandardCharsets.UTF_16LE));
    blob.putInt(32).putInt(1).putInt(encoded.length).put(encoded);
    HiveTree root = HiveTree.root("ROOT");
    root.key("Microsoft\\SystemCertificates\\ROOT\\Certificates\\00AA").bytes("Blob", blob.array());
    root.key("Microsoft\\SystemCertificates\\CA\\Certificates\\00BB").bytes("Blob", new byte[12]);
    HiveAnalysis software =
        HiveAnalysis.of(
            new SyntheticImage(
                SyntheticMachine.windows(22000)
                    .seed(7)
                    .standardProcesses()
                    .hive(
                        HiveSpec.machine(
                            "SOFTWARE",
                            HiveFileWriter.write(root, "SOFTWARE", StandardHives.INSTALLED)))
                    .build()),
            SampleMachines.embeddedSymbols());

    List<CertificateRow> rows = software.rows(CertificateRow.class);
    assertThat(rows).extracting(CertificateRow::getStore).containsExactly("CA", "ROOT");
    assertThat(rows.get(0).getGaps()).containsExactly("sha1:unparsable");
    CertificateRow row = rows.get(1);
    assertThat(row.getFriendlyName()).isEqualTo("Any");
    assertThat(row.getSubject()).isEqualTo(certificate.getSubjectX500Principal().getName());
    assertThat(row.getNotAfter()).isEqualTo(certificate.getNotAfter().toInstant());
    assertThat(row.getSerial()).isEqualTo(certificate.getSerialNumber().toString(16));
    assertThat(row.getSelfIssued()).isTrue();
  }

  /** A certificate that every JDK trusts. */
  private static X509Certificate anyRoot() throws Exception {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()[0];
  }
}
