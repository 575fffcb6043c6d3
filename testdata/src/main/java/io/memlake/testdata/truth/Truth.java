package io.memlake.testdata.truth;

import java.util.List;
import java.util.NoSuchElementException;

/**
 * Everything a machine was made to contain.
 *
 * @param host the system itself
 * @param processes all processes, in order of creation, whatever their {@link Presence}
 * @param kernelModules kernel modules in list order, the kernel first
 * @param drivers driver objects
 */
public record Truth(
    HostTruth host,
    List<ProcessTruth> processes,
    List<KernelModuleTruth> kernelModules,
    List<DriverTruth> drivers) {

  /** Copies the lists. */
  public Truth {
    processes = List.copyOf(processes);
    kernelModules = List.copyOf(kernelModules);
    drivers = List.copyOf(drivers);
  }

  /** The process with an id. */
  public ProcessTruth process(long pid) {
    return processes.stream()
        .filter(process -> process.pid() == pid)
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("No process " + pid));
  }

  /** The first process with a name, the full one or what {@code ImageFileName} keeps of it. */
  public ProcessTruth process(String name) {
    return processes.stream()
        .filter(process -> process.name().equals(name) || process.imageFileName().equals(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("No process " + name));
  }

  /** The processes that the system's list of active processes names, in list order. */
  public List<ProcessTruth> listed() {
    return processes.stream().filter(process -> process.presence().isListed()).toList();
  }
}
