package io.memlake.engine.symbols.compact;

import io.memlake.engine.symbols.EnumType;
import io.memlake.engine.symbols.compact.LayoutCollector.Content;
import io.memlake.engine.symbols.compact.LayoutCollector.Layout;
import io.memlake.engine.symbols.compact.LayoutCollector.Member;
import io.memlake.engine.symbols.compact.LayoutCollector.MemberType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Writes what {@link LayoutPool} reads. Names and types are numbered in the order of first use. */
final class LayoutPoolWriter {
  private final List<Content> sets;
  private final Map<String, Integer> names = new LinkedHashMap<>();
  private final Map<Layout, Integer> layouts = new LinkedHashMap<>();
  private final Map<EnumType, Integer> enums = new LinkedHashMap<>();
  private final Map<PackedType, Integer> types = new LinkedHashMap<>();

  LayoutPoolWriter(List<Content> sets) {
    this.sets = sets;
  }

  byte[] write() {
    TreeSet<String> structNames = new TreeSet<>();
    TreeSet<String> enumNames = new TreeSet<>();
    for (Content set : sets) {
      structNames.addAll(set.structs().keySet());
      enumNames.addAll(set.enums().keySet());
    }
    for (String name : structNames) {
      for (Content set : sets) {
        if (set.structs().containsKey(name)) {
          number(set.structs().get(name));
        }
      }
    }
    for (String name : enumNames) {
      for (Content set : sets) {
        if (set.enums().containsKey(name)) {
          enums.putIfAbsent(set.enums().get(name), enums.size());
        }
      }
    }
    byte[] columns = layoutColumns();
    byte[] enumerations = enumerations();
    byte[] structSets = structSets(structNames);
    byte[] enumSets = enumSets(enumNames);
    CompactOutput out = new CompactOutput();
    out.names(names.keySet());
    out.number(layouts.size());
    out.number(types.size());
    types.keySet().forEach(type -> type.write(out));
    out.bytes(columns);
    out.bytes(enumerations);
    out.number(sets.size());
    out.bytes(structSets);
    out.bytes(enumSets);
    return out.toByteArray();
  }

  private void number(Layout layout) {
    if (layouts.containsKey(layout)) {
      return;
    }
    for (Member member : layout.members()) {
      member.type().layout().ifPresent(this::number);
    }
    layouts.put(layout, layouts.size());
  }

  private byte[] layoutColumns() {
    CompactOutput sizes = new CompactOutput();
    CompactOutput counts = new CompactOutput();
    CompactOutput fieldNames = new CompactOutput();
    CompactOutput offsets = new CompactOutput();
    CompactOutput fieldTypes = new CompactOutput();
    int previousName = -1;
    for (Layout layout : layouts.keySet()) {
      sizes.number(layout.size());
      counts.number(layout.members().size());
      int offset = 0;
      for (Member member : layout.members()) {
        int name = name(member.name());
        fieldNames.signed(name - previousName);
        previousName = name;
        offsets.signed(member.offset() - offset);
        offset = member.offset();
        fieldTypes.number(type(member.type()));
      }
    }
    CompactOutput out = new CompactOutput();
    out.bytes(sizes.toByteArray());
    out.bytes(counts.toByteArray());
    out.bytes(fieldNames.toByteArray());
    out.bytes(offsets.toByteArray());
    out.bytes(fieldTypes.toByteArray());
    return out.toByteArray();
  }

  private byte[] enumerations() {
    CompactOutput out = new CompactOutput();
    out.number(enums.size());
    out.number(enums.keySet().stream().mapToInt(type -> type.constants().size()).sum());
    int previousName = -1;
    int previousConstant = -1;
    for (EnumType type : enums.keySet()) {
      int name = name(type.name());
      out.signed(name - previousName);
      previousName = name;
      out.number(type.size());
      out.number(type.constants().size());
      // By value: neighbours in the source stay neighbours when a new build adds one.
      List<Map.Entry<String, Long>> constants = new ArrayList<>(type.constants().entrySet());
      constants.sort(
          Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
      for (Map.Entry<String, Long> constant : constants) {
        int index = name(constant.getKey());
        out.signed(index - previousConstant);
        previousConstant = index;
        out.signed(constant.getValue());
      }
    }
    return out.toByteArray();
  }

  private byte[] structSets(SortedSet<String> structNames) {
    structNames.forEach(this::name);
    List<Map<String, Integer>> targets = new ArrayList<>();
    for (Content set : sets) {
      Map<String, Integer> indices = new HashMap<>();
      set.structs().forEach((name, layout) -> indices.put(name, layouts.get(layout)));
      targets.add(indices);
    }
    CompactOutput out = new CompactOutput();
    SetMap.write(out, names, targets);
    return out.toByteArray();
  }

  private byte[] enumSets(SortedSet<String> enumNames) {
    enumNames.forEach(this::name);
    List<Map<String, Integer>> targets = new ArrayList<>();
    for (Content set : sets) {
      Map<String, Integer> indices = new HashMap<>();
      set.enums().forEach((name, type) -> indices.put(name, enums.get(type)));
      targets.add(indices);
    }
    CompactOutput out = new CompactOutput();
    SetMap.write(out, names, targets);
    return out.toByteArray();
  }

  private int name(String name) {
    Integer known = names.putIfAbsent(name, names.size());
    return known == null ? names.size() - 1 : known;
  }

  private int type(MemberType type) {
    PackedType packed =
        new PackedType(
            type.kind(),
            type.elementKind(),
            type.elementSize(),
            type.bitPosition(),
            type.bitLength(),
            type.count(),
            type.name().isEmpty() ? -1 : name(type.name()),
            type.layout().map(layouts::get).orElse(-1));
    Integer known = types.putIfAbsent(packed, types.size());
    return known == null ? types.size() - 1 : known;
  }
}
