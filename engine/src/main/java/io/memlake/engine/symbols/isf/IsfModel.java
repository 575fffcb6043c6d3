package io.memlake.engine.symbols.isf;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an ISF file says, before sizes and names are put together: its parts come in any order. */
final class IsfModel {
  final Map<String, BaseType> baseTypes = new HashMap<>();
  final Map<String, UserType> userTypes = new LinkedHashMap<>();
  final Map<String, EnumDefinition> enums = new LinkedHashMap<>();
  final Map<String, Long> symbols = new LinkedHashMap<>();
  String format = "";
  String pdbName = "";
  String pdbGuid = "";
  int pdbAge;
  int machineType;
  final int[] version = new int[4];

  record BaseType(int size, String kind) {}

  record UserType(int size, Map<String, Member> members) {}

  record Member(int offset, boolean anonymous, TypeNode type) {}

  record EnumDefinition(int size, String base, Map<String, Long> constants) {}

  /**
   * One level of a type description.
   *
   * @param kind as the file spells it
   * @param name of a base, struct or enum; of the base of a pointer
   * @param count of an array
   * @param inner what an array, pointer or bit field is made of, else null
   */
  record TypeNode(
      String kind, String name, int count, int bitPosition, int bitLength, TypeNode inner) {}
}
