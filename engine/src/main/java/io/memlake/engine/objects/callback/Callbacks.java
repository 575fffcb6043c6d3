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
import java.util.Map;

/**
 * All callbacks of one machine.
 *
 * @param listed those in arrays and lists
 * @param scanned those behind pool hits; the same registration may be in both
 * @param breaks where lists are damaged
 * @param absentHeads heads of lists that are not in the image
 * @param unknownLists kernel variables of lists whose address no symbol tells
 */
public record Callbacks(
    List<CallbackRoutine> listed,
    List<CallbackRoutine> scanned,
    List<ListBreak> breaks,
    List<Long> absentHeads,
    List<String> unknownLists) {
  /**
   * What a routine of the process, thread and image lists is called when only its block is seen.
   */
  private static final List<String> NOTIFY_ARRAYS =
      List.of(
          "PspCreateProcessNotifyRoutine",
          "PspCreateThreadNotifyRoutine",
          "PspLoadImageNotifyRoutine");

  /** Kinds that the pool scan finds, too, and the kernel variables of their lists. */
  private static final Map<String, List<String>> LISTS_OF_SCANNED =
      Map.of(
          NOTIFY_ARRAYS.get(0),
          NOTIFY_ARRAYS.subList(0, 1),
          NOTIFY_ARRAYS.get(1),
          NOTIFY_ARRAYS.subList(1, 2),
          NOTIFY_ARRAYS.get(2),
          NOTIFY_ARRAYS.subList(2, 3),
          CallbackScan.GENERIC,
          NOTIFY_ARRAYS,
          IoNotifications.SHUTDOWN,
          List.of("IopNotifyShutdownQueueHead", "IopNotifyLastChanceShutdownQueueHead"),
          IoNotifications.FILE_SYSTEM,
          List.of("IopFsNotifyChangeQueueHead"));

  /** Copies the lists. */
  public Callbacks {
    listed = List.copyOf(listed);
    scanned = List.copyOf(scanned);
    breaks = List.copyOf(breaks);
    absentHeads = List.copyOf(absentHeads);
    unknownLists = List.copyOf(unknownLists);
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
        absentHeads,
        unknown(memory));
  }

  private static List<String> unknown(KernelMemory memory) {
    return LISTS_OF_SCANNED.values().stream()
        .flatMap(List::stream)
        .distinct()
        .filter(variable -> memory.addressOf(variable).isEmpty())
        .sorted()
        .toList();
  }

  /** Whether all lists were walked that could hold a kind: only then one that is in none hides. */
  public boolean isListKnown(String type) {
    return LISTS_OF_SCANNED.containsKey(type)
        && LISTS_OF_SCANNED.get(type).stream().noneMatch(unknownLists::contains);
  }

  /** Whether the pool scan looks for registrations of a kind. */
  public static boolean isScannedFor(String type) {
    return LISTS_OF_SCANNED.containsKey(type);
  }
}
