package io.memlake.engine.symbols.pdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.symbols.CorruptSymbolsException;
import java.io.IOException;
import java.util.Arrays;

/**
 * The file system inside a PDB: numbered streams in blocks of equal size.
 *
 * <pre>
 * superblock: magic[32] blockSize freeMap blockCount directoryBytes reserved directoryMapBlock
 * directoryMapBlock: numbers of the blocks that hold the directory
 * directory: streamCount, a size for each stream, then the block numbers of each stream
 * </pre>
 */
final class MsfFile {
  static final int INFO = 1;
  static final int TYPES = 2;
  static final int DEBUG_INFORMATION = 3;

  /** Public kernel PDBs have some 20, big private ones some thousand (one for each module). */
  static final int MAX_STREAMS = 1 << 16;

  /** Longest stream that is read; the symbols of a kernel take 5 MiB. */
  static final int MAX_STREAM_BYTES = 256 << 20;

  private static final byte[] MAGIC =
      "Microsoft C/C++ MSF 7.00\r\n\u001aDS\0\0\0".getBytes(ISO_8859_1);
  private static final int SUPERBLOCK_BYTES = 56;
  private static final int MIN_BLOCK_BYTES = 512;
  private static final int MAX_BLOCK_BYTES = 1 << 16;

  private final ByteSource source;
  private final int blockSize;
  private final int[] streamSizes;
  private final int[] firstBlocks;
  private final RecordReader directory;

  private MsfFile(
      ByteSource source,
      int blockSize,
      int[] streamSizes,
      int[] firstBlocks,
      RecordReader directory) {
    this.source = source;
    this.blockSize = blockSize;
    this.streamSizes = streamSizes;
    this.firstBlocks = firstBlocks;
    this.directory = directory;
  }

  static boolean isMsf(ByteSource source) throws IOException {
    byte[] start = new byte[MAGIC.length];
    return source.read(0, start, 0, start.length) == start.length && Arrays.equals(start, MAGIC);
  }

  static MsfFile open(ByteSource source) throws IOException {
    byte[] superblock = new byte[SUPERBLOCK_BYTES];
    if (source.read(0, superblock, 0, superblock.length) < superblock.length || !isMsf(source)) {
      throw new CorruptSymbolsException(source.name(), "it is no PDB of format MSF 7.00");
    }
    int blockSize = LittleEndian.i32(superblock, 32);
    long directoryBytes = LittleEndian.u32(superblock, 44);
    if (blockSize < MIN_BLOCK_BYTES
        || blockSize > MAX_BLOCK_BYTES
        || Integer.bitCount(blockSize) != 1) {
      throw new CorruptSymbolsException(source.name(), "blocks of " + blockSize + " bytes");
    }
    if (directoryBytes > Math.min(source.size(), MAX_STREAM_BYTES)) {
      throw new CorruptSymbolsException(
          source.name(), "a directory of " + directoryBytes + " bytes does not fit into the file");
    }
    int directoryBlocks = blocks(directoryBytes, blockSize);
    byte[] map = new byte[directoryBlocks * Integer.BYTES];
    readFully(source, LittleEndian.u32(superblock, 52) * blockSize, map, map.length);
    byte[] bytes =
        gather(
            source,
            blockSize,
            new RecordReader(source.name(), "directory", map),
            0,
            (int) directoryBytes);
    return parse(source, blockSize, new RecordReader(source.name(), "directory", bytes));
  }

  private static MsfFile parse(ByteSource source, int blockSize, RecordReader directory)
      throws CorruptSymbolsException {
    int count = directory.i32(0);
    if (count < 0 || count > MAX_STREAMS) {
      throw directory.corrupt(0, "it has " + Integer.toUnsignedString(count) + " streams");
    }
    int[] sizes = new int[count];
    int[] firsts = new int[count];
    long next = Integer.BYTES * (1L + count);
    for (int i = 0; i < count; i++) {
      int size = directory.i32(Integer.BYTES * (1 + i));
      // All bits set marks a stream that was deleted.
      sizes[i] = size == -1 ? 0 : size;
      firsts[i] = (int) Math.min(next, Integer.MAX_VALUE);
      if (sizes[i] < 0) {
        throw directory.corrupt(Integer.BYTES * (1 + i), "stream " + i + " is larger than 2 GiB");
      }
      next += (long) Integer.BYTES * blocks(sizes[i], blockSize);
    }
    return new MsfFile(source, blockSize, sizes, firsts, directory);
  }

  boolean has(int stream) {
    return stream >= 0 && stream < streamSizes.length && streamSizes[stream] > 0;
  }

  /** All bytes of a stream. */
  RecordReader stream(int stream, String what) throws IOException {
    if (!has(stream)) {
      throw new CorruptSymbolsException(source.name(), "it has no stream of " + what);
    }
    int size = streamSizes[stream];
    if (size > Math.min(source.size(), MAX_STREAM_BYTES)) {
      throw new CorruptSymbolsException(
          source.name(), what + " of " + size + " bytes do not fit into the file");
    }
    byte[] bytes = gather(source, blockSize, directory, firstBlocks[stream], size);
    return new RecordReader(source.name(), what, bytes);
  }

  private static byte[] gather(
      ByteSource source, int blockSize, RecordReader numbers, int firstNumber, int size)
      throws IOException {
    byte[] bytes = new byte[size];
    byte[] block = new byte[blockSize];
    for (int done = 0, number = firstNumber; done < size; done += blockSize, number += 4) {
      int length = Math.min(blockSize, size - done);
      readFully(source, numbers.u32(number) * blockSize, block, length);
      System.arraycopy(block, 0, bytes, done, length);
    }
    return bytes;
  }

  private static void readFully(ByteSource source, long position, byte[] target, int length)
      throws IOException {
    int read = source.read(position, target, 0, length);
    if (read < length) {
      throw new CorruptSymbolsException(
          source.name(), "it ends at byte " + source.size() + ", data at " + position + " is lost");
    }
  }

  private static int blocks(long bytes, int blockSize) {
    return (int) ((bytes + blockSize - 1) / blockSize);
  }
}
