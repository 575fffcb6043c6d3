package io.memlake.engine.symbols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.FileByteSource;
import io.memlake.engine.paging.BitField;
import io.memlake.engine.paging.PteAddress;
import io.memlake.engine.paging.PteLayout;
import io.memlake.engine.symbols.isf.IsfReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PteLayoutsTest {
  private static final PdbId PDB = new PdbId("ntkrnlmp.pdb", "5278AFF86C341677D7D7835C85B7B844", 1);
  private static final long MASK = 1L << 45;

  @Test
  void withoutTheStructuresTheUsualLayoutOfThePointerSizeIsTaken() {
    assertThat(PteLayouts.resolve(new SymbolTableBuilder("none", PDB, 8).build(), MASK))
        .isEqualTo(PteLayout.x64(MASK));
    assertThat(PteLayouts.resolve(new SymbolTableBuilder("none", PDB, 4).build(), MASK))
        .isEqualTo(PteLayout.pae(MASK));
  }

  @Test
  void aKernelWithoutSwizzleBitIgnoresTheMask() {
    SymbolTable old =
        new SymbolTableBuilder("old", PDB, 8)
            .addStruct("_MMPTE_SOFTWARE", 8, fields("PageFileLow", 1, 4, "PageFileHigh", 32, 32))
            .build();
    PteLayout layout = PteLayouts.resolve(old, MASK);
    assertThat(layout.source()).isEqualTo("old");
    assertThat(layout.swizzle()).isZero();
    assertThat(layout.unswizzle(0x80)).isEqualTo(0x80);
    assertThat(layout.pageFileNumber()).isEqualTo(new BitField(1, 4));
  }

  @Test
  void splitAddressesOf32BitKernelsAreToldByTheirLength() {
    SymbolTable xp =
        new SymbolTableBuilder("xp", PDB, 4)
            .addStruct("_MMPTE_SOFTWARE", 4, fields("PageFileLow", 1, 4, "PageFileHigh", 12, 20))
            .addStruct(
                "_MMPTE_PROTOTYPE", 4, fields("ProtoAddressLow", 1, 7, "ProtoAddressHigh", 11, 21))
            .addStruct("_MMPTE_SUBSECTION", 4, fields("SubsectionAddressLow", 1, 4, "x", 11, 20))
            .build();
    PteLayout layout = PteLayouts.resolve(xp, 0);
    assertThat(layout.prototypeAddress()).isEqualTo(PteAddress.X86_FROM_PAGED_POOL);
    assertThat(layout.subsectionAddress()).isEqualTo(PteAddress.UNDECODED);
    assertThat(layout.pageFileOffset()).isEqualTo(new BitField(12, 20));
  }

  @Test
  void realKernelsGiveTheirOwnPositions() throws IOException {
    Path data = Path.of("").toAbsolutePath();
    while (data != null && !Files.isDirectory(data.resolve("shared/data/isf"))) {
      data = data.getParent();
    }
    assumeTrue(data != null, "The sample symbol files are not beside the project");
    Path shared = data.resolve("shared/data");
    PteLayout windows10 =
        layout(shared.resolve("isf/windows/ntkrnlmp.pdb/" + PDB.key() + ".json.xz"));
    assertThat(windows10.swizzle()).isEqualTo(0x10);
    assertThat(windows10.invalidPteMask()).isEqualTo(MASK);
    assertThat(windows10.pageFileNumber()).isEqualTo(new BitField(12, 4));
    assertThat(windows10.transitionFrame()).isEqualTo(new BitField(12, 36));
    assertThat(windows10.protection()).isEqualTo(new BitField(5, 5));
    PteLayout reactOs = layout(shared.resolve("images/reactos-amd64.isf.json.xz"));
    assertThat(reactOs.swizzle()).isZero();
    assertThat(reactOs.pageFileNumber()).isEqualTo(new BitField(1, 4));
    assertThat(reactOs.transitionFrame()).isEqualTo(new BitField(12, 28));
    assertThat(reactOs.prototypeProtection()).isEqualTo(new BitField(11, 5));
  }

  private static PteLayout layout(Path file) throws IOException {
    try (ByteSource source = FileByteSource.open(file)) {
      return PteLayouts.resolve(IsfReader.read(source), MASK);
    }
  }

  private static Map<String, FieldType> fields(
      String first, int at, int bits, String second, int secondAt, int secondBits) {
    Map<String, FieldType> fields = new LinkedHashMap<>();
    fields.put(first, FieldType.bits(first, 0, 8, at, bits));
    fields.put(second, FieldType.bits(second, 0, 8, secondAt, secondBits));
    return fields;
  }
}
