package io.memlake.testdata.system;

import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.LinkedLists;
import io.memlake.testdata.objects.KernelObject;
import io.memlake.testdata.objects.PoolKind;
import io.memlake.testdata.truth.RoutineTruth;
import java.util.ArrayList;
import java.util.List;

/**
 * Registrations of routines. None of their structures is in public symbols; the offsets here are
 * those of the driver kit (bug checks) and of published research.
 */
final class Callbacks {

  private static final int REFERENCES = 0xF;
  private static final int FIRST_FREE_SLOT = 4;

  private final Host host;
  private final AddressSpace space;
  private final List<RoutineTruth> truths = new ArrayList<>();

  Callbacks(Host host) {
    this.host = host;
    this.space = host.boot().space();
  }

  /**
   * Registers routines.
   *
   * @param shutdown the device that hears of a shutdown
   * @param rootkit whether a routine lies in no module
   * @param watchers further modules that hear of processes
   */
  List<RoutineTruth> write(KernelObject shutdown, boolean rootkit, List<String> watchers) {
    notify("PspCreateProcessNotifyRoutine", 0, "ksecdd.sys", 0x1800);
    notify("PspCreateProcessNotifyRoutine", 2, "tcpip.sys", 0x1900);
    if (rootkit) {
      notify("PspCreateProcessNotifyRoutine", 3, "", 0);
    }
    for (int i = 0; i < watchers.size(); i++) {
      notify("PspCreateProcessNotifyRoutine", FIRST_FREE_SLOT + i, watchers.get(i), 0x1400);
    }
    notify("PspCreateThreadNotifyRoutine", 0, "FLTMGR.SYS", 0x1a00);
    notify("PspLoadImageNotifyRoutine", 1, "ksecdd.sys", 0x1b00);
    registry();
    bugChecks();
    notifications(shutdown);
    objects();
    return truths;
  }

  private long routine(String module, long offset) {
    return module.isEmpty()
        ? host.boot().systemPtes().reserve(1) + 0x100
        : host.module(module).base() + offset;
  }

  private void notify(String array, int slot, String module, int offset) {
    long block = host.boot().pool().allocate(PoolKind.NONPAGED, "Cbrb", 0x18);
    long routine = routine(module, offset);
    space.writeLong(block, 0x20);
    space.writeLong(block + 8, routine);
    space.writeLong(block + 16, 0);
    space.writeLong(host.address(array) + (long) slot * Long.BYTES, block | REFERENCES);
    truths.add(new RoutineTruth(array, routine, ""));
  }

  private void registry() {
    List<Long> links = new ArrayList<>();
    String[] altitudes = {"385201.1337", "260200"};
    String[] modules = {"FLTMGR.SYS", "ksecdd.sys"};
    for (int i = 0; i < modules.length; i++) {
      long entry = host.boot().pool().allocate(PoolKind.PAGED, "CMcb", 0x50);
      long routine = routine(modules[i], 0x1c00);
      long text = host.boot().pool().text("CMal", altitudes[i]);
      space.writeLong(entry + 0x18, 0x01D9_0000_0000_0000L + i);
      space.writeLong(entry + 0x20, 0xAAAA0000L + i);
      space.writeLong(entry + 0x28, routine);
      space.writeNumber(entry + 0x30, Short.BYTES, altitudes[i].length() * 2L);
      space.writeNumber(entry + 0x32, Short.BYTES, altitudes[i].length() * 2L + 2);
      space.writeLong(entry + 0x38, text);
      links.add(entry);
      truths.add(new RoutineTruth("CmRegisterCallbackEx", routine, "Altitude: " + altitudes[i]));
    }
    LinkedLists.link(space, host.address("CallbackListHead"), links);
    space.writeInt(host.address("CmpCallBackCount"), links.size());
  }

  private void bugChecks() {
    long component = host.boot().pool().allocate(PoolKind.NONPAGED, "KbcN", 0x20);
    space.writeAscii(component, "ndis\0");
    bugCheck("KeBugCheckCallbackListHead", 0x28, component, "ndis.sys");
    long reason = host.boot().pool().allocate(PoolKind.NONPAGED, "KbcN", 0x20);
    space.writeAscii(reason, "disk\0");
    bugCheck("KeBugCheckReasonCallbackListHead", 0x18, reason, "disk.sys");
    long pages =
        host.has("KeBugCheckAddPagesCallbackListHead")
            ? host.address("KeBugCheckAddPagesCallbackListHead")
            : 0;
    if (pages != 0) {
      LinkedLists.link(space, pages, List.of());
    }
  }

  private void bugCheck(String head, int nameOffset, long component, String module) {
    long record = host.boot().pool().allocate(PoolKind.NONPAGED, "Kbcb", 0x40);
    long routine = routine(module, 0x1100);
    space.writeLong(record + 0x10, routine);
    space.writeLong(record + nameOffset, component);
    LinkedLists.link(space, host.address(head), List.of(record));
    truths.add(new RoutineTruth(head, routine, module.substring(0, module.indexOf('.'))));
  }

  private void notifications(KernelObject shutdown) {
    long packet = host.boot().pool().allocate(PoolKind.NONPAGED, "IoSh", 0x18);
    space.writeLong(packet + 0x10, shutdown.body());
    LinkedLists.link(space, host.address("IopNotifyShutdownQueueHead"), List.of(packet));
    LinkedLists.link(space, host.address("IopNotifyLastChanceShutdownQueueHead"), List.of());
    long change = host.boot().pool().allocate(PoolKind.PAGED, "IoFs", 0x30);
    long routine = routine("FLTMGR.SYS", 0x1d00);
    space.writeLong(change + 0x10, host.driver("FLTMGR").object());
    space.writeLong(change + 0x18, routine);
    LinkedLists.link(space, host.address("IopFsNotifyChangeQueueHead"), List.of(change));
    truths.add(new RoutineTruth("IoRegisterFsRegistrationChange", routine, "\\Driver\\FLTMGR"));
  }

  /** A routine before the opening of handles to processes. */
  private void objects() {
    long type = space.readNumber(host.boot().kernel().address("PsProcessType"), Long.BYTES);
    long registration = host.boot().pool().allocate(PoolKind.PAGED, "ObCb", 0x60);
    long routine = routine("ksecdd.sys", 0x1e00);
    String altitude = "328010";
    space.writeNumber(registration, Short.BYTES, 0x100);
    space.writeNumber(registration + 2, Short.BYTES, 1);
    space.writeLong(registration + 8, 0xC0FFEE);
    space.writeNumber(registration + 0x10, Short.BYTES, altitude.length() * 2L);
    space.writeNumber(registration + 0x12, Short.BYTES, altitude.length() * 2L + 2);
    space.writeLong(registration + 0x18, host.boot().pool().text("ObCb", altitude));
    long entry = registration + 0x20;
    space.writeInt(entry + 0x10, 3);
    space.writeInt(entry + 0x14, 1);
    space.writeLong(entry + 0x18, registration);
    space.writeLong(entry + 0x20, type);
    space.writeLong(entry + 0x28, routine);
    LinkedLists.link(
        space, host.view("_OBJECT_TYPE", type).addressOf("CallbackList"), List.of(entry));
    truths.add(
        new RoutineTruth(
            "ObRegisterCallbacks",
            routine,
            "Process before create and duplicate, Altitude: " + altitude));
  }
}
