package io.memlake.engine.artifacts.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.memlake.engine.artifacts.Analysis;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.DnsCacheRow;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.system.DnsRecords;
import io.memlake.testdata.system.DnsSpec;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.VadTruth;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in the memory of the DNS client, and nothing else. */
class DnsCacheRowsTest {
  private static final int PAGE = 4096;

  private static SyntheticMachine machine(int build) {
    return SyntheticMachine.windows(build)
        .seed(41)
        .standardProcesses()
        .dnsCache(
            DnsSpec.of("www.example.org", DnsSpec.CNAME, "edge.example.net", 300),
            new DnsSpec("edge.example.net", DnsSpec.A, "203.0.113.9", 60, true),
            DnsSpec.of("example.org", DnsSpec.MX, "mail.example.org", 3600),
            DnsSpec.of("b\u00fccher.example", DnsSpec.A, "198.51.100.7", 0),
            DnsSpec.of("no name", DnsSpec.A, "198.51.100.8", 60),
            DnsSpec.of("expired.example", DnsSpec.A, "198.51.100.9", -1))
        .build();
  }

  private static List<DnsCacheRow> rows(SyntheticImage image) throws IOException {
    return Analysis.of(image, SampleMachines.embeddedSymbols()).rows(DnsCacheRow.class);
  }

  private static ProcessTruth service(SyntheticMachine machine) {
    return machine.truth().processes().stream()
        .filter(process -> process.vads().stream().anyMatch(DnsCacheRowsTest::holdsRecords))
        .findFirst()
        .orElseThrow();
  }

  private static boolean holdsRecords(VadTruth range) {
    return range.end() - range.start() + 1 == DnsRecords.REGION_SIZE;
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 9600, 14393, 19041, 22000})
  void answersAreReadAndWhatIsNoneIsNot(int build) throws IOException {
    SyntheticMachine machine = machine(build);
    List<DnsCacheRow> rows = rows(new SyntheticImage(machine));

    assertThat(rows)
        .extracting(
            DnsCacheRow::getName, DnsCacheRow::getType, DnsCacheRow::getData, DnsCacheRow::getTtl)
        .containsExactly(
            tuple("www.example.org", "CNAME", "edge.example.net", 300L),
            tuple("edge.example.net", "A", "203.0.113.9", 60L),
            tuple("example.org", "MX", "10 mail.example.org", 3600L),
            tuple("b\u00fccher.example", "A", "198.51.100.7", 0L));
    assertThat(rows.get(0).getNext()).isEqualTo(rows.get(1).getAddress());
    assertThat(rows.get(0).getConfidence()).isEqualTo(90);
    assertThat(rows.get(2).getNext()).isNull();
    assertThat(rows.get(2).getConfidence()).isEqualTo(80);
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.getPid()).isEqualTo((int) service(machine).pid());
              assertThat(row.getProcess()).isEqualTo("svchost.exe");
              assertThat(row.getFlags()).isEqualTo(0x2009);
            });
  }

  /** The first record lies across two pages; the one behind it wholly in the second. */
  @Test
  void aMissingPageCostsTheAnswersThatReachIntoIt() throws IOException {
    SyntheticMachine machine = machine(19041);
    ProcessTruth service = service(machine);
    long region =
        service.vads().stream()
            .filter(DnsCacheRowsTest::holdsRecords)
            .findFirst()
            .orElseThrow()
            .start();
    SyntheticImage image = new SyntheticImage(machine);
    image.losePage(machine.processSpace(service.pid()).physical(region));

    assertThat(rows(image))
        .extracting(DnsCacheRow::getName)
        .containsExactly("edge.example.net", "example.org", "b\u00fccher.example");
    image = new SyntheticImage(machine);
    image.losePage(machine.processSpace(service.pid()).physical(region + PAGE));
    assertThat(rows(image)).isEmpty();
  }
}
