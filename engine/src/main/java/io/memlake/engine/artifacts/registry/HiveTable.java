package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.Candidates;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.process.SeenProcess;
import io.memlake.engine.objects.list.ListBreak;
import io.memlake.engine.objects.pool.PoolHit;
import io.memlake.engine.objects.pool.ScannedPages;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.registry.HiveSpaces;
import io.memlake.engine.objects.registry.MountedHive;
import io.memlake.engine.objects.registry.MountedHives;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All hives of a machine, each once, whoever saw it. Belongs to one thread. */
public final class HiveTable {
  private static final String REGISTRY_PROCESS = "Registry";
  private static final long SYSTEM_PID = 4;
  private static final int POOL_HEADER = 16;
  private static final int TAG = 'C' | 'M' << 8 | '1' << 16 | '0' << 24;

  private final MountedHives hives;
  private final List<HiveUnit> units;
  private final List<String> problems;
  private final long head;

  private HiveTable(MountedHives hives, List<HiveUnit> units, List<String> problems, long head) {
    this.hives = hives;
    this.units = List.copyOf(units);
    this.problems = List.copyOf(problems);
    this.head = head;
  }

  /**
   * Walks the list and looks at the candidates of {@code view}.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack the layout
   */
  public static HiveTable of(MachineView view) throws IOException {
    MountedHives hives = new MountedHives(view.machine(), spaces(view));
    MountedHives.Listed listed = hives.list();
    List<String> problems = new ArrayList<>();
    for (ListBreak broken : listed.breaks()) {
      problems.add(broken.toString());
    }
    Set<Long> inList = new LinkedHashSet<>();
    for (long address : listed.addresses()) {
      if (hives.at(address).isPresent()) {
        inList.add(address);
      } else {
        problems.add("entry 0x" + Long.toHexString(address) + " is no hive, or is absent");
      }
    }
    Set<Long> inScan = scanned(view.candidates(), hives);
    boolean scanKnows = !inScan.isEmpty();
    List<HiveUnit> units = new ArrayList<>();
    for (long address : inList) {
      units.add(new HiveUnit(address, true, scanKnows ? inScan.contains(address) : null));
    }
    Boolean listed0 = listed.head() == 0 ? null : Boolean.FALSE;
    for (long address : inScan) {
      if (!inList.contains(address)) {
        units.add(new HiveUnit(address, listed0, true));
      }
    }
    return new HiveTable(hives, units, problems, listed.head());
  }

  /** The process whose user half holds the bins since Windows 10 1803. */
  private static HiveSpaces spaces(MachineView view) throws IOException {
    AddressSpace kernel = view.machine().kernelSpace();
    for (SeenProcess seen : view.processes().processes()) {
      Eprocess process = seen.process();
      if (process.imageFileName().equals(REGISTRY_PROCESS)
          && process.inheritedFromUniqueProcessId() == SYSTEM_PID
          && process.exitTime() == 0) {
        Optional<AddressSpace> space = view.processReader().space(process);
        if (space.isPresent()) {
          return new HiveSpaces(kernel, space, (int) process.uniqueProcessId());
        }
      }
    }
    return new HiveSpaces(kernel, Optional.empty(), 0);
  }

  /**
   * The candidate for a hive whose structure begins at {@code address}, a page of RAM. Structures
   * larger than a page have no pool header; the candidate lies where it would be.
   */
  public static PoolHit pageCandidate(long address) {
    return new PoolHit(address - POOL_HEADER, TAG);
  }

  /** The same for a page of a layer, by the place of the layer among those that were scanned. */
  public static PoolHit pageCandidate(int layer, long address) {
    return ScannedPages.hit(layer, address - POOL_HEADER, TAG);
  }

  private static Set<Long> scanned(Candidates candidates, MountedHives hives) throws IOException {
    Set<Long> found = new LinkedHashSet<>();
    List<Long> places = new ArrayList<>();
    for (PoolHit hit : candidates.hits()) {
      if (hit.tag() == TAG) {
        places.add(hit.place() + POOL_HEADER);
      }
    }
    for (long place : places) {
      long page = candidates.pages().kernelVirtualAddress(place >>> PhysicalMemory.PAGE_SHIFT);
      long address = page + (place & (PhysicalMemory.PAGE_SIZE - 1));
      if (page != AddressSpace.ABSENT && hives.at(address).isPresent()) {
        found.add(address);
      }
    }
    return found;
  }

  /** The hives: those of the list in its order, then those that only the scan found. */
  public List<HiveUnit> units() {
    return units;
  }

  /** What is wrong with the list. */
  public List<String> problems() {
    return problems;
  }

  /** Address of the list's head; 0 when the symbols do not know it. */
  public long head() {
    return head;
  }

  /** Where bins lie. */
  public HiveSpaces spaces() {
    return hives.spaces();
  }

  /** The hive at an address that {@link #units} gave, on whatever executor. */
  public Optional<MountedHive> hive(long address) throws IOException {
    return hives.at(address);
  }

  /** The first hive of a kind, in the order of {@link #units}. */
  public Optional<MountedHive> first(HiveKind kind) throws IOException {
    for (HiveUnit unit : units) {
      Optional<MountedHive> hive = hive(unit.address());
      if (hive.isPresent() && HiveKind.of(hive.get()) == kind) {
        return hive;
      }
    }
    return Optional.empty();
  }

  /** The first hive of a kind, for those who know its keys. */
  public Optional<HiveReading> reading(HiveKind kind) throws IOException {
    return first(kind).map(hive -> HiveReading.of(hive, hives.spaces()));
  }
}
