package io.memlake.engine.objects.object;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.StructType;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The namespace of the object manager, walked from {@code ObpRootDirectoryObject} through all hash
 * buckets of all directories.
 *
 * @param objects everything that was met, directory by directory
 * @param problems where it could not go on, in words
 */
public record ObjectTree(List<NamedObject> objects, List<String> problems) {
  /** More names than any system has; a server with containers has some ten thousand. */
  private static final int MAXIMUM_OBJECTS = 1 << 20;

  /** Longest path that is followed further, in characters. */
  private static final int MAXIMUM_PATH = 4096;

  private static final String DIRECTORY = "Directory";

  /** Copies the lists. */
  public ObjectTree {
    objects = List.copyOf(objects);
    problems = List.copyOf(problems);
  }

  /**
   * Walks the tree; without a readable root it is empty and says so.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack directories
   * @throws IOException when the medium fails
   */
  public static ObjectTree walk(Machine machine, ObjectReader reader) throws IOException {
    Walk walk = new Walk(machine, reader);
    OptionalLong root = machine.kernelMemory().i64("ObpRootDirectoryObject");
    if (root.isEmpty() || root.getAsLong() == 0) {
      walk.problems.add("ObpRootDirectoryObject is unknown or cannot be read");
    } else {
      walk.from(root.getAsLong());
    }
    return new ObjectTree(walk.objects, walk.problems);
  }

  /** The objects of one type. */
  public List<NamedObject> ofType(String type) {
    return objects.stream().filter(named -> named.object().is(type)).toList();
  }

  /** One walk. */
  private static final class Walk {
    private final AddressSpace space;
    private final ObjectReader reader;
    private final int buckets;
    private final int bucketOffset;
    private final int link;
    private final int object;
    private final int entrySize;
    private final List<NamedObject> objects = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<Long> entries = new HashSet<>();
    private final Set<Long> directories = new HashSet<>();
    private final Deque<NamedObject> waiting = new ArrayDeque<>();

    Walk(Machine machine, ObjectReader reader) {
      this.space = machine.kernelSpace();
      this.reader = reader;
      StructType directory = machine.symbols().struct("_OBJECT_DIRECTORY");
      FieldType table = directory.field("HashBuckets");
      this.buckets = table.count();
      this.bucketOffset = table.offset();
      StructType entry = machine.symbols().struct("_OBJECT_DIRECTORY_ENTRY");
      this.link = entry.offsetOf("ChainLink");
      this.object = entry.offsetOf("Object");
      this.entrySize = Math.max(link, object) + Long.BYTES;
    }

    void from(long root) throws IOException {
      Optional<ExecutiveObject> header = reader.read(root);
      if (header.isEmpty()) {
        problems.add("the root directory at " + Hex.address(root) + " is not in the image");
        return;
      }
      NamedObject top = new NamedObject("\\", 0, header.get());
      objects.add(top);
      directories.add(root);
      waiting.add(top);
      while (!waiting.isEmpty()) {
        directory(waiting.remove());
      }
    }

    private void directory(NamedObject directory) throws IOException {
      long at = directory.object().body() + bucketOffset;
      Optional<byte[]> table = space.map(at, buckets * Long.BYTES);
      if (table.isEmpty()) {
        problems.add("directory " + directory.path() + " is not in the image");
        return;
      }
      for (int bucket = 0; bucket < buckets; bucket++) {
        chain(directory, LittleEndian.i64(table.get(), bucket * Long.BYTES));
      }
    }

    private void chain(NamedObject directory, long first) throws IOException {
      byte[] bytes = new byte[entrySize];
      for (long entry = first; entry != 0; entry = LittleEndian.i64(bytes, link)) {
        if (!entries.add(entry)) {
          problems.add(in(directory) + " leads back to entry " + Hex.address(entry));
          return;
        }
        if (entry >= 0 || !space.read(entry, bytes, 0, bytes.length)) {
          problems.add(in(directory) + " leads to absent entry " + Hex.address(entry));
          return;
        }
        if (objects.size() >= MAXIMUM_OBJECTS) {
          problems.add("the namespace has more than " + MAXIMUM_OBJECTS + " objects");
          waiting.clear();
          return;
        }
        add(directory, LittleEndian.i64(bytes, object));
      }
    }

    private void add(NamedObject directory, long body) throws IOException {
      Optional<ExecutiveObject> found = reader.read(body);
      if (found.isEmpty()) {
        problems.add(in(directory) + " names an absent object at " + Hex.address(body));
        return;
      }
      String parent = directory.path().equals("\\") ? "" : directory.path();
      String name = found.get().name().orElse("0x" + Long.toHexString(body));
      NamedObject named =
          new NamedObject(parent + "\\" + name, directory.object().body(), found.get());
      objects.add(named);
      if (!found.get().is(DIRECTORY) || !directories.add(body)) {
        return;
      }
      if (named.path().length() > MAXIMUM_PATH) {
        problems.add("a directory below " + directory.path().substring(0, 64) + " lies too deep");
        return;
      }
      waiting.add(named);
    }

    private static String in(NamedObject directory) {
      String path = directory.path();
      return "a chain of directory "
          + (path.length() > MAXIMUM_PATH ? path.substring(0, MAXIMUM_PATH) : path);
    }
  }
}
