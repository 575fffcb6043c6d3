package io.memlake.engine.extract;

import io.memlake.engine.objects.pagedout.PageAbsence;
import io.memlake.engine.objects.pagedout.PageAccount;
import io.memlake.engine.objects.pagedout.PageAccounts;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.pe.PeFileSection;
import io.memlake.engine.pe.PeImage;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Rebuilds the PE file of a mapped module: headers and sections go back to where the section
 * headers say they stand in the file. The bytes are those of memory, so relocated addresses, bound
 * imports and patches stay as they are, which is what an investigation wants to see.
 */
public final class ModuleExtract {
  /** Larger files are not written: no module is. */
  public static final long MAXIMUM_FILE = 2L << 30;

  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  /** The loader rounds offsets in the file down to this. */
  private static final long SECTOR = 512;

  private static final String HEADERS = "headers";

  private final AddressSpace space;
  private final Reason reason;

  private ModuleExtract(AddressSpace space, Reason reason) {
    this.space = space;
    this.reason = reason;
  }

  /** Says why a page cannot be had. */
  private interface Reason {
    PageAbsence of(long virtualAddress) throws IOException;
  }

  /**
   * An extract of modules of a machine: of processes and of the kernel.
   *
   * @param space the space in which they are mapped
   */
  public static ModuleExtract of(PagedOutMachine pagedOut, PagedAddressSpace space) {
    PageAccounts accounts = pagedOut.accounts();
    return new ModuleExtract(space, at -> absence(accounts.of(space, at)));
  }

  /**
   * An extract of pages that were brought together from elsewhere.
   *
   * @param absence why pages that are not in {@code space} are not there
   */
  public static ModuleExtract of(AddressSpace space, PageAbsence absence) {
    return new ModuleExtract(space, at -> absence);
  }

  private static PageAbsence absence(PageAccount account) {
    return account.isPresent() ? PageAbsence.FRAME_MISSING : account.absence();
  }

  /**
   * Writes a module.
   *
   * @param base its base, page-aligned
   * @param size bytes by the loader or the descriptor, for modules without headers; 0 when unknown
   * @param out receives the file; not closed
   * @throws IOException when the medium or the output fails
   */
  public ModuleReport write(long base, long size, OutputStream out) throws IOException {
    Writer writer = new Writer(base, out);
    Optional<PeImage> image = PeImage.at(space, base);
    if (image.isPresent() && writer.sections(image.get())) {
      return new ModuleReport(true, writer.written, writer.holes, writer.notes);
    }
    writer.notes.add("The headers cannot be had: this is the memory of the module as it is");
    long length = image.map(PeImage::sizeOfImage).orElse(size);
    writer.copy(0, Math.min(Math.max(length, 0), MAXIMUM_FILE), "");
    return new ModuleReport(false, writer.written, writer.holes, writer.notes);
  }

  private final class Writer {
    private final long base;
    private final OutputStream out;
    private final List<ModuleHole> holes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final byte[] page = new byte[PAGE];
    private long written;

    Writer(long base, OutputStream out) {
      this.base = base;
      this.out = out;
    }

    /** False, with nothing written, when the headers describe no file. */
    boolean sections(PeImage image) throws IOException {
      List<PeFileSection> sections = new ArrayList<>(image.fileSections());
      sections.removeIf(section -> section.fileSize() == 0);
      sections.sort(Comparator.comparingLong(PeFileSection::fileOffset));
      long headers = image.sizeOfHeaders();
      boolean sound =
          !sections.isEmpty()
              && headers > 0
              && headers <= image.sizeOfImage()
              && sections.stream()
                  .allMatch(section -> section.fileOffset() + section.fileSize() <= MAXIMUM_FILE);
      if (!sound) {
        return false;
      }
      copy(0, Math.min(headers, sections.get(0).fileOffset()), HEADERS);
      for (PeFileSection section : sections) {
        section(section, image.sizeOfImage());
      }
      return true;
    }

    private void section(PeFileSection section, long sizeOfImage) throws IOException {
      long start = section.fileOffset() & -SECTOR;
      if (start < written || section.offset() >= sizeOfImage) {
        notes.add(
            "Section "
                + section.name()
                + " is left out: "
                + (start < written ? "it overlaps another one" : "it lies outside the image"));
        return;
      }
      zeros(start - written);
      // Memory has no more than the whole pages of the section.
      long inMemory = section.size() == 0 ? section.fileSize() : section.size();
      long mapped = Math.min((inMemory + PAGE - 1) & -PAGE, sizeOfImage - section.offset());
      long copied = Math.min(section.fileSize(), mapped);
      copy(section.offset(), copied, section.name());
      zeros(section.fileSize() - copied);
    }

    private void copy(long offset, long length, String section) throws IOException {
      for (long done = 0; done < length; done += PAGE) {
        int count = (int) Math.min(PAGE, length - done);
        long at = base + offset + done;
        if (!space.read(at, page, 0, count)) {
          Arrays.fill(page, (byte) 0);
          hole(at, section, reason.of(at));
        }
        out.write(page, 0, count);
        written += count;
      }
    }

    private void hole(long at, String section, PageAbsence absence) {
      ModuleHole last = holes.isEmpty() ? null : holes.get(holes.size() - 1);
      if (last != null
          && last.absence() == absence
          && last.section().equals(section)
          && last.address() + last.size() == at) {
        holes.set(
            holes.size() - 1,
            new ModuleHole(
                last.address(), last.size() + PAGE, section, last.fileOffset(), absence));
      } else {
        holes.add(new ModuleHole(at, PAGE, section, written, absence));
      }
    }

    private void zeros(long count) throws IOException {
      Arrays.fill(page, (byte) 0);
      for (long left = count; left > 0; left -= PAGE) {
        out.write(page, 0, (int) Math.min(left, PAGE));
      }
      written += Math.max(count, 0);
    }
  }
}
