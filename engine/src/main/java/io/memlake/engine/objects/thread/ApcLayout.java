package io.memlake.engine.objects.thread;

import io.memlake.engine.symbols.BitsField;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.PointerField;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import java.util.Optional;

/**
 * Where a thread keeps the routines that wait to run in it. While it is attached to another
 * process, {@code ApcState} belongs to that one and {@code SavedApcState} to its own.
 *
 * @param lists offset of {@code Tcb.ApcState.ApcListHead}, one head for kernel and one for user
 *     mode
 * @param savedLists offset of {@code Tcb.SavedApcState.ApcListHead}
 * @param stateIndex {@code Tcb.ApcStateIndex}: 0 for its own process, 1 while it is attached
 * @param process {@code Tcb.ApcState.Process}: in whose memory it works
 * @param kernelPending {@code Tcb.ApcState.KernelApcPending}
 * @param userPending {@code Tcb.ApcState.UserApcPending}
 * @param queueable {@code Tcb.ApcQueueable}
 * @param alertable {@code Tcb.Alertable}
 * @param links offset of {@code _KAPC.ApcListEntry}
 * @param normalRoutine {@code _KAPC.NormalRoutine}
 */
record ApcLayout(
    int lists,
    Optional<Integer> savedLists,
    Optional<BitsField> stateIndex,
    Optional<PointerField> process,
    Optional<BitsField> kernelPending,
    Optional<BitsField> userPending,
    Optional<BitsField> queueable,
    Optional<BitsField> alertable,
    int links,
    PointerField normalRoutine) {

  /** Empty when the symbols lack the lists. */
  static Optional<ApcLayout> resolve(SymbolTable symbols) {
    StructType thread = symbols.struct("_ETHREAD");
    Optional<FieldType> lists = thread.find("Tcb.ApcState.ApcListHead");
    Optional<StructType> apc = symbols.findStruct("_KAPC");
    Optional<FieldType> links = apc.flatMap(type -> type.find("ApcListEntry"));
    Optional<PointerField> routine = apc.flatMap(type -> type.findPointer("NormalRoutine"));
    if (lists.isEmpty() || links.isEmpty() || routine.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ApcLayout(
            lists.get().offset(),
            thread.find("Tcb.SavedApcState.ApcListHead").map(FieldType::offset),
            thread.findBits("Tcb.ApcStateIndex"),
            thread.findPointer("Tcb.ApcState.Process"),
            thread.findBits("Tcb.ApcState.KernelApcPending"),
            thread.findBits("Tcb.ApcState.UserApcPending"),
            thread.findBits("Tcb.ApcQueueable"),
            thread.findBits("Tcb.Alertable"),
            links.get().offset(),
            routine.get()));
  }
}
