package io.memlake.engine.objects.process;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.StructType;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The number of open handles that a handle table keeps about itself: one number up to Windows 7;
 * since Windows 8 one number in each of its free lists, of which the kernel has {@code
 * ExpFreeListCount}.
 */
final class HandleCounts {
  private static final int MAXIMUM_FREE_LISTS = 128;

  private final AddressSpace space;
  private final int first;
  private final int stride;
  private final int lists;

  private HandleCounts(AddressSpace space, int first, int stride, int lists) {
    this.space = space;
    this.first = first;
    this.stride = stride;
    this.lists = lists;
  }

  static HandleCounts of(Machine machine) throws IOException {
    AddressSpace space = machine.kernelSpace();
    Optional<StructType> table = machine.symbols().findStruct("_HANDLE_TABLE");
    Optional<Integer> single =
        table.flatMap(type -> type.find("HandleCount")).map(FieldType::offset);
    if (single.isPresent()) {
      return new HandleCounts(space, single.get(), 0, 1);
    }
    Optional<Integer> lists = table.flatMap(type -> type.find("FreeLists")).map(FieldType::offset);
    Optional<StructType> list = machine.symbols().findStruct("_HANDLE_TABLE_FREE_LIST");
    Optional<Integer> count = list.flatMap(type -> type.find("HandleCount")).map(FieldType::offset);
    if (lists.isEmpty() || count.isEmpty()) {
      return new HandleCounts(space, 0, 0, 0);
    }
    return new HandleCounts(
        space, lists.get() + count.get(), list.orElseThrow().size(), freeLists(machine));
  }

  /** One list when the kernel's own number is not to be had; then on one processor it is right. */
  private static int freeLists(Machine machine) throws IOException {
    OptionalLong variable = machine.addressOf("ExpFreeListCount");
    byte[] number = new byte[Integer.BYTES];
    if (variable.isEmpty()
        || !machine.kernelSpace().read(variable.getAsLong(), number, 0, Integer.BYTES)) {
      return 1;
    }
    int count = LittleEndian.i32(number, 0);
    return count >= 1 && count <= MAXIMUM_FREE_LISTS ? count : 1;
  }

  /** Open handles by the table at {@code objectTable}; empty when it cannot be read. */
  OptionalInt in(long objectTable) throws IOException {
    if (lists == 0) {
      return OptionalInt.empty();
    }
    byte[] number = new byte[Integer.BYTES];
    long sum = 0;
    for (int i = 0; i < lists; i++) {
      if (!space.read(objectTable + first + (long) i * stride, number, 0, Integer.BYTES)) {
        return OptionalInt.empty();
      }
      sum += LittleEndian.i32(number, 0);
    }
    // A table holds at most 2^24 handles; another number is of freed memory.
    return sum >= 0 && sum <= 1 << 24 ? OptionalInt.of((int) sum) : OptionalInt.empty();
  }
}
