package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.NetworkRow;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.system.SystemSpec;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections that are closed and wait for late segments, by table and by scan. */
class TimeWaitRowsTest {
  @ParameterizedTest
  @CsvSource({"7601, false", "14393, false", "19041, true", "22000, true"})
  void whatIsLeftOfClosedConnectionsHasRows(int build, boolean symbols) throws IOException {
    SyntheticMachine machine =
        SyntheticMachine.windows(build)
            .standardProcesses()
            .system(
                SystemSpec.usual()
                    .timeWait("10.0.0.21", 50700, "198.51.100.44", 443, true)
                    .timeWait("fe80::1c2:3d4:5e6:7f8", 50701, "fe80::2", 8443, true)
                    .timeWait("10.0.0.21", 50702, "198.51.100.45", 80, false))
            .build();
    List<NetworkRow> rows =
        MachineRows.of(new SyntheticImage(machine), SampleMachines.embeddedSymbols())
            .table("network", NetworkRow.class);

    assertThat(rows).hasSize(16);
    assertThat(rows)
        .filteredOn(row -> "TIME_WAIT".equals(row.getState()))
        .allSatisfy(
            row -> {
              assertThat(row.getPid()).isNull();
              assertThat(row.getCreated()).isNotNull();
              assertThat(row.getPoolTag()).isEqualTo("TcTW");
              assertThat(row.getGaps()).isNull();
            })
        .extracting(TimeWaitRowsTest::line)
        .containsExactlyInAnyOrder(
            "TCPv4 10.0.0.21:50700 198.51.100.44:443 table " + (symbols ? true : null),
            "TCPv6 fe80::1c2:3d4:5e6:7f8:50701 fe80::2:8443 table " + (symbols ? true : null),
            "TCPv4 10.0.0.21:50702 198.51.100.45:80 table " + (symbols ? false : null));
  }

  private static String line(NetworkRow row) {
    return String.format(
        "%s %s:%d %s:%d table %s",
        row.getProto(),
        row.getLocalAddr(),
        row.getLocalPort(),
        row.getForeignAddr(),
        row.getForeignPort(),
        row.getInTable());
  }
}
