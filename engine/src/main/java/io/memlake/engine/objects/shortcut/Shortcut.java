package io.memlake.engine.objects.shortcut;

import io.memlake.engine.objects.value.MalformedObjectException;
import java.util.List;
import java.util.Optional;

/**
 * A shell link. Texts are empty where the link has none.
 *
 * @param flags {@code LinkFlags}
 * @param fileAttributes of the target
 * @param created FILETIME of the target when the link was made, 0 when not kept
 * @param accessed FILETIME of the target
 * @param modified FILETIME of the target
 * @param fileSize low 32 bits of the target's size
 * @param iconIndex which icon of the icon's file
 * @param showCommand 1 normal, 3 maximised, 7 minimised
 * @param items the target as the shell walks to it
 * @param location volume or share of the target
 * @param description comment
 * @param relativePath path of the target from the link
 * @param workingDirectory in which the target is started
 * @param arguments with which the target is started
 * @param iconLocation file of the icon
 * @param environmentIcon the icon's file with names of environment variables
 * @param environmentPath the target with names of environment variables
 * @param installerId of links that an installer made ("Darwin")
 * @param tracker the computer on which the link was made
 * @param blocks signatures of all blocks of extra data, in their order
 * @param whole whether everything that the header promises could be read
 * @param length bytes that the link takes
 */
public record Shortcut(
    int flags,
    int fileAttributes,
    long created,
    long accessed,
    long modified,
    long fileSize,
    int iconIndex,
    int showCommand,
    List<ShellItem> items,
    Optional<LinkLocation> location,
    String description,
    String relativePath,
    String workingDirectory,
    String arguments,
    String iconLocation,
    String environmentIcon,
    String environmentPath,
    String installerId,
    Optional<LinkTracker> tracker,
    List<Integer> blocks,
    boolean whole,
    int length) {

  /**
   * Reads the link that starts at {@code from}.
   *
   * @param name of the file, for messages
   * @param length bytes that are there; more than the link takes does no harm
   * @throws MalformedObjectException when no link starts there
   */
  public static Shortcut parse(String name, byte[] bytes, int from, int length)
      throws MalformedObjectException {
    return new ShortcutParser("shortcut " + name, bytes, from, length).parse();
  }

  /** Whether a link starts at a place: size of the header and class identifier. */
  public static boolean startsAt(byte[] bytes, int at, int length) {
    return ShortcutParser.startsAt(bytes, at, length);
  }

  /** The target: by volume or share, else by shell items, else by environment; else empty. */
  public String target() {
    String path = location.map(LinkLocation::path).orElse("");
    if (!path.isEmpty()) {
      return path;
    }
    String shell = ShellItem.path(items);
    return shell.isEmpty() ? environmentPath : shell;
  }
}
