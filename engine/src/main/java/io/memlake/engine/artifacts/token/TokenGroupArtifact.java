package io.memlake.engine.artifacts.token;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.PerProcessArtifact;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.token.SidNames;
import io.memlake.engine.objects.token.Token;
import io.memlake.engine.objects.token.TokenGroup;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.TokenGroupRow;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Fills {@code token_groups}. */
public final class TokenGroupArtifact implements PerProcessArtifact<TokenGroupRow> {
  private static final String TABLE = "token_groups";

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<TokenGroupRow> rowType() {
    return TokenGroupRow.class;
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
      RowSink<? super TokenGroupRow> rows,
      RowSink<? super ErrorRow> errors)
      throws IOException {
    Optional<Token> token = TokenOf.process(view, process, TABLE, errors);
    if (token.isEmpty()) {
      return Collected.NOTHING;
    }
    List<TokenGroup> groups =
        token.get().groups().stream()
            .sorted(
                Comparator.comparing((TokenGroup group) -> group.list().text())
                    .thenComparing(TokenGroup::index))
            .toList();
    for (TokenGroup group : groups) {
      rows.accept(row(process, token.get(), group));
    }
    return Collected.of(groups.size(), 0);
  }

  private static TokenGroupRow row(Eprocess process, Token token, TokenGroup group) {
    TokenGroupRow row = new TokenGroupRow();
    Gaps gaps = new Gaps();
    TokenOf.common(row, process, token);
    row.setList(group.list().text());
    row.setPosition(group.index());
    row.setSid(group.sid().orElse(null));
    row.setName(group.sid().flatMap(SidNames::of).map(SidNames.Account::name).orElse(null));
    row.setAttributes(group.attributeNames());
    row.setAttributesValue(group.attributes() & 0xFFFF_FFFFL);
    row.setEnabled(
        (group.attributes() & TokenGroup.ENABLED) != 0
            || (group.list() == TokenGroup.List.USER
                && (group.attributes() & TokenGroup.DENY_ONLY) == 0));
    if (row.getSid() == null) {
      gaps.add("sid", Absence.UNREADABLE);
    }
    gaps.into(row);
    return row;
  }
}
