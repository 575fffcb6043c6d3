package io.memlake.engine.artifacts.minidump;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.minidump.DumpThread;
import io.memlake.engine.image.minidump.ProcessDump;
import io.memlake.engine.image.virtual.VirtualMemory;
import io.memlake.schemas.row.ProcessRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The environment block and the parameters of the process, where the dump has their bytes: from the
 * TEB of its first thread to the PEB and {@code RTL_USER_PROCESS_PARAMETERS}. Their first fields
 * are the same in all releases.
 *
 * @param peb address of the PEB; 0 when it is not known
 * @param commandLine null when its bytes are not stored
 * @param path of the program; null when its bytes are not stored
 */
record DumpedParameters(long peb, String commandLine, String path) {
  private static final DumpedParameters UNKNOWN = new DumpedParameters(0, null, null);

  /** Characters of a command line: the most that Windows takes. */
  private static final int MAX_BYTES = 0xFFFE;

  static DumpedParameters read(ImageIndex image, ProcessDump dump, Evidence evidence)
      throws IOException {
    if (dump.threads().isEmpty()) {
      return UNKNOWN;
    }
    boolean wide = dump.wide();
    try (VirtualMemory memory = image.virtualMemory().orElseThrow().open(evidence)) {
      for (DumpThread thread : dump.threads()) {
        long peb = pointer(memory, thread.teb() + (wide ? 0x60 : 0x30), wide);
        long parameters = peb == 0 ? 0 : pointer(memory, peb + (wide ? 0x20 : 0x10), wide);
        if (peb != 0) {
          return new DumpedParameters(
              peb,
              parameters == 0 ? null : text(memory, parameters + (wide ? 0x70 : 0x40), wide),
              parameters == 0 ? null : text(memory, parameters + (wide ? 0x60 : 0x38), wide));
        }
      }
    }
    return UNKNOWN;
  }

  private static long pointer(VirtualMemory memory, long address, boolean wide) throws IOException {
    byte[] bytes = new byte[wide ? Long.BYTES : Integer.BYTES];
    if (!memory.read(address, bytes, 0, bytes.length)) {
      return 0;
    }
    return wide ? LittleEndian.i64(bytes, 0) : LittleEndian.u32(bytes, 0);
  }

  /** A {@code UNICODE_STRING}. */
  private static String text(VirtualMemory memory, long address, boolean wide) throws IOException {
    byte[] length = new byte[2];
    long buffer = pointer(memory, address + (wide ? 8 : 4), wide);
    if (buffer == 0 || !memory.read(address, length, 0, 2)) {
      return null;
    }
    byte[] text = new byte[Math.min(MAX_BYTES, LittleEndian.u16(length, 0)) & ~1];
    return memory.read(buffer, text, 0, text.length)
        ? new String(text, StandardCharsets.UTF_16LE)
        : null;
  }

  void into(ProcessRow row) {
    row.setPeb(peb == 0 ? null : peb);
    row.setCommandLine(commandLine);
    if (path != null && !path.isEmpty()) {
      row.setPath(path);
    }
  }
}
