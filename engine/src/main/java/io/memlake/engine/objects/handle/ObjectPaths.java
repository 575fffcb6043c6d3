package io.memlake.engine.objects.handle;

import io.memlake.engine.objects.object.ExecutiveObject;
import io.memlake.engine.objects.object.ObjectReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Full names of objects in the namespace of the object manager, by the directories that their name
 * headers name, upwards to the root.
 */
final class ObjectPaths {
  /** Directories inside each other; Windows uses five. */
  private static final int MAXIMUM_LEVELS = 32;

  /** Directories that are remembered; a terminal server has some thousand. */
  private static final int MAXIMUM_DIRECTORIES = 1 << 16;

  private static final String SEPARATOR = "\\";

  private final ObjectReader objects;
  private final Map<Long, Optional<String>> directories = new HashMap<>();

  ObjectPaths(ObjectReader objects) {
    this.objects = objects;
  }

  /** The full name; empty when the object has no name or a directory on the way is absent. */
  Optional<String> of(ExecutiveObject object) throws IOException {
    if (object.name().isEmpty() || object.directory() == 0) {
      return Optional.empty();
    }
    return directory(object.directory(), 0).map(above -> join(above, object.name().get()));
  }

  private Optional<String> directory(long body, int level) throws IOException {
    Optional<String> known = directories.get(body);
    if (known != null) {
      return known;
    }
    if (level >= MAXIMUM_LEVELS) {
      return Optional.empty();
    }
    Optional<ExecutiveObject> object = objects.read(body);
    Optional<String> path = Optional.empty();
    if (object.isPresent()) {
      String name = object.get().name().orElse("");
      long above = object.get().directory();
      path =
          above == 0
              ? Optional.of(name.startsWith(SEPARATOR) || name.isEmpty() ? SEPARATOR : name)
              : directory(above, level + 1).map(text -> join(text, name));
    }
    if (directories.size() < MAXIMUM_DIRECTORIES) {
      directories.put(body, path);
    }
    return path;
  }

  private static String join(String above, String name) {
    return above.endsWith(SEPARATOR) ? above + name : above + SEPARATOR + name;
  }
}
