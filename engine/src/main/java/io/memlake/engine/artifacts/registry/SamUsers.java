package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Utf16;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.UserRow;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Local accounts of SAM: {@code SAM\Domains\Account\Users\RID} with the values F and V.
 *
 * <pre>
 * F    8 last logon  24 password set  32 account expires  40 last failed logon   FILETIME
 *     48 RID:4  56 account control:2  64 failed logons:2  66 logons:2
 * V   table of { offset:4 length:4 number:4 }, offsets from 0xCC: 0x0C name, 0x18 full name,
 *     0x24 comment
 * </pre>
 *
 * <p>The SID of the machine is the end of V of {@code SAM\Domains\Account}.
 */
final class SamUsers implements HiveInterpreter {
  private static final String ACCOUNT = "SAM\\Domains\\Account";
  private static final long NEVER = Long.MAX_VALUE;
  private static final int F_SIZE = 68;
  private static final int V_HEADER = 0xCC;
  private static final int DISABLED = 1;

  @Override
  public String table() {
    return "users";
  }

  @Override
  public Set<HiveKind> kinds() {
    return Set.of(HiveKind.SAM);
  }

  @Override
  public void read(HiveReading hive, RowSink<SpecificRecordBase> rows) throws IOException {
    Optional<RegistryKey> account = hive.find(ACCOUNT);
    Optional<RegistryKey> users = hive.find(ACCOUNT + "\\Users");
    if (account.isEmpty() || users.isEmpty()) {
      return;
    }
    String machine = machineSid(account.get().bytes("V").orElse(new byte[0]));
    for (RegistryKey user : users.get().subkeys()) {
      Long rid = rid(user.name());
      if (rid != null) {
        rows.accept(row(hive, user, rid, machine));
      }
    }
  }

  private static UserRow row(HiveReading hive, RegistryKey user, long rid, String machine)
      throws IOException {
    UserRow row = hive.stamp(new UserRow(), user);
    Gaps gaps = new Gaps();
    row.setOrigin("sam");
    row.setRid(rid);
    row.setSid(machine == null ? null : machine + "-" + rid);
    if (machine == null) {
      gaps.add("sid", Absence.UNREADABLE);
    }
    byte[] v = user.bytes("V").orElse(new byte[0]);
    row.setUserName(text(v, 0x0C));
    row.setFullName(text(v, 0x18));
    row.setComment(text(v, 0x24));
    if (row.getUserName() == null) {
      gaps.add("user_name", v.length == 0 ? Absence.UNREADABLE : Absence.UNPARSABLE);
    }
    byte[] f = user.bytes("F").orElse(new byte[0]);
    if (f.length < F_SIZE) {
      gaps.add("account_flags", f.length == 0 ? Absence.UNREADABLE : Absence.UNPARSABLE);
    } else {
      times(row, f);
      row.setAccountFlags(LittleEndian.u16(f, 56));
      row.setDisabled((row.getAccountFlags() & DISABLED) != 0);
      row.setBadPasswordCount(LittleEndian.u16(f, 64));
      row.setLogonCount(LittleEndian.u16(f, 66));
    }
    gaps.into(row);
    return row;
  }

  private static void times(UserRow row, byte[] f) {
    row.setLastLogon(time(f, 8));
    row.setPasswordSet(time(f, 24));
    row.setAccountExpires(time(f, 32));
    row.setLastBadPassword(time(f, 40));
  }

  private static Instant time(byte[] f, int at) {
    long time = LittleEndian.i64(f, at);
    return time == NEVER ? null : FileTimes.instant(time);
  }

  private static Long rid(String name) {
    try {
      return name.length() == 8 ? Long.parseLong(name, 16) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String machineSid(byte[] v) {
    if (v.length < 12) {
      return null;
    }
    int at = v.length - 12;
    return "S-1-5-21-"
        + LittleEndian.u32(v, at)
        + "-"
        + LittleEndian.u32(v, at + 4)
        + "-"
        + LittleEndian.u32(v, at + 8);
  }

  private static String text(byte[] v, int entry) {
    if (v.length < V_HEADER) {
      return null;
    }
    long offset = V_HEADER + LittleEndian.u32(v, entry);
    long length = LittleEndian.u32(v, entry + 4);
    return length == 0 || offset + length > v.length
        ? null
        : Utf16.text(v, (int) offset, (int) length);
  }
}
