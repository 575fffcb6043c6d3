package io.memlake.engine.pe;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an executable imports, by the names that the loader leaves in place.
 *
 * @param modules modules in the order of the table
 * @param functions how many functions
 * @param hash MD5 over all imports in lower case, comma between them, extensions of libraries cut;
 *     empty when a part of the table is absent
 */
public record ImportTable(List<String> modules, int functions, Optional<String> hash) {
  /** Index of the import directory. */
  static final int DIRECTORY_IMPORT = 1;

  private static final int DESCRIPTOR_SIZE = 20;
  private static final int MAXIMUM_MODULES = 1024;
  private static final int MAXIMUM_FUNCTIONS = 1 << 16;
  private static final int MAXIMUM_NAME = 512;
  private static final Set<String> EXTENSIONS = Set.of("dll", "ocx", "sys");

  /** Copies the list. */
  public ImportTable {
    modules = List.copyOf(modules);
  }

  /** The table of {@code image}; empty when it has none or it is absent. */
  public static Optional<ImportTable> of(AddressSpace space, PeImage image) throws IOException {
    long directory = image.directoryOffset(DIRECTORY_IMPORT);
    if (directory == 0 || image.directorySize(DIRECTORY_IMPORT) == 0) {
      return Optional.empty();
    }
    Walk walk = new Walk(new ImageBytes(space, image), image.is64Bit());
    walk.modules(directory);
    return walk.modules.isEmpty() ? Optional.empty() : Optional.of(walk.table());
  }

  private static final class Walk {
    private final ImageBytes bytes;
    private final int width;
    private final List<String> modules = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int functions;
    private boolean complete = true;

    Walk(ImageBytes bytes, boolean is64) {
      this.bytes = bytes;
      this.width = is64 ? Long.BYTES : Integer.BYTES;
    }

    void modules(long directory) throws IOException {
      byte[] descriptor = new byte[DESCRIPTOR_SIZE];
      for (int i = 0; i < MAXIMUM_MODULES; i++) {
        if (!bytes.read(directory + (long) i * DESCRIPTOR_SIZE, descriptor, DESCRIPTOR_SIZE)) {
          complete = false;
          return;
        }
        long names = LittleEndian.u32(descriptor, 0);
        long name = LittleEndian.u32(descriptor, 12);
        if (name == 0) {
          return;
        }
        Optional<String> module = bytes.text(name, MAXIMUM_NAME);
        if (module.isEmpty()) {
          complete = false;
          continue;
        }
        modules.add(module.get());
        // Without the first list the second one holds addresses by now.
        if (names == 0) {
          complete = false;
        } else {
          functions(stem(module.get()), names);
        }
      }
      complete = false;
    }

    private void functions(String module, long names) throws IOException {
      long ordinal = width == Long.BYTES ? Long.MIN_VALUE : 1L << 31;
      for (int i = 0; functions < MAXIMUM_FUNCTIONS; i++) {
        Optional<Long> entry = bytes.number(names + (long) i * width, width);
        if (entry.isEmpty()) {
          complete = false;
          return;
        }
        if (entry.get() == 0) {
          return;
        }
        functions++;
        Optional<String> name =
            (entry.get() & ordinal) != 0
                ? Optional.of(Ordinals.name(module, (int) (entry.get() & 0xFFFF)))
                : bytes.text(entry.get() + Short.BYTES, MAXIMUM_NAME);
        if (name.isEmpty()) {
          complete = false;
        } else {
          text.append(text.length() == 0 ? "" : ",")
              .append(module)
              .append('.')
              .append(name.get().toLowerCase(Locale.ROOT));
        }
      }
      complete = false;
    }

    private static String stem(String module) {
      String lower = module.toLowerCase(Locale.ROOT);
      int dot = lower.lastIndexOf('.');
      return dot > 0 && EXTENSIONS.contains(lower.substring(dot + 1))
          ? lower.substring(0, dot)
          : lower;
    }

    ImportTable table() {
      return new ImportTable(
          modules,
          functions,
          complete && functions > 0 ? Optional.of(md5(text.toString())) : Optional.empty());
    }
  }

  private static String md5(String text) {
    return md5(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** MD5 as lower-case hex. */
  static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has MD5", e);
    }
  }
}
