package io.memlake.engine.objects.pagedout;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.NarrowHost;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.testdata.narrow.NarrowMachine;
import io.memlake.testdata.narrow.NarrowProcessTruth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of 32-bit Windows that left RAM: every one is what its program would see. */
class NarrowPagesTest {
  private static final int PAGE = 4096;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {2600, 7601, 19041})
  void everyPageOfEveryProcessIsRead(int build) throws IOException {
    NarrowHost host = NarrowHost.write(folder, build);
    MachineDescription description = host.discover();
    PagedOutDescription files =
        PagedOutDiscovery.discover(
            description,
            new LocalEvidence(),
            host.forced(),
            List.of(PageFileRequest.of(host.pageFile().toString())));
    assertThat(files.files()).singleElement().matches(use -> use.number() == 0);
    try (PagedOutMachine machine =
        PagedOutMachine.open(description, files, new LocalEvidence(), host.forced())) {
      for (NarrowProcessTruth process : host.machine().processes()) {
        if (process.ranges().isEmpty()) {
          continue;
        }
        machine.machine().owners().add(process.dtb(), process.eprocess());
        PagedAddressSpace space = machine.machine().space(process.dtb());
        for (int i = 0; i < NarrowMachine.workPages(); i++) {
          assertThat(space.map(NarrowMachine.workAddress() + (long) i * PAGE, PAGE))
              .as("page %d of process %d", i, process.pid())
              .hasValue(NarrowMachine.workPage(process.pid(), i));
        }
        String program = process.commandLine().substring(0, process.commandLine().indexOf(" /"));
        assertThat(space.map(process.modules().get(program) + 2L * PAGE, PAGE))
            .hasValue(host.machine().sharedPage(program));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2600, 7601, 19041})
  void withoutThePageFileItsPagesAreAbsent(int build) throws IOException {
    NarrowHost host = NarrowHost.write(folder, build);
    MachineDescription description = host.discover();
    PagedOutDescription none =
        PagedOutDiscovery.discover(description, new LocalEvidence(), host.forced(), List.of());
    try (PagedOutMachine machine =
        PagedOutMachine.open(description, none, new LocalEvidence(), host.forced())) {
      NarrowProcessTruth process = host.machine().process(1932);
      PagedAddressSpace space = machine.machine().space(process.dtb());
      for (int i = 0; i < NarrowMachine.workPages(); i++) {
        assertThat(space.map(NarrowMachine.workAddress() + (long) i * PAGE, PAGE).isPresent())
            .isEqualTo(i % 4 != 2);
      }
    }
  }
}
