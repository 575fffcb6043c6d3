package io.memlake.engine.artifacts.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.engine.artifacts.Candidates;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.image.SampleData;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.pagedout.TrimmedHost;
import io.memlake.engine.objects.registry.CellSource;
import io.memlake.engine.objects.registry.Hive;
import io.memlake.engine.objects.registry.HiveExport;
import io.memlake.engine.objects.registry.MountedHive;
import io.memlake.engine.objects.registry.RegfFile;
import io.memlake.engine.objects.value.MalformedObjectException;
import io.memlake.engine.paging.ReverseMapBuilder;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.RegistryHiveRow;
import io.memlake.schemas.row.RegistryKeyRow;
import io.memlake.schemas.row.RegistryValueRow;
import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.machine.MachineBuilder;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.paging.ListedPageFile;
import io.memlake.testdata.paging.PteFormat;
import io.memlake.testdata.paging.TrimmedMachine;
import io.memlake.testdata.registry.HiveContent;
import io.memlake.testdata.registry.HiveSpec;
import io.memlake.testdata.store.CompressedStoreWriter;
import io.memlake.testdata.store.StoreFormat;
import io.memlake.testdata.truth.HostTruth;
import io.memlake.testdata.truth.ProcessTruth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * One machine that has mounted every hive of the samples, sound and broken ones. Of their pages a
 * quarter each is in RAM, on the standby list, in a page file and in the compressed store.
 */
class EveryHiveTest {
  private static final int BUILD = 19041;
  private static final int PAGE = 4096;
  private static final int STORE = 2;
  private static final int FIRST_SLOT = 0x40;
  private static final Path REGLOOKUP = Path.of("/usr/bin/reglookup");

  @TempDir static Path folder;

  private static final Map<String, HiveContent> HIVES = new TreeMap<>();
  private static final Map<String, Read> ROWS = new HashMap<>();
  private static PagedOutMachine machine;
  private static MachineView view;
  private static int moved;

  /** What memory gives of a hive. */
  private static final class Read {
    private final List<String> keys = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();
    private long missingBlocks;
    private HiveUnit unit;

    private void add(SpecificRecordBase row) {
      if (row instanceof RegistryKeyRow key && !key.getDeleted()) {
        keys.add(key.getKey());
      } else if (row instanceof RegistryValueRow value && !value.getDeleted()) {
        values.add(
            value.getKey()
                + "|"
                + value.getValue()
                + "|"
                + value.getTypeId()
                + "|"
                + value.getDataStr());
      } else if (row instanceof RegistryHiveRow hive) {
        missingBlocks = hive.getMissingBlocks();
      } else if (row instanceof ErrorRow error) {
        gaps.add(error.getReason());
      }
    }
  }

