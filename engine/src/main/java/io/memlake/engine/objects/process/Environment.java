package io.memlake.engine.objects.process;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The environment block of a process: texts {@code name=value}, each with a zero behind it, and an
 * empty one at the end.
 *
 * @param variables in the order of the block
 * @param complete whether the block was read to its end
 */
public record Environment(List<Variable> variables, boolean complete) {
  /** Longer blocks are cut: 4 MiB hold more than any program was ever given. */
  static final int MAXIMUM_BYTES = 4 << 20;

  /** Without a size by the process a block ends where its last text ends, or here. */
  private static final int MAXIMUM_UNSIZED_BYTES = 1 << 16;

  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  /** Copies the list. */
  public Environment {
    variables = List.copyOf(variables);
  }

  /**
   * One variable.
   *
   * @param name its name; names of the current directories of drives begin with {@code =}
   * @param value its value
   */
  public record Variable(String name, String value) {}

  /** Reads the block of a process. */
  public static Environment read(AddressSpace space, Peb peb) throws IOException {
    long block = peb.environment();
    if (block <= 0) {
      return new Environment(List.of(), false);
    }
    long said = peb.environmentSize().orElse(0);
    boolean sized = said > 0;
    int limit = sized ? (int) Math.min(said, MAXIMUM_BYTES) : MAXIMUM_UNSIZED_BYTES;
    byte[] bytes = bytes(space, block, limit & ~1);
    boolean whole = !sized || (bytes.length == (limit & ~1) && said <= MAXIMUM_BYTES);
    return parse(bytes, whole);
  }

  /** What can be read without a hole from the start on. */
  private static byte[] bytes(AddressSpace space, long block, int limit) throws IOException {
    byte[] bytes = new byte[Math.min(limit, PAGE)];
    int length = 0;
    while (length < limit) {
      int count = Math.min(limit - length, PAGE - (int) ((block + length) & (PAGE - 1)));
      if (length + count > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(length + count, bytes.length * 2)));
      }
      if (!space.read(block + length, bytes, length, count)) {
        break;
      }
      length += count;
    }
    return Arrays.copyOf(bytes, length);
  }

  private static Environment parse(byte[] bytes, boolean whole) {
    List<Variable> variables = new ArrayList<>();
    int start = 0;
    for (int at = 0; at + 1 < bytes.length; at += Character.BYTES) {
      if (LittleEndian.u16(bytes, at) != 0) {
        continue;
      }
      if (at == start) {
        return new Environment(variables, true);
      }
      add(variables, UnicodeString.text(bytes, start, at - start));
      start = at + Character.BYTES;
    }
    return new Environment(variables, whole && start == bytes.length && start > 0);
  }

  private static void add(List<Variable> variables, String text) {
    int equals = text.indexOf('=', 1);
    variables.add(
        equals < 0
            ? new Variable(text, "")
            : new Variable(text.substring(0, equals), text.substring(equals + 1)));
  }
}
