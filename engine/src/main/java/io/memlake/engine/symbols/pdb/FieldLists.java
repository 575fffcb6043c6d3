package io.memlake.engine.symbols.pdb;

import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.FieldType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Field lists: members, constants and other entries behind each other in one record, which may
 * continue in another. An entry of an unknown kind ends its list, because its length is not known.
 */
final class FieldLists {
  private static final int FIELD_LIST = 0x1203;
  private static final int BASE_CLASS = 0x1400;
  private static final int VIRTUAL_BASE = 0x1401;
  private static final int INDIRECT_VIRTUAL_BASE = 0x1402;
  private static final int CONTINUATION = 0x1404;
  private static final int VIRTUAL_TABLE = 0x1409;
  private static final int FRIEND_CLASS = 0x140A;
  private static final int VIRTUAL_TABLE_OFFSET = 0x140C;
  private static final int CONSTANT = 0x1502;
  private static final int FRIEND_FUNCTION = 0x150C;
  private static final int MEMBER = 0x150D;
  private static final int STATIC_MEMBER = 0x150E;
  private static final int METHODS = 0x150F;
  private static final int NESTED_TYPE = 0x1510;
  private static final int METHOD = 0x1511;
  private static final int NESTED_TYPE_EXTENDED = 0x1512;
  private static final int BASE_INTERFACE = 0x151A;

  /** Bytes from here on only fill up to a multiple of four. */
  private static final int PADDING = 0xF0;

  /** Base classes of base classes. */
  private static final int MAX_DEPTH = 16;

  /** Entries of all lists, inherited ones counted again. */
  private static final int MAX_ENTRIES = 1_500_000;

  private final TypeRecords types;
  private final RecordReader stream;
  private final TypeResolver resolver;
  private int entryCount;

  FieldLists(TypeRecords types, TypeResolver resolver) {
    this.types = types;
    this.stream = types.stream();
    this.resolver = resolver;
  }

  Map<String, FieldType> members(int list) throws CorruptSymbolsException {
    Map<String, FieldType> members = new HashMap<>();
    read(list, new MemberCollector(members, 0, 0), new HashSet<>());
    return members;
  }

  /** Value by name of an enumeration. */
  Map<String, Long> constants(int list) throws CorruptSymbolsException {
    Map<String, Long> constants = new HashMap<>();
    read(list, new ConstantCollector(constants), new HashSet<>());
    return constants;
  }

  /** What a list is read for. */
  private sealed interface Collector permits MemberCollector, ConstantCollector {
    void member(String name, long offset, int type) throws CorruptSymbolsException;

    void base(int type, long offset) throws CorruptSymbolsException;

    void constant(String name, long value);
  }

  private record ConstantCollector(Map<String, Long> constants) implements Collector {
    @Override
    public void member(String name, long offset, int type) {}

    @Override
    public void base(int type, long offset) {}

    @Override
    public void constant(String name, long value) {
      constants.put(name, value);
    }
  }

  private final class MemberCollector implements Collector {
    private final Map<String, FieldType> members;
    private final long start;
    private final int depth;

    MemberCollector(Map<String, FieldType> members, long start, int depth) {
      this.members = members;
      this.start = start;
      this.depth = depth;
    }

    @Override
    public void member(String name, long offset, int type) throws CorruptSymbolsException {
      long at = start + offset;
      if (at < 0 || at > Integer.MAX_VALUE) {
        throw stream.corrupt(0, "member " + name + " lies at " + at);
      }
      if (!members.containsKey(name)) {
        members.put(name, resolver.field(name, (int) at, type));
      }
    }

    @Override
    public void base(int type, long offset) throws CorruptSymbolsException {
      int definition = resolver.definition(type);
      if (definition >= 0 && depth < MAX_DEPTH) {
        Collector inner = new MemberCollector(members, start + offset, depth + 1);
        read(resolver.fieldList(definition), inner, new HashSet<>());
      }
    }

    @Override
    public void constant(String name, long value) {}
  }

  private void read(int list, Collector collector, Set<Integer> seen)
      throws CorruptSymbolsException {
    int next = list;
    while (types.has(next) && types.kind(next) == FIELD_LIST && seen.add(next)) {
      next = readOne(next, collector);
    }
  }

  /** The number of the list that continues this one, else 0. */
  private int readOne(int list, Collector collector) throws CorruptSymbolsException {
    int at = types.content(list);
    int end = types.end(list);
    while (at + 4 <= end) {
      if (++entryCount > MAX_ENTRIES) {
        throw stream.corrupt(at, "its types have more than " + MAX_ENTRIES + " members");
      }
      int kind = stream.u16(at);
      int second = stream.u16(at + 2);
      switch (kind) {
        case MEMBER -> {
          NumericLeaf offset = NumericLeaf.read(stream, at + 8);
          String name = stream.text(offset.end(), end);
          collector.member(name, offset.value(), stream.i32(at + 4));
          at = afterText(offset.end(), end);
        }
        case CONSTANT -> {
          NumericLeaf value = NumericLeaf.read(stream, at + 4);
          collector.constant(stream.text(value.end(), end), value.value());
          at = afterText(value.end(), end);
        }
        case BASE_CLASS, BASE_INTERFACE -> {
          NumericLeaf offset = NumericLeaf.read(stream, at + 8);
          collector.base(stream.i32(at + 4), offset.value());
          at = offset.end();
        }
        case VIRTUAL_BASE, INDIRECT_VIRTUAL_BASE ->
            at = NumericLeaf.read(stream, NumericLeaf.read(stream, at + 12).end()).end();
        case CONTINUATION -> {
          return stream.i32(at + 4);
        }
        case VIRTUAL_TABLE, FRIEND_CLASS -> at += 8;
        case VIRTUAL_TABLE_OFFSET -> at += 12;
        case STATIC_MEMBER, METHODS, NESTED_TYPE, NESTED_TYPE_EXTENDED, FRIEND_FUNCTION ->
            at = afterText(at + 8, end);
        case METHOD -> at = afterText(at + (introducesVirtual(second) ? 12 : 8), end);
        default -> {
          return 0;
        }
      }
      while (at < end && stream.u8(at) > PADDING) {
        at++;
      }
    }
    return 0;
  }

  private int afterText(int at, int end) throws CorruptSymbolsException {
    return at + stream.textBytes(at, end) + 1;
  }

  /** Only methods that open a slot in the virtual table carry its offset. */
  private static boolean introducesVirtual(int attributes) {
    int property = (attributes >>> 2) & 7;
    return property == 4 || property == 6;
  }
}
