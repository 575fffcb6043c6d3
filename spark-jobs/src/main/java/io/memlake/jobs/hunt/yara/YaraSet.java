package io.memlake.jobs.hunt.yara;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rules with the values of their external variables.
 *
 * @param sources files of rules
 * @param externals values by name: text, whole numbers, truth values
 */
public record YaraSet(ArrayList<YaraSource> sources, TreeMap<String, String> externals)
    implements Serializable {

  YaraSet(List<YaraSource> sources, Map<String, String> externals) {
    this(new ArrayList<>(sources), new TreeMap<>(externals));
  }
}
