package io.memlake.engine.artifacts.token;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.PerProcessArtifact;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.token.SidNames;
import io.memlake.engine.objects.token.Token;
import io.memlake.engine.objects.token.TokenGroup;
import io.memlake.engine.objects.token.TokenPrivilege;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.TokenRow;
import java.io.IOException;
import java.util.Optional;

/** Fills {@code tokens}. */
public final class TokenArtifact implements PerProcessArtifact<TokenRow> {
  private static final String TABLE = "tokens";
  private static final String ADMINISTRATORS = "S-1-5-32-544";
  private static final int DEBUG_PRIVILEGE = 20;

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<TokenRow> rowType() {
    return TokenRow.class;
  }

  @Override
  public boolean readsNarrow() {
    return true;
  }

  @Override
  public boolean ofEndedProcesses() {
    return true;
  }

  @Override
  public Collected collect(
      MachineView view,
      Eprocess process,
      RowSink<? super TokenRow> rows,
      RowSink<? super ErrorRow> errors)
      throws IOException {
    Optional<Token> token = TokenOf.process(view, process, TABLE, errors);
    if (token.isEmpty()) {
      return Collected.NOTHING;
    }
    rows.accept(row(process, token.get()));
    return Collected.of(1, 0);
  }

  /** The user's name: well-known, else what the kernel was told; empty when neither. */
  public static Optional<String> userName(Token token) {
    return token
        .userSid()
        .flatMap(SidNames::of)
        .map(SidNames.Account::qualified)
        .or(token::account);
  }

  private static TokenRow row(Eprocess process, Token token) {
    TokenRow row = new TokenRow();
    Gaps gaps = new Gaps();
    TokenOf.common(row, process, token);
    row.setUserSid(token.userSid().orElse(null));
    row.setUserName(userName(token).orElse(null));
    row.setIntegrity(token.integrityName().orElse(null));
    row.setIntegrityRid(token.integrity().isPresent() ? token.integrity().getAsInt() : null);
    row.setSessionId(token.sessionId().isPresent() ? token.sessionId().getAsInt() : null);
    row.setLogonId(token.logonId());
    row.setTokenId(token.tokenId());
    row.setKind(token.kind());
    row.setImpersonationLevel(token.impersonationLevelName().orElse(null));
    row.setTokenSource(token.source());
    row.setFlags(token.flags());
    row.setGroups(token.groups().size());
    row.setPrivileges(token.privileges().size());
    row.setPrivilegesEnabled(
        (int) token.privileges().stream().filter(TokenPrivilege::enabled).count());
    row.setDebugPrivilege(
        token
            .privilege(DEBUG_PRIVILEGE)
            .map(privilege -> privilege.enabled() ? "enabled" : "present")
            .orElse("absent"));
    row.setIsAdmin(
        token.groups().stream()
            .filter(group -> (group.attributes() & TokenGroup.ENABLED) != 0)
            .anyMatch(group -> group.sid().equals(Optional.of(ADMINISTRATORS))));
    row.setRestricted(
        token.groups().stream()
            .anyMatch(
                group ->
                    group.list() == TokenGroup.List.RESTRICTED
                        || group.list() == TokenGroup.List.CAPABILITY));
    if (row.getUserSid() == null) {
      gaps.add("user_sid", Absence.UNREADABLE);
    }
    gaps.into(row);
    return row;
  }
}
