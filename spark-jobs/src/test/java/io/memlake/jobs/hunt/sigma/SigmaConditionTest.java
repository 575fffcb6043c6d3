package io.memlake.jobs.hunt.sigma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SigmaConditionTest {

  @Test
  void starsStandForAnyTextAndNothing() {
    assertThat(SigmaCondition.isLike("selection_a", "selection*")).isTrue();
    assertThat(SigmaCondition.isLike("selection", "selection*")).isTrue();
    assertThat(SigmaCondition.isLike("a_selection", "*selection")).isTrue();
    assertThat(SigmaCondition.isLike("a_sel_b", "*sel*")).isTrue();
    assertThat(SigmaCondition.isLike("aba", "ab*ba")).isFalse();
    assertThat(SigmaCondition.isLike("abba", "ab*ba")).isTrue();
    assertThat(SigmaCondition.isLike("selection", "Selection")).isFalse();
    assertThat(SigmaCondition.isLike("a.c", "a?c")).isFalse();
  }

  @Test
  void aPatternOfManyStarsIsTriedOnce() {
    assertThat(SigmaCondition.isLike("a".repeat(100_000) + "b", "*a".repeat(5_000) + "c"))
        .isFalse();
    assertThat(SigmaCondition.isLike("a".repeat(100_000), "*a".repeat(5_000))).isTrue();
  }

  @Test
  void bracketsWithoutEndAndWithoutNumberAreNamed() {
    assertThatThrownBy(() -> compile("(".repeat(100_000) + "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("more than 50 levels deep");
    assertThatThrownBy(() -> compile("(a and b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a bracket is not closed");
    assertThatThrownBy(() -> compile("a and"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the condition ends too early");
    assertThatThrownBy(() -> compile("1 of"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the condition ends behind of");
  }

  private static SigmaExpression compile(String condition) {
    return SigmaCondition.compile(
        condition, List.of("a", "b"), search -> SigmaExpression.all(List.of()));
  }
}
