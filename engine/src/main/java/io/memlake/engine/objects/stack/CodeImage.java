package io.memlake.engine.objects.stack;

import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.pe.ExportNames;
import io.memlake.engine.pe.FunctionTable;
import io.memlake.engine.pe.ImageMemory;
import io.memlake.engine.pe.PeImage;
import io.memlake.engine.pe.PeSection;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * An image whose code stacks lead through.
 *
 * @param name file name, empty when it is not known
 * @param base where it lies
 * @param size bytes that it takes
 * @param functions its functions
 * @param exports names of its functions
 * @param sections its sections; none when its headers are absent
 * @param memory its bytes
 */
public record CodeImage(
    String name,
    long base,
    long size,
    FunctionTable functions,
    ExportNames exports,
    List<PeSection> sections,
    ImageMemory memory) {

  /** Copies the list. */
  public CodeImage {
    sections = List.copyOf(sections);
  }

  /**
   * An image by its headers; without them only its place is known.
   *
   * @throws IOException when the medium fails
   */
  public static CodeImage of(AddressSpace space, String name, long base, long size)
      throws IOException {
    Optional<PeImage> headers = PeImage.at(space, base);
    if (headers.isEmpty()) {
      return new CodeImage(
          name,
          base,
          size,
          FunctionTable.UNKNOWN,
          ExportNames.NONE,
          List.of(),
          (offset, target, length) ->
              offset >= 0
                  && offset + length <= size
                  && space.read(base + offset, target, 0, length));
    }
    PeImage image = headers.get();
    return new CodeImage(
        name,
        base,
        size,
        FunctionTable.of(space, image),
        ExportNames.of(space, image),
        image.sections(),
        image.memory(space));
  }

  /** Whether an address lies in it. */
  public boolean covers(long address) {
    return Long.compareUnsigned(address - base, size) < 0;
  }

  /** Whether an address lies where its headers allow code; without headers anywhere in it. */
  public boolean holdsCode(long address) {
    if (sections.isEmpty()) {
      return covers(address);
    }
    for (PeSection section : sections) {
      if (section.executable()
          && Long.compareUnsigned(address - section.address(), section.size()) < 0) {
        return true;
      }
    }
    return false;
  }
}
