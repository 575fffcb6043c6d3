package io.memlake.jobs.hunt.yara;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads rule files with what they include; includes lead to files in the folder of the rules. */
final class YaraFiles {
  private static final Pattern INCLUDE =
      Pattern.compile("(?m)^[ \\t]*include[ \\t]+\"([^\"\\n]+)\"[^\\n]*$");
  private static final long MAX_BYTES = 64L << 20;
  private static final int MAX_DEPTH = 16;

  private final List<YaraSource> sources = new ArrayList<>();
  private final Map<String, String> rejected = new TreeMap<>();

  List<YaraSource> sources() {
    return sources;
  }

  /** Files that cannot be used, with the reason. */
  Map<String, String> rejected() {
    return rejected;
  }

  /** Reads a file, or all {@code .yar} and {@code .yara} files below a folder in sorted order. */
  void read(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      file(path.toAbsolutePath().getParent(), path.toAbsolutePath());
      return;
    }
    Path root = path.toAbsolutePath();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file :
          files
              .filter(Files::isRegularFile)
              .filter(name -> name.toString().matches("(?i).*\\.yara?"))
              .sorted()
              .toList()) {
        file(root, file);
      }
    }
  }

  private void file(Path root, Path file) throws IOException {
    String name = root.relativize(file).toString().replace('\\', '/');
    try {
      sources.add(new YaraSource(name, text(root, file, 0)));
    } catch (IllegalArgumentException e) {
      rejected.put(name, e.getMessage());
    }
  }

  private static String text(Path root, Path file, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("includes more than " + MAX_DEPTH + " deep");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IllegalArgumentException("it has more than " + MAX_BYTES + " bytes");
    }
    String text;
    try {
      text = Files.readString(file);
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new IllegalArgumentException("it is not UTF-8", e);
    }
    StringBuilder whole = new StringBuilder();
    Matcher include = INCLUDE.matcher(text);
    int at = 0;
    while (include.find()) {
      Path target = file.resolveSibling(include.group(1)).normalize();
      if (!target.startsWith(root) || !Files.isRegularFile(target)) {
        throw new IllegalArgumentException(
            "it includes " + include.group(1) + ", which is not in the folder of the rules");
      }
      whole.append(text, at, include.start()).append(text(root, target, depth + 1));
      at = include.end();
    }
    return whole.append(text, at, text.length()).toString();
  }
}
