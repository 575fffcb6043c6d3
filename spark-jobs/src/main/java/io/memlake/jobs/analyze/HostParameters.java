package io.memlake.jobs.analyze;

import io.memlake.engine.objects.pagedout.PageFileRequest;
import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.jobs.task.PageSelection;
import io.memlake.jobs.task.RegisterTask.FileFacts;
import io.memlake.jobs.task.RegisterTask.Registered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Everything that the rows of a host depend on, and how two such sets differ. */
final class HostParameters {
  /** A new version may fill more tables; that is no contradiction, only a reason to do it anew. */
  static final String TOOL_VERSION = "tool_version";

  private HostParameters() {}

  static Map<String, String> of(AnalyzeRequest request, Registered host, SymbolSettings symbols) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("image_id", host.imageId());
    parameters.put(
        "other_files",
        String.join(" ", host.files().stream().skip(1).map(FileFacts::imageId).sorted().toList()));
    parameters.put(
        "page_file_numbers",
        host.set().pageFileRequests().stream()
            .filter(file -> file.number().isPresent())
            .map(PageFileRequest::text)
            .collect(Collectors.joining(" ")));
    parameters.put("isf", symbols.forcedFile());
    parameters.put("symbols", String.join("|", symbols.folders()));
    parameters.put("profile", request.profile().toString());
    if (request.pages() != PageSelection.ALL) {
      parameters.put("pages", request.pages().toString());
    }
    parameters.put("tables", String.join(" ", request.tablesToFill()));
    parameters.put(TOOL_VERSION, request.toolVersion());
    return parameters;
  }

  /** What differs in words, {@link #TOOL_VERSION} aside; empty when nothing does. */
  static List<String> differences(Map<String, String> before, Map<String, String> now) {
    List<String> differences = new ArrayList<>();
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      String old = before.getOrDefault(name, "");
      String current = now.getOrDefault(name, "");
      if (!name.equals(TOOL_VERSION) && !old.equals(current)) {
        differences.add(name + " was " + quoted(old) + " and is " + quoted(current));
      }
    }
    return differences;
  }

  private static String quoted(String value) {
    return value.isEmpty() ? "empty" : value;
  }
}
