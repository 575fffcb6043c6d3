package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.objects.registry.MountedHive;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Names of the keys of services in the SYSTEM hives of a machine, whatever their values say. */
public final class RegisteredServices {
  private static final String SERVICES = "Services";

  private final Set<String> names = new HashSet<>();
  private boolean whole;

  private RegisteredServices() {}

  /** Reads the keys. Damage makes the answer unsure, never an error: the hive's tables tell it. */
  public static RegisteredServices of(MachineView view) throws IOException {
    RegisteredServices services = new RegisteredServices();
    int systemHives = 0;
    boolean whole = true;
    for (HiveUnit unit : HiveRows.units(view, error -> {})) {
      Optional<MountedHive> hive = view.hives().hive(unit.address());
      if (hive.isPresent() && HiveKind.of(hive.get()) == HiveKind.SYSTEM) {
        systemHives++;
        whole &= services.add(HiveReading.of(hive.get(), view.hives().spaces()));
      }
    }
    services.whole = whole && systemHives > 0;
    return services;
  }

  /**
   * Every SYSTEM hive has the key, so one without it was not read; nor was one that does not tell
   * which control set is in use.
   */
  private boolean add(HiveReading hive) throws IOException {
    Optional<RegistryKey> select = hive.find("Select");
    boolean selected = select.isPresent() && select.get().number("Current") != null;
    Optional<RegistryKey> key = hive.findInControlSet(SERVICES);
    return key.isPresent()
        && key.get().forEachSubkeyName(name -> names.add(folded(name)))
        && selected;
  }

  /**
   * Whether a service has a key.
   *
   * @param name its name, in any case
   * @return empty when no such key was met, but not all keys could be read either
   */
  public Optional<Boolean> holds(String name) {
    if (names.contains(folded(name))) {
      return Optional.of(true);
    }
    return whole ? Optional.of(false) : Optional.empty();
  }

  private static String folded(String name) {
    return name.toUpperCase(Locale.ROOT);
  }
}
