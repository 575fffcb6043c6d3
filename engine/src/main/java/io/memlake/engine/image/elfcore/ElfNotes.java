package io.memlake.engine.image.elfcore;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.ImageHints;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The notes of a core.
 *
 * <pre>
 * note   = u32 length of name, u32 length of body, u32 type, name, body; both padded to 4 bytes
 * "QEMU"   type 0: u32 version, u32 size, 18 registers, 10 segments of 24 bytes, CR0 to CR4
 * "VBCORE" type B00: u32 magic C01AC0DE, u32 format, u32 size, u32 version of VirtualBox, ...
 * </pre>
 */
public final class ElfNotes {

  /** Notes beyond this are not looked at: a kilobyte for each of thousands of processors. */
  private static final int MAX_NOTES = 16 << 20;

  private static final int QEMU_CR3 = 8 + 18 * 8 + 10 * 24 + 3 * 8;
  private static final long PAGE_MASK = ~0xFFFL;
  private static final int VBOX_CORE = 0xB00;
  private static final int VBOX_MAGIC = 0xC01A_C0DE;

  private final ByteSource file;
  private final boolean wide;
  private final Map<String, String> facts;
  private final List<String> warnings;
  private String writer = "";
  private int processors;

  /**
   * Reads notes of {@code file}.
   *
   * @param wide whether the machine has 64 bits
   * @param facts what the notes tell is added here, by the names of {@link ImageHints}
   * @param warnings what is odd about them
   */
  public ElfNotes(ByteSource file, boolean wide, Map<String, String> facts, List<String> warnings) {
    this.file = file;
    this.wide = wide;
    this.facts = facts;
    this.warnings = warnings;
  }

  /** Who wrote the core, followed by a comma; empty when no note says. */
  String writer() {
    return writer;
  }

  /** Reads the notes in {@code size} bytes at {@code offset}. */
  public void read(long offset, long size) throws IOException {
    if (offset < 0 || size < 0) {
      warnings.add("The notes lie outside the file");
      return;
    }
    byte[] notes = ContainerBytes.readUpTo(file, offset, (int) Math.min(MAX_NOTES, size));
    int at = 0;
    while (at + 12 <= notes.length) {
      long nameLength = LittleEndian.u32(notes, at);
      long bodyLength = LittleEndian.u32(notes, at + 4);
      int type = LittleEndian.i32(notes, at + 8);
      long body = at + 12 + padded(nameLength);
      if (body + bodyLength > notes.length) {
        warnings.add("The notes end inside the note at " + Hex.address(offset + at));
        break;
      }
      note(notes, at + 12, type, (int) body, (int) bodyLength);
      at = (int) Math.min(notes.length, body + padded(bodyLength));
    }
    if (processors > 0) {
      facts.put("processors", Integer.toString(processors));
    }
  }

  private void note(byte[] notes, int name, int type, int body, int length) {
    if (ContainerBytes.holds(notes, name, "QEMU\0") && type == 0) {
      writer = "QEMU, ";
      if (wide && length >= QEMU_CR3 + 8) {
        cpu(LittleEndian.i64(notes, body + QEMU_CR3));
      }
    } else if (ContainerBytes.holds(notes, name, "VBCORE\0")
        && type == VBOX_CORE
        && length >= 24
        && LittleEndian.i32(notes, body) == VBOX_MAGIC) {
      writer = "VirtualBox, ";
      facts.put("processors", Long.toString(LittleEndian.u32(notes, body + 20)));
    }
  }

  private void cpu(long cr3) {
    String value = Hex.address(cr3 & PAGE_MASK);
    facts.put("dtb_cpu" + processors, value);
    if (cr3 != 0) {
      facts.putIfAbsent(ImageHints.DTB, value);
    }
    processors++;
  }

  private static long padded(long length) {
    return (length + 3) & ~3L;
  }
}
