package io.memlake.engine.symbols.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.memlake.engine.bytes.FileByteSource;
import io.memlake.engine.symbols.FieldKind;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.KnownKernel;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SharedSymbols;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.TypeNames;
import io.memlake.engine.symbols.isf.IsfReader;
import io.memlake.engine.symbols.store.LocalSymbolFiles;
import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.engine.symbols.store.SymbolStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table inside the program says what the symbol files say that it was made of. */
class EmbeddedTableTest {
  private SymbolStore store;

  @BeforeEach
  void openTheStoreWithoutFiles() throws IOException {
    store = SymbolStore.open(SymbolSettings.EMBEDDED_ONLY, new LocalSymbolFiles());
  }

  @Test
  void knowsEveryKernelAndDriverOfThePublicSet() throws IOException {
    List<KnownKernel> known = store.known();
    assertThat(known.stream().filter(k -> k.pdb().name().equals("ntkrnlmp.pdb"))).hasSize(213);
    assertThat(known.stream().filter(k -> k.pdb().name().equals("tcpip.pdb"))).hasSize(85);
    assertThat(known)
        .filteredOn(kernel -> kernel.pdb().key().equals(SharedSymbols.WINDOWS_10_20H2))
        .singleElement()
        .satisfies(kernel -> assertThat(kernel.version()).hasToString("10.0.19041.804"));
  }

  @Test
  void fingerprintsAgreeWithTheMeasuredOnes() throws IOException {
    int compared = 0;
    for (String line : tableLines("isf/kernel_fingerprints.tsv")) {
      String[] columns = line.split("\t", -1);
      String key = columns[6].replace(".json.xz", "");
      KnownKernel.Fingerprint fingerprint =
          new KnownKernel.Fingerprint(Long.decode(columns[1]), Long.decode(columns[2]));
      assertThat(store.matching(fingerprint))
          .anySatisfy(
              kernel -> {
                assertThat(kernel.pdb().key()).isEqualTo(key);
                assertThat(kernel.version()).hasToString(columns[0]);
              })
          .allSatisfy(
              kernel ->
                  assertThat(kernel.version().toString())
                      .startsWith(columns[0].substring(0, columns[0].lastIndexOf('.'))));
      compared++;
    }
    assertThat(compared).isEqualTo(213);
  }

  @Test
  void equalsEverySharedSymbolFile() throws IOException {
    Set<String> wanted = CompilerLists.wantedSymbols();
    List<Path> files;
    try (Stream<Path> all = Files.list(SharedSymbols.kernels())) {
      files = all.sorted().toList();
    }
    assertThat(files).hasSize(25);
    for (Path file : files) {
      SymbolTable isf;
      try (FileByteSource source = FileByteSource.open(file)) {
        isf = IsfReader.read(source);
      }
      SymbolTable embedded = store.find(isf.pdb()).orElseThrow();
      List<String> differences = new ArrayList<>();
      Set<String> named = new TreeSet<>(isf.structNames());
      named.removeIf(TypeNames::isMadeUp);
      assertThat(embedded.structNames()).as("structures of " + file).isEqualTo(named);
      for (String name : named) {
        compare(name, isf.struct(name), isf, embedded.struct(name), embedded, differences);
      }
      assertThat(differences).as("differences to " + file).isEmpty();
      assertThat(embedded.enumNames()).isEqualTo(isf.enumNames());
      for (String name : isf.enumNames()) {
        assertThat(embedded.findEnum(name)).isEqualTo(isf.findEnum(name));
      }
      Set<String> symbols = new TreeSet<>(isf.symbolNames());
      symbols.retainAll(wanted);
      assertThat(embedded.symbolNames()).isEqualTo(symbols);
      for (String name : symbols) {
        assertThat(embedded.symbol(name)).as(name).isEqualTo(isf.symbol(name));
      }
    }
  }

  @Test
  void namesTheVersionOfEverySharedKernel() throws IOException {
    for (String line : tableLines("isf/index.tsv")) {
      String[] columns = line.split("\t", -1);
      SymbolTable table = store.find(pdb(columns[0])).orElseThrow();
      assertThat(table.version().orElseThrow()).hasToString(columns[1]);
      assertThat(table.source()).isEqualTo("embedded");
      assertThat(table.exact()).isTrue();
    }
  }

