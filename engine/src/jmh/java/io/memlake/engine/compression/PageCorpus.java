package io.memlake.engine.compression;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tukaani.xz.XZInputStream;

/**
 * Pages to decompress: every 25th page that is neither empty nor incompressible out of the RAM of a
 * running ReactOS, or made-up kernel pages where that image is not there.
 */
final class PageCorpus {
  static final int PAGE_SIZE = 4096;

  private static final Path IMAGE = Path.of("../../shared/data/images/reactos-amd64.raw.xz");
  private static final int MOST_PAGES = 1000;
  private static final int EVERY = 25;

  private PageCorpus() {}

  /** Streams of pages that {@code compress} shrinks by a tenth at least and 40 times at most. */
  static byte[][] streams(UnaryOperator<byte[]> compress) throws IOException {
    List<byte[]> streams = new ArrayList<>();
    if (Files.exists(IMAGE)) {
      try (InputStream image =
          new XZInputStream(new BufferedInputStream(Files.newInputStream(IMAGE)))) {
        int candidates = 0;
        for (byte[] page = image.readNBytes(PAGE_SIZE);
            page.length == PAGE_SIZE && streams.size() < MOST_PAGES;
            page = image.readNBytes(PAGE_SIZE)) {
          if (isZero(page) || candidates++ % EVERY != 0) {
            continue;
          }
          addIfTypical(streams, compress.apply(page));
        }
      }
    } else {
      for (int seed = 0; seed < MOST_PAGES; seed++) {
        addIfTypical(streams, compress.apply(Samples.page(seed)));
      }
    }
    return streams.toArray(byte[][]::new);
  }

  private static void addIfTypical(List<byte[]> streams, byte[] stream) {
    if (stream.length > PAGE_SIZE / 40 && stream.length < PAGE_SIZE * 9 / 10) {
      streams.add(stream);
    }
  }

  private static boolean isZero(byte[] page) {
    for (byte b : page) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}
