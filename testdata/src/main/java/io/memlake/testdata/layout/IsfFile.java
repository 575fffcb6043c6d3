package io.memlake.testdata.layout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tukaani.xz.XZInputStream;

/**
 * One ISF file (schema 6: metadata, base_types, user_types, enums, symbols) as plain maps. Reads
 * {@code .json} and {@code .json.xz}; meant for a developer's run of {@link CompileLayouts}, not
 * for speed.
 */
final class IsfFile {

  private final Map<String, Object> root;

  private IsfFile(Map<String, Object> root) {
    this.root = root;
  }

  static IsfFile read(Path file) throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
      return read(raw, file.toString().endsWith(".xz"));
    }
  }

  static IsfFile read(InputStream raw, boolean packed) throws IOException {
    try (InputStream in = packed ? new XZInputStream(raw) : raw;
        JsonParser json = new JsonFactory().createParser(in)) {
      json.nextToken();
      return new IsfFile(object(json));
    }
  }

  /** Version is not part of an ISF file of schema 6.1, so the caller names it. */
  KernelLayout layout(String version, WantedFacts wanted) {
    Map<String, Object> pdb = map(map(map(root, "metadata"), "windows"), "pdb");
    KernelIdentity identity =
        new KernelIdentity(
            version,
            (String) pdb.get("database"),
            (String) pdb.get("GUID"),
            ((Number) pdb.get("age")).intValue());
    Map<String, StructLayout> structs = new TreeMap<>();
    wanted
        .fields()
        .forEach(
            (name, paths) -> {
              if (userTypes().containsKey(name)) {
                structs.put(name, struct(name, paths));
              }
            });
    Map<String, Long> symbols = new TreeMap<>();
    for (String name : wanted.symbols()) {
      Object symbol = map(root, "symbols").get(name);
      if (symbol != null) {
        symbols.put(name, ((Number) cast(symbol).get("address")).longValue());
      }
    }
    return new KernelLayout(identity, structs, symbols);
  }

  private StructLayout struct(String name, List<String> paths) {
    Map<String, FieldLayout> found = new TreeMap<>();
    for (String path : paths) {
      FieldLayout field = find(name, path);
      if (field != null) {
        found.put(path, field);
      }
    }
    return new StructLayout(name, number(map(userTypes(), name), "size"), found);
  }

  private FieldLayout find(String structName, String path) {
    String owner = structName;
    int offset = 0;
    Map<String, Object> type = null;
    for (String step : path.split("\\.", -1)) {
      Map<String, Object> ownerType = map(userTypes(), owner);
      Object field = ownerType == null ? null : map(ownerType, "fields").get(step);
      if (field == null) {
        return null;
      }
      offset += number(cast(field), "offset");
      type = map(cast(field), "type");
      owner = String.valueOf(type.get("name"));
    }
    if ("bitfield".equals(type.get("kind"))) {
      int word = sizeOf(map(type, "type"));
      return new FieldLayout(
          offset, word, number(type, "bit_position"), number(type, "bit_length"));
    }
    return FieldLayout.bytes(offset, sizeOf(type));
  }

  private int sizeOf(Map<String, Object> type) {
    return switch ((String) type.get("kind")) {
      case "pointer", "function" -> number(map(map(root, "base_types"), "pointer"), "size");
      case "array" -> number(type, "count") * sizeOf(map(type, "subtype"));
      case "base" -> number(map(map(root, "base_types"), (String) type.get("name")), "size");
      case "enum" -> number(map(map(root, "enums"), (String) type.get("name")), "size");
      default -> number(map(userTypes(), (String) type.get("name")), "size");
    };
  }

  private Map<String, Object> userTypes() {
    return map(root, "user_types");
  }

  private static int number(Map<String, Object> from, String key) {
    return ((Number) from.get(key)).intValue();
  }

  private static Map<String, Object> map(Map<String, Object> from, String key) {
    return cast(from.get(key));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> cast(Object value) {
    return (Map<String, Object>) value;
  }

  private static Map<String, Object> object(JsonParser json) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      object.put(name, value(json));
    }
    return object;
  }

  private static Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(json));
        }
        yield items;
      }
      case VALUE_NUMBER_INT -> json.getNumberValue();
      case VALUE_NULL -> null;
      default -> json.getText();
    };
  }
}
