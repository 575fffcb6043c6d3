package io.memlake.engine.image.virtual;

import io.memlake.engine.bytes.ByteSource;
import java.io.Closeable;
import java.io.IOException;

/** Reads stored virtual memory. One instance belongs to one thread. */
public final class VirtualMemory implements Closeable {
  private final VirtualMemoryIndex index;
  private final ByteSource file;

  VirtualMemory(VirtualMemoryIndex index, ByteSource file) {
    this.index = index;
    this.file = file;
  }

  /**
   * Reads {@code length} bytes, all or nothing; the range may span blocks that touch.
   *
   * @return false when a byte of the range is not stored; the range of {@code target} is then
   *     undefined
   * @throws IOException when the medium fails
   */
  public boolean read(long virtualAddress, byte[] target, int offset, int length)
      throws IOException {
    int done = 0;
    while (done < length) {
      long at = virtualAddress + done;
      int block = index.find(at);
      if (block < 0) {
        return false;
      }
      long inBlock = at - index.start(block);
      int part = (int) Math.min(length - done, index.length(block) - inBlock);
      if (file.read(index.offset(block) + inBlock, target, offset + done, part) != part) {
        return false;
      }
      done += part;
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
