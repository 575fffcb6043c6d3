package io.memlake.engine.objects.prefetch;

import io.memlake.engine.objects.value.MalformedObjectException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a prefetch file says about a program.
 *
 * @param version of the format
 * @param executable name of the program in capitals, at most 29 characters
 * @param hash of its path and, for some hosts, of its command line
 * @param runCount how often it ran; the counter goes on where the list of times ends
 * @param runTimes FILETIMEs of its last runs, the newest first
 * @param files that it loaded in the first seconds
 * @param volumes that the files are on
 * @param whole whether everything that the header promises is there
 */
public record Prefetch(
    int version,
    String executable,
    int hash,
    long runCount,
    List<Long> runTimes,
    List<PrefetchFile> files,
    List<PrefetchVolume> volumes,
    boolean whole) {
  /** Plain bytes of a file; the largest of real hosts are below 1 MiB. */
  public static final int MAX_SIZE = 16 << 20;

  /**
   * Reads a file, compressed or not.
   *
   * @param name of the file, for messages
   * @param bytes of the file; more behind it does no harm
   * @throws MalformedObjectException when it is no prefetch file, of an unknown version, or its
   *     stream is damaged
   */
  public static Prefetch parse(String name, byte[] bytes) throws MalformedObjectException {
    return new PrefetchParser("prefetch file " + name, bytes).parse();
  }

  /** Path of the program among its files; empty when none of them has its name. */
  public Optional<String> executablePath() {
    String suffix = "\\" + executable.toUpperCase(Locale.ROOT);
    return files.stream()
        .map(PrefetchFile::path)
        .filter(
            path -> {
              int start = path.lastIndexOf('\\');
              // The header keeps 29 characters of a longer name.
              return start >= 0
                  && (path.endsWith(suffix)
                      || (executable.length() == PrefetchParser.MAX_NAME
                          && path.startsWith(suffix, start)));
            })
        .findFirst();
  }
}
