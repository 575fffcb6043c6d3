package io.memlake.engine.image.convert;

import io.memlake.engine.bytes.LittleEndian;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/**
 * An AFF4 image stream: chunks, each an LZ4 block or as it is, in members of many with an index
 * beside each.
 */
final class BevyOutput implements ImageOutput {
  static final int CHUNK = 32 << 10;
  static final int CHUNKS_IN_SEGMENT = 512;

  private static final int INDEX_ENTRY = 12;

  /** A chunk that does not shrink by more than this is stored, by the standard. */
  private static final int MIN_GAIN = 16;

  private final LZ4Compressor compressor = LZ4Factory.fastestJavaInstance().fastCompressor();
  private final byte[] packed = new byte[compressor.maxCompressedLength(CHUNK)];
  private final ZipOutput zip;
  private final String name;
  private final byte[] chunk = new byte[CHUNK];
  private final byte[] index = new byte[CHUNKS_IN_SEGMENT * INDEX_ENTRY];
  private byte[] bevy = new byte[1 << 20];
  private int filled;
  private int bevyLength;
  private int chunks;
  private int bevies;
  private long size;

  /** {@code name} is that of the stream inside its volume. */
  BevyOutput(ZipOutput zip, String name) {
    this.zip = zip;
    this.name = name;
  }

  /** Bytes of the stream so far. */
  long size() {
    return size;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int part = Math.min(length - done, CHUNK - filled);
      System.arraycopy(bytes, offset + done, chunk, filled, part);
      done += part;
      advance(part);
    }
  }

  @Override
  public void skip(long length) throws IOException {
    for (long done = 0; done < length; ) {
      int part = (int) Math.min(length - done, CHUNK - filled);
      Arrays.fill(chunk, filled, filled + part, (byte) 0);
      done += part;
      advance(part);
    }
  }

  private void advance(int part) throws IOException {
    filled += part;
    size += part;
    if (filled == CHUNK) {
      endChunk();
    }
  }

  private void endChunk() throws IOException {
    int length = compressor.compress(chunk, 0, CHUNK, packed, 0, packed.length);
    boolean stored = length >= CHUNK - MIN_GAIN;
    byte[] body = stored ? chunk : packed;
    length = stored ? CHUNK : length;
    if (bevy.length - bevyLength < length) {
      bevy = Arrays.copyOf(bevy, Math.max(2 * bevy.length, bevyLength + length));
    }
    System.arraycopy(body, 0, bevy, bevyLength, length);
    LittleEndian.putI64(index, chunks * INDEX_ENTRY, bevyLength);
    LittleEndian.putI32(index, chunks * INDEX_ENTRY + Long.BYTES, length);
    bevyLength += length;
    filled = 0;
    if (++chunks == CHUNKS_IN_SEGMENT) {
      endBevy();
    }
  }

  private void endBevy() throws IOException {
    String member = String.format(Locale.ROOT, "%s/%08d", name, bevies++);
    zip.add(member, bevy, bevyLength);
    zip.add(member + ".index", index, chunks * INDEX_ENTRY);
    bevyLength = 0;
    chunks = 0;
  }

  /**
   * Writes what is pending; the last chunk is filled up with zeros that are no part of the size.
   */
  @Override
  public void close() throws IOException {
    if (filled > 0) {
      Arrays.fill(chunk, filled, CHUNK, (byte) 0);
      endChunk();
    }
    if (chunks > 0) {
      endBevy();
    }
  }
}
