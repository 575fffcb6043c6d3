package io.memlake.jobs.analyze;

import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.LakeFiles;
import io.memlake.jobs.lake.LakeLayout;
import io.memlake.jobs.lake.LakeWriter;
import io.memlake.jobs.task.RegisterTask.Registered;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/**
 * What is to be done for one host, after what the lake already holds of it was looked at.
 *
 * @param registered its files
 * @param symbols where its symbols come from
 * @param parameters everything that its rows depend on
 * @param decision what to do
 * @param refusal why it is refused; empty otherwise
 */
record HostPlan(
    Registered registered,
    SymbolSettings symbols,
    Map<String, String> parameters,
    Decision decision,
    String refusal) {

  /** What to do with a host. */
  enum Decision {
    /** Analyze it, with what finished chunks there are. */
    RUN,
    /** Its results stand already. */
    UNCHANGED,
    /** It was analyzed, or begun, with other parameters. */
    REFUSE
  }

  String host() {
    return registered.set().host();
  }

  /** Dumps of single processes: those beside the image, or the image itself when it is one. */
  List<String> minidumps(MachineDescription found) {
    return found.image().processDump().isPresent()
        ? List.of(registered.set().image())
        : registered.set().minidumps();
  }

  static HostPlan of(AnalyzeRequest request, Registered host, LakeWriter lake) throws IOException {
    List<String> folders = new ArrayList<>(host.set().symbols());
    folders.addAll(request.symbols().folders());
    SymbolSettings symbols = new SymbolSettings(folders, request.symbols().forcedFile());
    Map<String, String> parameters = HostParameters.of(request, host, symbols);
    HostPlan run = new HostPlan(host, symbols, parameters, Decision.RUN, "");
    if (request.restart() || host.imageId().isEmpty()) {
      return run;
    }
    Optional<HostManifest> published = lake.lake().host(request.caseId(), run.host());
    Map<String, String> before =
        published.map(HostManifest::parameters).orElse(begun(lake, request.caseId(), run.host()));
    List<String> differences =
        before.isEmpty() ? List.of() : HostParameters.differences(before, parameters);
    if (!differences.isEmpty()) {
      return new HostPlan(
          host,
          symbols,
          parameters,
          Decision.REFUSE,
          run.host() + " is in the lake with other parameters: " + String.join("; ", differences));
    }
    boolean whole = published.map(found -> found.status().equals(HostManifest.OK)).orElse(false);
    boolean sameTool =
        request.toolVersion().equals(before.getOrDefault(HostParameters.TOOL_VERSION, ""));
    return whole && sameTool
        ? new HostPlan(host, symbols, parameters, Decision.UNCHANGED, "")
        : run;
  }

  /** Remembers the parameters before the first chunk, for a later run to compare. */
  void begin(LakeWriter lake, String caseId) throws IOException {
    lake.files().writeJson(parametersFile(lake.layout(), caseId, host()), new Begun(parameters));
  }

  private static Map<String, String> begun(LakeWriter lake, String caseId, String host)
      throws IOException {
    Path file = parametersFile(lake.layout(), caseId, host);
    LakeFiles files = lake.files();
    return files.exists(file) ? files.readJson(file, Begun.class).parameters() : Map.of();
  }

  private static Path parametersFile(LakeLayout layout, String caseId, String host) {
    return new Path(layout.checkpoints(caseId, host), "parameters.json");
  }

  /** Parameters of a host that was begun. */
  record Begun(Map<String, String> parameters) {
    Begun {
      parameters = new TreeMap<>(parameters);
    }
  }
}
