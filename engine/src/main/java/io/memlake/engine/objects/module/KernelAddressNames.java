package io.memlake.engine.objects.module;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.symbols.SymbolTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says in which kernel module an address lies, and which symbol of the kernel it is. A pointer into
 * no module at all is what hooks and unlinked drivers look like.
 */
public final class KernelAddressNames {
  private final TreeMap<Long, KernelModule> byBase = new TreeMap<>(Long::compareUnsigned);
  private final Machine machine;
  private NavigableMap<Long, List<String>> symbols;

  private KernelAddressNames(Machine machine) {
    this.machine = machine;
  }

  /** Names over the listed modules of a machine. */
  public static KernelAddressNames of(Machine machine, Collection<KernelModule> modules) {
    KernelAddressNames names = new KernelAddressNames(machine);
    modules.forEach(module -> names.byBase.putIfAbsent(module.base(), module));
    return names;
  }

  /** The module that an address lies in; empty when none does. */
  public Optional<KernelModule> module(long address) {
    Map.Entry<Long, KernelModule> below = byBase.floorEntry(address);
    return below != null
            && Long.compareUnsigned(address - below.getValue().base(), below.getValue().size()) < 0
        ? Optional.of(below.getValue())
        : Optional.empty();
  }

  /** Name of the module that an address lies in; empty when none does or its name is absent. */
  public Optional<String> moduleName(long address) {
    return module(address).flatMap(KernelModule::name);
  }

  /** Whether the address lies in the kernel itself. */
  public boolean inKernel(long address) {
    long size = machine.description().kernelSize();
    long base = machine.description().kernelBase();
    return size == 0
        ? module(address).map(found -> found.base() == base).orElse(false)
        : Long.compareUnsigned(address - base, size) < 0;
  }

  /** The kernel symbols at exactly this address, sorted; usually none or one. */
  public List<String> symbols(long address) {
    if (symbols == null) {
      symbols = index(machine.symbols());
    }
    return symbols.getOrDefault(address - machine.description().kernelBase(), List.of());
  }

  /** The first of {@link #symbols}. */
  public Optional<String> symbol(long address) {
    return symbols(address).stream().findFirst();
  }

  /** The symbol of the kernel that begins last at or before an address in it, with its address. */
  public Optional<Map.Entry<Long, String>> symbolAtOrBefore(long address) {
    if (symbols == null) {
      symbols = index(machine.symbols());
    }
    long base = machine.description().kernelBase();
    return Optional.ofNullable(symbols.floorEntry(address - base))
        .map(found -> Map.entry(found.getKey() + base, found.getValue().get(0)));
  }

  private static NavigableMap<Long, List<String>> index(SymbolTable table) {
    NavigableMap<Long, List<String>> index = new TreeMap<>();
    for (String name : table.symbolNames()) {
      table
          .findSymbol(name)
          .ifPresent(rva -> index.computeIfAbsent(rva, key -> new ArrayList<>()).add(name));
    }
    return index;
  }
}