  @Test
  void holdsTheKnownOffsetsOfEachBuildLine() throws IOException {
    // build, then EPROCESS size and offsets as measured over the whole public set
    String[] lines = {
      "7601.24540 4F8 180 188 290 2E0 200 338 448 208 168 170 308 270 110",
      "9600.21620 708 2E0 2E8 3D0 438 408 3E8 5D8 348 2D0 640 470 3B0 270",
      "14393.6343 7D0 2E8 2F0 3E0 450 418 3F8 620 358 308 690 488 3C0 2C0",
      "17763.5933 858 2E0 2E8 3E0 450 418 3F8 628 358 308 690 488 3C0 278",
      "18326.778 880 2E8 2F0 3E8 450 418 3F8 658 360 310 6C0 488 3C8 280",
      "18362.836 880 2E8 2F0 3E8 450 418 3F8 658 360 310 6C0 488 3C8 280",
      "19041.985 A40 440 448 540 5A8 570 550 7D8 4B8 468 840 5E0 520 388",
      "20348.887 B80 440 448 540 5A8 570 550 7D8 4B8 468 840 5E0 520 388",
      "22000.978 B80 440 448 540 5A8 570 550 7D8 4B8 468 840 5E0 520 388",
    };
    for (String line : lines) {
      String[] columns = line.split(" ", -1);
      KnownKernel kernel =
          store.known().stream()
              .filter(known -> known.pdb().name().equals("ntkrnlmp.pdb"))
              .filter(known -> known.version().toString().endsWith("." + columns[0]))
              .findFirst()
              .orElseThrow();
      StructType process = store.find(kernel.pdb()).orElseThrow().struct("_EPROCESS");
      int[] found = {
        process.size(),
        process.pointer("UniqueProcessId").offset(),
        process.offsetOf("ActiveProcessLinks"),
        process.pointer("InheritedFromUniqueProcessId").offset(),
        process.offsetOf("ImageFileName"),
        process.pointer("ObjectTable").offset(),
        process.pointer("Peb").offset(),
        process.offsetOf("VadRoot"),
        process.offsetOf("Token"),
        process.u64("CreateTime").offset(),
        process.u64("ExitTime").offset(),
        process.offsetOf("ThreadListHead"),
        process.pointer("SectionBaseAddress").offset(),
      };
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i])
            .as(columns[0] + " " + i)
            .isEqualTo(Integer.parseInt(columns[i + 1], 16));
      }
      assertThat(process.u64("Pcb.DirectoryTableBase").offset()).isEqualTo(0x28);
    }
  }

  @Test
  void findsTheNetworkTablesOfTheDriver() throws IOException {
    SymbolTable driver = store.find(pdb("FD48B7E92182A80F0F8B23D975C31B46-1")).orElseThrow();
    assertThat(driver.pdb().name()).isEqualTo("tcpip.pdb");
    assertThat(driver.symbol("PartitionTable")).isEqualTo(0x218410);
    assertThat(driver.symbol("PartitionCount")).isEqualTo(0x21840C);
    assertThat(driver.symbol("TcpCompartmentSet")).isEqualTo(0x218C80);
    assertThat(driver.symbol("UdpCompartmentSet")).isEqualTo(0x218068);
    assertThat(driver.structNames()).isEmpty();
    assertThat(driver.pointerSize()).isEqualTo(8);
  }

  @Test
  void lendsTheLayoutsOfTheNearestUpdateWithoutSymbols() throws IOException {
    SymbolTable lent = store.nearest(0xF000_0000 | 19045, 4170).orElseThrow();
    assertThat(lent.exact()).isFalse();
    assertThat(lent.source())
        .isEqualTo("layouts of 10.0.19041.3570, for an unknown update of build 19041");
    assertThat(lent.struct("_EPROCESS").size()).isEqualTo(0xA40);
    assertThat(lent.findSymbol("PsActiveProcessHead")).isEmpty();
    assertThat(store.nearest(22631, 1)).isEmpty();
    assertThat(store.similar(22631).orElseThrow().source())
        .isEqualTo("layouts of 10.0.22000.2538, a guess for unknown build 22631");
    assertThat(store.nearest(17763, 400).orElseThrow().version().orElseThrow().revision())
        .isCloseTo(400, within(50));
  }

  private static void compare(
      String path,
      StructType expected,
      SymbolTable isf,
      StructType actual,
      SymbolTable embedded,
      List<String> differences) {
    if (expected.size() != actual.size()
        || !expected.fields().keySet().equals(actual.fields().keySet())) {
      differences.add(path + " has other members or another size");
      return;
    }
    for (FieldType field : expected.fields().values()) {
      FieldType other = actual.fields().get(field.name());
      boolean unnamed = TypeNames.isMadeUp(field.typeName());
      if (!unnamed && !field.equals(other)) {
        differences.add(path + " has " + other + ", not " + field);
      }
      if (unnamed && field.elementKind() == FieldKind.STRUCT) {
        FieldType renamed = withTypeName(field, other.typeName());
        if (!renamed.equals(other)) {
          differences.add(path + " has " + other + ", not " + field);
        }
        compare(
            path + "." + field.name(),
            isf.struct(field.typeName()),
            isf,
            embedded.struct(other.typeName()),
            embedded,
            differences);
      }
    }
  }

  private static FieldType withTypeName(FieldType field, String typeName) {
    return new FieldType(
        field.name(),
        field.kind(),
        field.offset(),
        field.size(),
        field.bitPosition(),
        field.bitLength(),
        field.count(),
        field.elementKind(),
        field.elementSize(),
        typeName);
  }

  private static PdbId pdb(String key) {
    int dash = key.indexOf('-');
    return new PdbId("any.pdb", key.substring(0, dash), Integer.parseInt(key.substring(dash + 1)));
  }

  private static List<String> tableLines(String name) throws IOException {
    return Files.readAllLines(SharedSymbols.file(name)).stream().skip(1).toList();
  }
}
