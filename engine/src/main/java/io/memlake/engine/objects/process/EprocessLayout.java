package io.memlake.engine.objects.process;

import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.PointerField;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.U32Field;
import io.memlake.engine.symbols.U64Field;
import io.memlake.engine.symbols.U8Field;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the fields of {@code _EPROCESS} lie in one kernel. What older or newer kernels lack is
 * optional, and so is what calibration may fail to find.
 *
 * @param size bytes of the structure
 * @param directoryTableBase {@code Pcb.DirectoryTableBase}
 * @param userDirectoryTableBase {@code Pcb.UserDirectoryTableBase}, since the Meltdown updates
 * @param uniqueProcessId process id
 * @param activeProcessLinks offset of the links in {@code PsActiveProcessHead}
 * @param inheritedFromUniqueProcessId id of the creator
 * @param imageFileName offset of 15 bytes of name and a zero
 * @param createTime FILETIME of creation
 * @param exitTime FILETIME of exit, 0 while it runs
 * @param exitStatus NTSTATUS, STATUS_PENDING while it runs
 * @param threadListHead offset of the head of its threads
 * @param activeThreads number of threads that have not exited
 * @param objectTable address of its handle table, 0 after exit
 * @param peb address of the PEB in its own space
 * @param sectionBaseAddress where its program is mapped
 * @param session address of its {@code _MM_SESSION_SPACE}
 * @param wow64Process what marks a 32-bit process, see {@link Wow64}
 * @param auditImageFileName {@code SeAuditProcessCreationInfo.ImageFileName}
 * @param protection {@code _PS_PROTECTION}, since Windows 8.1
 * @param token reference to its primary token
 * @param signatureLevel level of its program's signature, since Windows 8.1
 * @param sectionSignatureLevel level that its modules must have
 * @param imageFilePointer file object of its program, since Windows 10
 * @param debugPort debug object
 * @param job job that it is in
 * @param sessionLinks offset of its links in the list of its session, -1 where there are none
 */
public record EprocessLayout(
    int size,
    PointerField directoryTableBase,
    Optional<PointerField> userDirectoryTableBase,
    PointerField uniqueProcessId,
    int activeProcessLinks,
    Optional<PointerField> inheritedFromUniqueProcessId,
    int imageFileName,
    Optional<U64Field> createTime,
    Optional<U64Field> exitTime,
    Optional<U32Field> exitStatus,
    OptionalInt threadListHead,
    Optional<U32Field> activeThreads,
    Optional<PointerField> objectTable,
    Optional<PointerField> peb,
    Optional<PointerField> sectionBaseAddress,
    Optional<PointerField> session,
    Optional<PointerField> wow64Process,
    Optional<PointerField> auditImageFileName,
    Optional<U8Field> protection,
    Optional<PointerField> token,
    Optional<U8Field> signatureLevel,
    Optional<U8Field> sectionSignatureLevel,
    Optional<PointerField> imageFilePointer,
    Optional<PointerField> debugPort,
    Optional<PointerField> job,
    int sessionLinks) {

  /** Bytes of {@code ImageFileName}: 15 characters and a zero; newer kernels say 15 in all. */
  public static final int IMAGE_FILE_NAME_BYTES = 15;

  /**
   * Looks the fields up.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when a field is missing that processes
   *     cannot be told without
   */
  public static EprocessLayout resolve(SymbolTable symbols) {
    StructType type = symbols.struct("_EPROCESS");
    return new EprocessLayout(
        type.size(),
        directoryTableBase(type, symbols),
        type.findPointer("Pcb.UserDirectoryTableBase"),
        type.pointer("UniqueProcessId"),
        type.offsetOf("ActiveProcessLinks"),
        type.findPointer("InheritedFromUniqueProcessId"),
        type.offsetOf("ImageFileName"),
        type.findU64("CreateTime"),
        type.findU64("ExitTime"),
        type.findU32("ExitStatus"),
        type.find("ThreadListHead")
            .map(field -> OptionalInt.of(field.offset()))
            .orElse(OptionalInt.empty()),
        type.findU32("ActiveThreads"),
        type.findPointer("ObjectTable"),
        type.findPointer("Peb"),
        type.findPointer("SectionBaseAddress"),
        type.findPointer("Session"),
        type.findPointer("WoW64Process").or(() -> type.findPointer("Wow64Process")),
        type.findPointer("SeAuditProcessCreationInfo.ImageFileName"),
        type.findU8("Protection"),
        type.find("Token").map(field -> new PointerField(field.offset(), symbols.pointerSize())),
        type.findU8("SignatureLevel"),
        type.findU8("SectionSignatureLevel"),
        type.findPointer("ImageFilePointer"),
        type.findPointer("DebugPort"),
        type.findPointer("Job"),
        type.find("SessionProcessLinks").map(FieldType::offset).orElse(-1));
  }

  /** An array of two in NT 5.2, of which the first is the directory. */
  private static PointerField directoryTableBase(StructType type, SymbolTable symbols) {
    return new PointerField(type.offsetOf("Pcb.DirectoryTableBase"), symbols.pointerSize());
  }

  /** Bytes of an address in this kernel. */
  public int pointerSize() {
    return directoryTableBase.size();
  }
}
