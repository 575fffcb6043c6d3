package io.memlake.engine.objects.callback;

import io.memlake.engine.kernel.KernelMemory;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.driver.DeviceReader;
import io.memlake.engine.objects.driver.DriverReader;
import io.memlake.engine.objects.list.ListBreak;
import io.memlake.engine.objects.object.ObjectReader;
import io.memlake.engine.objects.object.ObjectTree;
import io.memlake.engine.objects.pool.KernelAddresses;
import io.memlake.engine.objects.pool.PoolHit;
import io.memlake.engine.symbols.FieldType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * All callbacks of one machine.
 *
 * @param listed those in arrays and lists
 * @param scanned those behind pool hits; the same registration may be in both
 * @param breaks where lists are damaged
 * @param absentHeads heads of lists that are not in the image
 */
public record Callbacks(
    List<CallbackRoutine> listed,
    List<CallbackRoutine> scanned,
    List<ListBreak> breaks,
    List<Long> absentHeads) {
  /** Kinds that the pool scan finds, too. */
  private static final Set<String> SCANNED_TYPES =
      Set.of(
          "PspCreateProcessNotifyRoutine",
          "PspCreateThreadNotifyRoutine",
          "PspLoadImageNotifyRoutine",
          CallbackScan.GENERIC,
          IoNotifications.SHUTDOWN,
          IoNotifications.FILE_SYSTEM);

  /** Copies the lists. */
  public Callbacks {
    listed = List.copyOf(listed);
    scanned = List.copyOf(scanned);
    breaks = List.copyOf(breaks);
    absentHeads = List.copyOf(absentHeads);
  }

  /**
   * Finds them.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack drivers
   * @throws IOException when the medium fails
   */
  public static Callbacks of(
      Machine machine,
      ObjectReader objects,
      ObjectTree tree,
      KernelAddresses addresses,
      Collection<PoolHit> hits)
      throws IOException {
    KernelMemory memory = machine.kernelMemory();
    List<ListBreak> breaks = new ArrayList<>();
    List<Long> absentHeads = new ArrayList<>();
    CallbackLists lists = new CallbackLists(memory, breaks, absentHeads);
    DriverReader drivers = DriverReader.of(machine);
    IoNotifications notifications = new IoNotifications(DeviceReader.of(machine), drivers);
    int typeList =
        machine
            .symbols()
            .findStruct("_OBJECT_TYPE")
            .flatMap(type -> type.find("CallbackList"))
            .map(FieldType::offset)
            .orElse(-1);
    ObjectCallbacks onObjects = new ObjectCallbacks(memory, lists, typeList);
    List<CallbackRoutine> listed = new ArrayList<>();
    listed.addAll(new NotifyRoutines(memory, machine.description().version().build()).list());
    listed.addAll(lists.registry());
    listed.addAll(lists.bugChecks());
    listed.addAll(notifications.list(lists));
    listed.addAll(onObjects.ofTypes(objects));
    listed.addAll(onObjects.ofCallbackObjects(tree));
    return new Callbacks(
        listed,
        new CallbackScan(machine, notifications, drivers).scan(addresses, hits),
        breaks,
        absentHeads);
  }

  /** Whether the pool scan looks for registrations of a kind. */
  public static boolean isScannedFor(String type) {
    return SCANNED_TYPES.contains(type);
  }
}
