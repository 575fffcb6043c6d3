package io.memlake.engine.objects.pagedout;

import io.memlake.engine.bytes.Hex;

/**
 * Where one page is and whether it can be had.
 *
 * @param source where Windows has it
 * @param shared whether it was reached through a prototype entry, so that other processes may have
 *     the same page
 * @param number number of the page file for pages in one or in the store, else -1
 * @param place physical address of the frame, offset in the page file in bytes, or kernel address
 *     of the subsection or control area; -1 when there is none
 * @param absence why it cannot be had, null when it can
 */
public record PageAccount(
    PageSource source, boolean shared, int number, long place, PageAbsence absence) {

  /** A page that can be had. */
  static PageAccount present(PageSource source, int number, long place) {
    return new PageAccount(source, false, number, place, null);
  }

  /** A page that cannot. */
  static PageAccount absent(PageSource source, int number, long place, PageAbsence absence) {
    return new PageAccount(source, false, number, place, absence);
  }

  /** A page that is nowhere. */
  static PageAccount nowhere(PageAbsence absence) {
    return absent(PageSource.NONE, -1, -1, absence);
  }

  PageAccount throughPrototype() {
    return new PageAccount(source, true, number, place, absence);
  }

  /** Whether the page can be read. */
  public boolean isPresent() {
    return absence == null;
  }

  /** Path that leads back to the bytes, for instance {@code pagefile0:0x77000}; else empty. */
  public String forensicPath() {
    return switch (source) {
      case FRAME, TRANSITION -> "phys:" + Hex.address(place);
      // The store poses as a page file and is read under its number.
      case PAGE_FILE, STORE -> "pagefile" + number + ":" + Hex.address(place);
      case ZERO, FILE, NONE -> "";
    };
  }

  @Override
  public String toString() {
    String path = forensicPath();
    String where = path.isEmpty() ? source.name().toLowerCase(java.util.Locale.ROOT) : path;
    return absence == null ? where : where + ", " + absence.words();
  }
}
