package io.memlake.jobs.hunt.indicator;

import java.io.Serializable;
import java.util.List;

/**
 * One thing to look for.
 *
 * @param type what it is
 * @param value what to look for, refanged, as the source spells it
 * @param form how the value is meant
 * @param id id in the source, or null
 * @param source file, and line or object
 * @param description what the source says of it, or null
 * @param severity as a word, or null
 * @param techniques MITRE ATT&amp;CK techniques
 * @param expired whether the source says that it is no longer valid
 * @param group indicators of one group count only when all are found on one host; null for none
 * @param groupSize how many there are in the group
 */
public record Indicator(
    IndicatorType type,
    String value,
    Form form,
    String id,
    String source,
    String description,
    String severity,
    List<String> techniques,
    boolean expired,
    String group,
    int groupSize)
    implements Serializable {

  /** Longest value; anything longer is no indicator but content. */
  public static final int MAX_LENGTH = 4096;

  /** How a value is meant. */
  public enum Form {
    /** The value, case aside. */
    EXACT,
    /** {@code *} and {@code ?} stand for any characters. */
    WILDCARD,
    /** Regular expression of RE2, which takes linear time on any input. */
    REGEX
  }

  /** Copies the list. */
  public Indicator {
    techniques = List.copyOf(techniques);
  }

  /** A plain indicator that is only a value. */
  static Indicator plain(IndicatorType type, String value, String source) {
    return new Indicator(
        type, value, Form.EXACT, null, source, null, null, List.of(), false, null, 1);
  }

  /** The same as part of a group. */
  Indicator inGroup(String name, int size) {
    return new Indicator(
        type, value, form, id, source, description, severity, techniques, expired, name, size);
  }

  /** What makes two indicators the same. */
  String identity() {
    return type + "\0" + form + "\0" + Normal.forMatching(type, value) + "\0" + group;
  }
}
