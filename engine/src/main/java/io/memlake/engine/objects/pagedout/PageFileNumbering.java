package io.memlake.engine.objects.pagedout;

import io.memlake.engine.objects.store.PagingFile;
import io.memlake.engine.paging.pagefile.PageFileNumbers;
import io.memlake.engine.paging.pagefile.PageSlots;
import io.memlake.engine.physical.PhysicalMemory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives each file its number: the user's word first, then the kernel's own list by name and size,
 * then the usual order.
 */
final class PageFileNumbering {
  private static final String SWAP_FILE = "swapfile";

  private final List<PagingFile> known;
  private final Set<Integer> taken = new HashSet<>();
  private final Map<Candidate, Given> numbers = new LinkedHashMap<>();
  private final List<String> notes;

  /** A file with its size. */
  record Candidate(PageFileRequest request, long size) {
    String name() {
      return request.fileName();
    }
  }

  /** A number and where it comes from. */
  record Given(int number, String source) {}

  private PageFileNumbering(List<PagingFile> known, List<String> notes) {
    this.known = known;
    this.notes = notes;
  }

  /**
   * Numbers of the files, in their order; files that cannot have one are left out and noted.
   *
   * @param known the kernel's list, empty when it could not be read
   * @throws IllegalArgumentException when the user gave one number twice
   */
  static Map<Candidate, Given> of(
      List<Candidate> files, List<PagingFile> known, List<String> notes) {
    PageFileNumbering numbering = new PageFileNumbering(known, notes);
    List<Candidate> open = new ArrayList<>();
    for (Candidate file : files) {
      if (file.request().number().isPresent()) {
        numbering.give(file, file.request().number().get(), "given");
      } else {
        open.add(file);
      }
    }
    numbering.known.stream()
        .filter(entry -> entry.kind() == PagingFile.Kind.STORE)
        .forEach(entry -> numbering.taken.add(entry.number()));
    numbering.byImage(open);
    numbering.byOrder(open);
    Map<Candidate, Given> inOrder = new LinkedHashMap<>();
    files.forEach(
        file -> {
          if (numbering.numbers.containsKey(file)) {
            inOrder.put(file, numbering.numbers.get(file));
          }
        });
    return inOrder;
  }

  private void give(Candidate file, int number, String source) {
    if (!taken.add(number)) {
      throw new IllegalArgumentException(
          "Cannot use " + file.request().path() + " as page file " + number + ": it is taken");
    }
    numbers.put(file, new Given(number, source));
  }

  /** Names decide; where drives have files of one name, the size does. */
  private void byImage(List<Candidate> open) {
    for (boolean bySize : new boolean[] {true, false}) {
      for (Candidate file : List.copyOf(open)) {
        List<PagingFile> fitting =
            known.stream()
                .filter(entry -> !taken.contains(entry.number()) && isNamed(entry, file))
                .filter(entry -> !bySize || isSized(entry, file))
                .toList();
        if (!fitting.isEmpty() && (bySize || fitting.size() == 1)) {
          give(file, fitting.get(0).number(), "image");
          open.remove(file);
        }
      }
    }
  }

  private static boolean isNamed(PagingFile entry, Candidate file) {
    boolean swap = file.name().startsWith(SWAP_FILE);
    if (entry.kind() == PagingFile.Kind.SWAP_FILE || swap) {
      return swap && entry.kind() == PagingFile.Kind.SWAP_FILE;
    }
    String name = PageFileRequest.of(entry.name()).fileName();
    // Copies are renamed when several drives have a page file: pagefile1.sys, pagefile-D.sys.
    return name.isEmpty() || file.name().startsWith(name.replace(".sys", ""));
  }

  private static boolean isSized(PagingFile entry, Candidate file) {
    return entry.pages() == file.size() >>> PhysicalMemory.PAGE_SHIFT;
  }

  private void byOrder(List<Candidate> open) {
    List<String> paths = open.stream().map(file -> file.request().path()).toList();
    if (paths.isEmpty()) {
      return;
    }
    Map<String, Integer> usual =
        paths.size() < PageSlots.MAX_NUMBERS ? PageFileNumbers.guess(paths) : Map.of();
    for (Candidate file : open) {
      Integer number = usual.get(file.request().path());
      while (number != null && taken.contains(number) && number < PageSlots.MAX_NUMBERS) {
        number++;
      }
      if (number == null || number >= PageSlots.MAX_NUMBERS) {
        notes.add(file.request().path() + " is left out: no number is left for it");
        continue;
      }
      notes.add(
          file.request().path()
              + " is taken for page file "
              + number
              + " by the usual order: the image does not tell");
      give(file, number, "order");
    }
  }
}
