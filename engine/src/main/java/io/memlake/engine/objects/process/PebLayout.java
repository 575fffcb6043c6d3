package io.memlake.engine.objects.process;

import io.memlake.engine.symbols.PointerField;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.U32Field;
import java.util.Optional;

/**
 * Where the fields of {@code _PEB} and of {@code _RTL_USER_PROCESS_PARAMETERS} lie. Public kernel
 * symbols hold both.
 *
 * @param imageBaseAddress base of the program
 * @param ldr address of {@code _PEB_LDR_DATA}
 * @param processParameters address of the parameters
 * @param sessionId session of the process
 * @param pebSize bytes that hold all of these
 * @param imagePathName offset of the path in the parameters
 * @param commandLine offset of the command line in the parameters
 * @param currentDirectory offset of the current directory's path in the parameters
 * @param parametersSize bytes that hold all of these
 */
record PebLayout(
    PointerField imageBaseAddress,
    PointerField ldr,
    PointerField processParameters,
    Optional<U32Field> sessionId,
    int pebSize,
    int imagePathName,
    int commandLine,
    int currentDirectory,
    int parametersSize) {

  private static final int STRING_BYTES = 16;

  static PebLayout resolve(SymbolTable symbols) {
    StructType peb = symbols.struct("_PEB");
    StructType parameters = symbols.struct("_RTL_USER_PROCESS_PARAMETERS");
    Optional<U32Field> session = peb.findU32("SessionId");
    int parametersField = peb.offsetOf("ProcessParameters") + Long.BYTES;
    int path = parameters.offsetOf("ImagePathName");
    int line = parameters.offsetOf("CommandLine");
    int directory = parameters.offsetOf("CurrentDirectory.DosPath");
    return new PebLayout(
        peb.pointer("ImageBaseAddress"),
        peb.pointer("Ldr"),
        peb.pointer("ProcessParameters"),
        session,
        Math.max(parametersField, session.map(f -> f.offset() + Integer.BYTES).orElse(0)),
        path,
        line,
        directory,
        Math.max(Math.max(path, line), directory) + STRING_BYTES);
  }
}
