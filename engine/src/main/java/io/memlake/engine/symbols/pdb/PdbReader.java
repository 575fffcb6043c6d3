package io.memlake.engine.symbols.pdb;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.SymbolTableBuilder;
import java.io.IOException;
import java.util.Locale;

/** Reads PDB files: structures, enumerations, public and global symbols. */
public final class PdbReader {
  private static final int MACHINE_X64 = 0x8664;
  private static final int MACHINE_ARM64 = 0xAA64;

  private static final int AGE = 8;
  private static final int GUID = 12;

  private PdbReader() {}

  /**
   * Whether a file starts like a PDB.
   *
   * @throws IOException when it cannot be read
   */
  public static boolean isPdb(ByteSource source) throws IOException {
    return MsfFile.isMsf(source);
  }

  /**
   * Which binary a PDB is of. A PDB does not know its own name, so the name is that of the file.
   *
   * @throws CorruptSymbolsException when it is no PDB or broken
   * @throws IOException when it cannot be read
   */
  public static PdbId identity(ByteSource source) throws IOException {
    MsfFile file = MsfFile.open(source);
    return identity(source.name(), file);
  }

  /**
   * Reads all types and symbols of {@code source}; the caller closes it.
   *
   * @throws CorruptSymbolsException when it is no PDB or broken; names file, stream and offset
   * @throws IOException when it cannot be read
   */
  public static SymbolTable read(ByteSource source) throws IOException {
    MsfFile file = MsfFile.open(source);
    PdbId pdb = identity(source.name(), file);
    int pointerSize = Long.BYTES;
    DebugInformation debug = null;
    if (file.has(MsfFile.DEBUG_INFORMATION)) {
      debug = DebugInformation.read(file);
      boolean wide = debug.machine() == MACHINE_X64 || debug.machine() == MACHINE_ARM64;
      pointerSize = wide ? Long.BYTES : Integer.BYTES;
    }
    SymbolTableBuilder builder = new SymbolTableBuilder(source.name(), pdb, pointerSize);
    if (file.has(MsfFile.TYPES)) {
      new TypeResolver(TypeRecords.read(file)).addTo(builder);
    }
    if (debug != null) {
      SymbolRecords.addTo(builder, file, debug, SectionAddresses.read(file, debug));
    }
    return builder.build();
  }

  private static PdbId identity(String name, MsfFile file) throws IOException {
    RecordReader info = file.stream(MsfFile.INFO, "identity");
    // The age that the binary repeats is that of the debug information; the other one also counts
    // what was done to the PDB alone.
    int age =
        file.has(MsfFile.DEBUG_INFORMATION) ? DebugInformation.read(file).age() : info.i32(AGE);
    String guid =
        String.format(
            Locale.ROOT,
            "%08X%04X%04X%016X",
            info.i32(GUID),
            info.u16(GUID + 4),
            info.u16(GUID + 6),
            Long.reverseBytes(info.i64(GUID + 8)));
    int cut = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
    return new PdbId(name.substring(cut + 1), guid, age);
  }
}
