package io.memlake.engine.pe;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Numbers and texts of a mapped executable by their offset from its base; nothing beyond it. */
final class ImageBytes implements ImageMemory {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  private final AddressSpace space;
  private final PeImage image;
  private final byte[] word = new byte[Long.BYTES];

  ImageBytes(AddressSpace space, PeImage image) {
    this.space = space;
    this.image = image;
  }

  @Override
  public boolean read(long offset, byte[] target, int length) throws IOException {
    return inside(offset, length) && space.read(image.base() + offset, target, 0, length);
  }

  /** A number of 4 or 8 bytes, unsigned where it has 4; empty when it is absent. */
  Optional<Long> number(long offset, int width) throws IOException {
    if (!read(offset, word, width)) {
      return Optional.empty();
    }
    return Optional.of(width == Long.BYTES ? LittleEndian.i64(word, 0) : LittleEndian.u32(word, 0));
  }

  /** Zero-terminated bytes; empty when they are absent or longer than {@code limit}. */
  Optional<String> text(long offset, int limit) throws IOException {
    byte[] bytes = new byte[limit];
    int length = 0;
    while (length < limit) {
      long at = offset + length;
      int count = Math.min(limit - length, PAGE - (int) ((image.base() + at) & (PAGE - 1)));
      if (!inside(at, count) || !space.read(image.base() + at, bytes, length, count)) {
        return Optional.empty();
      }
      for (int i = length; i < length + count; i++) {
        if (bytes[i] == 0) {
          return Optional.of(new String(bytes, 0, i, StandardCharsets.ISO_8859_1));
        }
      }
      length += count;
    }
    return Optional.empty();
  }

  private boolean inside(long offset, int length) {
    return offset >= 0 && length >= 0 && offset + length <= image.sizeOfImage();
  }
}
