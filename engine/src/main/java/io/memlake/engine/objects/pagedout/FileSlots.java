package io.memlake.engine.objects.pagedout;

import io.memlake.engine.paging.pagefile.PageFiles;
import io.memlake.engine.paging.pagefile.PageSlots;
import io.memlake.engine.paging.pagefile.SlotState;
import java.io.IOException;

/**
 * The page files on disk, with the two numbers that must never be taken for a missing file: that of
 * the store and those of foreign files.
 */
final class FileSlots implements PageSlots {
  private final PageFiles files;
  private final int storeNumber;
  private final boolean[] foreign = new boolean[MAX_NUMBERS];

  FileSlots(PageFiles files, PagedOutDescription description) {
    this.files = files;
    this.storeNumber = description.storeNumber();
    description.files().stream()
        .filter(file -> !file.isUsed())
        .forEach(file -> foreign[file.number()] = true);
  }

  @Override
  public SlotState read(int number, long page, byte[] target, int offset) throws IOException {
    if (number == storeNumber) {
      return SlotState.NOT_IN_STORE;
    }
    return foreign[number] ? SlotState.FOREIGN : files.read(number, page, target, offset);
  }
}
