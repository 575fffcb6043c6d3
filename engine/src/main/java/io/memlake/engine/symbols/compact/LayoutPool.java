package io.memlake.engine.symbols.compact;

import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.EnumType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Every distinct layout and enumeration of a compiled table, and which build has which. */
final class LayoutPool {
  /** More members than any file can hold in its size are refused before this matters. */
  private static final int MAX_BYTES = Integer.MAX_VALUE;

  private final String[] names;
  private final PackedType[] types;
  private final int[] layoutSizes;
  private final int[] firstField;
  private final int[] fieldNames;
  private final int[] fieldOffsets;
  private final int[] fieldTypes;
  private final EnumPool enums;
  private final int setCount;
  private final SetMap structSets;
  private final SetMap enumSets;

  /** Builds with equal content share these maps. */
  private final Map<Integer, Map<String, Integer>> structsOfSets = new ConcurrentHashMap<>();

  private final Map<Integer, Map<String, Integer>> enumsOfSets = new ConcurrentHashMap<>();

  private LayoutPool(CompactInput in) throws CorruptSymbolsException {
    names = in.names();
    int layoutCount = in.countOfFollowing();
    types = new PackedType[in.countOfFollowing()];
    for (int i = 0; i < types.length; i++) {
      types[i] = PackedType.read(in, names.length, layoutCount);
    }
    layoutSizes = new int[layoutCount];
    firstField = new int[layoutCount + 1];
    for (int i = 0; i < layoutCount; i++) {
      layoutSizes[i] = in.count(MAX_BYTES);
    }
    for (int i = 0; i < layoutCount; i++) {
      firstField[i + 1] = Math.addExact(firstField[i], in.countOfFollowing());
    }
    int fieldCount = firstField[layoutCount];
    if (fieldCount > in.remaining()) {
      throw in.corrupt("it has more members than bytes");
    }
    fieldNames = new int[fieldCount];
    fieldOffsets = new int[fieldCount];
    fieldTypes = new int[fieldCount];
    for (int i = 0, name = -1; i < fieldCount; i++) {
      name = in.index(name, names.length);
      fieldNames[i] = name;
    }
    readOffsets(in);
    for (int i = 0; i < fieldCount; i++) {
      fieldTypes[i] = in.count(types.length - 1);
    }
    enums = EnumPool.read(in, names);
    setCount = in.countOfFollowing();
    structSets = SetMap.read(in, names.length, layoutCount, setCount);
    enumSets = SetMap.read(in, names.length, enums.size(), setCount);
  }

  static LayoutPool read(CompactInput in) throws CorruptSymbolsException {
    try {
      return new LayoutPool(in);
    } catch (ArithmeticException e) {
      throw in.corrupt("its counts add up to too much");
    }
  }

  private void readOffsets(CompactInput in) throws CorruptSymbolsException {
    for (int layout = 0; layout < layoutSizes.length; layout++) {
      int offset = 0;
      for (int i = firstField[layout]; i < firstField[layout + 1]; i++) {
        offset = in.index(offset, MAX_BYTES);
        fieldOffsets[i] = offset;
      }
    }
  }

  int setCount() {
    return setCount;
  }

  int layoutCount() {
    return layoutSizes.length;
  }

  /** Index of the layout of each named structure of one build. */
  Map<String, Integer> structsOf(int set) {
    return structsOfSets.computeIfAbsent(set, index -> structSets.of(index, names));
  }

  /** Index of each enumeration of one build. */
  Map<String, Integer> enumsOf(int set) {
    return enumsOfSets.computeIfAbsent(set, index -> enumSets.of(index, names));
  }

  EnumType enumType(int index) {
    return enums.type(index);
  }

  int size(int layout) {
    return layoutSizes[layout];
  }

  int firstField(int layout) {
    return firstField[layout];
  }

  int endField(int layout) {
    return firstField[layout + 1];
  }

  String fieldName(int field) {
    return names[fieldNames[field]];
  }

  int fieldOffset(int field) {
    return fieldOffsets[field];
  }

  PackedType fieldType(int field) {
    return types[fieldTypes[field]];
  }

  String name(int index) {
    return names[index];
  }
}
