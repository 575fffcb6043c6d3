package io.memlake.engine.objects.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.symbols.FieldKind;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.SymbolTableBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Handle tables of all encodings, and tables that were made to mislead. */
class HandleTableReaderTest {
  private static final long TABLE = 0xFFFF_F800_0000_1000L;
  private static final long TOP = 0xFFFF_F800_0001_0000L;
  private static final long MIDDLE = 0xFFFF_F800_0002_0000L;
  private static final long LEAF = 0xFFFF_F800_0003_0000L;
  private static final long OBJECT = 0xFFFF_FA80_1234_5670L;

  private final TableMemory memory = new TableMemory();
  private final List<Handle> handles = new ArrayList<>();

  private List<String> walk(SymbolTable symbols) throws IOException {
    return HandleTableReader.of(symbols).walk(memory, TABLE, handles::add);
  }

  private static SymbolTableBuilder table() {
    return new SymbolTableBuilder("test", new PdbId("test.pdb", "0".repeat(32), 1), Long.BYTES)
        .addStruct(
            "_HANDLE_TABLE",
            0x80,
            Map.of(
                "TableCode", FieldType.plain("TableCode", FieldKind.INTEGER, 8, Long.BYTES, "")));
  }

  private static SymbolTable windows7() {
    return table()
        .addStruct(
            "_HANDLE_TABLE_ENTRY",
            16,
            Map.of(
                "Object", FieldType.plain("Object", FieldKind.POINTER, 0, Long.BYTES, ""),
                "GrantedAccess",
                    FieldType.plain("GrantedAccess", FieldKind.INTEGER, 8, Integer.BYTES, "")))
        .build();
  }

  private static SymbolTable packed(int position, int length) {
    return table()
        .addStruct(
            "_HANDLE_TABLE_ENTRY",
            16,
            Map.of(
                "ObjectPointerBits",
                    FieldType.bits("ObjectPointerBits", 0, Long.BYTES, position, length),
                "Attributes", FieldType.bits("Attributes", 0, Long.BYTES, 17, 3),
                "GrantedAccessBits", FieldType.bits("GrantedAccessBits", 8, Integer.BYTES, 0, 25)))
        .build();
  }

  @Test
  void anEntryOfWindows7HoldsTheAddressWithFlags() throws IOException {
    memory.put(TABLE + 8, LEAF);
    memory.put(LEAF + 16, OBJECT | 3);
    memory.put(LEAF + 24, 0x0212_0089);
    assertThat(walk(windows7())).isEmpty();
    assertThat(handles).containsExactly(new Handle(4, OBJECT, 0x0212_0089, 3));
    assertThat(handles.get(0).inherited()).isTrue();
    assertThat(handles.get(0).protectedFromClose()).isTrue();
  }

  @Test
  void anEntrySinceWindows81HoldsUnitsOf16Bytes() throws IOException {
    memory.put(TABLE + 8, LEAF);
    memory.put(LEAF + 32, (OBJECT << 16) | (2 << 17) | 0x1_FFFF);
    memory.put(LEAF + 40, 0x1F_0003);
    assertThat(walk(packed(20, 44))).isEmpty();
    assertThat(handles).containsExactly(new Handle(8, OBJECT, 0x1F_0003, 2));
  }

  @Test
  void anEntryOfWindows8HoldsUnitsOf8Bytes() throws IOException {
    long object = 0xFFFF_FA80_1234_5678L;
    memory.put(TABLE + 8, LEAF);
    memory.put(LEAF + 16, (object >>> 3) << 22);
    memory.put(LEAF + 24, 1);
    assertThat(walk(packed(22, 42))).isEmpty();
    assertThat(handles).extracting(Handle::target).containsExactly(object);
  }

  @Test
  void valuesCountOverAllLevels() throws IOException {
    memory.put(TABLE + 8, TOP | 2);
    memory.put(TOP + 8, MIDDLE);
    memory.put(MIDDLE + 16, LEAF);
    memory.put(LEAF + 16, OBJECT);
    assertThat(walk(windows7())).isEmpty();
    assertThat(handles).extracting(Handle::value).containsExactly(4L * (512 * 256 + 2 * 256 + 1));
  }

  @Test
  void pagesThatLeadBackEndTheWalkWithAWord() throws IOException {
    memory.put(TABLE + 8, TOP | 2);
    for (int i = 0; i < 512; i++) {
      memory.put(TOP + i * 8L, MIDDLE);
      memory.put(MIDDLE + i * 8L, TOP);
    }
    List<String> problems = walk(windows7());
    assertThat(handles).isEmpty();
    assertThat(problems).hasSize(257).contains("page 0xfffff80000010000 was met before");
    assertThat(problems.get(256)).isEqualTo("and 767 further pages");
  }

  @Test
  void wildPointersCostOnlyWhatTheyHide() throws IOException {
    memory.put(TABLE + 8, MIDDLE | 1);
    memory.put(MIDDLE, 0x4141_4141_4141_4141L);
    memory.put(MIDDLE + 8, 0xFFFF_F8FF_DEAD_0000L);
    memory.put(MIDDLE + 16, LEAF);
    memory.put(LEAF + 16, OBJECT);
    assertThat(walk(windows7()))
        .containsExactly(
            "page 0x4141414141414141 is no address", "page 0xfffff8ffdead0000 is not in the image");
    assertThat(handles).extracting(Handle::value).containsExactly(4L * (2 * 256 + 1));
  }

  @Test
  void aCodeThatIsNoneIsSaid() throws IOException {
    memory.put(TABLE + 8, LEAF | 3);
    assertThat(walk(windows7())).containsExactly("its code 0xfffff80000030003 is none");
    assertThat(HandleTableReader.of(windows7()).walk(memory, 0xFFFF_8000_0000_0000L, handles::add))
        .containsExactly("the table at 0xffff800000000000 is not in the image");
  }

  @Test
  void rightsHaveTheNamesOfTheirType() {
    assertThat(AccessRights.names("Process", 0x1010))
        .isEqualTo("PROCESS_VM_READ|PROCESS_QUERY_LIMITED_INFORMATION");
    assertThat(AccessRights.names("File", 0x120089))
        .isEqualTo("FILE_READ_DATA|FILE_READ_EA|FILE_READ_ATTRIBUTES|READ_CONTROL|SYNCHRONIZE");
    assertThat(AccessRights.names("Key", 0x2F003F))
        .contains("KEY_CREATE_LINK")
        .endsWith("WRITE_OWNER|0x200000");
    assertThat(AccessRights.names("Unheard", 5)).isEqualTo("0x5");
    assertThat(AccessRights.names("Thread", 0x0200_0000)).isEmpty();
  }
}
