package io.memlake.jobs.hunt.yara.rules;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells from the literals in some bytes whether any rule can match them. Rules that can match
 * without a literal are named by {@link #ungated}: they have to be tried on everything.
 */
public final class RuleGate implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Literals of all rules; beyond that further rules are tried on everything. */
  private static final int MAX_LITERALS = 1 << 20;

  private final LiteralIndex index;
  private final Need[] needs;
  private final TreeSet<String> ungated;
  private final int strings;
  private final int literals;

  private RuleGate(
      LiteralIndex index, Need[] needs, Set<String> ungated, int strings, int literals) {
    this.index = index;
    this.needs = needs;
    this.ungated = new TreeSet<>(ungated);
    this.strings = strings;
    this.literals = literals;
  }

  /**
   * A gate for files of rules.
   *
   * @param files by namespace
   */
  public static RuleGate of(Map<String, RuleText.File> files) {
    return new Builder().build(files);
  }

  /** Rules that can match without any literal, as namespace and name with a colon between. */
  public Set<String> ungated() {
    return java.util.Collections.unmodifiableSet(ungated);
  }

  /** Whether there is any rule that needs a literal. */
  public boolean isUseful() {
    return needs.length > 0;
  }

  /** How many rules need literals. */
  public int gatedRules() {
    return needs.length;
  }

  /** How many strings are looked for. */
  public int strings() {
    return strings;
  }

  /** How many literals stand for them. */
  public int literals() {
    return literals;
  }

  /** Adds to {@code found} the numbers of the strings whose literals are in the bytes. */
  public void find(byte[] bytes, int from, int to, BitSet found) {
    index.find(bytes, from, to, found);
  }

  /** Whether some rule has all that it needs. */
  public boolean isOpen(BitSet found) {
    if (found.isEmpty()) {
      return false;
    }
    for (Need need : needs) {
      if (need.isMet(found)) {
        return true;
      }
    }
    return false;
  }

  /** Collects literals while it reads rule after rule. */
  private static final class Builder {
    private final List<List<Literal>> literals = new ArrayList<>();
    private final List<Need> roots = new ArrayList<>();
    private final TreeSet<String> ungated = new TreeSet<>();
    private int total;

    RuleGate build(Map<String, RuleText.File> files) {
      files.forEach(this::file);
      BitSet costly = new BitSet();
      for (int i = 0; i < literals.size(); i++) {
        costly.set(
            i, literals.get(i).stream().anyMatch(one -> one.bytes().length < LiteralIndex.CHEAP));
      }
      Need[] needs = new Need[roots.size()];
      TreeSet<Integer> wanted = new TreeSet<>();
      for (int i = 0; i < needs.length; i++) {
        needs[i] = roots.get(i).without(costly::get);
        needs[i].addTo(wanted);
      }
      List<Literal> all = new ArrayList<>();
      List<Integer> owners = new ArrayList<>();
      for (int string : wanted) {
        for (Literal literal : literals.get(string)) {
          all.add(literal);
          owners.add(string);
        }
      }
      LiteralIndex index =
          new LiteralIndex(all, owners.stream().mapToInt(Integer::intValue).toArray());
      return new RuleGate(index, needs, ungated, wanted.size(), all.size());
    }

    private void file(String namespace, RuleText.File file) {
      Map<String, Need> known = new HashMap<>();
      for (RuleText rule : file.rules()) {
        Map<String, Need> strings = new LinkedHashMap<>();
        rule.strings().forEach((name, definition) -> strings.put(name, need(definition)));
        Need need = NeedReader.of(rule.condition(), strings, known);
        known.put(rule.name(), need);
        if (rule.secret()) {
          continue;
        }
        if (need.isNothing()) {
          ungated.add(namespace + ":" + rule.name());
        } else {
          roots.add(need);
        }
      }
    }

    private Need need(List<RuleToken> definition) {
      Optional<List<Literal>> found =
          StringLiterals.of(definition)
              .filter(list -> list.stream().allMatch(LiteralIndex::isTelling))
              .filter(list -> total + list.size() <= MAX_LITERALS);
      if (found.isEmpty()) {
        return Need.nothing();
      }
      total += found.get().size();
      literals.add(found.get());
      return new Need.Has(literals.size() - 1);
    }
  }
}
