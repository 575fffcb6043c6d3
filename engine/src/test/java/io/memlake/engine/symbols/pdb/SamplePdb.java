package io.memlake.engine.symbols.pdb;

import static io.memlake.engine.symbols.pdb.PdbBuilder.base;
import static io.memlake.engine.symbols.pdb.PdbBuilder.constant;
import static io.memlake.engine.symbols.pdb.PdbBuilder.continuation;
import static io.memlake.engine.symbols.pdb.PdbBuilder.join;
import static io.memlake.engine.symbols.pdb.PdbBuilder.member;
import static io.memlake.engine.symbols.pdb.PdbBuilder.text;
import static io.memlake.engine.symbols.pdb.PdbBuilder.u16;
import static io.memlake.engine.symbols.pdb.PdbBuilder.u32;
import static io.memlake.engine.symbols.pdb.PdbBuilder.u8;

/** A PDB with one of everything that kernels have. */
final class SamplePdb {
  static final int U32 = 0x75;
  static final int U64 = 0x77;
  static final int VOID_POINTER_64 = 0x603;

  private static final int FIELD_LIST = 0x1203;

  private SamplePdb() {}

  static PdbBuilder types() {
    PdbBuilder pdb = new PdbBuilder();
    final int forward = pdb.forward("_OUTER");
    final int pointer = pdb.type(0x1002, u32(forward), u32(0x0001000C));
    int high = pdb.type(0x1205, u32(U64), u8(4), u8(60));
    int innerList = pdb.type(FIELD_LIST, member(U64, 0, "Whole"), member(high, 0, "High"));
    int inner = pdb.type(0x1506, u16(2), u16(0), u32(innerList), u16(8), text("<unnamed-tag>"));
    int constant = pdb.type(0x1001, u32(inner), u16(1));
    int row = pdb.type(0x1503, u32(constant), u32(0x77), u16(16), text(""));
    final int grid = pdb.type(0x1503, u32(row), u32(0x77), u16(48), text(""));
    int constants =
        pdb.type(FIELD_LIST, constant("Low", join(u16(0x8003), u32(-1))), constant("Mid", u16(5)));
    final int state = pdb.type(0x1507, u16(2), u16(0), u32(0x74), u32(constants), text("_STATE"));
    int baseList = pdb.type(FIELD_LIST, member(U32, 4, "Inherited"));
    final int parent = pdb.structure("_PARENT", 8, baseList);
    int rest = pdb.type(FIELD_LIST, member(grid, 32, "Grid"), member(U32, 84, "Last"));
    int list =
        pdb.type(
            FIELD_LIST,
            base(parent, 0),
            member(pointer, 8, "Next"),
            member(VOID_POINTER_64, 16, "Context"),
            member(inner, 24, "u"),
            member(state, 80, "State"),
            continuation(rest));
    pdb.structure("_OUTER", 88, list);
    return pdb;
  }

  static byte[] bytes() {
    return types()
        .section(0x1000)
        .section(0x20000)
        .symbol(0x110E, 2, 0x34, "PsActiveProcessHead")
        .symbol(0x110E, 2, 0x40, "?SmGlobals@@3U_SM_GLOBALS@@A")
        .symbol(0x110D, 2, 0x44, "PsActiveProcessHead")
        .symbol(0x110C, 1, 0x10, "LocalData")
        .symbol(0x110E, 9, 0, "Absolute")
        .symbol(0x1125, 1, 0, "SomeProcedureReference")
        .build();
  }
}
