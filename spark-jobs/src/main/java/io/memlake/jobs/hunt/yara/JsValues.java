package io.memlake.jobs.hunt.yara;

import com.dylibso.chicory.runtime.Memory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * The values of JavaScript that the module's glue handles, and the numbers by which WebAssembly
 * refers to them.
 */
final class JsValues {
  static final Object UNDEFINED = new Object();
  static final Object NULL = new Object();
  static final Object ITERATOR = new Object();

  /** References that one scan may make; a rule set of any size needs a fraction. */
  private static final int MAX_REFERENCES = 1 << 24;

  private static final int NULL_REFERENCE = -1;

  private final List<Object> heap = new ArrayList<>();
  private final ArrayDeque<Integer> free = new ArrayDeque<>();

  /** A function. */
  @FunctionalInterface
  interface Function {
    Object call(Object... arguments);
  }

  /** An error that JavaScript would throw. */
  static final class Thrown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Thrown(String message) {
      super(message);
    }
  }

  /** A view of bytes: an array of its own, or all of a memory. */
  static final class Bytes {
    private final byte[] own;
    private final Memory memory;

    Bytes(byte[] own, Memory memory) {
      this.own = own;
      this.memory = memory;
    }

    byte[] copy() {
      return own != null ? own : memory.readBytes(0, memory.pages() * Memory.PAGE_SIZE);
    }

    int length() {
      return own != null ? own.length : memory.pages() * Memory.PAGE_SIZE;
    }

    void set(byte[] source) {
      if (own != null) {
        System.arraycopy(source, 0, own, 0, source.length);
      } else {
        memory.write(0, source);
      }
    }
  }

  /** The number of a value from now on. */
  long reference(Object value) {
    if (!free.isEmpty()) {
      int number = free.pop();
      heap.set(number, value);
      return number;
    }
    if (heap.size() >= MAX_REFERENCES) {
      throw new Thrown("more than " + MAX_REFERENCES + " values");
    }
    heap.add(value);
    return heap.size() - 1L;
  }

  /** The value of a number. */
  Object value(long reference) {
    return (int) reference == NULL_REFERENCE ? NULL : heap.get((int) reference);
  }

  /**
   * Forgets all values but those whose numbers are in {@code live}. Only while no function of the
   * module runs: then nothing but its table can hold a number.
   */
  void forgetAllBut(BitSet live) {
    free.clear();
    for (int number = 0; number < heap.size(); number++) {
      if (!live.get(number)) {
        heap.set(number, UNDEFINED);
        free.push(number);
      }
    }
  }

  /** A property of an object or an element of a list. */
  static Object property(Object object, Object key) {
    if (object instanceof Map<?, ?> map) {
      Object value = map.get(name(key));
      return value == null ? UNDEFINED : value;
    }
    if (object instanceof List<?> list) {
      if (key == ITERATOR) {
        return (Function) arguments -> list.iterator();
      }
      if (key instanceof Double index && index >= 0 && index < list.size()) {
        return list.get(index.intValue());
      }
    }
    return UNDEFINED;
  }

  /** A value as the name of a property. */
  static String name(Object value) {
    return value instanceof Double number && number == Math.rint(number)
        ? Long.toString(number.longValue())
        : String.valueOf(value);
  }

  static boolean isNone(Object value) {
    return value == UNDEFINED || value == NULL;
  }
}
