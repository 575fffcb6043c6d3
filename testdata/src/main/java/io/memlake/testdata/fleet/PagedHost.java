package io.memlake.testdata.fleet;

import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.paging.ListedPageFile;
import io.memlake.testdata.paging.PageFileContent;
import io.memlake.testdata.paging.PteFormat;
import io.memlake.testdata.paging.TrimmedMachine;
import io.memlake.testdata.store.CompressedStoreWriter;
import io.memlake.testdata.store.StoreFormat;
import io.memlake.testdata.truth.HostTruth;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.VadTruth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A host whose programs are partly in page files and in the compressed store: of every program's
 * private pages some stay in RAM, most left it. The store lies in RAM.
 *
 * @param trimmed the machine and the truth about it
 * @param folder where its files are
 * @param image the memory image
 * @param inPageFiles pages of programs that went to a page file
 * @param inStore pages of programs that went to the compressed store
 * @param onStandby pages that stayed in their frames and have a copy in page file 0
 */
public record PagedHost(
    TrimmedMachine trimmed,
    Path folder,
    Path image,
    List<PagedOutPage> inPageFiles,
    List<PagedOutPage> inStore,
    List<PagedOutPage> onStandby) {

  /** Number of the compressed store. */
  public static final int STORE = 2;

  private static final int SHARED_USER_DATA = 0x7FFE0000;
  private static final long REGIONS = 0x1A0_0000_0000L;
  private static final long STORE_POOL = 1 << 24;

  /**
   * A page that was moved.
   *
   * @param pid whose it is
   * @param virtualAddress its address
   */
  public record PagedOutPage(long pid, long virtualAddress) {}

  /** Takes further pages away, before the store is written. */
  @FunctionalInterface
  public interface Further {
    /** Moves pages; those of the store may have the slots from {@code slot} on. */
    void trim(TrimmedMachine machine, CompressedStoreWriter store, int slot);
  }

  /**
   * Trims the programs of a machine and writes its files.
   *
   * @param format layout of the store
   */
  public static PagedHost write(
      SyntheticMachine machine, StoreFormat format, long seed, Path folder) throws IOException {
    return write(machine, format, seed, folder, (trimmed, store, slot) -> {});
  }

  /** The same, and takes further pages away. */
  public static PagedHost write(
      SyntheticMachine machine, StoreFormat format, long seed, Path folder, Further further)
      throws IOException {
    TrimmedMachine trimmed = new TrimmedMachine(machine, PteFormat.sinceUpdates(), seed);
    ProcessTruth memCompression = machine.truth().process("MemCompression");
    CompressedStoreWriter store =
        new CompressedStoreWriter(
                format, trimmed.kernelMemory(), trimmed.userMemory(memCompression.pid()))
            .pageFileNumber(STORE)
            .owner(memCompression.eprocess());
    PagedHost host =
        new PagedHost(
            trimmed,
            Files.createDirectories(folder),
            folder.resolve("memory.raw"),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    further.trim(trimmed, store, host.trim(store));
    HostTruth truth = machine.truth().host();
    KernelLayout layout = machine.layout();
    store.write(
        truth.kernelBase() + layout.symbol("?SmGlobals@@3U_SM_GLOBALS@@A"),
        trimmed.newKernelMemory(STORE_POOL),
        REGIONS);
    trimmed.listPageFiles(
        List.of(
            listed(0, "\\??\\C:\\pagefile.sys", trimmed.pageFiles().get(0)),
            listed(1, "\\??\\D:\\pagefile1.sys", trimmed.pageFiles().get(1)),
            new ListedPageFile(STORE, "", 1 << 20, true)));
    host.writeFiles();
    return host;
  }

  private static ListedPageFile listed(int number, String name, PageFileContent file) {
    return new ListedPageFile(number, name, file.pageCount(), false);
  }

  private int trim(CompressedStoreWriter store) {
    int turn = 0;
    int slot = 0x40;
    for (ProcessTruth process : trimmed.machine().truth().processes()) {
      boolean program =
          process.presence().isRunning()
              && process.peb() != 0
              && !process.name().equals("MemCompression");
      for (VadTruth range : program ? process.vads() : List.<VadTruth>of()) {
        if (!range.privateMemory() || range.start() == SHARED_USER_DATA) {
          continue;
        }
        for (long page : trimmed.mappedPages(process.pid(), range)) {
          PagedOutPage moved = new PagedOutPage(process.pid(), page);
          switch (turn++ % 8) {
            case 0, 1, 2 -> {
              trimmed.toPageFile(process.pid(), page, 0);
              inPageFiles.add(moved);
            }
            case 3 -> {
              trimmed.toPageFile(process.pid(), page, 1);
              inPageFiles.add(moved);
            }
            case 4, 5 -> {
              store.add(0, slot, trimmed.intended(process.pid(), page).orElseThrow());
              trimmed.toStore(process.pid(), page, STORE, slot++);
              inStore.add(moved);
            }
            case 6 -> {
              trimmed.toStandbyWithCopy(process.pid(), page, 0);
              onStandby.add(moved);
            }
            default -> {
              // This one stays in the working set.
            }
          }
        }
      }
    }
    return slot;
  }

  private void writeFiles() throws IOException {
    RawWriter.writePadded(trimmed, image);
    for (PageFileContent file : trimmed.pageFiles().values()) {
      file.write(pageFile(file.number()));
    }
  }

  /**
   * Writes what every page of every program held before any was moved: one file a process in a
   * folder of the host's name, one line a page with its address and the SHA-256 of its bytes.
   */
  public void writeTruth(Path parent) throws IOException {
    Path target = Files.createDirectories(parent.resolve(folder.getFileName()));
    for (ProcessTruth process : trimmed.machine().truth().processes()) {
      if (!process.presence().isRunning() || process.peb() == 0) {
        continue;
      }
      List<String> lines = new ArrayList<>(List.of("address,sha256"));
      for (VadTruth range : process.vads()) {
        for (long page : trimmed.mappedPages(process.pid(), range)) {
          byte[] bytes = trimmed.intended(process.pid(), page).orElseThrow();
          lines.add("0x" + Long.toHexString(page) + "," + sha256(bytes));
        }
      }
      Files.write(target.resolve("pid-" + process.pid() + ".csv"), lines);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Path of a page file. */
  public Path pageFile(int number) {
    return folder.resolve(number == 0 ? "pagefile.sys" : "pagefile" + number + ".sys");
  }
}