  @BeforeAll
  static void mountEveryHive() throws Exception {
    MachineBuilder builder = SyntheticMachine.windows(BUILD).seed(64).standardProcesses();
    Path samples = SampleData.file("registry/ez/SAM").getParent().getParent();
    try (Stream<Path> files = Files.walk(samples)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        byte[] bytes = Files.readAllBytes(file);
        if (isHive(bytes)) {
          HIVES.put(samples.relativize(file).toString(), HiveContent.ofFile(bytes));
        }
      }
    }
    int number = 0;
    for (HiveContent content : HIVES.values()) {
      builder.hive(HiveSpec.withoutFile("\\REGISTRY\\A\\" + ++number, content));
    }
    TrimmedMachine trimmed = new TrimmedMachine(builder.build(), PteFormat.sinceUpdates(), BUILD);
    TrimmedHost whole = TrimmedHost.write(folder, trimmed);
    try (PagedOutMachine opened = whole.open(List.of())) {
      trim(trimmed, bins(opened));
    }
    TrimmedHost host = TrimmedHost.write(folder, trimmed);
    machine = host.open(host.allFiles());
    view = view(machine);
    List<ErrorRow> errors = new ArrayList<>();
    for (HiveUnit unit : HiveRows.units(view, errors::add)) {
      Read read = new Read();
      read.unit = unit;
      HiveRows.collect(view, unit, HiveRows.tables(), read::add);
      ROWS.put(view.hives().hive(unit.address()).orElseThrow().name(), read);
    }
    assertThat(errors).isEmpty();
  }

  @AfterAll
  static void close() throws IOException {
    if (machine != null) {
      machine.close();
    }
  }

  private static boolean isHive(byte[] bytes) throws IOException {
    try {
      return bytes.length > 2 * PAGE - 1
          && RegfFile.open(new HiveFile(bytes), 0).length(false) >= PAGE;
    } catch (MalformedObjectException e) {
      return false;
    }
  }

  private static MachineView view(PagedOutMachine opened) throws IOException {
    return MachineView.of(
        opened.machine(), Candidates.of(List.of(), new ReverseMapBuilder().build()));
  }

  /** Pages of the process Registry that hold bins. */
  private static List<Long> bins(PagedOutMachine opened) throws IOException {
    List<Long> pages = new ArrayList<>();
    MachineView bare = view(opened);
    for (HiveUnit unit : HiveRows.units(bare, error -> {})) {
      MountedHive hive = bare.hives().hive(unit.address()).orElseThrow();
      for (long at = 0; at < hive.cells().length(false); at += CellSource.BLOCK) {
        pages.add(hive.cells().address((int) at));
      }
    }
    return pages;
  }

  private static void trim(TrimmedMachine trimmed, List<Long> pages) {
    long registry = trimmed.machine().truth().process("Registry").pid();
    ProcessTruth compression = trimmed.machine().truth().process("MemCompression");
    CompressedStoreWriter store =
        new CompressedStoreWriter(
                StoreFormat.of(BUILD, true),
                trimmed.kernelMemory(),
                trimmed.userMemory(compression.pid()))
            .pageFileNumber(STORE)
            .owner(compression.eprocess());
    int slot = FIRST_SLOT;
    for (int i = 0; i < pages.size(); i++) {
      long page = pages.get(i);
      switch (i % 4) {
        case 0 -> trimmed.toPageFile(registry, page, 0);
        case 1 -> {
          store.add(0, slot, trimmed.intended(registry, page).orElseThrow());
          trimmed.toStore(registry, page, STORE, slot++);
        }
        case 2 -> trimmed.toTransition(registry, page);
        default -> {
          // Stays where it is.
        }
      }
      moved += i % 4 < 2 ? 1 : 0;
    }
    HostTruth truth = trimmed.machine().truth().host();
    store.write(
        truth.kernelBase() + KernelLayout.bundled(BUILD).symbol("?SmGlobals@@3U_SM_GLOBALS@@A"),
        trimmed.newKernelMemory(1 << 26),
        0x1A0_0000_0000L);
    trimmed.listPageFiles(
        List.of(
            new ListedPageFile(
                0, "\\??\\C:\\pagefile.sys", trimmed.pageFiles().get(0).pageCount(), false),
            new ListedPageFile(STORE, "", 1 << 20, true)));
  }

  @Test
  void everyHiveIsMountedAndMuchOfItIsNotInRam() {
    assertThat(HIVES).hasSizeGreaterThan(55).hasSameSizeAs(ROWS);
    assertThat(moved).isGreaterThan(700);
  }

  @TestFactory
  Stream<DynamicTest> everyHiveHasTheKeysValuesAndGapsOfItsFile() {
    return forEach(
        (name, content, read) -> {
          HiveListing file =
              HiveListing.of(Hive.of(RegfFile.open(new HiveFile(content.file()), 0)));
          assertThat(read.missingBlocks).isZero();
          assertThat(read.keys).containsExactlyElementsOf(file.keys());
          assertThat(read.values).containsExactlyElementsOf(file.values());
          if (!file.gaps().isEmpty()) {
            assertThat(read.gaps).isNotEmpty();
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> everyExtractedHiveIsOpenedAgainAndIsTheSame() {
    return forEach(
        (name, content, read) -> {
          HiveListing before =
              HiveListing.of(Hive.of(RegfFile.open(new HiveFile(content.file()), 0)));
          RegfFile again = RegfFile.open(new HiveFile(export(read)), 0);
          assertThat(again.baseBlock().checksumValid()).isTrue();
          HiveListing after = HiveListing.of(Hive.of(again));
          assertThat(after.keys()).isEqualTo(before.keys());
          assertThat(after.values()).isEqualTo(before.values());
        });
  }

  @TestFactory
  Stream<DynamicTest> reglookupListsTheSameOfEveryExtractedHive() {
    assumeTrue(
        Files.isExecutable(REGLOOKUP), "Skipped: reglookup is not installed; .ci/run installs it");
    return forEach(
        (name, content, read) -> {
          // It gives up at a bad header of a bin, which extraction mends.
          String original = name.equals("ez/SAMBadHBinHeader") ? "ez/SAM" : name;
          assertThat(reglookup("written", export(read)))
              .isEqualTo(reglookup("original", HIVES.get(original).file()));
        });
  }

  private static byte[] export(Read read) throws IOException {
    MountedHive hive = view.hives().hive(read.unit.address()).orElseThrow();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HiveExport.write(hive.cells(), hive.fileBlock(), out);
    return out.toByteArray();
  }

  private static List<String> reglookup(String name, byte[] hive) throws Exception {
    Path file = Files.write(folder.resolve(name), hive);
    Process process =
        new ProcessBuilder(REGLOOKUP.toString(), file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    process.waitFor();
    return text.lines().toList();
  }

  private interface Check {
    void check(String name, HiveContent content, Read read) throws Exception;
  }

  private static Stream<DynamicTest> forEach(Check check) {
    List<DynamicTest> tests = new ArrayList<>();
    int number = 0;
    for (Map.Entry<String, HiveContent> hive : HIVES.entrySet()) {
      Read read = ROWS.get("\\REGISTRY\\A\\" + ++number);
      tests.add(
          DynamicTest.dynamicTest(
              hive.getKey(), () -> check.check(hive.getKey(), hive.getValue(), read)));
    }
    return tests.stream();
  }
}
