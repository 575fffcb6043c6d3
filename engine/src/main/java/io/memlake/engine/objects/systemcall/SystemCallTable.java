package io.memlake.engine.objects.systemcall;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.KernelMemory;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/**
 * One system service table.
 *
 * <p>x64 since Windows Vista: 32-bit entries, the routine's distance from the table in the upper 28
 * bits, arguments on the stack in the lower four. Before: addresses of 64 bits. Which of both is
 * read off the table: the right one leads into the module that owns it.
 *
 * @param table virtual address of the table
 * @param calls readable entries
 * @param lost entries that are not in the image
 */
public record SystemCallTable(long table, List<SystemCall> calls, int lost) {
  /** Services of one table; win32k has some 1500. */
  private static final int MAXIMUM_SERVICES = 4096;

  /** {@code KSYSTEM_SERVICE_TABLE}: base, counters, limit, argument table. */
  private static final int DESCRIPTOR_LIMIT = 0x10;

  private static final int DESCRIPTOR_SIZE = 0x20;
  private static final int PROBED_ENTRIES = 8;

  /** Copies the list. */
  public SystemCallTable {
    calls = List.copyOf(calls);
  }

  /**
   * The table of the kernel.
   *
   * @param inOwner whether an address lies in the module that the table should lead to
   */
  public static SystemCallTable kernel(KernelMemory memory, LongPredicate inOwner)
      throws IOException {
    OptionalLong table = memory.addressOf("KiServiceTable");
    OptionalLong limit = memory.u32("KiServiceLimit");
    OptionalLong descriptor = memory.addressOf("KeServiceDescriptorTable");
    if (table.isPresent() && limit.isPresent()) {
      return read(memory.space(), table.getAsLong(), limit.getAsLong(), inOwner);
    }
    return descriptor.isPresent()
        ? described(memory, memory.space(), descriptor.getAsLong(), inOwner)
        : new SystemCallTable(0, List.of(), 0);
  }

  /**
   * The table of win32k, the second of the shadow tables.
   *
   * @param session a space that maps session memory
   * @param inOwner as for {@link #kernel}
   */
  public static SystemCallTable win32k(
      KernelMemory memory, AddressSpace session, LongPredicate inOwner) throws IOException {
    OptionalLong shadow = memory.addressOf("KeServiceDescriptorTableShadow");
    return shadow.isPresent()
        ? described(memory, session, shadow.getAsLong() + DESCRIPTOR_SIZE, inOwner)
        : new SystemCallTable(0, List.of(), 0);
  }

  private static SystemCallTable described(
      KernelMemory memory, AddressSpace space, long descriptor, LongPredicate inOwner)
      throws IOException {
    OptionalLong table = memory.i64(descriptor);
    OptionalLong limit = memory.u32(descriptor + DESCRIPTOR_LIMIT);
    return table.orElse(0) < 0 && limit.isPresent()
        ? read(space, table.getAsLong(), limit.getAsLong(), inOwner)
        : new SystemCallTable(0, List.of(), 0);
  }

  private static SystemCallTable read(
      AddressSpace space, long table, long limit, LongPredicate inOwner) throws IOException {
    int count = (int) Math.min(limit, MAXIMUM_SERVICES);
    return isAbsolute(space, table, inOwner)
        ? absolute(space, table, count)
        : relative(space, table, count);
  }

  /** Pairs of distances, read as addresses, lie in no module; so addresses prove the form. */
  private static boolean isAbsolute(AddressSpace space, long table, LongPredicate inOwner)
      throws IOException {
    byte[] entries = new byte[PROBED_ENTRIES * Long.BYTES];
    if (!space.read(table, entries, 0, entries.length)) {
      return false;
    }
    int inside = 0;
    for (int i = 0; i < PROBED_ENTRIES; i++) {
      inside += inOwner.test(LittleEndian.i64(entries, i * Long.BYTES)) ? 1 : 0;
    }
    return inside > PROBED_ENTRIES / 2;
  }

  private static SystemCallTable relative(AddressSpace space, long table, int count)
      throws IOException {
    byte[] entry = new byte[Integer.BYTES];
    List<SystemCall> calls = new ArrayList<>();
    int lost = 0;
    for (int number = 0; number < count; number++) {
      long at = table + (long) number * Integer.BYTES;
      if (space.read(at, entry, 0, Integer.BYTES)) {
        int value = LittleEndian.i32(entry, 0);
        calls.add(new SystemCall(number, table + (value >> 4), at, value & 0xF));
      } else {
        lost++;
      }
    }
    return new SystemCallTable(table, calls, lost);
  }

  private static SystemCallTable absolute(AddressSpace space, long table, int count)
      throws IOException {
    byte[] entry = new byte[Long.BYTES];
    List<SystemCall> calls = new ArrayList<>();
    int lost = 0;
    for (int number = 0; number < count; number++) {
      long at = table + (long) number * Long.BYTES;
      if (space.read(at, entry, 0, Long.BYTES)) {
        calls.add(new SystemCall(number, LittleEndian.i64(entry, 0), at, -1));
      } else {
        lost++;
      }
    }
    return new SystemCallTable(table, calls, lost);
  }
}
