package io.memlake.engine.symbols.isf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.FileByteSource;
import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.FieldKind;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.SharedSymbols;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class IsfReaderTest {
  private static final String SMALL =
      """
      {"user_types": {
         "_OUTER": {"kind": "struct", "size": 64, "fields": {
           "Named": {"offset": 0, "type": {"kind": "union", "name": "_INNER"}},
           "unnamed_8": {"offset": 8, "anonymous": true, "type": {"kind": "struct", "name": "__anon1"}},
           "Grid": {"offset": 16, "type": {"kind": "array", "count": 3, "subtype":
               {"kind": "array", "count": 2, "subtype": {"kind": "struct", "name": "_INNER"}}}},
           "Tail": {"offset": 64, "type": {"kind": "array", "count": 0, "subtype":
               {"kind": "pointer", "subtype": {"kind": "struct", "name": "_OUTER"}}}},
           "Wow": {"offset": 60, "type": {"kind": "pointer", "base": "unsigned long",
               "subtype": {"kind": "base", "name": "void"}}},
           "Lost": {"offset": 60, "type": {"kind": "struct", "name": "_NOWHERE"}},
           "State": {"offset": 56, "type": {"kind": "enum", "name": "_STATE"}}}},
         "_INNER": {"kind": "union", "size": 8, "fields": {
           "Whole": {"offset": 0, "type": {"kind": "base", "name": "unsigned long long"}},
           "High": {"offset": 0, "type": {"kind": "bitfield", "bit_position": 60, "bit_length": 4,
               "type": {"kind": "base", "name": "unsigned long long"}}}}},
         "__anon1": {"kind": "struct", "size": 8, "fields": {
           "Lower": {"offset": 0, "type": {"kind": "base", "name": "unsigned long"}},
           "deeper": {"offset": 4, "anonymous": true, "type": {"kind": "struct", "name": "__anon2"}}}},
         "__anon2": {"kind": "struct", "size": 4, "fields": {
           "Upper": {"offset": 2, "type": {"kind": "base", "name": "unsigned short"}}}}},
       "symbols": {"?SmGlobals@@3U_SM_GLOBALS@@A": {"address": 4660, "constant_data": "AAAA"},
                   "?Run@Machine@@QEAAXXZ": {"address": 1},
                   "Plain": {"address": 8, "type": {"kind": "struct", "name": "_INNER"}}},
       "enums": {"_STATE": {"size": 4, "base": "int",
           "constants": {"Low": -1, "High": 18446744073709551615, "Mid": 5}}},
       "base_types": {"pointer": {"size": 8, "kind": "int", "signed": false, "endian": "little"},
          "void": {"size": 0, "kind": "void"},
          "unsigned short": {"size": 2, "kind": "int"}, "unsigned long": {"size": 4, "kind": "int"},
          "unsigned long long": {"size": 8, "kind": "int"}},
       "metadata": {"format": "6.2.0", "windows": {"pdb":
          {"GUID": "0123456789abcdef0123456789abcdef", "age": 2, "database": "ntkrnlmp.pdb"}}}}
      """;

  @Test
  void readsStructuresWhateverTheOrderOfTheParts() throws IOException {
    SymbolTable table = read(SMALL);
    assertThat(table.source()).isEqualTo("small.json");
    assertThat(table.pdb().key()).isEqualTo("0123456789ABCDEF0123456789ABCDEF-2");
    assertThat(table.pointerSize()).isEqualTo(8);
    assertThat(table.struct("OUTER").size()).isEqualTo(64);
    assertThat(table.struct("_OUTER").field("Named.High"))
        .isEqualTo(FieldType.bits("Named.High", 0, 8, 60, 4));
  }

  @Test
  void givesMembersOfUnnamedStructuresToTheParent() throws IOException {
    StructType outer = read(SMALL).struct("_OUTER");
    assertThat(outer.offsetOf("Lower")).isEqualTo(8);
    assertThat(outer.offsetOf("Upper")).isEqualTo(14);
  }

  @Test
  void multipliesTheDimensionsOfAnArray() throws IOException {
    StructType outer = read(SMALL).struct("_OUTER");
    assertThat(outer.field("Grid"))
        .isEqualTo(FieldType.array("Grid", 16, 6, FieldKind.STRUCT, 8, "_INNER"));
    assertThat(outer.field("Tail"))
        .isEqualTo(FieldType.array("Tail", 64, 0, FieldKind.POINTER, 8, "_OUTER"));
  }

  @Test
  void keepsNarrowPointersAndToleratesTypesThatAreOnlyNamed() throws IOException {
    StructType outer = read(SMALL).struct("_OUTER");
    assertThat(outer.pointer("Wow").size()).isEqualTo(4);
    assertThat(outer.field("Lost"))
        .isEqualTo(FieldType.plain("Lost", FieldKind.OPAQUE, 60, 0, "_NOWHERE"));
  }

  @Test
  void findsDecoratedDataByItsPlainNameAndMethodsOnlyDecorated() throws IOException {
    SymbolTable table = read(SMALL);
    assertThat(table.symbol("SmGlobals")).isEqualTo(4660);
    assertThat(table.symbol("?SmGlobals@@3U_SM_GLOBALS@@A")).isEqualTo(4660);
    assertThat(table.findSymbol("Run")).isEmpty();
  }

  @Test
  void readsConstantsWithTheirSignAndUnsigned() throws IOException {
    assertThat(read(SMALL).findEnum("_STATE").orElseThrow().constants())
        .containsEntry("Low", -1L)
        .containsEntry("High", -1L)
        .containsEntry("Mid", 5L);
    assertThat(read(SMALL).findEnum("STATE").orElseThrow().nameOf(5)).contains("Mid");
  }

  @Test
  void readsXzAndGzipWhateverTheName() throws IOException {
    ByteArrayOutputStream xz = new ByteArrayOutputStream();
    try (OutputStream out = new XZOutputStream(xz, new LZMA2Options(1))) {
      out.write(SMALL.getBytes(UTF_8));
    }
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gzip)) {
      out.write(SMALL.getBytes(UTF_8));
    }
    assertThat(read(xz.toByteArray()).symbol("Plain")).isEqualTo(8);
    assertThat(read(gzip.toByteArray()).symbol("Plain")).isEqualTo(8);
    assertRefused(Arrays.copyOf(xz.toByteArray(), xz.size() / 2), "broken compression");
    assertRefused(Arrays.copyOf(gzip.toByteArray(), gzip.size() / 2), "broken compression");
  }

  /** 129 MiB of spaces in 128 KiB. */
  @Test
  void refusesWhatUnpacksToMoreThanAnySymbolFile() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write('{');
      byte[] spaces = new byte[1 << 20];
      Arrays.fill(spaces, (byte) ' ');
      for (int i = 0; i < 129; i++) {
        gzip.write(spaces);
      }
    }
    assertThat(packed.size()).isLessThan(1 << 18);
    assertRefused(packed.toByteArray(), "it unpacks to more than 128 MiB");
  }

  @Test
  void refusesWhatIsNoSymbolFileWithTheReason() {
    assertRefused(new byte[0], "the file is empty");
    assertRefused("BZh91AY".getBytes(UTF_8), "bzip2");
    assertRefused(invalidUtf32(), "broken text");
    assertRefused("[1]".getBytes(UTF_8), "it is not a JSON object at line 1");
    assertRefused("{\"user_types\": {\"_A\": ".getBytes(UTF_8), "broken JSON at line 1");
    assertRefused("{}".getBytes(UTF_8), "it names no schema version");
    assertRefused(SMALL.replace("6.2.0", "4.1.0"), "4.1.0 is too old; versions 6.0 to 6.3");
    assertRefused(SMALL.replace("6.2.0", "7.0.0"), "7.0.0 is too new");
    assertRefused(SMALL.replace("6.2.0", "6.9.0"), "6.9.0 is too new");
    assertRefused(SMALL.replace("6.2.0", "6.two"), "\"6.two\" is not three numbers");
    assertRefused(
        SMALL.replace("\"pointer\": {\"size\": 8", "\"pointer\": {\"size\": 3"), "no pointer");
    assertRefused(
        SMALL.replace("\"bit_position\": 60", "\"bit_position\": 61"), "outside its number");
    assertRefused(SMALL.replace("\"offset\": 64", "\"offset\": -64"), "-64 is out of range");
    assertRefused(SMALL.replace("\"count\": 3", "\"count\": 2000000000"), "larger than 2 GiB");
    assertRefused(SMALL.replace("\"name\": \"__anon2\"", "\"name\": \"__anon1\""), "nest too deep");
  }

  @Test
  void missingMembersAreNamedWithTheirStructure() throws IOException {
    StructType outer = read(SMALL).struct("_OUTER");
    assertThatThrownBy(() -> outer.u32("Named.Nothing"))
        .hasMessage("small.json has no member Named.Nothing in _OUTER");
    assertThatThrownBy(() -> outer.u32("Named"))
        .hasMessage("small.json has no member Named of 4 bytes in _OUTER, but 8 bytes");
    assertThat(outer.findU32("Named")).isEmpty();
    assertThat(outer.u64("Named").offset()).isZero();
  }

  @Test
  void readsARealKernel() throws IOException {
    SymbolTable table;
    try (FileByteSource file =
        FileByteSource.open(SharedSymbols.kernel(SharedSymbols.WINDOWS_10_20H2))) {
      table = IsfReader.read(file);
    }
    assertThat(table.pdb().key()).isEqualTo(SharedSymbols.WINDOWS_10_20H2);
    assertThat(table.structNames()).hasSize(1646);
    assertThat(table.symbolNames()).hasSize(39832);
    assertThat(table.symbol("PsLoadedModuleList")).isEqualTo(12755856);
    assertThat(table.symbol("SmGlobals")).isEqualTo(13777344);
    StructType process = table.struct("_EPROCESS");
    assertThat(process.size()).isEqualTo(0xA40);
    assertThat(process.u64("Pcb.DirectoryTableBase").offset()).isEqualTo(0x28);
    assertThat(process.pointer("UniqueProcessId").offset()).isEqualTo(0x440);
    assertThat(process.field("ImageFileName"))
        .isEqualTo(FieldType.array("ImageFileName", 0x5A8, 15, FieldKind.INTEGER, 1, ""));
    assertThat(process.field("Peb").typeName()).isEqualTo("_PEB");
    StructType software = table.struct("_MMPTE_SOFTWARE");
    assertThat(software.bits("PageFileLow").bitPosition()).isEqualTo(12);
    assertThat(software.bits("SwizzleBit").in(new byte[] {0x10, 0, 0, 0, 0, 0, 0, 0}, 0))
        .isEqualTo(1);
  }

  private static void assertRefused(String json, String reason) {
    assertRefused(json.getBytes(UTF_8), reason);
  }

  private static void assertRefused(byte[] bytes, String reason) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(CorruptSymbolsException.class)
        .hasMessageStartingWith("Cannot use symbols small.json: ")
        .hasMessageContaining(reason);
  }

  private static SymbolTable read(String json) throws IOException {
    return read(json.getBytes(UTF_8));
  }

  private static SymbolTable read(byte[] bytes) throws IOException {
    return IsfReader.read("small.json", new ByteArrayInputStream(bytes));
  }

  /** Looks like UTF-32 to the JSON reader, with characters that no text has; found by fuzzing. */
  private static byte[] invalidUtf32() {
    byte[] bytes = new byte[51];
    Arrays.fill(bytes, 8, bytes.length, (byte) 0xFF);
    bytes[0] = 8;
    return bytes;
  }
}
