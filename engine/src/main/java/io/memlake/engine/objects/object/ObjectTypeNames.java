package io.memlake.engine.objects.object;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.KernelMemory;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.symbols.FieldType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Names of object types by index and by the address of the type: {@code ObTypeIndexTable} since
 * Windows 7, whose entries begin at 2; before, every header points to its type.
 */
public final class ObjectTypeNames {
  /** Types that the one-byte index can tell apart. */
  private static final int MAXIMUM_TYPES = 256;

  private static final int FIRST_INDEX = 2;

  /** Characters of a type's name; Windows has none above 30. */
  private static final int MAXIMUM_NAME_BYTES = 128;

  private final Machine machine;
  private final int nameOffset;
  private final String[] byIndex = new String[MAXIMUM_TYPES];
  private final Map<Long, Optional<String>> byAddress = new HashMap<>();
  private final Map<String, String> tags = new HashMap<>();
  private final int keyOffset;
  private final List<Long> addresses = new ArrayList<>();

  private ObjectTypeNames(Machine machine, int nameOffset, int keyOffset) {
    this.machine = machine;
    this.nameOffset = nameOffset;
    this.keyOffset = keyOffset;
  }

  /** Reads the table of {@code machine}; what cannot be read has no name. */
  public static ObjectTypeNames of(Machine machine) throws IOException {
    int offset =
        machine
            .symbols()
            .findStruct("_OBJECT_TYPE")
            .flatMap(type -> type.find("Name"))
            .map(FieldType::offset)
            .orElse(-1);
    ObjectTypeNames names = new ObjectTypeNames(machine, offset, keyOffset(machine));
    OptionalLong table = machine.addressOf("ObTypeIndexTable");
    if (table.isPresent() && offset >= 0) {
      names.readTable(machine.kernelMemory(), table.getAsLong());
    }
    return names;
  }

  private static int keyOffset(Machine machine) {
    return machine
        .symbols()
        .findStruct("_OBJECT_TYPE")
        .flatMap(type -> type.find("Key"))
        .map(FieldType::offset)
        .orElse(-1);
  }

  private void readTable(KernelMemory memory, long table) throws IOException {
    for (int index = FIRST_INDEX; index < MAXIMUM_TYPES; index++) {
      OptionalLong type = memory.pointer(table + (long) index * memory.space().pointerSize());
      if (type.isPresent() && type.getAsLong() == 0) {
        return;
      }
      if (type.isPresent()) {
        addresses.add(type.getAsLong());
        byIndex[index] = at(type.getAsLong()).orElse(null);
      }
    }
  }

  /** Addresses of the types in the table, by index. */
  public List<Long> addresses() {
    return List.copyOf(addresses);
  }

  /** The name behind a decoded index; empty when the index is or the name is unknown. */
  public Optional<String> of(OptionalInt index) {
    return index.isEmpty() || index.getAsInt() < 0 || index.getAsInt() >= MAXIMUM_TYPES
        ? Optional.empty()
        : Optional.ofNullable(byIndex[index.getAsInt()]);
  }

  /** The name of the {@code _OBJECT_TYPE} at an address; empty when there is none. */
  public Optional<String> at(long type) throws IOException {
    if (nameOffset < 0 || !machine.kernelSpace().isKernel(type)) {
      return Optional.empty();
    }
    Optional<String> known = byAddress.get(type);
    if (known == null) {
      known = read(type);
      if (known.isPresent()) {
        readTag(type, known.get());
      }
      byAddress.put(type, known);
    }
    return known;
  }

  /** Pool tag that objects of the type have, as four characters; empty when it is unknown. */
  public Optional<String> tagOf(String name) {
    return Optional.ofNullable(tags.get(name));
  }

  private void readTag(long type, String name) throws IOException {
    byte[] tag = new byte[Integer.BYTES];
    if (keyOffset >= 0 && machine.kernelSpace().read(type + keyOffset, tag, 0, tag.length)) {
      tags.putIfAbsent(name, new String(tag, StandardCharsets.ISO_8859_1));
    }
  }

  private Optional<String> read(long type) throws IOException {
    int width = machine.kernelSpace().pointerSize();
    byte[] header = new byte[UnicodeString.size(width)];
    if (!machine.kernelSpace().read(type + nameOffset, header, 0, header.length)
        || LittleEndian.u16(header, 0) > MAXIMUM_NAME_BYTES) {
      return Optional.empty();
    }
    return UnicodeString.in(header, 0, width)
        .read(machine.kernelSpace())
        .filter(name -> !name.isEmpty());
  }
}
