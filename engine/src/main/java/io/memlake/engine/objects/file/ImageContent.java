package io.memlake.engine.objects.file;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.pagedout.PageAbsence;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.symbols.MissingSymbolException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What memory holds of a file as a program: the image section, put back into the layout of the
 * file. Its subsections say themselves where they stand in the file, so the headers need not be
 * there. Pages are as the section has them: relocated for its base, before any process wrote to its
 * own copy.
 */
public final class ImageContent {
  /** Larger files are not written: no program is. */
  public static final long MAXIMUM_FILE = 2L << 30;

  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  private final Subsections subsections;
  private final SectionPages pages;
  private final byte[] page = new byte[PAGE];

  private ImageContent(Subsections subsections, SectionPages pages) {
    this.subsections = subsections;
    this.pages = pages;
  }

  /**
   * The image of a file, which must have one.
   *
   * @throws MissingSymbolException when the symbols lack sections
   */
  public static ImageContent of(PagedOutMachine pagedOut, FileObject file) throws IOException {
    Machine machine = pagedOut.machine();
    return new ImageContent(
        Subsections.of(machine, file.imageSection()),
        new SectionPages(machine, pagedOut.accounts()));
  }

  /**
   * What was written.
   *
   * @param bytes size of the file, as far as its sections reach
   * @param sections sections with bytes in the file, the headers among them
   * @param present pages that memory holds
   * @param missing pages that it does not
   * @param holes where those are, by rising offset
   * @param notes what is uncertain, in words
   */
  public record Report(
      long bytes,
      int sections,
      long present,
      long missing,
      List<FileHole> holes,
      List<String> notes) {
    /** Whether every byte of every section was there. */
    public boolean isComplete() {
      return holes.isEmpty() && notes.isEmpty();
    }
  }

  /** Writes the file. */
  public Report write(OutputStream out) throws IOException {
    Writer writer = new Writer(out);
    List<Subsections.Part> inFile = new ArrayList<>(subsections.parts());
    inFile.removeIf(part -> part.fileSize() == 0);
    inFile.sort(Comparator.comparingLong(Subsections.Part::fileOffset));
    if (!subsections.complete()) {
      writer.notes.add("The chain of subsections is broken: sections may be missing");
    }
    for (Subsections.Part part : inFile) {
      writer.section(part);
    }
    if (writer.holes.unlisted() > 0) {
      writer.notes.add(writer.holes.unlisted() + " bytes of further holes are not listed");
    }
    return new Report(
        writer.written,
        writer.sections,
        writer.present,
        writer.missing,
        writer.holes.list(),
        List.copyOf(writer.notes));
  }

  private final class Writer {
    private final OutputStream out;
    private final FileHoles holes = new FileHoles();
    private final List<String> notes = new ArrayList<>();
    private long written;
    private int sections;
    private long present;
    private long missing;

    Writer(OutputStream out) {
      this.out = out;
    }

    void section(Subsections.Part part) throws IOException {
      long end = part.fileOffset() + part.fileSize();
      if (part.fileOffset() < written || end > MAXIMUM_FILE) {
        notes.add(
            "A section at "
                + part.fileOffset()
                + " of the file is left out: "
                + (end > MAXIMUM_FILE ? "no program is so large" : "it overlaps the one before"));
        return;
      }
      sections++;
      zeros(part.fileOffset() - written);
      long inMemory = Math.min(part.fileSize(), part.pages() * PAGE);
      for (long done = 0; done < inMemory; done += PAGE) {
        int count = (int) Math.min(PAGE, inMemory - done);
        PageAbsence absence = pages.read(part.entry(done / PAGE), page);
        if (absence == null) {
          present++;
        } else {
          missing++;
          Arrays.fill(page, (byte) 0);
          holes.add(written, count, absence);
        }
        out.write(page, 0, count);
        written += count;
      }
      // What the file has beyond the pages of the section is never read.
      if (end > written) {
        holes.add(written, end - written, PageAbsence.FILE_BACKED);
        zeros(end - written);
      }
    }

    private void zeros(long count) throws IOException {
      Arrays.fill(page, (byte) 0);
      for (long left = count; left > 0; left -= PAGE) {
        out.write(page, 0, (int) Math.min(left, PAGE));
      }
      written += count;
    }
  }
}
