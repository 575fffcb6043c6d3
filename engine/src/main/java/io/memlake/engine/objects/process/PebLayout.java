package io.memlake.engine.objects.process;

import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.symbols.PointerField;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.U32Field;
import io.memlake.engine.symbols.U8Field;
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
 * @param windowTitle offset of the window title in the parameters
 * @param desktopInfo offset of the desktop's name in the parameters
 * @param environment offset of the address of the environment block in the parameters
 * @param environmentSize its size in bytes, since Vista
 * @param beingDebugged whether a debugger is attached
 * @param pointerSize bytes of an address
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
    int windowTitle,
    int desktopInfo,
    int environment,
    Optional<PointerField> environmentSize,
    Optional<U8Field> beingDebugged,
    int pointerSize,
    int parametersSize) {

  static PebLayout resolve(SymbolTable symbols) {
    StructType peb = symbols.struct("_PEB");
    StructType parameters = symbols.struct("_RTL_USER_PROCESS_PARAMETERS");
    Optional<U32Field> session = peb.findU32("SessionId");
    int pointer = symbols.pointerSize();
    int parametersField = peb.offsetOf("ProcessParameters") + pointer;
    int path = parameters.offsetOf("ImagePathName");
    int line = parameters.offsetOf("CommandLine");
    int directory = parameters.offsetOf("CurrentDirectory.DosPath");
    int title = parameters.offsetOf("WindowTitle");
    int desktop = parameters.offsetOf("DesktopInfo");
    int environment = parameters.offsetOf("Environment");
    Optional<PointerField> environmentSize = parameters.findPointer("EnvironmentSize");
    int last = Math.max(Math.max(path, line), Math.max(directory, Math.max(title, desktop)));
    int sizeEnd = environmentSize.map(field -> field.offset() + pointer).orElse(0);
    return new PebLayout(
        peb.pointer("ImageBaseAddress"),
        peb.pointer("Ldr"),
        peb.pointer("ProcessParameters"),
        session,
        Math.max(parametersField, session.map(f -> f.offset() + Integer.BYTES).orElse(0)),
        path,
        line,
        directory,
        title,
        desktop,
        environment,
        environmentSize,
        peb.findU8("BeingDebugged"),
        pointer,
        Math.max(Math.max(last + UnicodeString.size(pointer), environment + pointer), sizeEnd));
  }
}
