package io.memlake.engine.symbols.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.EnumType;
import io.memlake.engine.symbols.FieldKind;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.KernelVersion;
import io.memlake.engine.symbols.KnownKernel;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.SymbolTableBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompactSymbolsTest {
  private static final Set<String> WANTED = Set.of("A", "B", "C");

  @Test
  void buildsOfOneLineKeepTheirOwnLayoutsAndSymbols() throws IOException {
    CompactSymbols symbols = open(write(3));
    for (int i = 0; i < 3; i++) {
      SymbolTable table = symbols.find(pdb(i)).orElseThrow();
      assertThat(table.struct("_GROWS").size()).isEqualTo(16 + i);
      assertThat(table.struct("_GROWS").field("Embedded.Flag"))
          .isEqualTo(FieldType.bits("Embedded.Flag", 8 + i, 4, i, 1));
      assertThat(table.struct("_GROWS").field("Many"))
          .isEqualTo(FieldType.array("Many", 0, 4, FieldKind.STRUCT, 4 + i, "_ITEM"));
      assertThat(table.findStruct("_LATE").isPresent()).isEqualTo(i == 2);
      assertThat(table.symbol("A")).isEqualTo(100 - i * 50L);
      assertThat(table.findSymbol("B").isPresent()).isEqualTo(i != 1);
      assertThat(table.findSymbol("Unwanted")).isEmpty();
      assertThat(table.findEnum("_E").orElseThrow().constants()).containsEntry("Minus", -1L - i);
    }
  }

  @Test
  void damagedSectionsAreRefusedWithAReason() throws IOException {
    byte[] sound = write(3);
    byte[][] packed = CompactFormat.split("damaged", sound);
    List<byte[]> raw = new ArrayList<>();
    for (byte[] section : packed) {
      CompactInput in = CompactFormat.unpack("damaged", section);
      raw.add(in.bytes(in.remaining()));
    }
    Random random = new Random(11);
    int refused = 0;
    for (int round = 0; round < 200; round++) {
      List<byte[]> sections = new ArrayList<>(raw);
      int hit = random.nextInt(raw.size());
      byte[] damaged = raw.get(hit).clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      sections.set(
          hit, round % 5 == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      CompactFormat.write(out, sections);
      try {
        CompactSymbols symbols = open(out.toByteArray());
        for (KnownKernel kernel : symbols.known()) {
          SymbolTable table = symbols.find(kernel.pdb()).orElseThrow();
          table.structNames().forEach(table::struct);
        }
      } catch (CorruptSymbolsException e) {
        assertThat(e).hasMessageStartingWith("Cannot use symbols damaged: ");
        refused++;
      }
    }
    assertThat(refused).isBetween(20, 180);
  }

  @Test
  void refusesWhatIsNoCompiledTable() throws IOException {
    byte[] sound = write(1);
    assertThatThrownBy(() -> open(new byte[100]))
        .isInstanceOf(CorruptSymbolsException.class)
        .hasMessageContaining("no compiled symbol table of this version");
    assertThatThrownBy(() -> open(Arrays.copyOf(sound, sound.length - 1)))
        .hasMessageContaining("bytes too early");
    byte[] flipped = sound.clone();
    flipped[sound.length - 40] ^= 0x55;
    assertThatThrownBy(() -> open(flipped).find(pdb(0)))
        .isInstanceOf(CorruptSymbolsException.class);
  }

  private static CompactSymbols open(byte[] bytes) throws IOException {
    return CompactSymbols.open("damaged", new ByteArrayInputStream(bytes));
  }

  private static byte[] write(int builds) throws IOException {
    CompactWriter writer = new CompactWriter();
    for (int i = 0; i < builds; i++) {
      writer.add(table(i), new KernelVersion(10, 0, 19041, i + 1), WANTED);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out);
    return out.toByteArray();
  }

  private static PdbId pdb(int i) {
    return new PdbId("ntkrnlmp.pdb", "0123456789ABCDEF0123456789ABCDE" + i, 1);
  }

  private static SymbolTable table(int i) {
    SymbolTableBuilder builder = new SymbolTableBuilder("test", pdb(i), 8);
    String unnamed = "__unnamed_" + (7 * i);
    builder.addStruct("_ITEM", 4 + i, Map.of());
    builder.addStruct(unnamed, 4, Map.of("Flag", FieldType.bits("Flag", 0, 4, i, 1)));
    builder.addStruct(
        "_GROWS",
        16 + i,
        Map.of(
            "Embedded", FieldType.plain("Embedded", FieldKind.STRUCT, 8 + i, 4, unnamed),
            "Next", FieldType.plain("Next", FieldKind.POINTER, 0, 8, unnamed),
            "Many", FieldType.array("Many", 0, 4, FieldKind.STRUCT, 4 + i, "_ITEM")));
    builder.addSymbol("A", 100 - i * 50L).addSymbol("Unwanted", 1).addSymbol("C", 5_000_000_000L);
    if (i != 1) {
      builder.addSymbol("B", 200);
    }
    if (i == 2) {
      builder.addStruct("_LATE", 1, Map.of());
    }
    builder.addEnum(new EnumType("_E", 4, Map.of("Minus", -1L - i, "Two", 2L)));
    return builder.build();
  }
}
