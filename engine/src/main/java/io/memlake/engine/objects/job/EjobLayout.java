package io.memlake.engine.objects.job;

import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.PointerField;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.U32Field;
import io.memlake.engine.symbols.U8Field;
import java.util.Optional;

/**
 * Where the fields of {@code _EJOB} lie in one kernel.
 *
 * @param size bytes of the structure
 * @param jobLinks offset of the links in the kernel's list
 * @param processListHead offset of the head of the list of processes
 * @param processLinks offset of {@code _EPROCESS.JobLinks}
 * @param totalProcesses processes that were ever in it
 * @param activeProcesses processes that are in it
 * @param terminatedProcesses processes that its limits ended
 * @param limitFlags {@code JOB_OBJECT_LIMIT_*}
 * @param activeProcessLimit how many processes it may have
 * @param priorityClass priority class of its processes
 * @param processMemoryLimit pages that a process may commit
 * @param jobMemoryLimit pages that all together may commit
 * @param peakJobMemory pages that all together had committed
 * @param uiRestrictions {@code JOB_OBJECT_UILIMIT_*}
 * @param sessionId session of its maker
 * @param jobId its number, since Windows 10
 * @param parentJob the job around it, since Windows 8
 * @param serverSilo what makes it a container, since Windows 10
 */
public record EjobLayout(
    int size,
    int jobLinks,
    int processListHead,
    int processLinks,
    U32Field totalProcesses,
    U32Field activeProcesses,
    Optional<U32Field> terminatedProcesses,
    U32Field limitFlags,
    Optional<U32Field> activeProcessLimit,
    Optional<U8Field> priorityClass,
    Optional<PointerField> processMemoryLimit,
    Optional<PointerField> jobMemoryLimit,
    Optional<PointerField> peakJobMemory,
    Optional<U32Field> uiRestrictions,
    Optional<U32Field> sessionId,
    Optional<U32Field> jobId,
    Optional<PointerField> parentJob,
    Optional<PointerField> serverSilo) {

  /**
   * Looks the fields up.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when a field is missing that jobs
   *     cannot be told without
   */
  public static EjobLayout resolve(SymbolTable symbols) {
    StructType type = symbols.struct("_EJOB");
    return new EjobLayout(
        type.size(),
        type.offsetOf("JobLinks"),
        type.offsetOf("ProcessListHead"),
        symbols.struct("_EPROCESS").offsetOf("JobLinks"),
        type.u32("TotalProcesses"),
        type.u32("ActiveProcesses"),
        type.findU32("TotalTerminatedProcesses"),
        type.u32("LimitFlags"),
        type.findU32("ActiveProcessLimit"),
        type.find("PriorityClass").map(FieldType::offset).map(U8Field::new),
        type.findPointer("ProcessMemoryLimit"),
        type.findPointer("JobMemoryLimit"),
        type.findPointer("PeakJobMemoryUsed"),
        type.findU32("UIRestrictionsClass"),
        type.findU32("SessionId"),
        type.findU32("JobId"),
        type.findPointer("ParentJob"),
        type.findPointer("ServerSiloGlobals"));
  }
}
