package io.memlake.engine.symbols.compact;

import io.memlake.engine.symbols.EnumType;
import io.memlake.engine.symbols.FieldKind;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.TypeNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what is equal among the structures of many builds. Structures without a name, which every
 * build numbers anew, are told by their content.
 */
final class LayoutCollector {
  private static final Comparator<Member> ORDER =
      Comparator.comparingInt(Member::offset)
          .thenComparingInt(member -> member.type().bitPosition())
          .thenComparing(Member::name);

  private final Map<Layout, Layout> layouts = new HashMap<>();

  /** A structure by content; {@code name} is empty for one without. */
  record Layout(String name, int size, List<Member> members) {}

  record Member(String name, int offset, MemberType type) {}

  /** Like {@link PackedType}, with the name and the unnamed layout themselves. */
  record MemberType(
      FieldKind kind,
      FieldKind elementKind,
      int elementSize,
      int bitPosition,
      int bitLength,
      int count,
      String name,
      Optional<Layout> layout) {}

  /** All named types of one build. */
  record Content(Map<String, Layout> structs, Map<String, EnumType> enums) {}

  /** Everything in {@code table} that has a name, and what it embeds. */
  Content collect(SymbolTable table) {
    Map<String, Layout> structs = new HashMap<>();
    Map<String, Layout> unnamed = new HashMap<>();
    for (String name : table.structNames()) {
      if (!TypeNames.isMadeUp(name)) {
        structs.put(name, layout(name, table.struct(name), table, unnamed, new HashSet<>()));
      }
    }
    Map<String, EnumType> enums = new HashMap<>();
    for (String name : table.enumNames()) {
      table.findEnum(name).ifPresent(type -> enums.put(name, type));
    }
    return new Content(structs, enums);
  }

  private Layout layout(
      String name,
      StructType struct,
      SymbolTable table,
      Map<String, Layout> unnamed,
      Set<String> open) {
    List<Member> members = new ArrayList<>();
    for (FieldType field : struct.fields().values()) {
      members.add(new Member(field.name(), field.offset(), type(field, table, unnamed, open)));
    }
    members.sort(ORDER);
    Layout layout = new Layout(name, struct.size(), List.copyOf(members));
    Layout known = layouts.putIfAbsent(layout, layout);
    return known == null ? layout : known;
  }

  private MemberType type(
      FieldType field, SymbolTable table, Map<String, Layout> unnamed, Set<String> open) {
    String name = field.typeName();
    Optional<Layout> layout = Optional.empty();
    Optional<StructType> target =
        TypeNames.isMadeUp(name) ? table.findStruct(name) : Optional.empty();
    if (target.isPresent()) {
      // A pointer back to an unnamed structure that is just being read loses its target.
      if (unnamed.containsKey(name)) {
        layout = Optional.of(unnamed.get(name));
      } else if (open.add(name)) {
        layout = Optional.of(layout("", target.get(), table, unnamed, open));
        open.remove(name);
        unnamed.put(name, layout.get());
      }
      name = "";
    } else if (TypeNames.isMadeUp(name) && table.findEnum(name).isEmpty()) {
      name = "";
    }
    return new MemberType(
        field.kind(),
        field.elementKind(),
        field.elementKind() == FieldKind.STRUCT ? 0 : field.elementSize(),
        field.bitPosition(),
        field.bitLength(),
        field.count(),
        name,
        layout);
  }
}
