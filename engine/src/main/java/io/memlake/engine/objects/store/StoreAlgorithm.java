package io.memlake.engine.objects.store;

import io.memlake.engine.compression.Decompressor;
import io.memlake.engine.compression.lz4.Lz4BlockDecompressor;
import io.memlake.engine.compression.lznt1.Lznt1Decompressor;
import io.memlake.engine.compression.xpress.XpressDecompressor;
import io.memlake.engine.compression.xpresshuffman.XpressHuffmanDecompressor;
import java.util.Optional;

/** How a store compresses. All builds up to 23H2 were seen with XPRESS only, 24H2 with LZ4. */
public enum StoreAlgorithm {
  /** Compression format 2. */
  LZNT1("lznt1", 2),
  /** Compression format 3. */
  XPRESS("xpress", 3),
  /** Compression format 4. */
  XPRESS_HUFF("xpress_huff", 4),
  /** No number is known; it goes with the build. */
  LZ4("lz4", -1);

  private final String text;
  private final int number;

  StoreAlgorithm(String text, int number) {
    this.text = text;
    this.number = number;
  }

  /** What tables call it, for instance {@code xpress}. */
  public String text() {
    return text;
  }

  /** A decoder for one thread. */
  public Decompressor newDecompressor() {
    return switch (this) {
      case LZNT1 -> new Lznt1Decompressor();
      case XPRESS -> new XpressDecompressor();
      case XPRESS_HUFF -> new XpressHuffmanDecompressor();
      case LZ4 -> new Lz4BlockDecompressor();
    };
  }

  /** The algorithm that a store names by its {@code COMPRESSION_FORMAT} number. */
  static Optional<StoreAlgorithm> ofNumber(int number) {
    for (StoreAlgorithm algorithm : values()) {
      if (algorithm.number == number) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** The algorithm that tables call {@code text}. */
  static Optional<StoreAlgorithm> ofText(String text) {
    for (StoreAlgorithm algorithm : values()) {
      if (algorithm.text.equals(text)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }
}
