package io.memlake.jobs.hunt.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class QueryMacrosTest {

  @Test
  void macrosMayBeNestedAndStandAnywhere() {
    assertThat(QueryMacros.expand("SELECT @path(coalesce(a, b)), @hex(c) FROM t"))
        .isEqualTo(
            "SELECT (lower(replace(coalesce(a, b), chr(92), '/'))), ('0x' || lower(hex(c))) FROM t");
    assertThat(QueryMacros.expand("@va(p.pid, min(g.va))"))
        .isEqualTo("('pid:' || CAST(p.pid AS STRING) || ':va:0x' || lower(hex(min(g.va))))");
  }

  @Test
  void unknownAndOpenMacrosAreNamed() {
    assertThatThrownBy(() -> QueryMacros.expand("@nope(a)")).hasMessage("no such macro: @nope");
    assertThatThrownBy(() -> QueryMacros.expand("@hex(a")).hasMessage("a macro is not closed: (a");
  }
}
