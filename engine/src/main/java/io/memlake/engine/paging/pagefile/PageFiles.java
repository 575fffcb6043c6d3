package io.memlake.engine.paging.pagefile;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** All page files and the swap file of one machine, by number. */
public final class PageFiles implements PageSlots, Closeable {
  private final PageFile[] byNumber = new PageFile[MAX_NUMBERS];

  /**
   * Takes over the files; {@link #close} closes them.
   *
   * @throws IllegalArgumentException when two have one number; names both
   */
  public PageFiles(List<PageFile> files) {
    for (PageFile file : files) {
      PageFile other = byNumber[file.number()];
      if (other != null) {
        throw new IllegalArgumentException(
            "Cannot use "
                + file.name()
                + " as page file "
                + file.number()
                + ": "
                + other.name()
                + " has that number");
      }
      byNumber[file.number()] = file;
    }
  }

  /** The files, by rising number. */
  public List<PageFile> files() {
    return Arrays.stream(byNumber).filter(Objects::nonNull).toList();
  }

  /** The file that entries with this number mean. */
  public Optional<PageFile> find(int number) {
    return number < 0 || number >= MAX_NUMBERS
        ? Optional.empty()
        : Optional.ofNullable(byNumber[number]);
  }

  @Override
  public SlotState read(int number, long page, byte[] target, int offset) throws IOException {
    PageFile file = byNumber[number];
    if (file == null) {
      return SlotState.NO_FILE;
    }
    return file.readPage(page, target, offset) ? SlotState.PRESENT : SlotState.TRUNCATED;
  }

  /** Closes every file, also when one of them fails. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (PageFile file : files()) {
      try {
        file.close();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
