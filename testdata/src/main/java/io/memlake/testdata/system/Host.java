package io.memlake.testdata.system;

import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.objects.Namespace;
import io.memlake.testdata.process.DraftProcess;
import io.memlake.testdata.truth.DriverTruth;
import io.memlake.testdata.truth.KernelModuleTruth;
import java.util.List;
import java.util.Optional;

/**
 * The machine while its system is put together.
 *
 * @param boot the boot
 * @param facts further layouts and symbols of its kernel
 * @param namespace names of objects
 * @param modules kernel modules
 * @param drivers driver objects
 * @param processes processes
 */
record Host(
    Boot boot,
    KernelLayout facts,
    Namespace namespace,
    List<KernelModuleTruth> modules,
    List<DriverTruth> drivers,
    List<DraftProcess> processes) {

  /** Whether this kernel has a symbol. */
  boolean has(String symbol) {
    return facts.hasSymbol(symbol);
  }

  /** Virtual address of a symbol. */
  long address(String symbol) {
    return boot.kernel().base() + facts.symbol(symbol);
  }

  /** A structure of the further layouts at an address. */
  Struct view(String struct, long address) {
    return new Struct(boot.space(), address, facts.struct(struct));
  }

  /** A kernel module by its file name. */
  KernelModuleTruth module(String name) {
    return modules.stream()
        .filter(module -> module.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No module " + name));
  }

  /** A driver by its service name. */
  DriverTruth driver(String service) {
    return drivers.stream()
        .filter(driver -> driver.serviceKey().equalsIgnoreCase(service))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No driver " + service));
  }

  /** The first running process of a name, or of a full path. */
  Optional<DraftProcess> process(String name) {
    return processes.stream()
        .filter(DraftProcess::isRunning)
        .filter(
            process ->
                process.spec().name().equals(name) || process.spec().imagePath().equals(name))
        .findFirst();
  }
}
