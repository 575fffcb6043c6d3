package io.memlake.jobs.hunt.yara;

import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.objects.pagedout.PageFileUse;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.paging.pagefile.PageFile;
import io.memlake.engine.paging.pagefile.PageFileMemory;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.exit.CommandException;
import io.memlake.jobs.extract.ExtractSource;
import io.memlake.jobs.extract.LakeHost;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.task.OpenTask;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A host whose evidence was found and opened once more; small enough to send to every task.
 *
 * @param name the host
 * @param imageId identity of its image
 * @param opened what discovery found; null when it cannot be opened
 * @param symbols where symbols come from
 * @param pageFilePages pages of each page file that is used
 * @param error why it cannot be searched; empty when it can
 */
public record OpenedHost(
    String name,
    String imageId,
    OpenTask.Opened opened,
    SymbolSettings symbols,
    ArrayList<Long> pageFilePages,
    String error)
    implements Serializable {

  /** Opens the evidence of a host. */
  static OpenedHost of(String lake, String caseId, String name, HadoopEvidence evidence) {
    try {
      LakeHost host =
          LakeHost.find(
              Lake.open(lake, evidence.configuration()), caseId, name, evidence.configuration());
      ExtractSource source =
          ExtractSource.of(host, evidence, List.of(), "", false, new SymbolSettings(List.of(), ""));
      OpenTask.Opened opened = source.opened();
      ArrayList<Long> pages = new ArrayList<>();
      try (PagedOutMachine machine = opened.machine(evidence, source.symbols())) {
        for (PageFileUse file : used(opened)) {
          pages.add(machine.files().find(file.number()).map(PageFile::pageCount).orElse(0L));
        }
      }
      return new OpenedHost(name, host.manifest().imageId(), opened, source.symbols(), pages, "");
    } catch (IOException | CommandException | MissingSymbolException e) {
      return failed(name, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return failed(name, "internal error: " + e);
    }
  }

  private static OpenedHost failed(String name, String error) {
    return new OpenedHost(name, null, null, null, new ArrayList<>(), error);
  }

  private static List<PageFileUse> used(OpenTask.Opened opened) {
    return opened.pagedOut().files().stream().filter(PageFileUse::isUsed).toList();
  }

  boolean isOpen() {
    return error.isEmpty();
  }

  MachineDescription description() {
    return opened.description();
  }

  List<PageFileUse> pageFiles() {
    return used(opened);
  }

  /** The parts that are searched by themselves. */
  List<LiteralChunk> chunks(int number) {
    List<LiteralChunk> chunks =
        new ArrayList<>(LiteralChunk.of(number, -1, description().image().runs()));
    for (int file = 0; file < pageFilePages.size(); file++) {
      chunks.addAll(
          LiteralChunk.of(number, file, PageFileMemory.runs(pageFilePages.get(file) << 12)));
    }
    return chunks;
  }

  PagedOutMachine machine(HadoopEvidence evidence) throws IOException {
    return opened.machine(evidence, symbols);
  }
}
