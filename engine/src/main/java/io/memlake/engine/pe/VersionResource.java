package io.memlake.engine.pe;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The texts of the version resource of an executable.
 *
 * @param texts by name, such as {@code CompanyName}
 */
public record VersionResource(Map<String, String> texts) {
  private static final int DIRECTORY_RESOURCE = 2;
  private static final int TYPE_VERSION = 16;
  private static final int DIRECTORY_SIZE = 16;
  private static final int ENTRY_SIZE = 8;
  private static final int MAXIMUM_ENTRIES = 256;
  private static final int MAXIMUM_BYTES = 1 << 16;
  private static final long SUBDIRECTORY = 0x8000_0000L;
  private static final int NODE_HEADER = 6;
  private static final int MAXIMUM_DEPTH = 4;
  private static final int MAXIMUM_TEXTS = 256;

  /** Copies the map. */
  public VersionResource {
    texts = Map.copyOf(texts);
  }

  /** The resource of {@code image}; empty when it has none or a page of it is absent. */
  public static Optional<VersionResource> of(AddressSpace space, PeImage image) throws IOException {
    long root = image.directoryOffset(DIRECTORY_RESOURCE);
    if (root == 0) {
      return Optional.empty();
    }
    ImageBytes bytes = new ImageBytes(space, image);
    long type = entry(bytes, root, root, TYPE_VERSION);
    long name = type == 0 ? 0 : entry(bytes, root, type, -1);
    long data = name == 0 ? 0 : entry(bytes, root, name, -1);
    byte[] place = new byte[2 * Integer.BYTES];
    if (data == 0 || !bytes.read(data, place, place.length)) {
      return Optional.empty();
    }
    long size = LittleEndian.u32(place, Integer.BYTES);
    if (size < NODE_HEADER || size > MAXIMUM_BYTES) {
      return Optional.empty();
    }
    byte[] resource = new byte[(int) size];
    if (!bytes.read(LittleEndian.u32(place, 0), resource, resource.length)) {
      return Optional.empty();
    }
    Map<String, String> texts = new HashMap<>();
    node(resource, 0, resource.length, 0, texts);
    return texts.isEmpty() ? Optional.empty() : Optional.of(new VersionResource(texts));
  }

  /** A text; empty when the resource has none of that name or it is blank. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name)).filter(text -> !text.isBlank());
  }

  /** Where the entry of an id leads, or the first one for -1; 0 when there is none. */
  private static long entry(ImageBytes bytes, long root, long directory, int id)
      throws IOException {
    byte[] head = new byte[DIRECTORY_SIZE];
    if (!bytes.read(directory, head, DIRECTORY_SIZE)) {
      return 0;
    }
    int count = LittleEndian.u16(head, 12) + LittleEndian.u16(head, 14);
    byte[] entry = new byte[ENTRY_SIZE];
    for (int i = 0; i < Math.min(count, MAXIMUM_ENTRIES); i++) {
      if (!bytes.read(directory + DIRECTORY_SIZE + (long) i * ENTRY_SIZE, entry, ENTRY_SIZE)) {
        return 0;
      }
      if (id < 0 || LittleEndian.u32(entry, 0) == id) {
        return root + (LittleEndian.u32(entry, Integer.BYTES) & ~SUBDIRECTORY);
      }
    }
    return 0;
  }

  /** A node: lengths of itself and of its value, kind, name, value, nodes inside of it. */
  private static void node(
      byte[] bytes, int start, int limit, int depth, Map<String, String> texts) {
    int length = LittleEndian.u16(bytes, start);
    int end = Math.min(limit, start + length);
    int name = start + NODE_HEADER;
    int nameEnd = name;
    while (nameEnd + 1 < end && LittleEndian.u16(bytes, nameEnd) != 0) {
      nameEnd += Character.BYTES;
    }
    int value = aligned(nameEnd + Character.BYTES);
    boolean text = LittleEndian.u16(bytes, start + 4) == 1;
    int valueBytes = LittleEndian.u16(bytes, start + 2) * (text ? Character.BYTES : 1);
    if (length < NODE_HEADER || value > end) {
      return;
    }
    if (depth == MAXIMUM_DEPTH - 1) {
      put(texts, bytes, name, nameEnd, value, end);
      return;
    }
    for (int at = aligned(value + valueBytes); at + NODE_HEADER <= end; ) {
      int childLength = LittleEndian.u16(bytes, at);
      if (childLength < NODE_HEADER || texts.size() >= MAXIMUM_TEXTS) {
        return;
      }
      node(bytes, at, end, depth + 1, texts);
      at = aligned(at + childLength);
    }
  }

  private static void put(
      Map<String, String> texts, byte[] bytes, int name, int nameEnd, int value, int end) {
    int textEnd = value;
    while (textEnd + 1 < end && LittleEndian.u16(bytes, textEnd) != 0) {
      textEnd += Character.BYTES;
    }
    texts.putIfAbsent(text(bytes, name, nameEnd), text(bytes, value, textEnd));
  }

  private static String text(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_16LE);
  }

  private static int aligned(int offset) {
    return (offset + 3) & ~3;
  }
}
