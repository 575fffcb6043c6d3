package io.memlake.testdata.paging;

import io.memlake.testdata.image.FrameSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One page file that is being filled. The first page is never used, as in Windows. */
public final class PageFileContent {
  private static final byte[] ZERO = new byte[FrameSource.FRAME];
  private static final int MOST_GAP = 3;

  private final int number;
  private final List<byte[]> pages = new ArrayList<>(List.of(ZERO));

  PageFileContent(int number) {
    this.number = number;
  }

  /** Number in page-table entries. */
  public int number() {
    return number;
  }

  /** Pages so far. */
  public int pageCount() {
    return pages.size();
  }

  /** Stores a page, some slots behind the last, and returns its slot. */
  long add(byte[] page, SplittableRandom random) {
    for (int gap = random.nextInt(MOST_GAP); gap > 0; gap--) {
      pages.add(ZERO);
    }
    pages.add(page.clone());
    return pages.size() - 1L;
  }

  /** All bytes. */
  public byte[] bytes() {
    byte[] bytes = new byte[pages.size() * FrameSource.FRAME];
    for (int i = 0; i < pages.size(); i++) {
      System.arraycopy(pages.get(i), 0, bytes, i * FrameSource.FRAME, FrameSource.FRAME);
    }
    return bytes;
  }

  /** Writes the file. */
  public void write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (byte[] page : pages) {
        out.write(page);
      }
    }
  }
}
