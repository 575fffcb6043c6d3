package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.HandleRow;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.process.HandleSpec;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Names of handles as people compare them over hosts. */
class HandleNamesTest {
  private static final String GUID = "0a1b2c3d-0000-1111-2222-333344445555";

  @Test
  void handlesCarryTheirNameWithoutWhatDiffersFromHostToHost() throws IOException {
    SyntheticMachine machine =
        SyntheticMachine.windows(19041)
            .standardProcesses()
            .process(
                "tool.exe",
                tool ->
                    tool.parent("explorer.exe")
                        .handles(
                            HandleSpec.file("C:\\Users\\Bob\\AppData\\data.db"),
                            HandleSpec.named("Mutant", "\\BaseNamedObjects\\Tool-" + GUID),
                            HandleSpec.process("explorer.exe", 0x1000),
                            HandleSpec.unnamed("Event")))
            .build();
    Analysis analysis = Analysis.of(new SyntheticImage(machine), SampleMachines.embeddedSymbols());

    assertThat(analysis.rows(HandleRow.class))
        .filteredOn(row -> row.getProcess().equals("tool.exe"))
        .extracting(HandleRow::getNameNorm)
        .containsExactlyInAnyOrder(
            "c:/users/*/appdata/data.db", "tool-{guid}", "explorer.exe pid *", null);
  }
}
