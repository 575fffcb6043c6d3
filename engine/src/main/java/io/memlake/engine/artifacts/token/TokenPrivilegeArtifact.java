package io.memlake.engine.artifacts.token;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.PerProcessArtifact;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.token.Token;
import io.memlake.engine.objects.token.TokenPrivilege;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.TokenPrivilegeRow;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Fills {@code token_privileges}. */
public final class TokenPrivilegeArtifact implements PerProcessArtifact<TokenPrivilegeRow> {
  private static final String TABLE = "token_privileges";

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<TokenPrivilegeRow> rowType() {
    return TokenPrivilegeRow.class;
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
      RowSink<? super TokenPrivilegeRow> rows,
      RowSink<? super ErrorRow> errors)
      throws IOException {
    Optional<Token> token = TokenOf.process(view, process, TABLE, errors);
    if (token.isEmpty()) {
      return Collected.NOTHING;
    }
    List<TokenPrivilege> privileges =
        token.get().privileges().stream()
            .sorted(Comparator.comparingInt(TokenPrivilege::value))
            .toList();
    for (TokenPrivilege privilege : privileges) {
      TokenPrivilegeRow row = new TokenPrivilegeRow();
      TokenOf.common(row, process, token.get());
      row.setValue(privilege.value());
      row.setPrivilege(privilege.name());
      row.setDescription(privilege.description().isEmpty() ? null : privilege.description());
      row.setAttributes(privilege.attributes());
      row.setEnabled(privilege.enabled());
      row.setEnabledByDefault(privilege.enabledByDefault());
      rows.accept(row);
    }
    return Collected.of(privileges.size(), 0);
  }
}
