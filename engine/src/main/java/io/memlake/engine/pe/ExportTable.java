package io.memlake.engine.pe;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds exported functions by name: the names of the table are sorted. */
public final class ExportTable {
  private static final int DIRECTORY_SIZE = 40;
  private static final long MAXIMUM_NAMES = 1 << 16;
  private static final int MAXIMUM_NAME = 512;

  private ExportTable() {}

  /**
   * Address of an exported function.
   *
   * @return empty when {@code image} does not export it, or a page on the way is absent
   * @throws IOException when the medium fails
   */
  public static OptionalLong find(AddressSpace space, PeImage image, String name)
      throws IOException {
    ImageBytes bytes = new ImageBytes(space, image);
    long directory = image.directoryOffset(PeImage.DIRECTORY_EXPORT);
    byte[] head = new byte[DIRECTORY_SIZE];
    if (directory == 0 || !bytes.read(directory, head, DIRECTORY_SIZE)) {
      return OptionalLong.empty();
    }
    long count = LittleEndian.u32(head, 24);
    long functions = LittleEndian.u32(head, 28);
    long names = LittleEndian.u32(head, 32);
    long ordinals = LittleEndian.u32(head, 36);
    long low = 0;
    long high = Math.min(count, MAXIMUM_NAMES) - 1;
    while (low <= high) {
      long middle = (low + high) >>> 1;
      Optional<Long> at = bytes.number(names + middle * Integer.BYTES, Integer.BYTES);
      Optional<String> found = at.isEmpty() ? Optional.empty() : bytes.text(at.get(), MAXIMUM_NAME);
      if (found.isEmpty()) {
        return OptionalLong.empty();
      }
      int order = found.get().compareTo(name);
      if (order == 0) {
        return function(bytes, image, functions, ordinals + middle * Short.BYTES);
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle - 1;
    }
    return OptionalLong.empty();
  }

  private static OptionalLong function(
      ImageBytes bytes, PeImage image, long functions, long ordinal) throws IOException {
    byte[] index = new byte[Short.BYTES];
    if (!bytes.read(ordinal, index, Short.BYTES)) {
      return OptionalLong.empty();
    }
    Optional<Long> rva = bytes.number(functions + LittleEndian.u16(index, 0) * 4L, Integer.BYTES);
    return rva.isPresent() && rva.get() != 0
        ? OptionalLong.of(image.base() + rva.get())
        : OptionalLong.empty();
  }
}
