package io.memlake.engine.pe;

import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Optional;

/**
 * One copy of an image in memory, whose pages can be had as if it lay elsewhere. The table of
 * relocations may be that of another copy: it is the same in all of them.
 */
public final class ImageCopy {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  private final AddressSpace space;
  private final long base;
  private final Optional<BaseRelocations> relocations;

  /**
   * A copy.
   *
   * @param base where it lies
   * @param table the table of relocations; empty when no copy shows it
   */
  public ImageCopy(AddressSpace space, long base, Optional<byte[]> table) {
    this.space = space;
    this.base = base;
    this.relocations = table.flatMap(bytes -> BaseRelocations.of(bytes, base));
  }

  /** The table of relocations of the image at a base; empty when this copy does not show it. */
  public static Optional<byte[]> relocationTable(AddressSpace space, long base) throws IOException {
    Optional<PeImage> image = PeImage.at(space, base);
    return image.isEmpty() ? Optional.empty() : BaseRelocations.table(space, image.get());
  }

  /** Whether pages can be put elsewhere. */
  public boolean isMovable() {
    return relocations.isPresent();
  }

  /**
   * Reads a page as it is.
   *
   * @return false when it is absent
   */
  public boolean read(long rva, byte[] page) throws IOException {
    return space.read(base + rva, page, 0, PAGE);
  }

  /**
   * Puts a page that was read as if the image lay at {@code target}.
   *
   * @return false when the relocations are not known or reach into an absent page; the page is then
   *     undefined
   */
  public boolean move(long rva, byte[] page, long target) throws IOException {
    return relocations.isPresent() && relocations.get().move(space, page, rva, target);
  }
}
