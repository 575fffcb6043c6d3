package io.memlake.engine.objects.callback;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.KernelMemory;
import io.memlake.engine.objects.object.NamedObject;
import io.memlake.engine.objects.object.ObjectReader;
import io.memlake.engine.objects.object.ObjectTree;
import io.memlake.engine.objects.text.UnicodeString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Routines around the opening of handles, in the list of each object type, and those of the
 * callback objects in the namespace.
 *
 * <p>Entry of a type's list: operations at 0x10, registration at 0x18, type at 0x20, routine before
 * at 0x28, routine after at 0x30; registration: context at 8, altitude at 0x10. Entry of a callback
 * object ({@code Call}, list at 0x10): object at 0x10, routine at 0x18, context at 0x20.
 */
final class ObjectCallbacks {
  private static final int ENTRY_SIZE = 0x38;
  private static final int OPERATIONS = 0x10;
  private static final int REGISTRATION = 0x18;
  private static final int TYPE = 0x20;
  private static final int BEFORE = 0x28;
  private static final int AFTER = 0x30;
  private static final int REGISTRATION_SIZE = 0x20;
  private static final int REGISTRATION_CONTEXT = 8;
  private static final int ALTITUDE = 0x10;
  private static final long SIGNATURE = 0x6C6C6143;
  private static final int REGISTERED = 0x10;
  private static final int OBJECT = 0x10;
  private static final int FUNCTION = 0x18;
  private static final int CONTEXT = 0x20;

  private final KernelMemory memory;
  private final CallbackLists lists;
  private final int listOffset;

  /**
   * Reads callbacks of objects.
   *
   * @param listOffset offset of {@code CallbackList} in {@code _OBJECT_TYPE}; -1 when unknown
   */
  ObjectCallbacks(KernelMemory memory, CallbackLists lists, int listOffset) {
    this.memory = memory;
    this.lists = lists;
    this.listOffset = listOffset;
  }

  List<CallbackRoutine> ofTypes(ObjectReader objects) throws IOException {
    List<CallbackRoutine> routines = new ArrayList<>();
    if (listOffset < 0) {
      return routines;
    }
    for (long type : objects.types().addresses()) {
      Optional<String> name = objects.types().at(type);
      if (name.isPresent()) {
        ofType(type, name.get(), routines);
      }
    }
    return routines;
  }

  private void ofType(long type, String name, List<CallbackRoutine> routines) throws IOException {
    for (CallbackLists.Entry entry : lists.entries(type + listOffset, ENTRY_SIZE)) {
      if (LittleEndian.i64(entry.bytes(), TYPE) != type) {
        continue;
      }
      Optional<byte[]> registration =
          memory.space().map(LittleEndian.i64(entry.bytes(), REGISTRATION), REGISTRATION_SIZE);
      long context =
          registration.map(bytes -> LittleEndian.i64(bytes, REGISTRATION_CONTEXT)).orElse(0L);
      String altitude =
          registration.isPresent()
              ? UnicodeString.in(registration.get(), ALTITUDE).read(memory.space()).orElse("")
              : "";
      String operations = operations(LittleEndian.i32(entry.bytes(), OPERATIONS));
      for (int place : new int[] {BEFORE, AFTER}) {
        long routine = LittleEndian.i64(entry.bytes(), place);
        if (routine < 0) {
          String detail =
              name
                  + (place == BEFORE ? " before " : " after ")
                  + operations
                  + (altitude.isEmpty() ? "" : ", Altitude: " + altitude);
          routines.add(
              new CallbackRoutine(
                  "ObRegisterCallbacks", routine, entry.address(), entry.slot(), detail, context));
        }
      }
    }
  }

  /** Bit 0 is the opening of a handle, bit 1 its duplication. */
  private static String operations(int bits) {
    return switch (bits & 3) {
      case 1 -> "create";
      case 2 -> "duplicate";
      case 3 -> "create and duplicate";
      default -> "nothing";
    };
  }

  List<CallbackRoutine> ofCallbackObjects(ObjectTree tree) throws IOException {
    List<CallbackRoutine> routines = new ArrayList<>();
    for (NamedObject named : tree.ofType("Callback")) {
      long body = named.object().body();
      if (memory.u32(body).orElse(0) != SIGNATURE) {
        continue;
      }
      for (CallbackLists.Entry entry : lists.entries(body + REGISTERED, ENTRY_SIZE)) {
        long routine = LittleEndian.i64(entry.bytes(), FUNCTION);
        if (routine < 0 && LittleEndian.i64(entry.bytes(), OBJECT) == body) {
          routines.add(
              new CallbackRoutine(
                  "ExRegisterCallback",
                  routine,
                  entry.address(),
                  entry.slot(),
                  named.path(),
                  LittleEndian.i64(entry.bytes(), CONTEXT)));
        }
      }
    }
    return routines;
  }
}
