package io.memlake.engine.objects.token;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/**
 * One SID of a token with what it counts for.
 *
 * @param list which list of the token holds it
 * @param index place in that list
 * @param sid the SID as text; empty when its bytes are absent or none
 * @param attributes {@code SE_GROUP_} flags
 */
public record TokenGroup(List list, int index, Optional<String> sid, int attributes) {
  /** {@code SE_GROUP_ENABLED}. */
  public static final int ENABLED = 4;

  /** {@code SE_GROUP_USE_FOR_DENY_ONLY}. */
  public static final int DENY_ONLY = 0x10;

  private static final int INTEGRITY = 0x20;

  private static final String[] NAMES = {
    "Mandatory", "Default", "Enabled", "Owner", "DenyOnly", "Integrity", "IntegrityEnabled",
  };

  private static final int LOGON_ID = 0xC000_0000;
  private static final int RESOURCE = 0x2000_0000;

  /** The lists of a token. */
  public enum List {
    /** The user, the first of its list. */
    USER,
    /** Groups, among them the integrity level. */
    GROUP,
    /** SIDs that restrict the token. */
    RESTRICTED,
    /** Capabilities of an app container. */
    CAPABILITY;

    /** The word in the tables. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it is the integrity level. */
  public boolean isIntegrity() {
    return (attributes & INTEGRITY) != 0;
  }

  /** Names of the flags, for instance {@code Mandatory,Default,Enabled}. */
  public String attributeNames() {
    ArrayList<String> names = new ArrayList<>();
    for (int bit = 0; bit < NAMES.length; bit++) {
      if ((attributes & 1 << bit) != 0) {
        names.add(NAMES[bit]);
      }
    }
    if ((attributes & RESOURCE) != 0) {
      names.add("Resource");
    }
    if ((attributes & LOGON_ID) == LOGON_ID) {
      names.add("LogonId");
    }
    return String.join(",", names);
  }
}
