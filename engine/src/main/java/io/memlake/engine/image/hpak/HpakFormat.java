package io.memlake.engine.image.hpak;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.EmbeddedFile;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormat;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.extent.StoredBytes;
import io.memlake.engine.image.extent.StoredSegments;
import io.memlake.engine.image.wrapper.IndexWithFiles;
import io.memlake.engine.image.wrapper.NestedBytes;
import io.memlake.engine.image.wrapper.WrappedIndex;
import io.memlake.engine.image.wrapper.gzip.GzipFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * HPAK.
 *
 * <pre>
 * file    = "HPAK" to 0x20, { section, content }
 * section = "HPAKSECTHPAK_SECTION_PHYSDUMP" | "HPAKSECTHPAK_SECTION_PAGEDUMP" to 0x8C,
 *           u32 compressed, at 98 u64 length, at A8 u64 offset of the content,
 *           at B0 u64 next section, at B8 u64 stored length; 0xE0 bytes
 * </pre>
 */
public final class HpakFormat implements ImageFormat {
  private static final String MARK = "HPAK";
  private static final String SECTION = "HPAKSECT";
  private static final String MEMORY = "HPAKSECTHPAK_SECTION_PHYSDUMP";
  private static final String PAGE_FILE = "HPAKSECTHPAK_SECTION_PAGEDUMP";
  private static final int FIRST_SECTION = 0x20;
  private static final int SECTION_SIZE = 0xE0;
  private static final int COMPRESSED = 0x8C;
  private static final int MAX_SECTIONS = 1000;

  /** What the page file inside is called; the container does not tell its path. */
  private static final String PAGE_FILE_NAME = "pagefile.sys";

  private final ImageFormats inner;

  /** Looks with {@code inner}, which knows gzip, at the memory. */
  public HpakFormat(ImageFormats inner) {
    this.inner = inner;
  }

  @Override
  public String name() {
    return "hpak";
  }

  @Override
  public Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException {
    if (!ContainerBytes.holds(ContainerBytes.readUpTo(file, 0, 4), 0, MARK)) {
      return Optional.empty();
    }
    List<String> warnings = new ArrayList<>();
    Set<Long> visited = new HashSet<>();
    StoredSegments memory = null;
    List<EmbeddedFile> pageFiles = new ArrayList<>();
    long at = FIRST_SECTION;
    while (at > 0 && visited.add(at) && visited.size() <= MAX_SECTIONS) {
      byte[] section = ContainerBytes.readUpTo(file, at, SECTION_SIZE);
      if (section.length < SECTION_SIZE || !ContainerBytes.holds(section, 0, SECTION)) {
        warnings.add("There is no section at " + Hex.address(at) + "; what follows is not read");
        break;
      }
      if (memory == null && ContainerBytes.holds(section, 0, MEMORY)) {
        memory = content(file, at, section, "memory", warnings);
      } else if (ContainerBytes.holds(section, 0, PAGE_FILE)) {
        pageFile(file, at, section, pageFiles, warnings, evidence);
      }
      at = LittleEndian.i64(section, 0xB0);
    }
    if (memory == null) {
      throw new CorruptImageException(file.name(), FIRST_SECTION, "it holds no physical memory");
    }
    ImageIndex image =
        WrappedIndex.of(name(), file.name(), memory, ImageHints.NONE, warnings, inner, evidence);
    return Optional.of(pageFiles.isEmpty() ? image : new IndexWithFiles(image, pageFiles));
  }

  /** Adds a page file; a broken one is a warning, since the memory is worth reading without it. */
  private static void pageFile(
      ByteSource file,
      long at,
      byte[] section,
      List<EmbeddedFile> pageFiles,
      List<String> warnings,
      Evidence evidence)
      throws IOException {
    try {
      StoredBytes bytes = content(file, at, section, "page file", warnings);
      if (LittleEndian.i32(section, COMPRESSED) == 1) {
        bytes = unpacked(file.name(), bytes, warnings, evidence);
      }
      String name = PAGE_FILE_NAME + (pageFiles.isEmpty() ? "" : "." + pageFiles.size());
      pageFiles.add(new EmbeddedFile(name, EmbeddedFile.PAGE_FILE, bytes));
    } catch (CorruptImageException e) {
      warnings.add("The page file inside is not read: " + e.getMessage());
    }
  }

  private static StoredBytes unpacked(
      String name, StoredBytes packed, List<String> warnings, Evidence evidence)
      throws IOException {
    try (ByteSource source = packed.open(evidence)) {
      return new NestedBytes(name, packed, GzipFormat.content(source, warnings));
    }
  }

  private static StoredSegments content(
      ByteSource file, long at, byte[] section, String what, List<String> warnings)
      throws CorruptImageException {
    boolean compressed = LittleEndian.i32(section, COMPRESSED) == 1;
    long offset = LittleEndian.i64(section, 0xA8);
    long length = LittleEndian.i64(section, compressed ? 0xB8 : 0x98);
    if (offset <= 0 || offset >= file.size() || length <= 0) {
      throw new CorruptImageException(
          file.name(),
          at,
          "the "
              + what
              + " of "
              + length
              + " bytes at "
              + Hex.address(offset)
              + " is not in the file");
    }
    long held = Math.min(length, file.size() - offset);
    if (held < length) {
      warnings.add("The file ends " + (length - held) + " bytes before its " + what + " does");
    }
    return new StoredSegments(
        file.name(), List.of(new StoredSegments.Segment(file.name(), offset, held)));
  }
}
