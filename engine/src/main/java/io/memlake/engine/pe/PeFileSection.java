package io.memlake.engine.pe;

import io.memlake.engine.bytes.LittleEndian;
import java.nio.charset.StandardCharsets;

/**
 * Where a section stands in the file and where in memory, as its header says; nothing of it is
 * checked.
 *
 * @param name up to eight characters
 * @param offset offset from the base in memory
 * @param size bytes in memory; 0 in some old executables, which mean the size in the file
 * @param fileOffset offset in the file
 * @param fileSize bytes in the file
 */
public record PeFileSection(String name, long offset, long size, long fileOffset, long fileSize) {

  static PeFileSection in(byte[] header, int at) {
    return new PeFileSection(
        new String(header, at, 8, StandardCharsets.ISO_8859_1).trim(),
        LittleEndian.u32(header, at + 12),
        LittleEndian.u32(header, at + 8),
        LittleEndian.u32(header, at + 20),
        LittleEndian.u32(header, at + 16));
  }
}
