package io.memlake.jobs.extract;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.EprocessLayout;
import io.memlake.engine.objects.process.ProcessList;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.jobs.exit.FailedException;
import io.memlake.jobs.exit.OperatorException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;

/** Finds the process that is meant: by its number, or by the address of its kernel object. */
public final class ProcessChoice {
  private ProcessChoice() {}

  /**
   * The process with a number that still runs, else the only one that had it.
   *
   * @param eprocess address of its kernel object; 0 when the number shall be enough
   * @throws OperatorException when there is none, or several had the number
   */
  public static Eprocess find(LakeHost host, Machine machine, long pid, long eprocess)
      throws IOException {
    EprocessLayout layout;
    try {
      layout = EprocessLayout.resolve(machine.symbols());
    } catch (MissingSymbolException e) {
      throw new FailedException("Processes cannot be read: " + e.getMessage(), e);
    }
    List<Eprocess> known = new ArrayList<>();
    for (long address : addresses(host, machine, layout, pid, eprocess)) {
      Eprocess.read(machine, layout, address)
          .filter(process -> process.uniqueProcessId() == pid)
          .ifPresent(known::add);
    }
    List<Eprocess> running = known.stream().filter(process -> process.exitTime() == 0).toList();
    List<Eprocess> choice = running.isEmpty() ? known : running;
    if (choice.isEmpty()) {
      throw new OperatorException("No process " + pid + " on " + host.name());
    }
    if (choice.size() > 1) {
      throw new OperatorException(
          "Several processes had the number "
              + pid
              + "; say --eprocess: "
              + String.join(
                  ", ", choice.stream().map(one -> Hex.address(one.virtualAddress())).toList()));
    }
    return choice.get(0);
  }

  /** What the lake knows, hidden processes among them, and what the kernel's list has. */
  private static Set<Long> addresses(
      LakeHost host, Machine machine, EprocessLayout layout, long pid, long eprocess)
      throws IOException {
    if (eprocess != 0) {
      return Set.of(eprocess);
    }
    Set<Long> addresses = new LinkedHashSet<>();
    host.rows("processes", row -> add(row, pid, addresses));
    for (Eprocess process : ProcessList.walk(machine, layout).processes()) {
      if (process.uniqueProcessId() == pid) {
        addresses.add(process.virtualAddress());
      }
    }
    return addresses;
  }

  private static void add(GenericRecord row, long pid, Set<Long> addresses) {
    boolean same = row.get("pid") instanceof Integer number && number == pid;
    if (same && row.get("eprocess") instanceof Long address) {
      addresses.add(address);
    }
  }
}
