package io.memlake.jobs.fleet.code;

import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.pe.ImageCopy;
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
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;

/**
 * A host whose evidence was opened once more for its code; small enough to be sent to tasks.
 *
 * @param name the host
 * @param opened what discovery found; null when it cannot be opened
 * @param symbols where symbols come from
 * @param processes page table and kernel object of each process, by its number
 * @param tables fingerprint of the table of relocations, by number of the build, where it is there
 * @param error why the evidence cannot be read; empty when it can
 */
record CodeHost(
    String name,
    OpenTask.Opened opened,
    SymbolSettings symbols,
    TreeMap<Integer, ProcessPlace> processes,
    TreeMap<Integer, Long> tables,
    String error)
    implements Serializable {

  /** Where a process is. */
  record ProcessPlace(long dtb, long eprocess) implements Serializable {}

  /** A module on a host. */
  record Place(int build, int pid, long base) implements Serializable {}

  /** Opens the evidence of a host and looks for the relocations of its modules. */
  record Opening(String lake, String caseId, String host, java.util.ArrayList<Place> places)
      implements Serializable {
    CodeHost run(HadoopEvidence evidence) {
      try {
        return open(evidence);
      } catch (IOException | CommandException | MissingSymbolException e) {
        return failed(String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        return failed("internal error: " + e);
      }
    }

    private CodeHost open(HadoopEvidence evidence) throws IOException {
      LakeHost known =
          LakeHost.find(
              Lake.open(lake, evidence.configuration()), caseId, host, evidence.configuration());
      ExtractSource source =
          ExtractSource.of(
              known, evidence, List.of(), "", false, new SymbolSettings(List.of(), ""));
      TreeMap<Integer, ProcessPlace> processes = new TreeMap<>();
      known.rows("processes", row -> add(row, processes));
      CodeHost made =
          new CodeHost(host, source.opened(), source.symbols(), processes, new TreeMap<>(), "");
      try (CodeReader reader = CodeReader.open(made, evidence)) {
        for (Place place : places) {
          Optional<byte[]> table =
              ImageCopy.relocationTable(reader.space(place.pid()), place.base());
          table.ifPresent(bytes -> made.tables.put(place.build(), CodeReader.fingerprint(bytes)));
        }
      }
      return made;
    }

    private CodeHost failed(String why) {
      return new CodeHost(host, null, null, new TreeMap<>(), new TreeMap<>(), why);
    }
  }

  private static void add(GenericRecord row, TreeMap<Integer, ProcessPlace> processes) {
    if (row.get("pid") instanceof Integer pid
        && row.get("dtb") instanceof Long dtb
        && row.get("eprocess") instanceof Long eprocess) {
      ProcessPlace place = new ProcessPlace(dtb, eprocess);
      if ("running".equals(String.valueOf(row.get("state")))) {
        processes.put(pid, place);
      } else {
        processes.putIfAbsent(pid, place);
      }
    }
  }

  boolean isOpen() {
    return error.isEmpty();
  }

  PagedOutMachine machine(HadoopEvidence evidence) throws IOException {
    return opened.machine(evidence, symbols);
  }
}
