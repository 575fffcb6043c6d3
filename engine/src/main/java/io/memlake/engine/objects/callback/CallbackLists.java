package io.memlake.engine.objects.callback;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.KernelMemory;
import io.memlake.engine.objects.list.ListBreak;
import io.memlake.engine.objects.list.ListMember;
import io.memlake.engine.objects.list.ListWalk;
import io.memlake.engine.objects.text.UnicodeString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Lists of registrations that begin at a kernel variable: registry, bug checks. */
final class CallbackLists {
  /** Registrations of one list; a system has some dozen. */
  static final int MAXIMUM_ENTRIES = 4096;

  private static final int RECORD_SIZE = 0x40;

  /** {@code CM_CALLBACK_CONTEXT_BLOCK}: context, function, altitude. */
  private static final int REGISTRY_CONTEXT = 0x20;

  private static final int REGISTRY_FUNCTION = 0x28;
  private static final int REGISTRY_ALTITUDE = 0x30;

  /** {@code KBUGCHECK_CALLBACK_RECORD} and {@code KBUGCHECK_REASON_CALLBACK_RECORD}. */
  private static final int BUG_CHECK_ROUTINE = 0x10;

  private static final int BUG_CHECK_COMPONENT = 0x28;
  private static final int REASON_COMPONENT = 0x18;
  private static final int MAXIMUM_COMPONENT = 64;

  private final KernelMemory memory;
  private final List<ListBreak> breaks;
  private final List<Long> absentHeads;

  /** Gathers broken links into {@code breaks} and lists that are gone into {@code absentHeads}. */
  CallbackLists(KernelMemory memory, List<ListBreak> breaks, List<Long> absentHeads) {
    this.memory = memory;
    this.breaks = breaks;
    this.absentHeads = absentHeads;
  }

  List<CallbackRoutine> registry() throws IOException {
    List<CallbackRoutine> routines = new ArrayList<>();
    for (Entry entry : entries("CallbackListHead", RECORD_SIZE)) {
      long routine = LittleEndian.i64(entry.bytes(), REGISTRY_FUNCTION);
      if (routine < 0) {
        Optional<String> altitude =
            UnicodeString.in(entry.bytes(), REGISTRY_ALTITUDE).read(memory.space());
        routines.add(
            new CallbackRoutine(
                "CmRegisterCallbackEx",
                routine,
                entry.address(),
                entry.slot(),
                altitude.map(text -> "Altitude: " + text).orElse(""),
                LittleEndian.i64(entry.bytes(), REGISTRY_CONTEXT)));
      }
    }
    return routines;
  }

  List<CallbackRoutine> bugChecks() throws IOException {
    List<CallbackRoutine> routines = new ArrayList<>();
    bugChecks("KeBugCheckCallbackListHead", BUG_CHECK_COMPONENT, routines);
    bugChecks("KeBugCheckReasonCallbackListHead", REASON_COMPONENT, routines);
    bugChecks("KeBugCheckAddPagesCallbackListHead", REASON_COMPONENT, routines);
    return routines;
  }

  private void bugChecks(String head, int component, List<CallbackRoutine> routines)
      throws IOException {
    for (Entry entry : entries(head, RECORD_SIZE)) {
      long routine = LittleEndian.i64(entry.bytes(), BUG_CHECK_ROUTINE);
      long text = LittleEndian.i64(entry.bytes(), component);
      if (routine < 0) {
        String name = text < 0 ? KernelMemory.text(memory.space(), text, MAXIMUM_COMPONENT) : "";
        routines.add(new CallbackRoutine(head, routine, entry.address(), entry.slot(), name, 0));
      }
    }
  }

  /** The readable members of the list at a kernel variable; none when it is unknown. */
  List<Entry> entries(String head, int size) throws IOException {
    OptionalLong at = memory.addressOf(head);
    return at.isEmpty() ? List.of() : entries(at.getAsLong(), size);
  }

  /** The readable members of the list at {@code head}. */
  List<Entry> entries(long head, int size) throws IOException {
    OptionalLong first = memory.i64(head);
    if (first.isEmpty()) {
      absentHeads.add(head);
      return List.of();
    }
    if (first.getAsLong() == 0 && memory.i64(head + Long.BYTES).orElse(-1) == 0) {
      // The kernel initializes some heads when the first routine registers.
      return List.of();
    }
    ListWalk walk = ListWalk.of(memory.space(), head, Long.BYTES, MAXIMUM_ENTRIES);
    breaks.addAll(walk.breaks());
    List<Entry> entries = new ArrayList<>();
    int slot = 0;
    for (ListMember member : walk.members()) {
      Optional<byte[]> bytes = memory.space().map(member.links(), size);
      if (bytes.isPresent()) {
        entries.add(new Entry(member.links(), slot, bytes.get()));
      }
      slot++;
    }
    return entries;
  }

  /** A member of a list. */
  static final class Entry {
    private final long address;
    private final int slot;
    private final byte[] bytes;

    Entry(long address, int slot, byte[] bytes) {
      this.address = address;
      this.slot = slot;
      this.bytes = bytes;
    }

    long address() {
      return address;
    }

    int slot() {
      return slot;
    }

    byte[] bytes() {
      return bytes;
    }
  }
}
