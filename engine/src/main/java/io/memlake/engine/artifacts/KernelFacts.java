package io.memlake.engine.artifacts;

import io.memlake.engine.artifacts.driver.DriverTable;
import io.memlake.engine.kernel.KernelMemory;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.module.KernelAddressNames;
import io.memlake.engine.objects.module.KernelModule;
import io.memlake.engine.objects.module.KernelModuleList;
import io.memlake.engine.objects.object.ObjectReader;
import io.memlake.engine.objects.object.ObjectTree;
import java.io.IOException;
import java.util.List;

/** What the artifacts of the kernel share, each found once. One instance belongs to one thread. */
public final class KernelFacts {
  private final Machine machine;
  private final Candidates candidates;
  private final KernelMemory memory;
  private List<KernelModule> modules;
  private KernelAddressNames names;
  private ObjectReader objects;
  private ObjectTree tree;
  private DriverTable drivers;

  KernelFacts(Machine machine, Candidates candidates) {
    this.machine = machine;
    this.candidates = candidates;
    this.memory = machine.kernelMemory();
  }

  /** Reads the kernel's variables. */
  public KernelMemory memory() {
    return memory;
  }

  /**
   * The kernel's list of modules.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack its entries
   * @throws IOException when the medium fails
   */
  public List<KernelModule> modules() throws IOException {
    if (modules == null) {
      modules = KernelModuleList.walk(machine).modules();
    }
    return modules;
  }

  /** Names of addresses; fails like {@link #modules}. */
  public KernelAddressNames names() throws IOException {
    if (names == null) {
      names = KernelAddressNames.of(machine, modules());
    }
    return names;
  }

  /**
   * Reads headers of objects.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack the header
   * @throws IOException when the medium fails
   */
  public ObjectReader objects() throws IOException {
    if (objects == null) {
      objects = ObjectReader.of(machine);
    }
    return objects;
  }

  /** The namespace of the object manager; fails like {@link #objects}. */
  public ObjectTree tree() throws IOException {
    if (tree == null) {
      tree = ObjectTree.walk(machine, objects());
    }
    return tree;
  }

  /**
   * All driver objects by namespace and scan.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack them
   * @throws IOException when the medium fails
   */
  public DriverTable drivers() throws IOException {
    if (drivers == null) {
      drivers = DriverTable.of(machine, tree(), candidates);
    }
    return drivers;
  }
}
