package io.memlake.jobs.fleet.code;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The contents that hosts have of one page of a module. The chosen host speaks first. */
final class PageElection {
  /** Contents that are told apart; a page that differs everywhere is not worth more. */
  private static final int MAX_CONTENTS = 64;

  private final List<Content> contents = new ArrayList<>();
  private int others;

  /** One content, with the hosts that have it and the bases at which it was seen unmoved. */
  private static final class Content {
    final long hash;
    final TreeSet<String> hosts = new TreeSet<>();
    final TreeSet<Long> bases = new TreeSet<>();
    final String first;
    boolean placed;

    Content(long hash, String first) {
      this.hash = hash;
      this.first = first;
    }
  }

  /**
   * What was elected.
   *
   * @param hash hash of the content
   * @param host host that gives it: the chosen one if it has it, else the first by name
   * @param same hosts that have it
   * @param differing hosts that have something else
   */
  record Elected(long hash, String host, int same, int differing) {}

  /**
   * Adds what a host has.
   *
   * @param placed whether the bytes are certain to be those for the target base; otherwise they
   *     count only when another base shows the same
   */
  void add(String host, long hash, long base, boolean placed) {
    Content content = contents.stream().filter(one -> one.hash == hash).findFirst().orElse(null);
    if (content == null) {
      if (contents.size() == MAX_CONTENTS) {
        others++;
        return;
      }
      content = new Content(hash, host);
      contents.add(content);
    }
    content.hosts.add(host);
    content.bases.add(base);
    content.placed |= placed;
  }

  /** The content of most hosts; the earliest that was added when several have as many. */
  Elected elect() {
    Content best = null;
    int hosts = others;
    for (Content content : contents) {
      hosts += content.hosts.size();
      boolean usable = content.placed || content.bases.size() > 1;
      if (usable && (best == null || content.hosts.size() > best.hosts.size())) {
        best = content;
      }
    }
    return best == null
        ? null
        : new Elected(best.hash, best.first, best.hosts.size(), hosts - best.hosts.size());
  }
}
