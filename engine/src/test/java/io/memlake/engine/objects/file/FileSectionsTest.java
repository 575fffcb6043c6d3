package io.memlake.engine.objects.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.kernel.DiscoverySettings;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.MachineDiscovery;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.engine.objects.pagedout.PageAbsence;
import io.memlake.engine.objects.pagedout.PagedOutDescription;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.pagedout.TrimmedHost;
import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.machine.MachineBuilder;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.paging.ListedPageFile;
import io.memlake.testdata.paging.PteFormat;
import io.memlake.testdata.paging.TrimmedMachine;
import io.memlake.testdata.process.HandleSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs out of their image sections, and large files out of the views of the cache. */
class FileSectionsTest {
  private static final int PAGE = 4096;
  private static final int VIEW = 256 << 10;
  private static final String PATH = "\\Users\\alice\\tool.exe";

  private static final int HEADERS = 0x400;
  private static final int TEXT = 0x400;
  private static final int TEXT_SIZE = 9 * PAGE + 0x200;
  private static final int DATA = TEXT + TEXT_SIZE;

  /** The last section of a driver may end anywhere. */
  private static final int DATA_SIZE = 0x1345;

  /** Padding of the file beyond the one page that the section has. */
  private static final int WIDE = DATA + 0x1400;

  private static final int WIDE_SIZE = 0x2000;

  @ParameterizedTest
  @ValueSource(ints = {7601, 9600, 14393, 17763, 18362, 19041, 20348, 22000})
  void aProgramIsRebuiltFromItsImageSection(int build) throws IOException {
    byte[] program = program();
    SyntheticMachine machine = machine(build).imageContent(PATH, program).build();
    try (PagedOutMachine opened = open(machine)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();

      ImageContent.Report report = ImageContent.of(opened, file(opened, machine)).write(out);

      // Pages 2 and 6 of .text were never read; .wide has one page in memory.
      byte[] expected = program.clone();
      Arrays.fill(expected, TEXT + 2 * PAGE, TEXT + 3 * PAGE, (byte) 0);
      Arrays.fill(expected, TEXT + 6 * PAGE, TEXT + 7 * PAGE, (byte) 0);
      Arrays.fill(expected, WIDE + PAGE, WIDE + WIDE_SIZE, (byte) 0);
      Arrays.fill(expected, DATA + DATA_SIZE, WIDE, (byte) 0);
      assertThat(out.toByteArray()).isEqualTo(expected);
      assertThat(report.holes())
          .containsExactly(
              new FileHole(TEXT + 2 * PAGE, PAGE, PageAbsence.FILE_BACKED),
              new FileHole(TEXT + 6 * PAGE, PAGE, PageAbsence.FILE_BACKED),
              new FileHole(WIDE + PAGE, WIDE_SIZE - PAGE, PageAbsence.FILE_BACKED));
      assertThat(report.bytes()).isEqualTo(program.length);
      assertThat(report.sections()).isEqualTo(4);
      assertThat(report.present()).isEqualTo(1 + 8 + 2 + 1);
      assertThat(report.missing()).isEqualTo(2);
      assertThat(report.notes()).isEmpty();
      assertThat(report.isComplete()).isFalse();
    }
  }

