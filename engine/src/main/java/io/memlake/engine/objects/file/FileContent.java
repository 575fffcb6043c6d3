package io.memlake.engine.objects.file;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.pagedout.PageAbsence;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.symbols.MissingSymbolException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * What memory holds of a file as data: the views of the cache manager, and the pages of its data
 * section, which has a prototype entry a page, subsection after subsection.
 */
public final class FileContent {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  private final FileObject file;
  private final CacheViews views;
  private final SectionPages pages;
  private final List<Subsections.Part> parts;

  /** The subsection that was used last: files are read from front to end. */
  private int part;

  private long firstPage;
  private PageAbsence absence = PageAbsence.FILE_BACKED;

  /** Where a page was had. */
  public enum Source {
    /** A view of the cache manager. */
    CACHE,
    /** The data section. */
    SECTION,
    /** Nowhere. */
    NONE
  }

  private FileContent(Machine machine, SectionPages pages, FileObject file) throws IOException {
    this.file = file;
    this.pages = pages;
    this.views = CacheViews.of(machine, file.sharedCacheMap());
    this.parts =
        file.dataSection() == 0 ? List.of() : Subsections.of(machine, file.dataSection()).parts();
  }

  /**
   * The content of a file.
   *
   * @throws MissingSymbolException when the symbols lack sections or the cache
   */
  public static FileContent of(Machine machine, FileObject file) throws IOException {
    return new FileContent(machine, new SectionPages(machine, null), file);
  }

  /**
   * The same with exact reasons for pages that are absent.
   *
   * @throws MissingSymbolException when the symbols lack sections or the cache
   */
  public static FileContent of(PagedOutMachine machine, FileObject file) throws IOException {
    return new FileContent(
        machine.machine(), new SectionPages(machine.machine(), machine.accounts()), file);
  }

  /**
   * What was written.
   *
   * @param bytes size of the file
   * @param cached pages from views of the cache manager
   * @param section pages from the data section alone
   * @param missing pages that memory does not hold; they are zeros in the file
   * @param holes where those are, by rising offset
   * @param unlisted bytes of holes behind the last that is listed
   */
  public record Report(
      long bytes, long cached, long section, long missing, List<FileHole> holes, long unlisted) {}

  /** Writes the file; its size must be known. */
  public Report write(OutputStream out) throws IOException {
    byte[] page = new byte[PAGE];
    FileHoles holes = new FileHoles();
    long cached = 0;
    long section = 0;
    long missing = 0;
    for (long at = 0; at < file.size(); at += PAGE) {
      int count = (int) Math.min(PAGE, file.size() - at);
      switch (read(at, page)) {
        case CACHE -> cached++;
        case SECTION -> section++;
        case NONE -> {
          missing++;
          Arrays.fill(page, (byte) 0);
          holes.add(at, count, absence);
        }
      }
      out.write(page, 0, count);
    }
    return new Report(file.size(), cached, section, missing, holes.list(), holes.unlisted());
  }

  /**
   * Reads one page.
   *
   * @param position where it begins in the file, a multiple of 4096
   * @param page receives it; undefined when the answer is {@link Source#NONE}
   */
  public Source read(long position, byte[] page) throws IOException {
    if (views.read(position, page)) {
      return Source.CACHE;
    }
    absence = pages.read(entry(position >>> PhysicalMemory.PAGE_SHIFT), page);
    return absence == null ? Source.SECTION : Source.NONE;
  }

  /** Kernel address of the prototype entry of a page; 0 when there is none. */
  private long entry(long page) {
    if (page < firstPage) {
      part = 0;
      firstPage = 0;
    }
    while (part < parts.size() && page >= firstPage + parts.get(part).pages()) {
      firstPage += parts.get(part).pages();
      part++;
    }
    return part < parts.size() ? parts.get(part).entry(page - firstPage) : 0;
  }
}
