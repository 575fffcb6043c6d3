package io.memlake.jobs.bytes;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileRange;

/**
 * Reads an object store in windows of several ranges at once, when reads follow each other; a read
 * elsewhere fetches only a small block.
 */
final class WindowByteSource implements ByteSource {
  /** Measured best size of one request. */
  private static final int RANGE_BYTES = 4 << 20;

  /** Ranges in flight together. */
  private static final int RANGES = 4;

  /** What a read out of sequence fetches: page tables lie close to each other. */
  private static final int BLOCK_BYTES = 64 << 10;

  /** A request that takes longer has failed: the store's own retries end well before. */
  private static final long TIMEOUT_SECONDS = 600;

  private final String name;
  private final FSDataInputStream stream;
  private final long size;
  private byte[] window = new byte[0];
  private long windowStart;
  private int windowLength;
  private long expectedNext = -1;

  WindowByteSource(String name, FSDataInputStream stream, long size) {
    this.name = name;
    this.stream = stream;
    this.size = size;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    int done = 0;
    while (done < length && position + done < size) {
      long at = position + done;
      if (at < windowStart || at >= windowStart + windowLength) {
        fill(at, at == expectedNext || length - done > BLOCK_BYTES);
      }
      int from = (int) (at - windowStart);
      int count = Math.min(length - done, windowLength - from);
      System.arraycopy(window, from, target, offset + done, count);
      done += count;
      expectedNext = at + count;
    }
    return done;
  }

  private void fill(long position, boolean ahead) throws IOException {
    windowLength = 0;
    int wanted = (int) Math.min(ahead ? (long) RANGE_BYTES * RANGES : BLOCK_BYTES, size - position);
    if (window.length < wanted) {
      window = new byte[wanted];
    }
    try {
      if (wanted <= RANGE_BYTES) {
        stream.readFully(position, window, 0, wanted);
      } else {
        readRanges(position, wanted);
      }
    } catch (IOException e) {
      throw new IOException(
          "Cannot read " + name + " at " + Hex.address(position) + ": " + e.getMessage(), e);
    }
    windowStart = position;
    windowLength = wanted;
  }

  private void readRanges(long position, int wanted) throws IOException {
    List<FileRange> ranges = new ArrayList<>(RANGES);
    for (int from = 0; from < wanted; from += RANGE_BYTES) {
      int length = Math.min(RANGE_BYTES, wanted - from);
      ranges.add(FileRange.createFileRange(position + from, length));
    }
    stream.readVectored(ranges, ByteBuffer::allocate);
    for (FileRange range : ranges) {
      try {
        ByteBuffer bytes = range.getData().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        bytes.get(window, (int) (range.getOffset() - position), range.getLength());
      } catch (ExecutionException | CompletionException e) {
        throw new IOException(String.valueOf(e.getCause().getMessage()), e);
      } catch (TimeoutException e) {
        throw new IOException("no answer within " + TIMEOUT_SECONDS + " s", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
