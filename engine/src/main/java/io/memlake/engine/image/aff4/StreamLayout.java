package io.memlake.engine.image.aff4;

import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.image.chunk.Codec;
import java.io.IOException;
import java.util.Optional;

/**
 * How a stream is cut into chunks and its chunks are stored, from its attributes.
 *
 * @param generation of the stream
 * @param size in bytes
 * @param chunkSize in bytes
 * @param chunksInSegment chunks in one bevy
 * @param codec of chunks that are compressed; {@link Codec#STORED} when none is
 */
record StreamLayout(
    Generation generation, long size, int chunkSize, int chunksInSegment, Codec codec) {

  /** Attribute names, places of the index and the rule for stored chunks. */
  enum Generation {
    /** Evimetry before the standard: {@code <bevy>/index} has the ends of chunks. */
    PRE_STANDARD,
    /** WinPmem 2: {@code <bevy>/index} has the starts of chunks, all of them compressed. */
    WINPMEM_2,
    /** Standard 1.0: {@code <bevy>.index} has start and length of chunks. */
    STANDARD
  }

  private static final int DEFAULT_CHUNK_SIZE = 32768;
  private static final int DEFAULT_CHUNKS = 1024;
  private static final int MAX_CHUNK_SIZE = 64 << 20;
  private static final int MAX_CHUNKS = 1 << 20;

  static StreamLayout of(Aff4Graph graph, String stream, String file) throws IOException {
    Generation generation;
    if (graph.value(stream, "chunks_per_segment").isPresent()
        || (graph.isOfType(stream, "image")
            && graph.value(stream, "chunks_in_segment").isEmpty())) {
      generation = Generation.WINPMEM_2;
    } else if (graph.isOfType(stream, "stream")
        || graph.value(stream, "chunks_in_segment", "chunk_size").isPresent()) {
      generation = Generation.PRE_STANDARD;
    } else {
      generation = Generation.STANDARD;
    }
    long size = graph.number(stream, "size").orElse(-1);
    long chunkSize = graph.number(stream, "chunkSize", "chunk_size").orElse(DEFAULT_CHUNK_SIZE);
    long chunks =
        graph
            .number(stream, "chunksInSegment", "chunks_in_segment", "chunks_per_segment")
            .orElse(DEFAULT_CHUNKS);
    if (size < 0
        || chunkSize < 1
        || chunkSize > MAX_CHUNK_SIZE
        || chunks < 1
        || chunks > MAX_CHUNKS) {
      throw new CorruptImageException(
          file,
          0,
          "the stream "
              + stream
              + " of "
              + size
              + " bytes has chunks of "
              + chunkSize
              + " bytes, "
              + chunks
              + " in a segment");
    }
    return new StreamLayout(
        generation, size, (int) chunkSize, (int) chunks, codec(graph, stream, file));
  }

  /** Writers without the attribute mean zlib; a chunk of full length is stored in any case. */
  private static Codec codec(Aff4Graph graph, String stream, String file)
      throws UnsupportedImageException {
    Optional<String> method =
        graph.value(stream, "compressionMethod", "CompressionMethod", "compression");
    if (method.isEmpty()) {
      return Codec.ZLIB;
    }
    String name = method.get();
    if (name.contains("rfc1950")) {
      return Codec.ZLIB;
    }
    if (name.contains("rfc1951")) {
      return Codec.DEFLATE;
    }
    if (name.contains("snappy")) {
      return Codec.SNAPPY;
    }
    if (name.contains("lz4")) {
      return Codec.LZ4;
    }
    String last = Aff4Graph.lastPart(name);
    if (last.equalsIgnoreCase("nullCompressor") || last.equals("stored")) {
      return Codec.STORED;
    }
    throw new UnsupportedImageException(
        file,
        "an AFF4 container with streams compressed by " + name,
        "zlib, deflate, snappy, lz4 and stored streams");
  }

  long chunkCount() {
    return size / chunkSize + (size % chunkSize == 0 ? 0 : 1);
  }

  /** How a chunk of this stored and decoded length is stored. */
  Codec codecOf(long storedLength) {
    if (codec == Codec.STORED) {
      return Codec.STORED;
    }
    boolean fullLength = storedLength == chunkSize && generation != Generation.WINPMEM_2;
    return fullLength ? Codec.STORED : codec;
  }
}
