package io.memlake.testdata.objects;

import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.AddressSpace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The object namespace: directories with 37 hash buckets and the named objects in them. Objects
 * without a name can be made here, too.
 */
public final class Namespace {

  private static final int BUCKETS = 37;
  private static final int NAMED_SIZE = 0x80;

  private final Boot boot;
  private final Map<String, KernelObject> directories = new HashMap<>();
  private final Map<String, KernelObject> named = new HashMap<>();

  /** A namespace with its root directory, which the kernel variable points to. */
  public Namespace(Boot boot) {
    this.boot = boot;
    KernelObject root =
        boot.objects()
            .create(new ObjectRequest("Directory", directorySize()).named("\\", 0).counts(16, 1));
    directories.put("\\", root);
    boot.kernel().setLong("ObpRootDirectoryObject", root.body());
  }

  /** The directory at an absolute path; made if it is not there yet, with its parents. */
  public KernelObject directory(String path) {
    KernelObject known = directories.get(path);
    if (known != null) {
      return known;
    }
    KernelObject parent = directory(parentOf(path));
    String name = path.substring(path.lastIndexOf('\\') + 1);
    KernelObject made =
        boot.objects()
            .create(
                new ObjectRequest("Directory", directorySize())
                    .named(name, parent.body())
                    .counts(8, 1));
    insert(parent, name, made);
    directories.put(path, made);
    return made;
  }

  /** The object at an absolute path; made if it is not there yet. */
  public KernelObject object(String type, String path) {
    return named.computeIfAbsent(type + path, key -> create(type, path, NAMED_SIZE));
  }

  /** The object at an absolute path with a body of some size; made if it is not there yet. */
  public KernelObject object(String type, String path, int bodySize) {
    return named.computeIfAbsent(type + path, key -> create(type, path, bodySize));
  }

  /**
   * A named object that no directory holds, by the full name of what it belongs to and its own, as
   * a desktop belongs to its window station; made if it is not there yet.
   */
  public KernelObject undirected(String type, String path, int bodySize) {
    String name = path.substring(path.lastIndexOf('\\') + 1);
    return named.computeIfAbsent(
        type + path,
        key ->
            boot.objects()
                .create(new ObjectRequest(type, bodySize).named(name, 0).quota().counts(2, 1)));
  }

  /** The named objects of a type by the path that they were made with. */
  public Map<String, KernelObject> objectsByPath(String type) {
    Map<String, KernelObject> found = new TreeMap<>();
    named.forEach(
        (key, object) -> {
          if (object.type().equals(type)) {
            found.put(key.substring(type.length()), object);
          }
        });
    return found;
  }

  /** Makes an object with a name and a body of some size, and enters it in its directory. */
  public KernelObject create(String type, String path, int bodySize) {
    KernelObject parent = directory(parentOf(path));
    String name = path.substring(path.lastIndexOf('\\') + 1);
    KernelObject made =
        boot.objects()
            .create(
                new ObjectRequest(type, bodySize).named(name, parent.body()).quota().counts(2, 1));
    insert(parent, name, made);
    return made;
  }

  /** Makes an object without a name. */
  public KernelObject unnamed(String type) {
    return boot.objects().create(new ObjectRequest(type, NAMED_SIZE).quota().counts(2, 1));
  }

  /** The named objects of a type that {@link #object} made, in the order of their names. */
  public List<KernelObject> objects(String type) {
    return new TreeMap<>(named)
        .values().stream().filter(object -> object.type().equals(type)).toList();
  }

  private void insert(KernelObject directory, String name, KernelObject object) {
    StructLayout entry = boot.struct("_OBJECT_DIRECTORY_ENTRY");
    AddressSpace space = boot.space();
    int hash = hash(name);
    long bucket =
        directory.body()
            + boot.struct("_OBJECT_DIRECTORY").offset("HashBuckets")
            + (long) (hash % BUCKETS) * Long.BYTES;
    long at = boot.pool().allocate(PoolKind.PAGED, "ObDi", entry.size());
    space.writeLong(at + entry.offset("ChainLink"), space.readNumber(bucket, Long.BYTES));
    space.writeLong(at + entry.offset("Object"), object.body());
    space.writeInt(at + entry.offset("HashValue"), hash);
    space.writeLong(bucket, at);
  }

  private static int hash(String name) {
    int hash = 0;
    for (int i = 0; i < name.length(); i++) {
      hash = hash * 3 + Character.toUpperCase(name.charAt(i)) & 0x7FFFFFFF;
    }
    return hash;
  }

  private static String parentOf(String path) {
    int last = path.lastIndexOf('\\');
    return last <= 0 ? "\\" : path.substring(0, last);
  }

  private int directorySize() {
    return boot.struct("_OBJECT_DIRECTORY").size();
  }
}
