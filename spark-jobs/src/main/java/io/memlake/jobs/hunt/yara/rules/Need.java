package io.memlake.jobs.hunt.yara.rules;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What must be there for a rule to match: some strings, by number. Weaker than the condition, never
 * stronger.
 */
public sealed interface Need extends Serializable {
  /** Nothing: the rule may match anywhere. */
  static Need nothing() {
    return new AtLeast(0, List.of());
  }

  /** Whether {@code present} has what is needed. */
  boolean isMet(BitSet present);

  /** Adds the numbers of all strings that matter. */
  void addTo(Collection<Integer> strings);

  /** Whether a rule with this need may match anywhere. */
  default boolean isNothing() {
    return this instanceof AtLeast some && some.count() == 0;
  }

  /** All of these. */
  static Need all(List<Need> needs) {
    List<Need> real = needs.stream().filter(need -> !need.isNothing()).toList();
    return real.size() == 1 ? real.get(0) : new AtLeast(real.size(), real);
  }

  /** At least some of these; one that needs nothing may always be there. */
  static Need atLeast(int count, List<Need> needs) {
    List<Need> real = needs.stream().filter(need -> !need.isNothing()).toList();
    int wanted = count - (needs.size() - real.size());
    return wanted <= 0
        ? nothing()
        : wanted == 1 && real.size() == 1 ? real.get(0) : new AtLeast(wanted, real);
  }

  /**
   * The same or a weaker need that does without strings that are costly to look for, where others
   * suffice.
   */
  default Need without(IntPredicate costly) {
    if (!(this instanceof AtLeast some)) {
      return this;
    }
    List<Need> kept = new ArrayList<>();
    List<Need> dear = new ArrayList<>();
    for (Need need : some.needs()) {
      Need cheaper = need.without(costly);
      List<Integer> strings = new ArrayList<>();
      cheaper.addTo(strings);
      (strings.stream().anyMatch(costly::test) ? dear : kept).add(cheaper);
    }
    int left = some.count() - dear.size();
    if (left > 0) {
      return atLeast(left, kept);
    }
    // Of n - k + 1 of them one is there whenever k of all n are.
    int enough = some.needs().size() - some.count() + 1;
    for (Need need : dear) {
      if (kept.size() < enough) {
        kept.add(need);
      }
    }
    return atLeast(1, kept);
  }

  /**
   * A string.
   *
   * @param number its number
   */
  record Has(int number) implements Need {
    @Override
    public boolean isMet(BitSet present) {
      return present.get(number);
    }

    @Override
    public void addTo(Collection<Integer> strings) {
      strings.add(number);
    }
  }

  /**
   * Some of several.
   *
   * @param count how many
   * @param needs of these
   */
  record AtLeast(int count, List<Need> needs) implements Need {
    /** Copies the list. */
    public AtLeast {
      needs = List.copyOf(needs);
    }

    @Override
    public boolean isMet(BitSet present) {
      int met = 0;
      for (int i = 0; i < needs.size() && met < count; i++) {
        met += needs.get(i).isMet(present) ? 1 : 0;
      }
      return met >= count;
    }

    @Override
    public void addTo(Collection<Integer> strings) {
      needs.forEach(need -> need.addTo(strings));
    }
  }
}
