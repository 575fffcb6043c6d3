package io.memlake.engine.objects.thread;

import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.PointerField;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.U64Field;
import io.memlake.engine.symbols.U8Field;
import java.util.Optional;

/**
 * Where the fields of {@code _ETHREAD} lie in one kernel.
 *
 * @param size bytes of the structure
 * @param uniqueProcess {@code Cid.UniqueProcess}
 * @param uniqueThread {@code Cid.UniqueThread}
 * @param threadListEntry offset of the links in the process's list
 * @param createTime FILETIME of creation
 * @param exitTime FILETIME of exit, shared with other uses while the thread lives
 * @param startAddress where the kernel started it
 * @param win32StartAddress the thread function in user mode
 * @param teb {@code Tcb.Teb}
 * @param process {@code Tcb.Process}, the owner's EPROCESS; {@code ThreadsProcess} in NT 5
 * @param state {@code Tcb.State}
 * @param waitReason {@code Tcb.WaitReason}
 */
public record EthreadLayout(
    int size,
    PointerField uniqueProcess,
    PointerField uniqueThread,
    int threadListEntry,
    U64Field createTime,
    Optional<U64Field> exitTime,
    Optional<PointerField> startAddress,
    Optional<PointerField> win32StartAddress,
    Optional<PointerField> teb,
    Optional<PointerField> process,
    Optional<U8Field> state,
    Optional<U8Field> waitReason) {

  /**
   * Looks the fields up.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when a field is missing that threads
   *     cannot be told without
   */
  public static EthreadLayout resolve(SymbolTable symbols) {
    StructType type = symbols.struct("_ETHREAD");
    return new EthreadLayout(
        type.size(),
        type.pointer("Cid.UniqueProcess"),
        type.pointer("Cid.UniqueThread"),
        type.offsetOf("ThreadListEntry"),
        type.u64("CreateTime"),
        type.findU64("ExitTime"),
        type.findPointer("StartAddress"),
        type.findPointer("Win32StartAddress"),
        type.findPointer("Tcb.Teb"),
        type.findPointer("ThreadsProcess").or(() -> type.findPointer("Tcb.Process")),
        firstByte(type, "Tcb.State"),
        firstByte(type, "Tcb.WaitReason"));
  }

  /** One byte in most kernels, a bit field of it in others. */
  private static Optional<U8Field> firstByte(StructType type, String path) {
    return type.find(path).map(FieldType::offset).map(U8Field::new);
  }
}
