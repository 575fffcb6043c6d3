package io.memlake.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamedSqlTest {

  @Test
  void marksBecomeQuestionMarksInOrder() {
    NamedSql sql = NamedSql.parse("SELECT * FROM t WHERE a = :host AND b > :pid OR a <> :host");
    assertThat(sql.positional()).isEqualTo("SELECT * FROM t WHERE a = ? AND b > ? OR a <> ?");
    assertThat(sql.names()).containsExactly("host", "pid", "host");
  }

  @Test
  void quotedTextIsLeftAlone() {
    NamedSql sql = NamedSql.parse("SELECT 'pid:' || a, 'it''s :host' FROM t WHERE b = :b");
    assertThat(sql.positional()).isEqualTo("SELECT 'pid:' || a, 'it''s :host' FROM t WHERE b = ?");
    assertThat(sql.names()).containsExactly("b");
  }
}
