package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SymbolMatch;
import io.memlake.engine.kernel.SystemVersion;
import io.memlake.engine.objects.network.NetworkLayouts;
import io.memlake.engine.objects.service.ServiceLayouts;
import io.memlake.engine.objects.store.StoreLayouts;
import io.memlake.engine.paging.PagingMode;
import io.memlake.engine.paging.ReverseMapBuilder;
import io.memlake.engine.symbols.KernelVersion;
import io.memlake.engine.symbols.KnownKernel;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.HostRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kernel of the table inside the program gives every table its layouts. What a kernel does
 * not have is in {@code docs/builds.md}, and nothing else is missing: the test reads that page.
 */
class BuildCoverageTest {
  private static final Path PAGE = Path.of("../docs/builds.md");
  private static final int FIRST_BUILD_WITH_STORE = 14393;

  static Stream<KnownKernel> kernels() throws IOException {
    return SampleMachines.embeddedSymbols().known().stream()
        .filter(kernel -> kernel.pdb().name().equals("ntkrnlmp.pdb"));
  }

  private static MachineDescription described(KnownKernel kernel) {
    KernelVersion version = kernel.version();
    return new MachineDescription(
        new EmptyImage(),
        PagingMode.X64,
        0x1000,
        0xFFFFF80000000000L,
        0x1000000,
        kernel.pdb(),
        SymbolMatch.PDB_ID,
        "embedded",
        new SystemVersion(version.major(), version.minor(), version.build(), "test"),
        0xFFFFF80000001000L,
        0xFFFFF80000002000L,
        0,
        List.of(),
        List.of(),
        null,
        100);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void everyTableFindsItsLayouts(KnownKernel kernel) throws IOException {
    List<ErrorRow> errors = new ArrayList<>();
    try (Machine machine =
        Machine.open(described(kernel), new LocalEvidence(), SampleMachines.embeddedSymbols())) {
      Candidates scanned = Candidates.of(List.of(), new ReverseMapBuilder().build());
      MachineView view = MachineView.of(machine, scanned);
      for (MachineArtifact<?> artifact : ArtifactRegistry.machineArtifacts()) {
        if (!artifact.rowType().equals(HostRow.class)) {
          artifact.collect(view, row -> {}, errors::add);
        }
      }
      // The tables of single processes, which an image without processes does not reach.
      assertThat(view.ethreadLayout()).isNotNull();
      assertThat(view.threadDetails()).isNotNull();
      assertThat(view.apcQueues().known()).isTrue();
      assertThat(view.moduleReader()).isNotNull();
      assertThat(view.vadReader()).isNotNull();
      assertThat(view.sectionReader()).isNotNull();
      assertThat(view.handleTableReader()).isNotNull();
      assertThat(view.objectDescriber()).isNotNull();
      assertThat(view.tokenReader()).isNotNull();
      assertThat(view.hives()).isNotNull();
    }
    // The table of system calls is checked by reading it, which an empty image does not allow;
    // whether its variables are known is asked below.
    assertThat(errors)
        .filteredOn(row -> !row.getTableName().equals("ssdt"))
        .noneMatch(row -> row.getItem().equals("symbols"));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void layoutsBeyondSymbolsHaveARowForEveryBuild(KnownKernel kernel) {
    int build = kernel.version().build();
    assertThat(NetworkLayouts.candidates(build)).isNotEmpty();
    assertThat(ServiceLayouts.candidates(build)).isNotEmpty();
    if (build >= FIRST_BUILD_WITH_STORE) {
      assertThat(StoreLayouts.candidates(build, Long.BYTES)).isNotEmpty();
    }
  }

  /**
   * A line of the page.
   *
   * @param facts fields and variables that must all be there, or all be missing
   * @param first first build that has them
   * @param last last build that has them
   */
  private record Line(String text, List<String> facts, int first, int last) {
    boolean has(int build) {
      return build >= first && build <= last;
    }

    static Line of(String text) {
      String[] cells = text.split("\\|", -1);
      String builds = cells[4].strip();
      int first = builds.startsWith("from ") ? Integer.parseInt(builds.substring(5)) : 0;
      int last =
          builds.equals("none")
              ? -1
              : builds.startsWith("up to ")
                  ? Integer.parseInt(builds.substring(6))
                  : Integer.MAX_VALUE;
      if (first == 0 && last == Integer.MAX_VALUE && !builds.equals("all")) {
        throw new AssertionError("Builds that cannot be read: " + text);
      }
      return new Line(
          text, Arrays.asList(cells[3].replace("`", "").strip().split(" ", -1)), first, last);
    }
  }

  private static List<Line> lines() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("| `"))
        .map(Line::of)
        .toList();
  }

  private static boolean has(SymbolTable table, String fact) {
    int dot = fact.indexOf('.');
    if (!fact.startsWith("_")) {
      return table.findSymbol(fact).isPresent();
    }
    return dot < 0
        ? table.findStruct(fact).isPresent()
        : table
            .findStruct(fact.substring(0, dot))
            .flatMap(type -> type.find(fact.substring(dot + 1)))
            .isPresent();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void whatABuildLacksIsWhatThePageSays(KnownKernel kernel) throws IOException {
    SymbolTable table = SampleMachines.embeddedSymbols().find(kernel.pdb()).orElseThrow();
    for (Line line : lines()) {
      for (String fact : line.facts()) {
        assertThat(has(table, fact))
            .as(kernel.version() + ": " + line.text())
            .isEqualTo(line.has(kernel.version().build()));
      }
    }
  }

  @Test
  void thePageNamesEveryTableOfTheLiveSystem() throws IOException {
    String page = Files.readString(PAGE);
    List<String> tables = new ArrayList<>();
    ArtifactRegistry.machineArtifacts().forEach(artifact -> tables.add(artifact.table()));
    ArtifactRegistry.perProcessArtifacts().forEach(artifact -> tables.add(artifact.table()));
    // Filled from hives and from pages, whatever the kernel.
    Set<String> elsewhere =
        Set.of(
            "hosts",
            "hashdump",
            "lsadump",
            "cachedump",
            "bitlocker_keys",
            "clipboard",
            "powershell_history",
            "defender_logs");
    assertThat(tables)
        .filteredOn(table -> !elsewhere.contains(table))
        .allSatisfy(table -> assertThat(page).contains("`" + table + "`"));
  }
}
