package io.memlake.engine.image.chunk;

import io.memlake.engine.compression.Decompressor;
import io.memlake.engine.compression.MalformedDataException;
import io.memlake.engine.compression.lz4.Lz4BlockDecompressor;
import io.memlake.engine.compression.xpress.XpressDecompressor;
import io.memlake.engine.compression.xpresshuffman.XpressHuffmanDecompressor;
import java.util.List;

/**
 * The codecs of Windows, tried in turn until one gives the exact length. LZ4, which 24H2 keeps
 * compressed pages in, comes last.
 */
final class WindowsCodecs {
  /** Decoders keep tables and belong to one thread. */
  static final ThreadLocal<List<Decompressor>> PLAIN_FIRST =
      ThreadLocal.withInitial(
          () ->
              List.of(
                  new XpressDecompressor(),
                  new XpressHuffmanDecompressor(),
                  new Lz4BlockDecompressor()));

  static final ThreadLocal<List<Decompressor>> HUFFMAN_FIRST =
      ThreadLocal.withInitial(
          () ->
              List.of(
                  new XpressHuffmanDecompressor(),
                  new XpressDecompressor(),
                  new Lz4BlockDecompressor()));

  private WindowsCodecs() {}

  static int decode(
      ThreadLocal<List<Decompressor>> decoders,
      byte[] stored,
      int offset,
      int length,
      byte[] target,
      int at,
      int room)
      throws Codec.UndecodableException {
    MalformedDataException first = null;
    for (Decompressor decoder : decoders.get()) {
      try {
        decoder.decompressExactly(stored, offset, length, target, at, room);
        return room;
      } catch (MalformedDataException e) {
        first = first == null ? e : first;
      }
    }
    throw new Codec.UndecodableException("cannot be decoded: " + first.getMessage());
  }
}
