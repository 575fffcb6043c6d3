package io.memlake.testdata.objects;

import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Struct;
import java.util.List;

/** Access tokens: who a process runs as, in which groups, with which privileges. */
public final class Tokens {

  private static final int SID_AND_ATTRIBUTES = 16;
  private static final int ENABLED_GROUP = 7;
  private static final int INTEGRITY_GROUP = 0x60;
  private static final long SYSTEM_PRIVILEGES = 0x0000001FF2FFFFBCL;
  private static final long USER_PRIVILEGES = 0x0000000602880000L;
  private static final long CHANGE_NOTIFY = 0x800000L;

  private final Boot boot;
  private long nextId = 0x3E8;

  /** No token exists yet. */
  public Tokens(Boot boot) {
    this.boot = boot;
  }

  /**
   * Makes a token of a user.
   *
   * @param extraPrivileges bits of privileges that it has and that count, besides the usual ones
   */
  public KernelObject create(String userSid, int sessionId, long extraPrivileges) {
    boolean system = userSid.equals(Sid.LOCAL_SYSTEM);
    List<String> sids =
        List.of(
            userSid,
            Sid.EVERYONE,
            system ? Sid.ADMINISTRATORS : "S-1-5-32-545",
            system ? Sid.SYSTEM_INTEGRITY : Sid.MEDIUM_INTEGRITY);
    StructLayout layout = boot.struct("_TOKEN");
    int arrayBytes = sids.size() * SID_AND_ATTRIBUTES;
    int sidBytes = sids.stream().mapToInt(sid -> Sid.bytes(sid).length).sum();
    KernelObject object =
        boot.objects()
            .create(
                new ObjectRequest("Token", layout.size() + arrayBytes + sidBytes)
                    .quota()
                    .counts(1, 0));
    Struct token = boot.objects().view(object, "_TOKEN");
    long id = nextId;
    nextId += 0x1D;
    token
        .set("TokenId", id)
        .set("AuthenticationId", system ? 0x3E7 : 0x1A4C2)
        .set("SessionId", sessionId)
        .set("UserAndGroupCount", sids.size())
        .set("Privileges.Present", (system ? SYSTEM_PRIVILEGES : USER_PRIVILEGES) | extraPrivileges)
        .set(
            "Privileges.Enabled",
            (system ? SYSTEM_PRIVILEGES & 0x60900000L : CHANGE_NOTIFY) | extraPrivileges)
        .set("Privileges.EnabledByDefault", CHANGE_NOTIFY)
        .set("IntegrityLevelIndex", sids.size() - 1L);
    boot.space().writeAscii(token.addressOf("TokenSource.SourceName"), "*SYSTEM*");
    long array = object.body() + layout.size();
    token.set("UserAndGroups", array);
    long sidAt = array + arrayBytes;
    for (int i = 0; i < sids.size(); i++) {
      byte[] bytes = Sid.bytes(sids.get(i));
      long entry = array + (long) i * SID_AND_ATTRIBUTES;
      boot.space().writeLong(entry, sidAt);
      boot.space()
          .writeInt(entry + Long.BYTES, i == sids.size() - 1 ? INTEGRITY_GROUP : ENABLED_GROUP);
      boot.space().write(sidAt, bytes);
      sidAt += bytes.length;
    }
    return object;
  }
}
