package io.memlake.jobs.hunt;

import java.nio.file.Path;
import java.util.List;

/**
 * What to look for.
 *
 * @param indicators files of indicators
 * @param allowed files of values that mean nothing
 * @param yara files and folders of YARA rules
 * @param sigma files and folders of Sigma rules
 */
public record HuntRequest(
    List<Path> indicators, List<Path> allowed, List<Path> yara, List<Path> sigma) {

  /** Copies the lists. */
  public HuntRequest {
    indicators = List.copyOf(indicators);
    allowed = List.copyOf(allowed);
    yara = List.copyOf(yara);
    sigma = List.copyOf(sigma);
  }
}
