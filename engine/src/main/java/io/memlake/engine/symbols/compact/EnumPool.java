package io.memlake.engine.symbols.compact;

import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.EnumType;
import java.util.HashMap;
import java.util.Map;

/** Every distinct enumeration of a compiled table; one is unpacked when it is asked for. */
final class EnumPool {
  private final String[] names;
  private final int[] enumNames;
  private final int[] sizes;
  private final int[] firstConstant;
  private final int[] constantNames;
  private final long[] constantValues;

  private EnumPool(
      String[] names,
      int[] enumNames,
      int[] sizes,
      int[] firstConstant,
      int[] constantNames,
      long[] constantValues) {
    this.names = names;
    this.enumNames = enumNames;
    this.sizes = sizes;
    this.firstConstant = firstConstant;
    this.constantNames = constantNames;
    this.constantValues = constantValues;
  }

  static EnumPool read(CompactInput in, String[] names) throws CorruptSymbolsException {
    int count = in.countOfFollowing();
    int[] enumNames = new int[count];
    int[] sizes = new int[count];
    int[] firstConstant = new int[count + 1];
    int[] constantNames = new int[in.countOfFollowing()];
    long[] constantValues = new long[constantNames.length];
    int name = -1;
    int constant = -1;
    int filled = 0;
    for (int i = 0; i < count; i++) {
      name = in.index(name, names.length);
      enumNames[i] = name;
      sizes[i] = in.count(Long.BYTES);
      int end = filled + in.count(constantNames.length - filled);
      for (; filled < end; filled++) {
        constant = in.index(constant, names.length);
        constantNames[filled] = constant;
        constantValues[filled] = in.signed();
      }
      firstConstant[i + 1] = end;
    }
    return new EnumPool(names, enumNames, sizes, firstConstant, constantNames, constantValues);
  }

  int size() {
    return enumNames.length;
  }

  EnumType type(int index) {
    Map<String, Long> constants = new HashMap<>();
    for (int i = firstConstant[index]; i < firstConstant[index + 1]; i++) {
      constants.put(names[constantNames[i]], constantValues[i]);
    }
    return new EnumType(names[enumNames[index]], sizes[index], constants);
  }
}
