package io.memlake.jobs.cli;

import io.memlake.engine.objects.pagedout.PageFileRequest;
import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.evidence.EvidenceSet;
import io.memlake.jobs.exit.OperatorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The page files and swap files that the command line names, each for the one host or, as {@code
 * HOST:FILE}, for one of several.
 *
 * @param pageFiles values of {@code --pagefile}
 * @param swapFiles values of {@code --swapfile}
 */
record PageFileOptions(List<String> pageFiles, List<String> swapFiles) {

  /**
   * The same hosts with these files.
   *
   * @throws OperatorException when it is not clear whose a file is
   */
  List<EvidenceSet> addTo(List<EvidenceSet> hosts) {
    List<EvidenceSet> result = new ArrayList<>(hosts);
    for (String given : pageFiles) {
      int index = hostOf(given, "--pagefile", hosts);
      PageFileRequest request = parse(withoutHost(given, hosts.get(index)));
      String text = request.at(absolute(request.path())).text();
      result.set(index, result.get(index).with(List.of(text), ""));
    }
    for (String given : swapFiles) {
      int index = hostOf(given, "--swapfile", hosts);
      String file = withoutHost(given, hosts.get(index));
      result.set(index, result.get(index).with(List.of(), absolute(file)));
    }
    return result;
  }

  private static int hostOf(String given, String option, List<EvidenceSet> hosts) {
    for (int i = 0; i < hosts.size(); i++) {
      if (isNamed(given, hosts.get(i))) {
        return i;
      }
    }
    if (hosts.size() != 1) {
      throw new OperatorException(
          "Whose is "
              + option
              + " "
              + given
              + "? The evidence holds "
              + hosts.size()
              + " hosts: write HOST:FILE, or name the files of each in a manifest");
    }
    return 0;
  }

  private static String withoutHost(String given, EvidenceSet host) {
    return isNamed(given, host) ? given.substring(host.host().length() + 1) : given;
  }

  private static boolean isNamed(String given, EvidenceSet host) {
    String prefix = host.host().toLowerCase(Locale.ROOT) + ":";
    return given.toLowerCase(Locale.ROOT).startsWith(prefix);
  }

  private static PageFileRequest parse(String text) {
    try {
      return PageFileRequest.parse(text);
    } catch (IllegalArgumentException e) {
      throw new OperatorException(e.getMessage(), e);
    }
  }

  private static String absolute(String location) {
    return Locations.text(Locations.parse(location));
  }
}
