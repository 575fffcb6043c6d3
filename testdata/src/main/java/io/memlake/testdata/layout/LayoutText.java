package io.memlake.testdata.layout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The text form of a layout, one fact a line, sorted so that a change shows in a diff:
 *
 * <pre>
 *   kernel 10.0.19041.985 ntkrnlmp.pdb 992A9A48F30EC2C58B01A5934DCE2D9C 1
 *   struct _EPROCESS a40
 *     Pcb.DirectoryTableBase 28 8
 *     Flags.Bit 464 4 3:1                  offset, bytes of the word, lowest bit : number of bits
 *   symbol PsActiveProcessHead c1df60
 * </pre>
 *
 * Offsets, sizes and addresses are hexadecimal, the rest is decimal.
 */
final class LayoutText {

  private LayoutText() {}

  static String write(KernelLayout layout) {
    KernelIdentity id = layout.identity();
    StringBuilder out = new StringBuilder();
    out.append("kernel ").append(id.version()).append(' ').append(id.pdbName());
    out.append(' ').append(id.pdbGuid()).append(' ').append(id.pdbAge()).append('\n');
    for (StructLayout struct : layout.structs().values()) {
      out.append("struct ").append(struct.name()).append(' ');
      out.append(Integer.toHexString(struct.size())).append('\n');
      struct.fields().forEach((path, field) -> out.append(line(path, field)));
    }
    layout
        .symbols()
        .forEach(
            (name, address) ->
                out.append("symbol ").append(name).append(' ').append(hex(address)).append('\n'));
    return out.toString();
  }

  private static String line(String path, FieldLayout field) {
    String line = "  " + path + " " + hex(field.offset()) + " " + hex(field.size());
    return field.isBits()
        ? line + " " + field.bitPosition() + ":" + field.bitLength() + "\n"
        : line + "\n";
  }

  private static String hex(long value) {
    return Long.toHexString(value);
  }

  static KernelLayout read(InputStream in) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    KernelIdentity identity = null;
    Map<String, StructLayout> structs = new TreeMap<>();
    Map<String, Long> symbols = new TreeMap<>();
    Map<String, FieldLayout> fields = new TreeMap<>();
    String structName = null;
    int structSize = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      String[] words = line.strip().split(" ", -1);
      if (line.startsWith("  ")) {
        fields.put(words[0], field(words));
        continue;
      }
      if (structName != null) {
        structs.put(structName, new StructLayout(structName, structSize, fields));
        structName = null;
      }
      switch (words[0]) {
        case "kernel" ->
            identity = new KernelIdentity(words[1], words[2], words[3], Integer.parseInt(words[4]));
        case "struct" -> {
          structName = words[1];
          structSize = Integer.parseInt(words[2], 16);
          fields = new TreeMap<>();
        }
        case "symbol" -> symbols.put(words[1], Long.parseLong(words[2], 16));
        default -> throw new IOException("Layout line not understood: " + line);
      }
    }
    if (structName != null) {
      structs.put(structName, new StructLayout(structName, structSize, fields));
    }
    if (identity == null) {
      throw new IOException("Layout has no kernel line");
    }
    return new KernelLayout(identity, structs, symbols);
  }

  private static FieldLayout field(String[] words) {
    int offset = Integer.parseInt(words[1], 16);
    int size = Integer.parseInt(words[2], 16);
    if (words.length == 3) {
      return FieldLayout.bytes(offset, size);
    }
    String[] bits = words[3].split(":", -1);
    return new FieldLayout(offset, size, Integer.parseInt(bits[0]), Integer.parseInt(bits[1]));
  }
}
