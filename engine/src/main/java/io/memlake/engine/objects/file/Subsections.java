package io.memlake.engine.objects.file;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.symbols.BitsField;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.engine.symbols.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The subsections behind a control area, in order: of an image its headers and then its sections,
 * of a data file one run of pages after the other.
 *
 * @param parts the subsections that could be read
 * @param complete whether the chain was followed to its end
 */
record Subsections(List<Part> parts, boolean complete) {
  /** 64 GiB of file in the smallest runs that are made; an image has one a section header. */
  static final int MAXIMUM = 65_536;

  /** Images count in sectors of 512 bytes, whatever the disk has. */
  private static final int SECTOR = 512;

  /**
   * One subsection.
   *
   * @param entries kernel address of its prototype entries; 0 while it has none
   * @param pages how many it has
   * @param fileOffset where an image's section begins in the file
   * @param fileSize bytes that an image's section has in the file
   */
  record Part(long entries, long pages, long fileOffset, long fileSize) {
    /** Kernel address of the entry of a page; 0 when it has none. */
    long entry(long page) {
      return entries == 0 ? 0 : entries + page * Long.BYTES;
    }
  }

  /**
   * Follows the chain of a control area.
   *
   * @throws MissingSymbolException when the symbols lack sections
   */
  static Subsections of(Machine machine, long controlArea) throws IOException {
    Layout layout = Layout.resolve(machine);
    List<Part> parts = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    byte[] bytes = new byte[layout.size()];
    long at = controlArea + layout.controlAreaSize();
    while (at < 0 && parts.size() < MAXIMUM && seen.add(at)) {
      if (!machine.kernelSpace().read(at, bytes, 0, bytes.length)) {
        return new Subsections(parts, false);
      }
      long entries = LittleEndian.i64(bytes, layout.base());
      long pages = LittleEndian.u32(bytes, layout.entries());
      if (entries > 0) {
        return new Subsections(parts, false);
      }
      long rest = layout.rest().isEmpty() ? 0 : layout.rest().get().in(bytes, 0) % SECTOR;
      parts.add(
          new Part(
              entries,
              pages,
              LittleEndian.u32(bytes, layout.startingSector()) * SECTOR,
              LittleEndian.u32(bytes, layout.fullSectors()) * SECTOR + rest));
      at = LittleEndian.i64(bytes, layout.next());
    }
    return new Subsections(parts, at == 0);
  }

  /** Offsets, resolved once a file. */
  private record Layout(
      int controlAreaSize,
      int size,
      int base,
      int entries,
      int next,
      int startingSector,
      int fullSectors,
      Optional<BitsField> rest) {
    static Layout resolve(Machine machine) {
      StructType subsection = machine.symbols().struct("_SUBSECTION");
      return new Layout(
          machine.symbols().struct("_CONTROL_AREA").size(),
          subsection.size(),
          subsection.offsetOf("SubsectionBase"),
          subsection.offsetOf("PtesInSubsection"),
          subsection.offsetOf("NextSubsection"),
          subsection.offsetOf("StartingSector"),
          subsection.offsetOf("NumberOfFullSectors"),
          subsection.findBits("u.SubsectionFlags.SectorEndOffset"));
    }
  }
}
