package io.memlake.engine.artifacts.driver;

import io.memlake.engine.artifacts.Candidates;
import io.memlake.engine.artifacts.Sighting;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.driver.DriverObject;
import io.memlake.engine.objects.driver.DriverReader;
import io.memlake.engine.objects.object.NamedObject;
import io.memlake.engine.objects.object.ObjectTree;
import io.memlake.engine.objects.pool.ObjectScan;
import io.memlake.engine.objects.pool.PoolObject;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All driver objects of a machine, each once, whoever saw it.
 *
 * @param drivers by name, then place
 * @param treeWalked whether the namespace could be walked
 */
public record DriverTable(List<SeenDriver> drivers, boolean treeWalked) {
  private static final Set<String> TAGS = Set.of("Driv", "Dri\u00f6");

  private static final Comparator<SeenDriver> ORDER =
      Comparator.comparing(SeenDriver::label)
          .thenComparing(seen -> seen.driver().virtualAddress(), Long::compareUnsigned)
          .thenComparing(seen -> seen.driver().physicalAddress())
          .thenComparing(seen -> seen.sighting().scanned().map(PoolObject::place).orElse(0L));

  /** Copies the list. */
  public DriverTable {
    drivers = List.copyOf(drivers);
  }

  /**
   * Joins the namespace with the candidates.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack drivers
   * @throws IOException when the medium fails
   */
  public static DriverTable of(Machine machine, ObjectTree tree, Candidates candidates)
      throws IOException {
    DriverReader reader = DriverReader.of(machine);
    Map<Long, SeenDriver> seen = new LinkedHashMap<>();
    for (NamedObject named : tree.ofType("Driver")) {
      Optional<DriverObject> driver = reader.at(named.object().body());
      if (driver.isPresent()) {
        seen.putIfAbsent(
            place(driver.get()),
            new SeenDriver(driver.get(), named.object().name(), Sighting.listed()));
      }
    }
    List<SeenDriver> leftCopies = new ArrayList<>();
    if (candidates.scanned()) {
      for (PoolObject object :
          ObjectScan.objects(
              machine,
              candidates.pages(),
              candidates.hits(),
              TAGS,
              "IoDriverObjectType",
              reader.size(),
              found -> found.rightType().orElse(true) && reader.sound(found.bytes()))) {
        DriverObject driver =
            reader.of(object.bytes(), object.virtualAddress(), object.physicalAddress());
        if (!isNamed(driver)) {
          continue;
        }
        Optional<UnicodeString> name = object.name();
        SeenDriver found =
            new SeenDriver(
                driver,
                name.isPresent() ? name.get().read(machine.kernelSpace()) : Optional.empty(),
                Sighting.scanned(object));
        if (object.isLeftCopy()) {
          leftCopies.add(found);
          continue;
        }
        seen.merge(
            object.identity(),
            found,
            (listed, scanned) ->
                new SeenDriver(
                    listed.driver(),
                    listed.objectName(),
                    listed.sighting().and(scanned.sighting())));
      }
    }
    addLeftCopies(leftCopies, seen);
    List<SeenDriver> sorted = new ArrayList<>(seen.values());
    sorted.sort(ORDER);
    return new DriverTable(sorted, !tree.objects().isEmpty());
  }

  /** Copies outside RAM that nothing maps count where nothing else shows their driver. */
  private static void addLeftCopies(List<SeenDriver> copies, Map<Long, SeenDriver> seen) {
    Set<Code> known = new HashSet<>();
    seen.values().forEach(driver -> known.add(Code.of(driver.driver())));
    for (SeenDriver copy : copies) {
      if (known.add(Code.of(copy.driver()))) {
        seen.put(copy.sighting().scanned().orElseThrow().identity(), copy);
      }
    }
  }

  /** What driver objects of one loaded driver share. */
  private record Code(long start, long size, Optional<String> name) {
    static Code of(DriverObject driver) {
      return new Code(driver.start(), driver.size(), driver.name());
    }
  }

  /**
   * Blocks that were given back keep the shape of a driver while others write over its texts; a
   * driver without an image of its own is told by its full name.
   */
  private static boolean isNamed(DriverObject driver) {
    return driver.start() != 0 || driver.name().map(name -> name.startsWith("\\")).orElse(false);
  }

  private static long place(DriverObject driver) {
    return driver.physicalAddress() == AddressSpace.ABSENT
        ? driver.virtualAddress()
        : driver.physicalAddress();
  }
}
