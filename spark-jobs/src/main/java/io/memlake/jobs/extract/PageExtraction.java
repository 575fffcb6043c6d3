package io.memlake.jobs.extract;

import io.memlake.engine.extract.ExtractedPage;
import io.memlake.engine.extract.PageExtract;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.jobs.exit.OperatorException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Writes single pages, each named by its forensic path. */
public final class PageExtraction {
  private PageExtraction() {}

  /** Writes the pages that can be had; the result tells of all. */
  public static List<ExtractedPage> run(
      ExtractSource source, List<String> paths, ExtractFolder folder) throws IOException {
    List<ExtractedPage> pages = new ArrayList<>();
    try (PagedOutMachine machine = source.open()) {
      PageExtract extract = PageExtract.of(machine);
      for (String path : paths) {
        ExtractedPage page = read(extract, path);
        if (page.bytes().isPresent()) {
          try (OutputStream out = folder.create(fileName(path))) {
            out.write(page.bytes().get());
          }
        }
        pages.add(page);
      }
    }
    return pages;
  }

  /** Name of the file of a path. */
  public static String fileName(String path) {
    return ExtractFolder.safe(path.replace(':', '-')) + ".page";
  }

  private static ExtractedPage read(PageExtract extract, String path) throws IOException {
    try {
      return extract.read(path);
    } catch (IllegalArgumentException e) {
      throw new OperatorException(e.getMessage(), e);
    }
  }
}
