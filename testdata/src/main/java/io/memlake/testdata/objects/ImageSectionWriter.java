package io.memlake.testdata.objects;

import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.Struct;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the image section of a program that lies on disk: a subsection for the headers and one for
 * every section, with prototype entries one after the other. Of every four pages one is on the
 * standby list and one was never read from the file; the others have frames.
 */
final class ImageSectionWriter {
  private static final int PAGE = 0x1000;
  private static final int SECTOR = 512;
  private static final int PE_OFFSET = 0x3C;
  private static final int SECTION_HEADER = 40;

  /** Every fourth page, beginning with this one. */
  private static final int FIRST_STANDBY = 1;

  private static final int FIRST_ABSENT = 2;

  /** Executable, in transition, stored as it is. */
  private static final long TRANSITION = 0x870;

  /** Prototype, executable, stored as it is. */
  private static final long IN_FILE = 0x470;

  private final Boot boot;
  private final AddressSpace space;

  ImageSectionWriter(Boot boot) {
    this.boot = boot;
    this.space = boot.space();
  }

  /** A section as its header has it, or the headers themselves. */
  private record Part(int memorySize, int fileOffset, int fileSize) {
    int pages() {
      return (memorySize + PAGE - 1) / PAGE;
    }
  }

  /** Whether the section holds this page of a part; the first pages of all parts are there. */
  static boolean holds(int page) {
    return page % 4 != FIRST_ABSENT;
  }

  /** Writes the section and returns its control area. */
  long write(byte[] program) {
    List<Part> parts = parts(ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN));
    StructLayout controlLayout = boot.struct("_CONTROL_AREA");
    StructLayout subsection = boot.struct("_SUBSECTION");
    long control =
        boot.pool()
            .allocate(
                PoolKind.NONPAGED, "MmCi", controlLayout.size() + parts.size() * subsection.size());
    long segment = boot.pool().allocate(PoolKind.PAGED, "MmSm", boot.struct("_SEGMENT").size());
    int pages = parts.stream().mapToInt(Part::pages).sum();
    long entries = boot.pool().allocatePages(PoolKind.PAGED, pages * Long.BYTES);
    new Struct(space, control, controlLayout)
        .set("Segment", segment)
        .set("u.Flags.Image", 1)
        .set("u.Flags.File", 1);
    new Struct(space, segment, boot.struct("_SEGMENT"))
        .set("ControlArea", control)
        .set("TotalNumberOfPtes", pages)
        .set("SizeOfSegment", (long) pages * PAGE)
        .set("PrototypePte", entries);
    long at = control + controlLayout.size();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      new Struct(space, at, subsection)
          .set("ControlArea", control)
          .set("SubsectionBase", entries)
          .set("PtesInSubsection", part.pages())
          .set("StartingSector", part.fileOffset() / SECTOR)
          .set("NumberOfFullSectors", part.fileSize() / SECTOR)
          .set("u.SubsectionFlags.SectorEndOffset", part.fileSize() % SECTOR)
          .set("NextSubsection", i + 1 < parts.size() ? at + subsection.size() : 0);
      pages(program, part, at, entries);
      at += subsection.size();
      entries += (long) part.pages() * Long.BYTES;
    }
    return control;
  }

  private void pages(byte[] program, Part part, long subsection, long entries) {
    for (int page = 0; page < part.pages(); page++) {
      long entry = subsection << 16 | IN_FILE;
      if (holds(page)) {
        long frame = boot.frames().take();
        int from = page * PAGE;
        int inFile = Math.max(0, Math.min(PAGE, part.fileSize() - from));
        byte[] bytes =
            Arrays.copyOfRange(
                program, part.fileOffset() + from, part.fileOffset() + from + inFile);
        System.arraycopy(bytes, 0, boot.frames().content(frame), 0, inFile);
        entry =
            page % 4 == FIRST_STANDBY
                ? frame << 12 | TRANSITION
                : Access.USER_EXECUTE_READ.entry(frame);
      }
      space.writeLong(entries + (long) page * Long.BYTES, entry);
    }
  }

  private static List<Part> parts(ByteBuffer file) {
    int pe = file.getInt(PE_OFFSET);
    int sections = file.getShort(pe + 6);
    int headers = file.getInt(pe + 24 + 60);
    int table = pe + 24 + file.getShort(pe + 20);
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(headers, 0, headers));
    for (int i = 0; i < sections; i++) {
      int at = table + i * SECTION_HEADER;
      parts.add(new Part(file.getInt(at + 8), file.getInt(at + 20), file.getInt(at + 16)));
    }
    return parts;
  }
}
