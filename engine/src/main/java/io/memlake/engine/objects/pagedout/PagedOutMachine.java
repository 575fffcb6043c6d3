package io.memlake.engine.objects.pagedout;

import io.memlake.engine.image.EmbeddedEvidence;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.objects.process.EprocessLayout;
import io.memlake.engine.objects.store.CompressedStore;
import io.memlake.engine.objects.store.StoreChoice;
import io.memlake.engine.objects.store.StorePages;
import io.memlake.engine.objects.vad.SectionReader;
import io.memlake.engine.objects.vad.VadReader;
import io.memlake.engine.paging.PagedOutPages;
import io.memlake.engine.paging.pagefile.PageFile;
import io.memlake.engine.paging.pagefile.PageFiles;
import io.memlake.engine.paging.pagefile.PageSlots;
import io.memlake.engine.paging.pagefile.PagedOutEntries;
import io.memlake.engine.paging.pagefile.SlotState;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.engine.symbols.store.SymbolStore;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An opened machine whose address spaces read page files, the compressed store and prototype
 * entries as if they were RAM. What is not given or cannot be read makes holes, nothing else.
 *
 * <p>One instance belongs to one thread.
 */
public final class PagedOutMachine implements Closeable {
  private final Machine machine;
  private final PageFiles files;
  private final PageSlots slots;
  private final PagedOutEntries entries;
  private final PageAccounts accounts;
  private final StorePages store;
  private final List<String> notes;

  private PagedOutMachine(
      Machine machine,
      PageFiles files,
      PageSlots slots,
      PagedOutEntries entries,
      PageAccounts accounts,
      StorePages store,
      List<String> notes) {
    this.machine = machine;
    this.files = files;
    this.slots = slots;
    this.entries = entries;
    this.accounts = accounts;
    this.store = store;
    this.notes = List.copyOf(notes);
  }

  /**
   * Opens a machine with everything that left its RAM.
   *
   * @param pagedOut what {@link PagedOutDiscovery} found, or {@link PagedOutDescription#NONE}
   * @throws IOException as {@link Machine#open}, or when a page file cannot be opened
   */
  public static PagedOutMachine open(
      MachineDescription description,
      PagedOutDescription pagedOut,
      Evidence evidence,
      SymbolStore symbols)
      throws IOException {
    Machine bare = Machine.open(description, evidence, symbols);
    try {
      return with(bare, pagedOut, evidence);
    } catch (IOException | RuntimeException e) {
      bare.close();
      throw e;
    }
  }

  private static PagedOutMachine with(Machine bare, PagedOutDescription pagedOut, Evidence evidence)
      throws IOException {
    PageFiles files =
        openFiles(pagedOut, EmbeddedEvidence.of(bare.description().image(), evidence));
    try {
      return assemble(bare, pagedOut, files);
    } catch (IOException | RuntimeException e) {
      files.close();
      throw e;
    }
  }

  private static PagedOutMachine assemble(
      Machine bare, PagedOutDescription pagedOut, PageFiles files) throws IOException {
    List<String> notes = new ArrayList<>();
    FileSlots onDisk = new FileSlots(files, pagedOut);
    Machine withFiles =
        bare.withPagedOut(new PagedOutEntries(bare.pteLayout(), onDisk, PagedOutPages.NONE));
    StorePages store = store(withFiles, pagedOut, onDisk, notes);
    PageSlots slots = store == null ? onDisk : store;
    PrototypePages prototypes = prototypes(withFiles, notes);
    PagedOutEntries entries =
        new PagedOutEntries(
            bare.pteLayout(), slots, prototypes == null ? PagedOutPages.NONE : prototypes);
    if (prototypes != null) {
      prototypes.readSlotsFrom(entries);
    }
    return new PagedOutMachine(
        bare.withPagedOut(entries, files),
        files,
        slots,
        entries,
        new PageAccounts(slots, pagedOut.storeNumber(), prototypes),
        store,
        notes);
  }

  /** The files that are used; foreign ones are not even opened. */
  static PageFiles openFiles(PagedOutDescription pagedOut, Evidence evidence) throws IOException {
    List<PageFile> opened = new ArrayList<>();
    try {
      for (PageFileUse file : pagedOut.files()) {
        if (file.isUsed()) {
          opened.add(new PageFile(file.number(), evidence.open(file.path())));
        }
      }
      return new PageFiles(opened);
    } catch (IOException | RuntimeException e) {
      for (PageFile file : opened) {
        file.close();
      }
      throw e;
    }
  }

  /**
   * The compressed store lies in kernel memory and in the space of its process, both of which may
   * be in page files but never in the store: it is read through the machine with page files alone.
   */
  private static StorePages store(
      Machine withFiles, PagedOutDescription pagedOut, PageSlots onDisk, List<String> notes)
      throws IOException {
    Optional<StoreChoice> choice = pagedOut.store();
    if (choice.isEmpty() || pagedOut.memCompressionDtb() == 0) {
      return null;
    }
    Optional<CompressedStore> store =
        CompressedStore.open(
            withFiles.kernelSpace(), withFiles.space(pagedOut.memCompressionDtb()), choice.get());
    if (store.isEmpty()) {
      notes.add("The compressed store that discovery found cannot be read any more");
      return null;
    }
    return new StorePages(
        store.get(), choice.get().pageFileNumber(), onDisk, StorePages.USUAL_CACHE);
  }

  private static PrototypePages prototypes(Machine withFiles, List<String> notes) {
    try {
      VadTrees trees =
          new VadTrees(
              withFiles,
              VadReader.of(withFiles.symbols()),
              EprocessLayout.resolve(withFiles.symbols()));
      return new PrototypePages(
          withFiles.pteLayout(), withFiles.memory(), trees, SectionReader.of(withFiles.symbols()));
    } catch (MissingSymbolException e) {
      notes.add("Pages that only address descriptors know are not read: " + e.getMessage());
      return null;
    }
  }

  /** The machine; all its spaces read through all sources. */
  public Machine machine() {
    return machine;
  }

  /** Says of single pages where they are. */
  public PageAccounts accounts() {
    return accounts;
  }

  /** How many reads of pages in page files and in the store ended this way. */
  public long count(SlotState state) {
    return entries.count(state);
  }

  /** Pages by page-file number and offset, the store among them. */
  public PageSlots slots() {
    return slots;
  }

  /** The page files that are read. */
  public PageFiles files() {
    return files;
  }

  /** The compressed store with its counts; empty when there is none. */
  public Optional<StorePages> store() {
    return Optional.ofNullable(store);
  }

  /** What could not be set up, in words. */
  public List<String> notes() {
    return notes;
  }

  /** Closes the machine with everything that its pages are read from. */
  @Override
  public void close() throws IOException {
    machine.close();
  }
}
