package io.memlake.engine.objects.handle;

import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.BitsField;
import io.memlake.engine.symbols.PointerField;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.U16Field;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Paths of open registry keys, by their control blocks up to the root. */
public final class KeyNames {
  /** Windows allows 512 levels below the root. */
  private static final int MAXIMUM_LEVELS = 520;

  /** Bytes of a name: the API allows 255 characters, the format more. */
  private static final int MAXIMUM_NAME_BYTES = 2048;

  private static final int REMEMBERED = 4096;
  private static final String SEPARATOR = "\\";

  private final AddressSpace space;
  private final PointerField controlBlock;
  private final PointerField parent;
  private final PointerField nameBlock;
  private final Optional<BitsField> compressed;
  private final U16Field length;
  private final int name;
  private final Map<Long, String> paths =
      new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  private KeyNames(SymbolTable symbols, AddressSpace space) {
    StructType block = symbols.struct("_CM_KEY_CONTROL_BLOCK");
    StructType names = symbols.struct("_CM_NAME_CONTROL_BLOCK");
    this.space = space;
    this.controlBlock = symbols.struct("_CM_KEY_BODY").pointer("KeyControlBlock");
    this.parent = block.pointer("ParentKcb");
    this.nameBlock = block.pointer("NameBlock");
    this.compressed = names.findBits("Compressed");
    this.length = names.u16("NameLength");
    this.name = names.offsetOf("Name");
  }

  /**
   * Resolves the layouts.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack keys
   */
  public static KeyNames of(SymbolTable symbols, AddressSpace space) {
    return new KeyNames(symbols, space);
  }

  /**
   * The path of the key behind a {@code _CM_KEY_BODY}, such as {@code \REGISTRY\MACHINE\SOFTWARE}.
   *
   * @return empty when a block on the way is absent or the way does not end
   */
  public Optional<String> path(long keyBody) throws IOException {
    long block = pointer(keyBody, controlBlock);
    return block == 0 ? Optional.empty() : pathOf(block);
  }

  private Optional<String> pathOf(long block) throws IOException {
    String known = paths.get(block);
    if (known != null) {
      return Optional.of(known);
    }
    Set<Long> seen = new HashSet<>();
    StringBuilder path = new StringBuilder();
    long at = block;
    while (at != 0) {
      String above = paths.get(at);
      if (above != null) {
        path.insert(0, above);
        break;
      }
      Optional<String> step = step(at);
      if (step.isEmpty() || !seen.add(at) || seen.size() > MAXIMUM_LEVELS) {
        return Optional.empty();
      }
      path.insert(0, SEPARATOR + step.get());
      at = pointer(at, parent);
    }
    paths.put(block, path.toString());
    return Optional.of(path.toString());
  }

  private Optional<String> step(long block) throws IOException {
    long at = pointer(block, nameBlock);
    byte[] head = new byte[name];
    if (!space.isKernel(at) || !space.read(at, head, 0, head.length)) {
      return Optional.empty();
    }
    int bytes = length.in(head, 0);
    if (bytes == 0 || bytes > MAXIMUM_NAME_BYTES) {
      return Optional.empty();
    }
    boolean narrow = compressed.isPresent() && compressed.get().in(head, 0) != 0;
    return space
        .map(at + name, bytes)
        .map(
            text ->
                narrow
                    ? new String(text, StandardCharsets.ISO_8859_1)
                    : UnicodeString.text(text, 0, bytes));
  }

  /** 0 when it is absent or no kernel address. */
  private long pointer(long structure, PointerField field) throws IOException {
    byte[] bytes = new byte[Long.BYTES];
    if (!space.read(structure + field.offset(), bytes, 0, field.size())) {
      return 0;
    }
    long address = space.pointer(bytes, 0);
    return space.isKernel(address) ? address : 0;
  }
}
