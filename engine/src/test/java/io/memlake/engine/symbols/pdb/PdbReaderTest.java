package io.memlake.engine.symbols.pdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.FileByteSource;
import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.FieldKind;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.MemorySource;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SharedSymbols;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.TypeNames;
import io.memlake.engine.symbols.store.LocalSymbolFiles;
import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.engine.symbols.store.SymbolStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PdbReaderTest {
  private static final PdbId SAMPLE =
      new PdbId("ntkrnlmp.pdb", "00112233445566778899AABBCCDDEEFF", 7);

  @Test
  void readsIdentityWithTheAgeThatTheBinaryRepeats() throws IOException {
    assertThat(PdbReader.identity(source(SamplePdb.bytes()))).isEqualTo(SAMPLE);
    assertThat(read(SamplePdb.bytes()).pointerSize()).isEqualTo(8);
    assertThat(read(SamplePdb.types().machine(0x14C).build()).pointerSize()).isEqualTo(4);
  }

  @Test
  void readsStructuresThroughForwardReferencesModifiersAndContinuedLists() throws IOException {
    StructType outer = read(SamplePdb.bytes()).struct("_OUTER");
    assertThat(outer.size()).isEqualTo(88);
    assertThat(outer.field("Next"))
        .isEqualTo(FieldType.plain("Next", FieldKind.POINTER, 8, 8, "_OUTER"));
    assertThat(outer.field("Context"))
        .isEqualTo(FieldType.plain("Context", FieldKind.POINTER, 16, 8, ""));
    assertThat(outer.field("u.High")).isEqualTo(FieldType.bits("u.High", 24, 8, 60, 4));
    assertThat(outer.u32("Last").offset()).isEqualTo(84);
    assertThat(outer.u32("Inherited").offset()).isEqualTo(4);
    FieldType grid = outer.field("Grid");
    assertThat(grid)
        .isEqualTo(FieldType.array("Grid", 32, 6, FieldKind.STRUCT, 8, grid.typeName()));
    assertThat(TypeNames.isMadeUp(grid.typeName())).isTrue();
    assertThat(outer.field("State"))
        .isEqualTo(FieldType.plain("State", FieldKind.ENUM, 80, 4, "_STATE"));
  }

  @Test
  void readsEnumerations() throws IOException {
    assertThat(read(SamplePdb.bytes()).findEnum("_STATE").orElseThrow().constants())
        .containsEntry("Low", -1L)
        .containsEntry("Mid", 5L)
        .hasSize(2);
  }

  @Test
  void placesSymbolsBySectionAndPrefersPublicNames() throws IOException {
    SymbolTable table = read(SamplePdb.bytes());
    assertThat(table.symbol("PsActiveProcessHead")).isEqualTo(0x20034);
    assertThat(table.symbol("SmGlobals")).isEqualTo(0x20040);
    assertThat(table.symbol("LocalData")).isEqualTo(0x1010);
    assertThat(table.symbolNames()).hasSize(3);
  }

  @Test
  void followsCodeThatTheLinkerMovedAndLeavesOutWhatItDropped() throws IOException {
    byte[] pdb =
        new PdbBuilder()
            .section(0x9000)
            .originalSection(0x1000)
            .move(0x1000, 0x5000)
            .move(0x1100, 0)
            .move(0x1200, 0x4000)
            .symbol(0x110E, 1, 0x10, "First")
            .symbol(0x110E, 1, 0x110, "Dropped")
            .symbol(0x110E, 1, 0x234, "Last")
            .build();
    SymbolTable table = read(pdb);
    assertThat(table.symbol("First")).isEqualTo(0x5010);
    assertThat(table.findSymbol("Dropped")).isEmpty();
    assertThat(table.symbol("Last")).isEqualTo(0x4034);
  }

  @Test
  void refusesBrokenFilesWithStreamAndReason() {
    byte[] sample = SamplePdb.bytes();
    assertRefused("no PDB at all".getBytes(UTF_8), "MSF 7.00");
    assertRefused(Arrays.copyOf(sample, sample.length / 2), "it ends at byte");
    byte[] blockSize = sample.clone();
    blockSize[33] = 3;
    assertRefused(blockSize, "blocks of 768 bytes");
    byte[] directory = sample.clone();
    directory[47] = 0x70;
    assertRefused(directory, "does not fit into the file");
    PdbBuilder bits = new PdbBuilder();
    int field = bits.type(0x1205, PdbBuilder.u32(0x75), PdbBuilder.u8(4), PdbBuilder.u8(30));
    bits.structure("_BITS", 4, bits.type(0x1203, PdbBuilder.member(field, 0, "Wide")));
    assertRefused(bits.build(), "member Wide has bits outside its number (types, offset");
  }

  @Test
  void endsOnListsAndTypesThatReferToThemselves() throws IOException {
    PdbBuilder loops = new PdbBuilder();
    int list = 0x1000;
    loops.type(0x1203, PdbBuilder.member(0x75, 0, "Once"), PdbBuilder.continuation(list));
    loops.structure("_LOOP", 4, list);
    loops.structure(
        "_OWN_PARENT",
        4,
        loops.type(0x1203, PdbBuilder.base(0x1003, 0), PdbBuilder.base(0x1003, 0)));
    assertThat(read(loops.build()).struct("_LOOP").fields()).containsOnlyKeys("Once");

    PdbBuilder modifier = new PdbBuilder();
    modifier.type(0x1001, PdbBuilder.u32(0x1000), PdbBuilder.u16(1));
    modifier.structure("_ENDLESS", 4, modifier.type(0x1203, PdbBuilder.member(0x1000, 0, "Type")));
    assertRefused(modifier.build(), "nest too deep");
  }

  @Test
  void anyDamageEndsWithATableOrAReason() throws IOException {
    byte[] sample = SamplePdb.bytes();
    Random random = new Random(7);
    int refused = 0;
    for (int round = 0; round < 4000; round++) {
      byte[] damaged = sample.clone();
      int hits = 1 + random.nextInt(4);
      for (int i = 0; i < hits; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      if (round % 8 == 0) {
        damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
      }
      try {
        read(damaged);
      } catch (CorruptSymbolsException e) {
        assertThat(e).hasMessageStartingWith("Cannot use symbols samples/ntkrnlmp.pdb: ");
        refused++;
      }
    }
    assertThat(refused).isBetween(400, 3600);
  }

  @Test
  void theStoreFindsPdbFilesByContentAndTakesThemAsForcedFile(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("ntkrnlmp.pdb");
    Files.write(file, SamplePdb.bytes());
    SymbolStore store = store(new SymbolSettings(List.of(folder.toString()), ""));
    assertThat(store.find(SAMPLE).orElseThrow().source()).isEqualTo(file.toString());
    assertThat(store.find(new PdbId("ntkrnlmp.pdb", SAMPLE.guid(), 99))).isEmpty();
    assertThat(store.problems()).isEmpty();
    Path server = folder.resolve("ntkrnlmp.pdb.d/" + SAMPLE.guid() + "7/ntkrnlmp.pdb");
    Files.createDirectories(server.getParent());
    Files.move(file, server);
    assertThat(store(new SymbolSettings(List.of(folder.toString()), "")).find(SAMPLE)).isPresent();
    SymbolStore forced = store(new SymbolSettings(List.of(), server.toString()));
    assertThat(forced.forced().orElseThrow().pdb()).isEqualTo(SAMPLE);
  }

  @Test
  void readsARealPdbAsTheKernelsSymbolFileHasTheSameTypes() throws IOException {
    SymbolTable pdb = readShared("systeminformer.pdb");
    assertThat(pdb.pdb().key()).isEqualTo("95435CEC4AB104C5E86BFBEA4416C4A3-1");
    assertThat(pdb.pointerSize()).isEqualTo(8);
    assertThat(pdb.structNames()).hasSize(770);
    SymbolTable kernel = store(SymbolSettings.EMBEDDED_ONLY).nearest(22000, -1).orElseThrow();
    List<String> same = new ArrayList<>();
    for (String name : pdb.structNames()) {
      Optional<StructType> other = kernel.findStruct(name);
      if (other.isPresent() && other.get().fields().equals(pdb.struct(name).fields())) {
        assertThat(pdb.struct(name).size()).as(name).isEqualTo(other.get().size());
        same.add(name);
      }
    }
    assertThat(same)
        .hasSizeGreaterThan(150)
        .contains("_LIST_ENTRY", "_UNICODE_STRING", "_OBJECT_ATTRIBUTES", "_RTL_BALANCED_NODE");
  }

  @Test
  void reads32BitPdbsOfOldAndNewLinkers() throws IOException {
    SymbolTable minimal = readShared("minimal.pdb");
    assertThat(minimal.pdb().key()).isEqualTo("9AC8F93CE9BE44B590AADF2DFABEA7A3-1");
    // Addresses and offsets as Volatility's own PDB converter gives them.
    assertThat(minimal.symbol("function")).isEqualTo(4096);
    assertThat(minimal.symbol("main")).isEqualTo(4120);
    assertThat(minimal.symbol("mainCRTStartup")).isEqualTo(4182);
    assertThat(minimal.symbol("initialized_global")).isEqualTo(12288);
    assertThat(minimal.symbol("uninitialized_global")).isEqualTo(12292);
    assertThat(minimal.struct("bitfield_typedef").field("c"))
        .isEqualTo(FieldType.bits("c", 0, 1, 3, 3));
    assertThat(minimal.struct("struct_typedef").offsetOf("c")).isEqualTo(3);
    assertThat(minimal.struct("unnamed_member_types_typedef").field("a.a"))
        .isEqualTo(FieldType.array("a.a", 0, 4, FieldKind.INTEGER, 1, ""));
    for (String name : List.of("Project1.pdb", "SimplePDB.pdb")) {
      SymbolTable old = readShared(name);
      assertThat(old.pointerSize()).isEqualTo(4);
      assertThat(old.struct("_CONTEXT").size()).isEqualTo(716);
      assertThat(old.struct("_NT_TIB").pointer("ArbitraryUserPointer").offset()).isEqualTo(20);
    }
  }

  private static SymbolTable readShared(String name) throws IOException {
    try (FileByteSource file = FileByteSource.open(SharedSymbols.file("pdb/" + name))) {
      return PdbReader.read(file);
    }
  }

  private static SymbolStore store(SymbolSettings settings) throws IOException {
    return SymbolStore.open(settings, new LocalSymbolFiles());
  }

  private static void assertRefused(byte[] bytes, String reason) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(CorruptSymbolsException.class)
        .hasMessageContaining(reason);
  }

  private static SymbolTable read(byte[] bytes) throws IOException {
    return PdbReader.read(source(bytes));
  }

  private static MemorySource source(byte[] bytes) {
    return new MemorySource("samples/ntkrnlmp.pdb", bytes);
  }
}
