package io.memlake.engine.image.elfcore;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormat;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.image.extent.ExtentIndex;
import io.memlake.engine.image.extent.ExtentTable;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.image.extent.StoredFile;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * ELF cores whose segments carry physical addresses.
 *
 * <pre>
 * file    = ELF header (e_type 4), program headers, segments
 * PT_LOAD : p_paddr is the physical address; p_filesz bytes are at p_offset, from there to p_memsz
 *           zeros; p_filesz 0 means that the range was not dumped
 * PT_NOTE : what the emulator says about its processors
 * </pre>
 *
 * <p>A core whose segments have virtual addresses only is that of a process and refused.
 */
public final class ElfCoreFormat implements ImageFormat {

  /** Name as tables spell it. */
  public static final String NAME = "elfcore";

  /** Headers, the table of sections and its names; segments may begin on pages of their own. */
  private static final long MAX_TABLES = 1 << 14;

  /** Without state. */
  public ElfCoreFormat() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException {
    Optional<ElfHeader> header = ElfHeader.read(file);
    if (header.isEmpty()) {
      return Optional.empty();
    }
    List<ElfSegment> segments = header.get().segments(file);
    List<ElfSegment> loads = segments.stream().filter(ElfSegment::isLoad).toList();
    if (loads.isEmpty()) {
      throw new CorruptImageException(file.name(), 0, "an ELF core without memory");
    }
    if (isProcess(loads)) {
      throw new UnsupportedImageException(
          file.name(),
          "the core of a process (no physical addresses)",
          "the ELF core of a whole machine");
    }
    StoredFile bytes = StoredFile.of(file);
    ExtentTableBuilder extents = ExtentTableBuilder.over(bytes, file.name());
    for (ElfSegment load : loads) {
      add(file, load, extents);
    }
    ExtentTable table = extents.build();
    List<String> warnings = new ArrayList<>();
    if (extents.overlappingPages() > 0) {
      warnings.add(
          extents.overlappingPages() + " frames are in more than one segment; the first counts");
    }
    addUncovered(file, segments, warnings);
    Map<String, String> facts = new TreeMap<>();
    facts.put("elf_machine", Integer.toString(header.get().machine()));
    ElfNotes notes = new ElfNotes(file, header.get().wide(), facts, warnings);
    for (ElfSegment segment : segments) {
      if (segment.isNote()) {
        notes.read(segment.fileOffset(), segment.fileSize());
      }
    }
    return Optional.of(
        new ExtentIndex(
            NAME,
            notes.writer() + (header.get().wide() ? "64-bit" : "32-bit"),
            file.name(),
            List.of(bytes),
            table,
            ImageHints.of(facts),
            warnings));
  }

  /** Bytes of no segment are memory that a damaged table of segments lost. */
  private static void addUncovered(
      ByteSource file, List<ElfSegment> segments, List<String> warnings) {
    long covered = 0;
    for (ElfSegment segment : segments) {
      boolean inside = segment.fileSize() <= file.size() - segment.fileOffset();
      covered += (segment.isLoad() || segment.isNote()) && inside ? segment.fileSize() : 0;
    }
    long slack = MAX_TABLES + (long) segments.size() * PhysicalMemory.PAGE_SIZE;
    if (covered > 0 && file.size() - covered > slack) {
      warnings.add((file.size() - covered) + " bytes of the file are in no segment of memory");
    }
  }

  private static boolean isProcess(List<ElfSegment> loads) {
    boolean virtual = false;
    for (ElfSegment load : loads) {
      if (load.physicalAddress() != 0) {
        return false;
      }
      virtual |= load.virtualAddress() != 0;
    }
    return virtual;
  }

  private static void add(ByteSource file, ElfSegment load, ExtentTableBuilder extents)
      throws IOException {
    if (load.fileSize() == 0) {
      return;
    }
    long size = load.fileSize();
    extents.addStored(load.physicalAddress(), size, 0, load.fileOffset(), load.definedAt());
    if (load.memorySize() <= size) {
      return;
    }
    long end = load.physicalAddress() + load.memorySize();
    long zeros = load.physicalAddress() + size + PhysicalMemory.PAGE_SIZE - 1;
    if (end < 0 || zeros < 0) {
      throw new CorruptImageException(
          file.name(), load.definedAt(), "a segment leaves the address space");
    }
    long first = zeros >> PhysicalMemory.PAGE_SHIFT;
    long pages = ((end + PhysicalMemory.PAGE_SIZE - 1) >> PhysicalMemory.PAGE_SHIFT) - first;
    extents.addUnstored(first, Math.max(0, pages), PageState.ZERO, load.definedAt());
  }
}
