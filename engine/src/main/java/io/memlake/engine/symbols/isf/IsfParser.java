package io.memlake.engine.symbols.isf;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.isf.IsfModel.BaseType;
import io.memlake.engine.symbols.isf.IsfModel.EnumDefinition;
import io.memlake.engine.symbols.isf.IsfModel.Member;
import io.memlake.engine.symbols.isf.IsfModel.TypeNode;
import io.memlake.engine.symbols.isf.IsfModel.UserType;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the JSON of a symbol file in one pass; unknown parts are skipped, as the format allows. */
final class IsfParser {
  /** Structures, enumerations, or symbols of one file; kernels have some 40 000 symbols. */
  static final int MAX_ENTRIES = 1_000_000;

  /** Members of one structure or constants of one enumeration. */
  static final int MAX_MEMBERS = 100_000;

  /** Members and constants of all types together; kernels have some 20 000. */
  static final int MAX_ALL_MEMBERS = 1_000_000;

  /** Levels of JSON; a pointer to an array of pointers takes ten. */
  static final int MAX_DEPTH = 64;

  /** Decorated C++ names end at 4095 characters. */
  static final int MAX_NAME_CHARACTERS = 8192;

  /** Constant data of a symbol is Base64 text. */
  static final int MAX_STRING_CHARACTERS = 16 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_NAME_CHARACTERS)
                  .maxStringLength(MAX_STRING_CHARACTERS)
                  .build())
          .build();

  private final String file;
  private final JsonParser parser;
  private final IsfModel model = new IsfModel();
  private int allMembers;

  private IsfParser(String file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  static IsfModel parse(String file, InputStream json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      IsfParser isf = new IsfParser(file, parser);
      isf.document();
      return isf.model;
    }
  }

  /** Stops after the metadata, wherever it stands. */
  static IsfModel parseMetadata(String file, InputStream json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      IsfParser isf = new IsfParser(file, parser);
      isf.expectDocument();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean metadata = parser.currentName().equals("metadata");
        parser.nextToken();
        if (metadata) {
          isf.members(MAX_MEMBERS, isf::metadata);
          break;
        }
        parser.skipChildren();
      }
      return isf.model;
    }
  }

  private void expectDocument() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw corrupt("it is not a JSON object");
    }
  }

  private void document() throws IOException {
    expectDocument();
    members(
        MAX_MEMBERS,
        part -> {
          switch (part) {
            case "metadata" -> members(MAX_MEMBERS, this::metadata);
            case "base_types" -> members(MAX_ENTRIES, this::baseType);
            case "user_types" -> members(MAX_ENTRIES, this::userType);
            case "enums" -> members(MAX_ENTRIES, this::enumeration);
            case "symbols" -> members(MAX_ENTRIES, this::symbol);
            default -> parser.skipChildren();
          }
        });
  }

  private void metadata(String name) throws IOException {
    switch (name) {
      case "format" -> model.format = text();
      case "windows" ->
          members(
              MAX_MEMBERS,
              inner -> {
                switch (inner) {
                  case "pdb" -> members(MAX_MEMBERS, this::pdb);
                  case "pe" -> members(MAX_MEMBERS, this::fileVersion);
                  default -> parser.skipChildren();
                }
              });
      default -> parser.skipChildren();
    }
  }

  private void pdb(String name) throws IOException {
    switch (name) {
      case "GUID" -> model.pdbGuid = text();
      case "age" -> model.pdbAge = count();
      case "database" -> model.pdbName = text();
      case "machine_type" -> model.machineType = count();
      default -> parser.skipChildren();
    }
  }

  private void fileVersion(String name) throws IOException {
    switch (name) {
      case "major" -> model.version[0] = count();
      case "minor" -> model.version[1] = count();
      case "revision" -> model.version[2] = count();
      case "build" -> model.version[3] = count();
      default -> parser.skipChildren();
    }
  }

  private void baseType(String name) throws IOException {
    int[] size = {0};
    String[] kind = {""};
    members(
        MAX_MEMBERS,
        key -> {
          switch (key) {
            case "size" -> size[0] = count();
            case "kind" -> kind[0] = text();
            default -> parser.skipChildren();
          }
        });
    model.baseTypes.put(name, new BaseType(size[0], kind[0]));
  }

  private void userType(String name) throws IOException {
    int[] size = {0};
    Map<String, Member> fields = new HashMap<>();
    members(
        MAX_MEMBERS,
        key -> {
          switch (key) {
            case "size" -> size[0] = count();
            case "fields" -> members(MAX_MEMBERS, field -> fields.put(field, counted(member())));
            default -> parser.skipChildren();
          }
        });
    model.userTypes.put(name, new UserType(size[0], fields));
  }

  private <T> T counted(T member) throws CorruptSymbolsException {
    if (++allMembers > MAX_ALL_MEMBERS) {
      throw corrupt("its types have more than " + MAX_ALL_MEMBERS + " members");
    }
    return member;
  }

  private Member member() throws IOException {
    int[] offset = {-1};
    boolean[] anonymous = {false};
    TypeNode[] type = {null};
    members(
        MAX_MEMBERS,
        key -> {
          switch (key) {
            case "offset" -> offset[0] = count();
            case "anonymous" -> anonymous[0] = parser.currentToken() == JsonToken.VALUE_TRUE;
            case "type" -> type[0] = type();
            default -> parser.skipChildren();
          }
        });
    if (offset[0] < 0 || type[0] == null) {
      throw corrupt("a member has no offset or no type");
    }
    return new Member(offset[0], anonymous[0], type[0]);
  }

  private TypeNode type() throws IOException {
    String[] text = {"", ""};
    int[] numbers = {0, 0, 0};
    TypeNode[] inner = {null};
    members(
        MAX_MEMBERS,
        key -> {
          switch (key) {
            case "kind" -> text[0] = text();
            case "name", "base" -> text[1] = text();
            case "count" -> numbers[0] = count();
            case "bit_position" -> numbers[1] = count();
            case "bit_length" -> numbers[2] = count();
            case "subtype", "type" -> inner[0] = type();
            default -> parser.skipChildren();
          }
        });
    return new TypeNode(text[0], text[1], numbers[0], numbers[1], numbers[2], inner[0]);
  }

  private void enumeration(String name) throws IOException {
    int[] size = {0};
    String[] base = {""};
    Map<String, Long> constants = new LinkedHashMap<>();
    members(
        MAX_MEMBERS,
        key -> {
          switch (key) {
            case "size" -> size[0] = count();
            case "base" -> base[0] = text();
            case "constants" ->
                members(MAX_MEMBERS, constant -> constants.put(constant, counted(integer())));
            default -> parser.skipChildren();
          }
        });
    model.enums.put(name, new EnumDefinition(size[0], base[0], constants));
  }

  private void symbol(String name) throws IOException {
    members(
        MAX_MEMBERS,
        key -> {
          if (key.equals("address")) {
            model.symbols.put(name, integer());
          } else {
            parser.skipChildren();
          }
        });
  }

  /** Calls {@code reader} with the parser on the value of each member of the current object. */
  private void members(int limit, MemberReader reader) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw corrupt("an object should stand here, not " + parser.currentToken());
    }
    int count = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      if (++count > limit) {
        throw corrupt("more than " + limit + " entries in one object");
      }
      String name = parser.currentName();
      parser.nextToken();
      reader.read(name);
    }
  }

  private String text() throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw corrupt("a text should stand here, not " + parser.currentToken());
    }
    return parser.getText();
  }

  private long integer() throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw corrupt("a whole number should stand here, not " + parser.currentToken());
    }
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      // Unsigned 64-bit constants; the bits are what counts.
      default -> parser.getBigIntegerValue().longValue();
    };
  }

  private int count() throws IOException {
    long value = integer();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw corrupt("the number " + value + " is out of range");
    }
    return (int) value;
  }

  private CorruptSymbolsException corrupt(String reason) {
    return new CorruptSymbolsException(file, reason + IsfReader.place(parser.currentLocation()));
  }

  @FunctionalInterface
  private interface MemberReader {
    void read(String name) throws IOException;
  }
}
