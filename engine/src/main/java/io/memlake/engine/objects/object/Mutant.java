package io.memlake.engine.objects.object;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.StructType;
import java.io.IOException;
import java.util.Optional;

/**
 * A {@code _KMUTANT}.
 *
 * @param ownerPid process of the thread that owns it, 0 when nobody does
 * @param ownerTid that thread, 0 when nobody owns it
 */
public record Mutant(int ownerPid, int ownerTid) {
  /** {@code MutantObject} of {@code KOBJECTS}. */
  private static final int TYPE = 2;

  /** Reads mutants of one machine. */
  public static final class Reader {
    private final Machine machine;
    private final int size;
    private final int type;
    private final int owner;
    private final int pid;
    private final int tid;

    private Reader(Machine machine) {
      this.machine = machine;
      StructType mutant = machine.symbols().struct("_KMUTANT");
      size = mutant.size();
      type = mutant.offsetOf("Header.Type");
      owner = mutant.offsetOf("OwnerThread");
      Optional<StructType> thread = machine.symbols().findStruct("_ETHREAD");
      pid = offset(thread, "Cid.UniqueProcess");
      tid = offset(thread, "Cid.UniqueThread");
    }

    private static int offset(Optional<StructType> thread, String field) {
      return thread.flatMap(found -> found.find(field)).map(FieldType::offset).orElse(-1);
    }

    /**
     * A reader for {@code machine}.
     *
     * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack mutants
     */
    public static Reader of(Machine machine) {
      return new Reader(machine);
    }

    /** Bytes of a mutant. */
    public int size() {
      return size;
    }

    /** Whether bytes look like a mutant. */
    public boolean sound(byte[] bytes) {
      return LittleEndian.u8(bytes, type) == TYPE && LittleEndian.i64(bytes, owner) <= 0;
    }

    /** The mutant at an address; empty when it is absent or none. */
    public Optional<Mutant> at(long address) throws IOException {
      Optional<byte[]> bytes = machine.kernelSpace().map(address, size).filter(this::sound);
      return bytes.isEmpty() ? Optional.empty() : Optional.of(of(bytes.get()));
    }

    /** The mutant in {@code bytes}, which must be {@link #sound}. */
    public Mutant of(byte[] bytes) throws IOException {
      long thread = LittleEndian.i64(bytes, owner);
      byte[] id = new byte[Integer.BYTES];
      if (thread == 0 || pid < 0 || tid < 0) {
        return new Mutant(0, 0);
      }
      int process =
          machine.kernelSpace().read(thread + pid, id, 0, id.length) ? LittleEndian.i32(id, 0) : 0;
      return machine.kernelSpace().read(thread + tid, id, 0, id.length)
          ? new Mutant(process, LittleEndian.i32(id, 0))
          : new Mutant(process, 0);
    }
  }
}
