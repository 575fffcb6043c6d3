package io.memlake.engine.pe;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What the tables of a mapped executable say about it.
 *
 * @param machine processor it is for: {@code x64}, {@code x86}, {@code arm64} or a number
 * @param sectionNames names of its sections
 * @param imports what it imports
 * @param exports how many functions it exports, -1 when it exports none or the table is absent
 * @param exportName file name by its export table, empty for none
 * @param richHash MD5 of its Rich header
 * @param version its version resource
 */
public record PeFacts(
    String machine,
    List<String> sectionNames,
    Optional<ImportTable> imports,
    int exports,
    String exportName,
    Optional<String> richHash,
    Optional<VersionResource> version) {
  private static final int NUMBER_OF_FUNCTIONS = 20;

  /** Ordinals have 16 bits. */
  private static final long MAXIMUM_EXPORTS = 1 << 16;

  private static final int MAXIMUM_NAME = 260;

  /** Copies the list. */
  public PeFacts {
    sectionNames = List.copyOf(sectionNames);
  }

  /** Reads the tables of {@code image}; what is absent is left out. */
  public static PeFacts of(AddressSpace space, PeImage image) throws IOException {
    ImageBytes bytes = new ImageBytes(space, image);
    long exports = image.directoryOffset(PeImage.DIRECTORY_EXPORT);
    byte[] count = new byte[Integer.BYTES];
    int functions = -1;
    if (exports != 0 && bytes.read(exports + NUMBER_OF_FUNCTIONS, count, count.length)) {
      long number = LittleEndian.u32(count, 0);
      functions = number <= MAXIMUM_EXPORTS ? (int) number : -1;
    }
    return new PeFacts(
        machine(image.machine()),
        image.sectionNames(),
        ImportTable.of(space, image),
        functions,
        functions < 0 ? "" : image.exportName(space, MAXIMUM_NAME),
        image.richHash(),
        VersionResource.of(space, image));
  }

  private static String machine(int number) {
    return switch (number) {
      case PeImage.MACHINE_X64 -> "x64";
      case 0x14C -> "x86";
      case 0xAA64 -> "arm64";
      default -> "0x" + Integer.toHexString(number);
    };
  }
}
