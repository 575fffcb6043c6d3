package io.memlake.engine.objects.process;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.U32Field;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Follows the pointers of a process: into its own space, its handle table, its session and its
 * audit name. Layouts are resolved once; one instance serves all processes of a machine.
 */
public final class ProcessReader {
  private final Machine machine;
  private final EprocessLayout eprocessLayout;
  private final Optional<PebLayout> pebLayout;
  private final Optional<U32Field> sessionId;
  private final HandleCounts handleCounts;
  private final Wow64 wow64;

  private ProcessReader(Machine machine) throws IOException {
    this.machine = machine;
    this.eprocessLayout = EprocessLayout.resolve(machine.symbols());
    boolean knowsPeb =
        machine.symbols().findStruct("_PEB").isPresent()
            && machine.symbols().findStruct("_RTL_USER_PROCESS_PARAMETERS").isPresent();
    this.pebLayout =
        knowsPeb ? Optional.of(PebLayout.resolve(machine.symbols())) : Optional.empty();
    this.sessionId =
        machine
            .symbols()
            .findStruct("_MM_SESSION_SPACE")
            .flatMap(type -> type.findU32("SessionId"));
    this.handleCounts = HandleCounts.of(machine);
    this.wow64 = Wow64.of(machine);
  }

  /**
   * Resolves the layouts for {@code machine}.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when processes cannot be told at all
   * @throws IOException when the medium fails
   */
  public static ProcessReader of(Machine machine) throws IOException {
    return new ProcessReader(machine);
  }

  /** Layout of {@code _EPROCESS}. */
  public EprocessLayout eprocessLayout() {
    return eprocessLayout;
  }

  /** The machine whose processes this reads. */
  public Machine machine() {
    return machine;
  }

  /**
   * The process's own space; empty when its top table is gone or belongs to somebody else by now,
   * which shows in the kernel not being mapped as everywhere.
   */
  public Optional<AddressSpace> space(Eprocess process) throws IOException {
    long dtb = process.directoryTableBase();
    if (dtb == 0) {
      return Optional.empty();
    }
    if (process.exitTime() == 0) {
      // A process that has ended may have left its base to another one.
      machine.owners().add(dtb, process.virtualAddress());
    }
    AddressSpace space = machine.space(dtb);
    long kernel = machine.description().kernelBase();
    return space.translate(kernel) == machine.kernelSpace().translate(kernel)
        ? Optional.of(space)
        : Optional.empty();
  }

  /** The PEB; empty when the process has none, or it cannot be read. */
  public Optional<Peb> peb(Eprocess process, AddressSpace space) throws IOException {
    return process.peb() == 0 || pebLayout.isEmpty()
        ? Optional.empty()
        : Peb.read(space, process.peb(), pebLayout.get());
  }

  /** Address of the 32-bit PEB of a 32-bit process; 0 when it cannot be told. */
  public long peb32(Eprocess process) throws IOException {
    return wow64.peb32(process.wow64Process());
  }

  /** Open handles; empty when the process has no handle table any more, or it is absent. */
  public OptionalInt handleCount(Eprocess process) throws IOException {
    return process.objectTable() == 0
        ? OptionalInt.empty()
        : handleCounts.in(process.objectTable());
  }

  /** Session by the session's own structure, which only processes of the session map. */
  public OptionalInt sessionId(Eprocess process, AddressSpace space) throws IOException {
    byte[] number = new byte[Integer.BYTES];
    if (process.session() == 0
        || sessionId.isEmpty()
        || !space.read(process.session() + sessionId.get().offset(), number, 0, Integer.BYTES)) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(LittleEndian.i32(number, 0));
  }

  /** Path of the program as the kernel keeps it; empty text when the kernel kept none. */
  public Optional<String> kernelPath(Eprocess process) throws IOException {
    if (process.auditImageFileName() == 0) {
      return Optional.of("");
    }
    int width = machine.kernelSpace().pointerSize();
    Optional<byte[]> header =
        machine.kernelSpace().map(process.auditImageFileName(), UnicodeString.size(width));
    return header.isEmpty()
        ? Optional.empty()
        : UnicodeString.in(header.get(), 0, width).read(machine.kernelSpace());
  }
}
