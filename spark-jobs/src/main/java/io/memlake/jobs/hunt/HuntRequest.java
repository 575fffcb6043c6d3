package io.memlake.jobs.hunt;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to look for.
 *
 * @param indicators files of indicators
 * @param allowed files of values that mean nothing
 * @param yara files and folders of YARA rules
 * @param sigma files and folders of Sigma rules
 * @param externals external variables of YARA rules by name
 */
public record HuntRequest(
    List<Path> indicators,
    List<Path> allowed,
    List<Path> yara,
    List<Path> sigma,
    Map<String, String> externals) {

  /** Copies the lists. */
  public HuntRequest {
    indicators = List.copyOf(indicators);
    allowed = List.copyOf(allowed);
    yara = List.copyOf(yara);
    sigma = List.copyOf(sigma);
    externals = Map.copyOf(externals);
  }
}