  @Test
  void pagesOfAProgramComeFromThePageFile(@TempDir Path folder) throws IOException {
    byte[] program = program();
    SyntheticMachine machine = machine(19041).imageContent(PATH, program).build();
    TrimmedMachine trimmed = new TrimmedMachine(machine, PteFormat.sinceUpdates(), 5);
    // Page 0 has the headers, so .text begins with page 1.
    trimmed.imagePage(object(machine), 1, 0);
    trimmed.imagePage(object(machine), 4, 0);
    trimmed.listPageFiles(
        List.of(
            new ListedPageFile(
                0, "\\??\\C:\\pagefile.sys", trimmed.pageFiles().get(0).pageCount(), false)));
    TrimmedHost host = TrimmedHost.write(folder, trimmed);
    byte[] expected = image(machine, program);

    try (PagedOutMachine opened = host.open(host.allFiles())) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageContent.of(opened, file(opened, machine)).write(out);
      assertThat(out.toByteArray()).isEqualTo(expected);
    }
    try (PagedOutMachine opened = host.open(List.of())) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageContent.Report report = ImageContent.of(opened, file(opened, machine)).write(out);
      assertThat(report.holes())
          .contains(
              new FileHole(TEXT, PAGE, PageAbsence.PAGE_FILE_NOT_GIVEN),
              // Page 2 lies beside it, for another reason.
              new FileHole(TEXT + 2 * PAGE, PAGE, PageAbsence.FILE_BACKED),
              new FileHole(TEXT + 3 * PAGE, PAGE, PageAbsence.PAGE_FILE_NOT_GIVEN));
      assertThat(Arrays.copyOfRange(out.toByteArray(), TEXT, TEXT + PAGE)).containsOnly(0);
    }
  }

  private static byte[] image(SyntheticMachine machine, byte[] program) throws IOException {
    try (PagedOutMachine opened = open(machine)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageContent.of(opened, file(opened, machine)).write(out);
      assertThat(out.size()).isEqualTo(program.length);
      return out.toByteArray();
    }
  }

  @Test
  void aChainOfSubsectionsThatLoopsEndsAndIsNoted() throws IOException {
    SyntheticMachine machine = machine(19041).imageContent(PATH, program()).build();
    long next = firstSubsection(machine) + subsection(machine).offset("NextSubsection");
    SyntheticImage image = new SyntheticImage(machine);
    image.putI64(machine.kernelSpace().physical(next), firstSubsection(machine));
    try (PagedOutMachine opened = open(image)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();

      ImageContent.Report report = ImageContent.of(opened, file(opened, machine)).write(out);

      assertThat(out.size()).isEqualTo(HEADERS);
      assertThat(report.notes())
          .containsExactly("The chain of subsections is broken: sections may be missing");
    }
  }

  @Test
  void aProgramWithoutItsPrototypeEntriesIsAllHoles() throws IOException {
    SyntheticMachine machine = machine(19041).imageContent(PATH, program()).build();
    long base = firstSubsection(machine) + subsection(machine).offset("SubsectionBase");
    long entries = machine.kernelSpace().readNumber(base, Long.BYTES);
    SyntheticImage image = new SyntheticImage(machine);
    image.losePage(machine.kernelSpace().physical(entries));
    try (PagedOutMachine opened = open(image)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();

      ImageContent.Report report = ImageContent.of(opened, file(opened, machine)).write(out);

      assertThat(report.present()).isZero();
      assertThat(report.holes().get(0))
          .isEqualTo(new FileHole(0, DATA + DATA_SIZE, PageAbsence.PROTOTYPE_MISSING));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // In the map itself, one array, and trees of two, three and four levels.
    "7601, 1000000",
    "19041, 1000000",
    "19041, 33554432",
    "19041, 33554433",
    "7601, 4294967296",
    "19041, 4294967297",
    "22000, 700000000000"
  })
  void viewsOfLargeFilesAreFoundThroughAllLevels(int build, long size) throws IOException {
    long last = (size - 1) / VIEW * VIEW;
    long middle = size / 2 / VIEW * VIEW;
    Map<Long, byte[]> views =
        Map.of(0L, noise(VIEW, 1), middle, noise(VIEW, 2), last, noise((int) (size - last), 3));
    SyntheticMachine machine = machine(build).viewedFile(PATH, size, views).build();
    try (PagedOutMachine opened = open(machine)) {
      FileObject file = file(opened, machine);
      assertThat(file.size()).isEqualTo(size);
      FileContent content = FileContent.of(opened, file);
      byte[] page = new byte[PAGE];
      for (Map.Entry<Long, byte[]> view : views.entrySet()) {
        for (int at = 0; at < view.getValue().length; at += PAGE) {
          assertThat(content.read(view.getKey() + at, page)).isEqualTo(FileContent.Source.CACHE);
          int count = Math.min(PAGE, view.getValue().length - at);
          assertThat(Arrays.copyOf(page, count))
              .isEqualTo(Arrays.copyOfRange(view.getValue(), at, at + count));
        }
      }
      for (long absent : new long[] {VIEW, middle + VIEW, middle - PAGE}) {
        if (!views.containsKey(absent / VIEW * VIEW)) {
          assertThat(content.read(absent, page)).isEqualTo(FileContent.Source.NONE);
        }
      }
    }
  }

  @Test
  void aLargeFileIsWrittenWithItsHolesListed() throws IOException {
    int size = (40 << 20) + 77;
    long at = 36 << 20;
    byte[] view = noise(VIEW, 5);
    SyntheticMachine machine = machine(19041).viewedFile(PATH, size, Map.of(at, view)).build();
    try (PagedOutMachine opened = open(machine)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(size);

      FileContent.Report report = FileContent.of(opened, file(opened, machine)).write(out);

      byte[] expected = new byte[size];
      System.arraycopy(view, 0, expected, (int) at, VIEW);
      assertThat(Arrays.equals(out.toByteArray(), expected)).isTrue();
      assertThat(report.cached()).isEqualTo(VIEW / PAGE);
      assertThat(report.holes())
          .containsExactly(
              new FileHole(0, at, PageAbsence.FILE_BACKED),
              new FileHole(at + VIEW, size - at - VIEW, PageAbsence.FILE_BACKED));
    }
  }

  @Test
  void aViewThatWasGivenToAnotherFileIsNotTaken() throws IOException {
    SyntheticMachine machine =
        machine(19041).viewedFile(PATH, VIEW, Map.of(0L, noise(VIEW, 6))).build();
    long map = pointer(machine, sections(machine), "_SECTION_OBJECT_POINTERS", "SharedCacheMap");
    long array = pointer(machine, map, "_SHARED_CACHE_MAP", "Vacbs");
    long view = machine.kernelSpace().readNumber(array, Long.BYTES);
    SyntheticImage image = new SyntheticImage(machine);
    int owner = machine.layout().struct("_VACB").offset("SharedCacheMap");
    image.putI64(machine.kernelSpace().physical(view + owner), map + 0x1000);
    try (PagedOutMachine opened = open(image)) {
      FileContent content = FileContent.of(opened, file(opened, machine));
      assertThat(content.read(0, new byte[PAGE])).isEqualTo(FileContent.Source.NONE);
    }
  }

  private static MachineBuilder machine(int build) {
    return SyntheticMachine.windows(build)
        .seed(build)
        .standardProcesses()
        .process("holder.exe", p -> p.parent("explorer.exe").handles(HandleSpec.file("C:" + PATH)));
  }

  /** Headers, code, data that ends between sectors, and a section that is wider in the file. */
  private static byte[] program() {
    byte[] bytes = noise(WIDE + WIDE_SIZE, 9);
    Arrays.fill(bytes, 0, HEADERS, (byte) 0);
    Arrays.fill(bytes, DATA + DATA_SIZE, WIDE, (byte) 0);
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int pe = 0x80;
    file.putShort(0, (short) 0x5A4D).putInt(0x3C, pe).putInt(pe, 0x4550);
    file.putShort(pe + 4, (short) 0x8664).putShort(pe + 6, (short) 4);
    file.putShort(pe + 20, (short) 0xF0).putShort(pe + 24, (short) 0x20B);
    file.putInt(pe + 24 + 56, 0x10000).putInt(pe + 24 + 60, HEADERS);
    int at = pe + 24 + 0xF0;
    section(file, at, ".text", 0x1000, TEXT_SIZE, TEXT, TEXT_SIZE);
    section(file, at + 40, ".data", 0xB000, DATA_SIZE, DATA, DATA_SIZE);
    section(file, at + 80, ".bss", 0xD000, 0x2000, 0, 0);
    section(file, at + 120, ".wide", 0xF000, 0x800, WIDE, WIDE_SIZE);
    return bytes;
  }

  private static void section(
      ByteBuffer file, int at, String name, int address, int size, int offset, int fileSize) {
    file.put(at, name.getBytes(StandardCharsets.US_ASCII));
    file.putInt(at + 8, size).putInt(at + 12, address);
    file.putInt(at + 16, fileSize).putInt(at + 20, offset);
  }

  private static byte[] noise(int size, long seed) {
    byte[] bytes = new byte[size];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  private static PagedOutMachine open(SyntheticMachine machine) throws IOException {
    return open(new SyntheticImage(machine));
  }

  private static PagedOutMachine open(SyntheticImage image) throws IOException {
    LocalEvidence evidence = new LocalEvidence();
    MachineDescription description =
        MachineDiscovery.discover(
            image, evidence, SampleMachines.embeddedSymbols(), DiscoverySettings.DEFAULT);
    return PagedOutMachine.open(
        description, PagedOutDescription.NONE, evidence, SampleMachines.embeddedSymbols());
  }

  private static long object(SyntheticMachine machine) {
    return machine.truth().process("holder.exe").handles().stream()
        .filter(handle -> handle.name().endsWith(PATH))
        .findFirst()
        .orElseThrow()
        .object();
  }

  private static FileObject file(PagedOutMachine opened, SyntheticMachine machine)
      throws IOException {
    return FileObjectReader.of(opened.machine()).at(object(machine)).orElseThrow();
  }

  private static long pointer(SyntheticMachine machine, long at, String struct, String field) {
    int offset = machine.layout().struct(struct).offset(field);
    return machine.kernelSpace().readNumber(at + offset, Long.BYTES);
  }

  private static long sections(SyntheticMachine machine) {
    return pointer(machine, object(machine), "_FILE_OBJECT", "SectionObjectPointer");
  }

  private static StructLayout subsection(SyntheticMachine machine) {
    return machine.layout().struct("_SUBSECTION");
  }

  private static long firstSubsection(SyntheticMachine machine) {
    long control =
        pointer(machine, sections(machine), "_SECTION_OBJECT_POINTERS", "ImageSectionObject");
    return control + machine.layout().struct("_CONTROL_AREA").size();
  }
}
