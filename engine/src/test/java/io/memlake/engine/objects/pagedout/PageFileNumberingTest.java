package io.memlake.engine.objects.pagedout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.objects.pagedout.PageFileNumbering.Candidate;
import io.memlake.engine.objects.pagedout.PageFileNumbering.Given;
import io.memlake.engine.objects.store.PagingFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which number a file gets, and on whose word. */
class PageFileNumberingTest {
  private static final long PAGE = 4096;

  private final List<String> notes = new ArrayList<>();

  private static Candidate file(String path, long pages) {
    return new Candidate(PageFileRequest.parse(path), pages * PAGE);
  }

  private static PagingFile listed(int number, PagingFile.Kind kind, String name, long pages) {
    return new PagingFile(number, kind, name, pages);
  }

  @Test
  void theKernelsListDecidesByName() {
    Candidate swap = file("/case/swapfile.sys", 64);
    Candidate page = file("/case/pagefile.sys", 512);

    Map<Candidate, Given> numbers =
        PageFileNumbering.of(
            List.of(swap, page),
            List.of(
                listed(0, PagingFile.Kind.STORE, "", 1 << 20),
                listed(1, PagingFile.Kind.PAGE_FILE, "\\??\\C:\\pagefile.sys", 512),
                listed(3, PagingFile.Kind.SWAP_FILE, "\\??\\C:\\swapfile.sys", 64)),
            notes);

    assertThat(numbers)
        .containsEntry(page, new Given(1, "image"))
        .containsEntry(swap, new Given(3, "image"));
    assertThat(notes).isEmpty();
  }

  @Test
  void filesOfOneNameAreToldApartByTheirSize() {
    Candidate second = file("/case/pagefile-D.sys", 2048);
    Candidate first = file("/case/pagefile.sys", 512);

    Map<Candidate, Given> numbers =
        PageFileNumbering.of(
            List.of(second, first),
            List.of(
                listed(0, PagingFile.Kind.PAGE_FILE, "\\??\\C:\\pagefile.sys", 512),
                listed(1, PagingFile.Kind.PAGE_FILE, "\\??\\D:\\pagefile.sys", 2048)),
            notes);

    assertThat(numbers.get(first).number()).isZero();
    assertThat(numbers.get(second).number()).isEqualTo(1);
  }

  @Test
  void theUserDecidesAgainstEverything() {
    Candidate given = file("pagefile1=/case/pagefile.sys", 512);

    Map<Candidate, Given> numbers =
        PageFileNumbering.of(
            List.of(given),
            List.of(listed(0, PagingFile.Kind.PAGE_FILE, "\\??\\C:\\pagefile.sys", 512)),
            notes);

    assertThat(numbers).containsEntry(given, new Given(1, "given"));
  }

  @Test
  void withoutTheKernelsListTheUsualOrderIsTakenAndSaid() {
    Candidate swap = file("/case/swapfile.sys", 64);
    Candidate page = file("/case/pagefile.sys", 512);

    Map<Candidate, Given> numbers = PageFileNumbering.of(List.of(swap, page), List.of(), notes);

    assertThat(numbers)
        .containsEntry(page, new Given(0, "order"))
        .containsEntry(swap, new Given(1, "order"));
    assertThat(notes)
        .contains(
            "/case/pagefile.sys is taken for page file 0 by the usual order: the image does not"
                + " tell");
  }

  @Test
  void theNumberOfTheStoreIsNeverGivenToAFile() {
    Candidate page = file("/case/carved.bin", 512);

    Map<Candidate, Given> numbers =
        PageFileNumbering.of(
            List.of(page), List.of(listed(0, PagingFile.Kind.STORE, "", 1 << 20)), notes);

    assertThat(numbers).containsEntry(page, new Given(1, "order"));
  }

  @Test
  void oneNumberForTwoFilesIsRefused() {
    List<Candidate> files = List.of(file("1=/a.sys", 1), file("pagefile1=/b.sys", 1));

    assertThatThrownBy(() -> PageFileNumbering.of(files, List.of(), notes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot use /b.sys as page file 1: it is taken");
    assertThatThrownBy(() -> PageFileRequest.parse("pagefile16=/c.sys"))
        .hasMessage("Cannot use pagefile16=/c.sys: page files have numbers from 0 to 15");
  }
}
