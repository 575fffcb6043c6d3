package io.memlake.engine.objects.process;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.symbols.PointerField;
import java.io.IOException;
import java.util.Optional;

/**
 * The mark of a 32-bit process on 64-bit Windows. Up to Windows 8.1 it is the address of the 32-bit
 * PEB itself, below 4 GiB; since Windows 10 the address of a kernel structure that holds it.
 */
final class Wow64 {
  private final Machine machine;
  private final Optional<PointerField> pebField;

  private Wow64(Machine machine, Optional<PointerField> pebField) {
    this.machine = machine;
    this.pebField = pebField;
  }

  static Wow64 of(Machine machine) {
    return new Wow64(
        machine,
        machine.symbols().findStruct("_EWOW64PROCESS").flatMap(type -> type.findPointer("Peb")));
  }

  /** Address of the 32-bit PEB; 0 when it cannot be told. */
  long peb32(long wow64Process) throws IOException {
    if (wow64Process >>> 32 == 0) {
      return wow64Process;
    }
    byte[] pointer = new byte[Long.BYTES];
    // Windows 10 has the PEB first in its structure, also where symbols do not say so.
    int offset = pebField.map(PointerField::offset).orElse(0);
    if (!machine.kernelSpace().read(wow64Process + offset, pointer, 0, Long.BYTES)) {
      return 0;
    }
    long peb = LittleEndian.i64(pointer, 0);
    return peb >>> 32 == 0 ? peb : 0;
  }
}
