package io.memlake.engine.objects.token;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An access token.
 *
 * @param address kernel address of the {@code _TOKEN}
 * @param source up to eight characters of who made it
 * @param tokenId its LUID
 * @param logonId LUID of the logon session ({@code AuthenticationId})
 * @param sessionId session, empty before it is known
 * @param kind {@code primary} or {@code impersonation}; a number when it is none
 * @param impersonationLevel {@code SECURITY_IMPERSONATION_LEVEL}, 0 to 3
 * @param flags {@code TokenFlags}
 * @param groups all SIDs, the user first
 * @param privileges privileges that are present
 * @param account account of the logon session as the kernel keeps it, {@code DOMAIN\name}; empty
 *     when the kernel was not told
 * @param complete whether all SIDs could be read
 */
public record Token(
    long address,
    String source,
    long tokenId,
    long logonId,
    OptionalInt sessionId,
    String kind,
    int impersonationLevel,
    long flags,
    List<TokenGroup> groups,
    List<TokenPrivilege> privileges,
    Optional<String> account,
    boolean complete) {

  private static final String INTEGRITY_PREFIX = "S-1-16-";
  private static final String[] LEVELS = {
    "Anonymous", "Identification", "Impersonation", "Delegation"
  };

  /** Copies the lists. */
  public Token {
    groups = List.copyOf(groups);
    privileges = List.copyOf(privileges);
  }

  /** Who the token acts as. */
  public Optional<String> userSid() {
    return groups.stream()
        .filter(group -> group.list() == TokenGroup.List.USER)
        .findFirst()
        .flatMap(TokenGroup::sid);
  }

  /** The relative id of the integrity level, for instance 8192; empty before Vista. */
  public OptionalInt integrity() {
    return groups.stream()
        .filter(TokenGroup::isIntegrity)
        .flatMap(group -> group.sid().stream())
        .filter(sid -> sid.startsWith(INTEGRITY_PREFIX))
        .mapToInt(sid -> number(sid.substring(INTEGRITY_PREFIX.length())))
        .filter(level -> level >= 0)
        .findFirst();
  }

  private static int number(String digits) {
    return digits.length() <= 6 && digits.chars().allMatch(Character::isDigit)
        ? Integer.parseInt(digits)
        : -1;
  }

  /** Name of the integrity level, rounded down as Windows does. */
  public Optional<String> integrityName() {
    OptionalInt level = integrity();
    if (level.isEmpty()) {
      return Optional.empty();
    }
    int rid = level.getAsInt();
    String name =
        rid >= 0x5000
            ? "ProtectedProcess"
            : rid >= 0x4000
                ? "System"
                : rid >= 0x3000
                    ? "High"
                    : rid >= 0x2100
                        ? "MediumPlus"
                        : rid >= 0x2000 ? "Medium" : rid >= 0x1000 ? "Low" : "Untrusted";
    return Optional.of(name);
  }

  /** How far an impersonation token reaches; empty for primary tokens. */
  public Optional<String> impersonationLevelName() {
    return kind.toLowerCase(Locale.ROOT).equals("impersonation")
            && impersonationLevel >= 0
            && impersonationLevel < LEVELS.length
        ? Optional.of(LEVELS[impersonationLevel])
        : Optional.empty();
  }

  /** The privilege of a number, if the token has it. */
  public Optional<TokenPrivilege> privilege(int value) {
    return privileges.stream().filter(privilege -> privilege.value() == value).findFirst();
  }
}
