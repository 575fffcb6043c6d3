package io.memlake.jobs.hunt.yara;

import java.io.Serializable;
import java.util.List;

/**
 * A rule that matched some bytes.
 *
 * @param rule its name
 * @param namespace the file it is from
 * @param tags its tags
 * @param description what its meta section says of it, or null
 * @param severity what its meta section says, or null
 * @param strings where its strings matched
 * @param count matches of all strings, those that are not in the list too
 */
record YaraMatch(
    String rule,
    String namespace,
    List<String> tags,
    String description,
    String severity,
    List<Place> strings,
    long count)
    implements Serializable {

  /**
   * One match of a string.
   *
   * @param identifier name of the string
   * @param offset first byte
   * @param length bytes
   */
  record Place(String identifier, long offset, int length) implements Serializable {}
}
