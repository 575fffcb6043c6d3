package io.memlake.engine.objects.pagedout;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.NarrowHost;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.testdata.narrow.NarrowMachine;
import io.memlake.testdata.narrow.NarrowProcessTruth;
import io.memlake.testdata.narrow.NarrowRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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

  /**
   * Without PAE, with PAE before the updates and since: all pages of all ranges and between them,
   * with the page file and without.
   */
  @ParameterizedTest
  @ValueSource(ints = {2600, 7601, 19041})
  void anyAddressReadsAsTheMachineMeantItOrIsAbsentForItsReason(int build) throws IOException {
    NarrowHost host = NarrowHost.write(folder, build);
    for (boolean given : new boolean[] {true, false}) {
      MachineDescription description = host.discover();
      PagedOutDescription files =
          PagedOutDiscovery.discover(
              description,
              new LocalEvidence(),
              host.forced(),
              given ? List.of(PageFileRequest.of(host.pageFile().toString())) : List.of());
      try (PagedOutMachine machine =
          PagedOutMachine.open(description, files, new LocalEvidence(), host.forced())) {
        for (NarrowProcessTruth process : host.machine().processes()) {
          machine.machine().owners().add(process.dtb(), process.eprocess());
          assertThat(wrongPages(host.machine(), machine, process, given)).isEmpty();
        }
      }
    }
  }

  /** Windows 10 with 32 bits compresses, too: nothing but the layout of pointers differs. */
  @Test
  void pagesInTheCompressedStoreAreReadWithAndWithoutThePageFile() throws IOException {
    NarrowHost host = NarrowHost.withStore(folder);
    for (boolean given : new boolean[] {true, false}) {
      MachineDescription description = host.discover();
      PagedOutDescription files =
          PagedOutDiscovery.discover(
              description,
              new LocalEvidence(),
              host.forced(),
              given ? List.of(PageFileRequest.of(host.pageFile().toString())) : List.of());
      assertThat(files.store())
          .hasValueSatisfying(
              choice -> {
                assertThat(choice.layout().name()).isEqualTo("x86-19041");
                assertThat(choice.source()).isEqualTo("data pattern");
                assertThat(choice.numberSource()).isEqualTo("image");
                assertThat(choice.trial().rate()).isEqualTo(1.0);
              });
      try (PagedOutMachine machine =
          PagedOutMachine.open(description, files, new LocalEvidence(), host.forced())) {
        int inStore = 0;
        for (NarrowProcessTruth process : host.machine().processes()) {
          PagedAddressSpace space = machine.machine().space(process.dtb());
          for (int i = 0; !process.ranges().isEmpty() && i < NarrowMachine.workPages(); i++) {
            long at = NarrowMachine.workAddress() + (long) i * PAGE;
            boolean there = given || i % 8 != 2;
            assertThat(space.map(at, PAGE).isPresent()).as("page %d", i).isEqualTo(there);
            if (there) {
              assertThat(space.map(at, PAGE)).hasValue(NarrowMachine.workPage(process.pid(), i));
            }
            inStore += machine.accounts().of(space, at).source() == PageSource.STORE ? 1 : 0;
          }
        }
        assertThat(inStore).isEqualTo(10);
      }
    }
  }

  private static List<String> wrongPages(
      NarrowMachine truth, PagedOutMachine machine, NarrowProcessTruth process, boolean given)
      throws IOException {
    PagedAddressSpace space = machine.machine().space(process.dtb());
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    for (NarrowRange range : process.ranges()) {
      // A page in front of each range and one behind it belong to nobody.
      for (long at = range.start() - PAGE; at <= range.end() + PAGE; at += PAGE) {
        Optional<byte[]> intended = truth.intended(process.pid(), at);
        PageAbsence expected = expected(process, at, intended.isPresent(), given);
        PageAccount account = machine.accounts().of(space, at);
        Optional<byte[]> read = space.map(at, PAGE);
        boolean right =
            account.absence() == expected
                && read.isPresent() == (expected == null)
                && (read.isEmpty() || Arrays.equals(read.get(), intended.orElse(new byte[PAGE])));
        if (!right) {
          wrong.add(
              Long.toHexString(at) + " is " + account + " and not " + expected + " in " + range);
        }
        compared++;
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(process.ranges().size() * 3);
    return wrong;
  }

  private static PageAbsence expected(
      NarrowProcessTruth process, long at, boolean mapped, boolean given) {
    Optional<NarrowRange> range =
        process.ranges().stream().filter(one -> one.start() <= at && at <= one.end()).findFirst();
    if (range.isEmpty()) {
      return PageAbsence.NOT_MAPPED;
    }
    long inWork = (at - NarrowMachine.workAddress()) / PAGE;
    boolean work = at >= NarrowMachine.workAddress() && inWork < NarrowMachine.workPages();
    boolean program = process.modules().get(program(process)) == range.get().start();
    boolean inPageFile = work ? inWork % 4 == 2 : program && at == range.get().start() + 2 * PAGE;
    if (inPageFile && !given) {
      return PageAbsence.PAGE_FILE_NOT_GIVEN;
    }
    return mapped || range.get().privateMemory() ? null : PageAbsence.RESERVED;
  }

  private static String program(NarrowProcessTruth process) {
    return process.commandLine().substring(0, process.commandLine().indexOf(" /"));
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
