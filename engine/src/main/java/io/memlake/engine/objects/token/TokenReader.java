package io.memlake.engine.objects.token;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.objects.value.Sid;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.PointerField;
import io.memlake.engine.symbols.U32Field;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads tokens. The layout is resolved once for a machine. */
public final class TokenReader {
  /** SIDs of one list; Windows refuses tokens with more than 1024 groups. */
  static final int MAXIMUM_GROUPS = 4096;

  /** Privileges of the list of LUIDs. */
  private static final int MAXIMUM_PRIVILEGES = 64;

  private static final int LUID_ENTRY_SIZE = 12;
  private static final int SOURCE_NAME_BYTES = 8;
  private static final int ENABLED_BY_DEFAULT = 1;
  private static final int ENABLED = 2;

  /** The low bits of an {@code EX_FAST_REF} count references. */
  private static final long FAST_REFERENCE = 0xF;

  private static final long FAST_REFERENCE_32 = 7;

  /** By {@code TOKEN_TYPE}, which is 0 in no finished token. */
  private static final String[] KINDS = {"0", "primary", "impersonation"};

  private final AddressSpace space;
  private final TokenLayout layout;

  private TokenReader(AddressSpace space, TokenLayout layout) {
    this.space = space;
    this.layout = layout;
  }

  /**
   * Resolves the layout.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack tokens
   */
  public static TokenReader of(Machine machine) {
    return new TokenReader(machine.kernelSpace(), TokenLayout.resolve(machine.symbols()));
  }

  /**
   * The token at an address whose low bits may count references; empty when it is absent or is
   * none.
   */
  public Optional<Token> read(long reference) throws IOException {
    boolean wide = space.pointerSize() == Long.BYTES;
    long at = reference & ~(wide ? FAST_REFERENCE : FAST_REFERENCE_32);
    if (!space.isKernel(at)) {
      return Optional.empty();
    }
    Optional<byte[]> bytes = space.map(at, layout.size());
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    byte[] token = bytes.get();
    long type = layout.type().in(token, 0);
    long count = layout.count().in(token, 0);
    if (type >= KINDS.length || count < 1 || count > MAXIMUM_GROUPS) {
      return Optional.empty();
    }
    List<TokenGroup> groups = new ArrayList<>();
    boolean complete = sids(layout.list().in(token, 0), count, TokenGroup.List.GROUP, groups);
    complete &= sids(token, layout.restricted(), layout.restrictedCount(), groups, false);
    complete &= sids(token, layout.capabilities(), layout.capabilityCount(), groups, true);
    return Optional.of(
        new Token(
            at,
            source(token),
            layout.tokenId().in(token, 0),
            layout.authenticationId().in(token, 0),
            layout.sessionId().isPresent()
                ? OptionalInt.of((int) layout.sessionId().get().in(token, 0))
                : OptionalInt.empty(),
            KINDS[(int) type],
            (int) (long) layout.impersonationLevel().map(field -> field.in(token, 0)).orElse(-1L),
            layout.flags().map(field -> field.in(token, 0)).orElse(0L),
            groups,
            privileges(token),
            account(token),
            complete));
  }

  private String source(byte[] token) {
    String name =
        new String(token, layout.sourceName(), SOURCE_NAME_BYTES, StandardCharsets.ISO_8859_1);
    int end = name.indexOf('\0');
    return (end < 0 ? name : name.substring(0, end)).strip();
  }

  private boolean sids(
      byte[] token,
      Optional<PointerField> list,
      Optional<U32Field> count,
      List<TokenGroup> groups,
      boolean capabilities)
      throws IOException {
    if (list.isEmpty() || count.isEmpty()) {
      return true;
    }
    TokenGroup.List kind = capabilities ? TokenGroup.List.CAPABILITY : TokenGroup.List.RESTRICTED;
    long number = count.get().in(token, 0);
    return number == 0
        || (number <= MAXIMUM_GROUPS && sids(list.get().in(token, 0), number, kind, groups));
  }

  private boolean sids(long list, long count, TokenGroup.List kind, List<TokenGroup> groups)
      throws IOException {
    // An address and attributes of 4 bytes, on a border of an address.
    byte[] entry = new byte[2 * space.pointerSize()];
    boolean complete = true;
    for (int i = 0; i < count; i++) {
      if (!space.isKernel(list)
          || !space.read(list + (long) i * entry.length, entry, 0, entry.length)) {
        return false;
      }
      Optional<String> sid = sid(space.pointer(entry, 0));
      complete &= sid.isPresent();
      TokenGroup.List in = kind == TokenGroup.List.GROUP && i == 0 ? TokenGroup.List.USER : kind;
      groups.add(new TokenGroup(in, i, sid, LittleEndian.i32(entry, space.pointerSize())));
    }
    return complete;
  }

  private Optional<String> sid(long at) throws IOException {
    byte[] head = new byte[Sid.MIN_SIZE];
    if (!space.isKernel(at) || !space.read(at, head, 0, head.length)) {
      return Optional.empty();
    }
    int size = Sid.size(head, 0, Integer.MAX_VALUE);
    Optional<byte[]> bytes = size == 0 ? Optional.empty() : space.map(at, size);
    return bytes.flatMap(all -> Sid.text(all, 0, size));
  }

  private List<TokenPrivilege> privileges(byte[] token) throws IOException {
    List<TokenPrivilege> privileges = new ArrayList<>();
    if (layout.present().isPresent()) {
      long present = layout.present().get().in(token, 0);
      long enabled = layout.enabled().map(field -> field.in(token, 0)).orElse(0L);
      long byDefault = layout.enabledByDefault().map(field -> field.in(token, 0)).orElse(0L);
      for (int bit = 0; bit < Long.SIZE; bit++) {
        long mask = 1L << bit;
        if ((present & mask) != 0) {
          privileges.add(new TokenPrivilege(bit, (enabled & mask) != 0, (byDefault & mask) != 0));
        }
      }
      return privileges;
    }
    if (layout.privilegeCount().isEmpty() || layout.privilegeList().isEmpty()) {
      return privileges;
    }
    long count = Math.min(layout.privilegeCount().get().in(token, 0), MAXIMUM_PRIVILEGES);
    long list = layout.privilegeList().get().in(token, 0);
    byte[] entry = new byte[LUID_ENTRY_SIZE];
    for (int i = 0; i < count; i++) {
      if (!space.isKernel(list)
          || !space.read(list + (long) i * LUID_ENTRY_SIZE, entry, 0, entry.length)) {
        break;
      }
      int attributes = LittleEndian.i32(entry, Long.BYTES);
      privileges.add(
          new TokenPrivilege(
              LittleEndian.i32(entry, 0),
              (attributes & ENABLED) != 0,
              (attributes & ENABLED_BY_DEFAULT) != 0));
    }
    return privileges;
  }

  private Optional<String> account(byte[] token) throws IOException {
    long session = layout.logonSession().map(field -> field.in(token, 0)).orElse(0L);
    if (!space.isKernel(session) || layout.accountName() < 0) {
      return Optional.empty();
    }
    Optional<String> name = text(session, layout.accountName());
    Optional<String> authority =
        layout.authorityName() < 0 ? Optional.empty() : text(session, layout.authorityName());
    return name.map(account -> authority.map(domain -> domain + "\\" + account).orElse(account));
  }

  private Optional<String> text(long session, int offset) throws IOException {
    int width = space.pointerSize();
    Optional<byte[]> header = space.map(session + offset, UnicodeString.size(width));
    return header.isEmpty()
        ? Optional.empty()
        : UnicodeString.in(header.get(), 0, width).read(space).filter(text -> !text.isEmpty());
  }
}
