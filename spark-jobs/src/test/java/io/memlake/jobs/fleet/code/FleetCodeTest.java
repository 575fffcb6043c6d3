package io.memlake.jobs.fleet.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.session.TestSpark;
import io.memlake.testdata.truth.ModuleTruth;
import io.memlake.testdata.truth.ProcessTruth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Libraries that lie at another base on each host: hosts vote on their code, and complete each
 * other's copies.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetCodeTest {
  private static final int PAGE = 0x1000;
  private static final int CODE = 0x1000;

  @TempDir static Path folder;
  private static CodeFleet fleet;

  @BeforeAll
  static void analyze() throws IOException {
    assertThat(TestSpark.session()).isNotNull();
    fleet = new CodeFleet(folder);
    fleet.make();
    prevalence();
  }

  private static void prevalence() {
    CommandRun run = CommandRun.of("prevalence", "--lake", fleet.lake());
    assertThat(run.code()).as(run.err()).isZero();
  }

  private static List<String> rows(String query) {
    return CommandRun.rows(fleet.lake(), query);
  }

  @Test
  @Order(1)
  void thePatchIsToldThoughEveryHostHasTheLibraryElsewhere() {
    assertThat(fleet.bases("ntdll.dll")).hasSize(CodeFleet.HOSTS);
    assertThat(
            rows(
                """
                SELECT host, process, module, rva, compared, changed_lines, hosts_same,
                  hosts_majority, hosts_module FROM code_patches WHERE NOT fleet_wide"""))
        .containsExactly("HOST2,reader.exe,ntdll.dll,4096,relocated,0x4c0,1,6,6");
  }

  @Test
  @Order(2)
  void aHookThatLeadsElsewhereOnEachHostIsFoldedAway() {
    assertThat(
            rows(
                """
                SELECT host, module, rva, compared, changed_lines, hosts_same, hosts_alike
                FROM code_patches WHERE fleet_wide ORDER BY host"""))
        .containsExactly(
            "HOST4,user32.dll,8192,relocated,0x140,1,2",
            "HOST5,user32.dll,8192,relocated,0x140,1,2");
  }

  @Test
  @Order(3)
  void itIsToldWhoseRelocationsServedAndThatNothingWasLeftOut() {
    assertThat(
            rows(
                """
                SELECT module, hosts, bases, pages, pages_relocated, pages_not_compared,
                  relocations_host IS NOT NULL FROM code_votes
                WHERE module IN ('ntdll.dll', 'user32.dll') ORDER BY module"""))
        .containsExactly("ntdll.dll,6,6,2,2,0,true", "user32.dll,6,6,2,2,0,true");
  }

  @Test
  @Order(4)
  void withoutTheEvidenceOnlyPagesWithoutAddressesAreComparedAndTheRestIsCounted()
      throws IOException {
    for (int host = 0; host < CodeFleet.HOSTS; host++) {
      Files.move(fleet.image("HOST" + host), folder.resolve("away" + host));
    }
    try {
      prevalence();
      assertThat(rows("SELECT host FROM code_patches WHERE module = 'ntdll.dll'")).isEmpty();
      assertThat(
              rows(
                  """
                  SELECT module, pages, pages_relocated, pages_not_compared,
                    relocations_host IS NULL FROM code_votes WHERE module = 'ntdll.dll'"""))
          .containsExactly("ntdll.dll,2,0,2,true");
    } finally {
      for (int host = 0; host < CodeFleet.HOSTS; host++) {
        Files.move(folder.resolve("away" + host), fleet.image("HOST" + host));
      }
    }
  }

  @Test
  @Order(5)
  void aModuleIsCompletedWithThePagesOfOthersAndStandsWhereThisHostHasIt() throws IOException {
    String host = without();
    ModuleTruth module = fleet.module(host, "ntdll.dll");
    assertThat(extract(host, "plain").err()).contains(".reloc");

    CommandRun run = extract(host, "whole", "--from-fleet");

    assertThat(run.code()).as(run.err()).isZero();
    byte[] file = Files.readAllBytes(Path.of(run.lines().get(0)));
    long end = (module.size() & -PAGE) - PAGE;
    assertThat(run.err()).doesNotContain(".reloc");
    for (long rva : new long[] {0, CODE, CODE + PAGE}) {
      assertThat(Arrays.copyOfRange(file, (int) rva, (int) rva + PAGE))
          .as("page %x", rva)
          .isEqualTo(page(host, module.base() + rva));
    }
    assertThat(Arrays.copyOfRange(file, (int) end, (int) end + PAGE))
        .isEqualTo(page(donor(), fleet.module(donor(), "ntdll.dll").base() + end));
    assertThat(Files.readString(Path.of(run.lines().get(1))))
        .contains(
            "\"from_fleet\" : true", "\"relocations_from\" : \"HOST", "\"pages_of_others\" : 1");
  }

  @Test
  @Order(6)
  void thePatchOfOneHostIsOutvotedAndTold() throws IOException {
    ModuleTruth module = fleet.module(CodeFleet.PATCHED, "ntdll.dll");

    CommandRun run = extract(CodeFleet.PATCHED, "outvoted", "--from-fleet");

    byte[] file = Files.readAllBytes(Path.of(run.lines().get(0)));
    byte[] patched = page(CodeFleet.PATCHED, module.base() + CODE);
    int at = CodeFleet.PATCH - CODE;
    assertThat(patched[at]).isEqualTo((byte) 0xC3);
    assertThat(file[CodeFleet.PATCH]).isNotEqualTo((byte) 0xC3);
    patched[at] = file[CodeFleet.PATCH];
    assertThat(Arrays.copyOfRange(file, CODE, CODE + PAGE)).isEqualTo(patched);
    assertThat(Files.readString(Path.of(run.lines().get(1)))).contains("\"hosts_differing\" : 1");
  }

  @Test
  @Order(7)
  void aModuleThatNoHostHasIsToldInPlainWords() {
    CommandRun run =
        CommandRun.of(
            "extract",
            "module",
            "--lake",
            fleet.lake(),
            "--host",
            "HOST0",
            "--from-fleet",
            "--name",
            "absent.dll",
            "--out",
            folder.resolve("none"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("No module absent.dll with a readable header is listed on HOST0");
  }

  private static CommandRun extract(String host, String out, Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "extract",
                "module",
                "--lake",
                fleet.lake(),
                "--host",
                host,
                "--name",
                "ntdll.dll",
                "--pid",
                reader(host).pid(),
                "--out",
                folder.resolve(out)));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray());
  }

  private static ProcessTruth reader(String host) {
    return fleet.machine(host).truth().process("reader.exe");
  }

  private static byte[] page(String host, long address) {
    return fleet.machine(host).processSpace(reader(host).pid()).read(address, PAGE);
  }

  /** A host that lost the relocations of ntdll.dll, and nothing else of it. */
  private static String without() {
    return named(base -> (base & CodeFleet.TABLE_BITS) == 0);
  }

  /** A host that has them. */
  private static String donor() {
    return named(base -> (base & CodeFleet.TABLE_BITS) != 0);
  }

  private static String named(LongPredicate wanted) {
    return IntStream.range(0, CodeFleet.HOSTS)
        .mapToObj(host -> "HOST" + host)
        .filter(host -> !host.equals(CodeFleet.PATCHED))
        .filter(host -> wanted.test(fleet.module(host, "ntdll.dll").base()))
        .findFirst()
        .orElseThrow();
  }
}
