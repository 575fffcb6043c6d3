package io.memlake.engine.image.hpak;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormat;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.extent.StoredSegments;
import io.memlake.engine.image.wrapper.WrappedIndex;
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
  private static final int MAX_SECTIONS = 1000;

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
    long at = FIRST_SECTION;
    while (at > 0 && visited.add(at) && visited.size() <= MAX_SECTIONS) {
      byte[] section = ContainerBytes.readUpTo(file, at, SECTION_SIZE);
      if (section.length < SECTION_SIZE || !ContainerBytes.holds(section, 0, SECTION)) {
        warnings.add("There is no section at " + Hex.address(at) + "; what follows is not read");
        break;
      }
      if (memory == null && ContainerBytes.holds(section, 0, MEMORY)) {
        memory = content(file, at, section, warnings);
      } else if (ContainerBytes.holds(section, 0, PAGE_FILE)) {
        warnings.add(
            "It also holds a page file at "
                + Hex.address(LittleEndian.i64(section, 0xA8))
                + ", which is not read");
      }
      at = LittleEndian.i64(section, 0xB0);
    }
    if (memory == null) {
      throw new CorruptImageException(file.name(), FIRST_SECTION, "it holds no physical memory");
    }
    return Optional.of(
        WrappedIndex.of(name(), file.name(), memory, ImageHints.NONE, warnings, inner, evidence));
  }

  private static StoredSegments content(
      ByteSource file, long at, byte[] section, List<String> warnings)
      throws CorruptImageException {
    boolean compressed = LittleEndian.i32(section, 0x8C) == 1;
    long offset = LittleEndian.i64(section, 0xA8);
    long length = LittleEndian.i64(section, compressed ? 0xB8 : 0x98);
    if (offset <= 0 || offset >= file.size() || length <= 0) {
      throw new CorruptImageException(
          file.name(),
          at,
          "the memory of " + length + " bytes at " + Hex.address(offset) + " is not in the file");
    }
    long held = Math.min(length, file.size() - offset);
    if (held < length) {
      warnings.add("The file ends " + (length - held) + " bytes before its memory does");
    }
    return new StoredSegments(
        file.name(), List.of(new StoredSegments.Segment(file.name(), offset, held)));
  }
}
