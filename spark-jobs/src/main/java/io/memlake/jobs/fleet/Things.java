package io.memlake.jobs.fleet;

import io.memlake.schemas.Tables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Things of one or many hosts: by kind and key, the attributes seen and the hosts that have them.
 *
 * @param kinds by kind, by key, by attributes, the hosts
 */
public record Things(Map<String, Map<String, Map<String, Set<String>>>> kinds) {
  /** Distinct things; a fleet with more is compared by SQL. */
  public static final int MAX = 5_000_000;

  /** Makes an empty collection. */
  public Things() {
    this(new TreeMap<>());
  }

  /** Adds a thing. */
  public void add(String kind, String key, String attributes, String host) {
    kinds
        .computeIfAbsent(kind, name -> new TreeMap<>())
        .computeIfAbsent(key, name -> new TreeMap<>())
        .computeIfAbsent(attributes, name -> new TreeSet<>())
        .add(host);
  }

  /** The attributes of a key with their hosts; empty when it is not there. */
  public Map<String, Set<String>> of(String kind, String key) {
    return kinds.getOrDefault(kind, Map.of()).getOrDefault(key, Map.of());
  }

  /** Whether a kind is there at all: otherwise nothing can be said about it. */
  public boolean has(String kind) {
    return kinds.containsKey(kind);
  }

  /** Kinds whose tables this version has. */
  public static List<ObjectKind> comparable() {
    return ObjectKind.all().stream().filter(Things::isThere).toList();
  }

  private static boolean isThere(ObjectKind kind) {
    return Optional.of(kind.table()).flatMap(Tables::find).isPresent();
  }
}
