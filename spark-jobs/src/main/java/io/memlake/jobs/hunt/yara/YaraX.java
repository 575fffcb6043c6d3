package io.memlake.jobs.hunt.yara;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import io.memlake.jobs.hunt.yara.rules.RuleText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One engine with one set of rules; belongs to one thread at a time. The engine's code is made once
 * a JVM, which takes the better part of a minute; an engine with its rules takes less.
 */
final class YaraX {
  /** Places that are told of one match, shared evenly by the strings of the rule. */
  static final int MAX_PLACES = 100;

  /** Ends scans that take too long: loops in conditions know no limit of their own. */
  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(YaraX::daemon);

  private static final String RESOURCE = "/yara-x/yara-x-1.20.0.wasm";

  private final JsGlue glue = new JsGlue(Code.REFERENCES);
  private final Instance main;
  private final Map<String, String> rejected = new TreeMap<>();
  private final List<YaraSource> sources;
  private final int scanner;
  private final int timeoutMillis;
  private boolean stopped;

  /** The code of the engine, made when the first rules are compiled. */
  private static final class Code {
    static final WasmModule MODULE = parse();

    /** Read before the first instance: growing its table changes what the module declares. */
    static final int REFERENCES = references();

    static final Function<Instance, Machine> MACHINE =
        MachineFactoryCompiler.builder(MODULE)
            .withInterpreterFallback(InterpreterFallback.SILENT)
            .compile();

    private Code() {}

    private static int references() {
      for (int i = 0; i < MODULE.exportSection().exportCount(); i++) {
        Export export = MODULE.exportSection().getExport(i);
        if (export.name().equals(JsGlue.REFERENCES)) {
          return (int) MODULE.tableSection().getTable(export.index()).limits().min();
        }
      }
      throw new IllegalStateException("The module has no table of references");
    }

    private static WasmModule parse() {
      try (InputStream in = YaraX.class.getResourceAsStream(RESOURCE)) {
        if (in == null) {
          throw new IllegalStateException("Missing resource " + RESOURCE);
        }
        return Parser.parse(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Compiles rules. Rules with errors are left out and told by {@link #rejected}.
   *
   * @param timeoutMillis time that one scan may take
   * @param maxMatches matches that are kept of one string
   */
  YaraX(YaraSet set, int timeoutMillis, int maxMatches) {
    this.timeoutMillis = timeoutMillis;
    main =
        Instance.builder(Code.MODULE)
            .withImportValues(glue.imports(Code.MODULE))
            .withMachineFactory(Code.MACHINE)
            .withStart(false)
            .build();
    glue.attach(main, Code.MODULE);
    main.export("__wbindgen_start").apply();
    int compiler = newCompiler(set.externals());
    TreeSet<String> broken = new TreeSet<>();
    for (YaraSource source : set.sources()) {
      namespace(compiler, source.name());
      add(compiler, source.text()).ifPresent(why -> broken.add(source.name()));
    }
    if (broken.isEmpty()) {
      sources = List.copyOf(set.sources());
    } else {
      // A compiler that saw an error builds nothing any more; it still tells good rules from bad.
      sources = withoutBadRules(compiler, set.sources(), broken);
      main.export("__wbg_compiler_free").apply(compiler, 0);
      compiler = newCompiler(set.externals());
      for (YaraSource source : sources) {
        namespace(compiler, source.name());
        add(compiler, source.text()).ifPresent(why -> rejected.put(source.name(), why));
      }
    }
    long[] built = main.export("compiler_build").apply(compiler);
    if (built[2] != 0) {
      throw new IllegalStateException("The rules cannot be built: " + message(built[1]));
    }
    scanner = (int) main.export("rules_scanner").apply(built[0])[0];
    main.export("scanner_setTimeoutMs").apply(scanner, timeoutMillis);
    main.export("scanner_setMaxMatchesPerPattern").apply(scanner, maxMatches);
    forget();
  }

  private int newCompiler(Map<String, String> externals) {
    int compiler = (int) main.export("compiler_new").apply()[0];
    externals.forEach(
        (name, value) -> {
          byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
          long[] result =
              main.export("compiler_defineGlobal")
                  .apply(
                      compiler, give(bytes), bytes.length, glue.values().reference(typed(value)));
          if (result[1] != 0) {
            rejected.put("external variable " + name, message(result[0]));
          }
        });
    return compiler;
  }

  /** A value of an external variable as JavaScript would have it. */
  private static Object typed(String value) {
    if (value.equals("true") || value.equals("false")) {
      return Boolean.valueOf(value);
    }
    return value.matches("-?[0-9]{1,15}") ? (Object) Double.valueOf(value) : value;
  }

  private void namespace(int compiler, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    main.export("compiler_newNamespace").apply(compiler, give(bytes), bytes.length);
  }

  /** Adds rules; what the compiler has against them, or nothing. */
  private Optional<String> add(int compiler, String rules) {
    byte[] text = rules.getBytes(StandardCharsets.UTF_8);
    try {
      long[] result = main.export("compiler_addSource").apply(compiler, give(text), text.length);
      return result[1] == 0 ? Optional.empty() : Optional.of(message(result[0]));
    } catch (ChicoryException | JsValues.Thrown e) {
      return Optional.of("the compiler gave up: " + e.getMessage());
    }
  }

  /** The files with only those rules in them that compile by themselves, behind earlier ones. */
  private List<YaraSource> withoutBadRules(int compiler, List<YaraSource> all, Set<String> broken) {
    List<YaraSource> kept = new ArrayList<>();
    for (YaraSource source : all) {
      if (!broken.contains(source.name())) {
        kept.add(source);
        continue;
      }
      RuleText.File file = RuleText.file(source.text());
      StringBuilder good = new StringBuilder(file.imports());
      // A name of its own: the rules that compiled are in the old namespace already.
      namespace(compiler, source.name() + " alone");
      Optional<String> imports = add(compiler, file.imports());
      for (RuleText rule : file.rules()) {
        Optional<String> why = add(compiler, rule.text());
        if (why.isEmpty()) {
          good.append(rule.text()).append('\n');
        } else {
          rejected.put(source.name() + ":" + rule.line() + " rule " + rule.name(), why.get());
        }
      }
      if (file.rules().isEmpty() || imports.isPresent()) {
        rejected.put(source.name(), imports.orElse("it holds no whole rule"));
      } else {
        kept.add(new YaraSource(source.name(), good.toString()));
      }
    }
    return kept;
  }

  /** What is searched for: the files without the rules that were left out. */
  List<YaraSource> sources() {
    return sources;
  }

  /** Files and rules that are not searched for, with what the compiler says of them. */
  Map<String, String> rejected() {
    return rejected;
  }

  /**
   * Rules that match {@code data}.
   *
   * @throws ScanFailedException when the engine gives up, on the time limit for instance
   */
  List<YaraMatch> scan(byte[] data) throws ScanFailedException {
    if (stopped) {
      throw new ScanFailedException("the engine was stopped before");
    }
    Thread scanning = Thread.currentThread();
    ScheduledFuture<?> limit =
        WATCH.schedule(scanning::interrupt, timeoutMillis, TimeUnit.MILLISECONDS);
    try {
      long[] result = main.export("scanner_scan").apply(scanner, give(data), data.length);
      if (result[2] != 0) {
        throw new ScanFailedException(message(result[1]));
      }
      return matches((Map<?, ?>) taken(result[0]));
    } catch (ChicoryInterruptedException e) {
      stopped = true;
      throw new ScanFailedException("it takes more time than " + timeoutMillis + " ms", e);
    } catch (ChicoryException | JsValues.Thrown e) {
      // A trap leaves the engine in the middle of something.
      stopped = true;
      throw new ScanFailedException(String.valueOf(e.getMessage()), e);
    } finally {
      boolean struck = !limit.cancel(false);
      // The limit may have struck when the scan was over; what follows must not feel it.
      if (Thread.interrupted() && !struck) {
        scanning.interrupt();
      }
      forget();
    }
  }

  /** Whether the engine cannot be used any more: it was stopped in the middle of a scan. */
  boolean isStopped() {
    return stopped;
  }

  /** The engine gave up on some bytes. */
  static final class ScanFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    ScanFailedException(String reason) {
      super(reason);
    }

    ScanFailedException(String reason, Exception cause) {
      super(reason, cause);
    }
  }

  private static List<YaraMatch> matches(Map<?, ?> result) throws ScanFailedException {
    List<?> errors = (List<?>) result.get("errors");
    if (!Boolean.TRUE.equals(result.get("valid")) || !errors.isEmpty()) {
      throw new ScanFailedException(String.valueOf(errors));
    }
    List<YaraMatch> matches = new ArrayList<>();
    for (Object rule : (List<?>) result.get("matches")) {
      Map<?, ?> one = (Map<?, ?>) rule;
      if (!Boolean.TRUE.equals(one.get("isPrivate"))) {
        matches.add(match(one));
      }
    }
    return matches;
  }

  private static YaraMatch match(Map<?, ?> rule) {
    List<String> tags = new ArrayList<>();
    ((List<?>) rule.get("tags")).forEach(tag -> tags.add(String.valueOf(tag)));
    Map<String, String> meta = new TreeMap<>();
    for (Object entry : (List<?>) rule.get("metadata")) {
      Map<?, ?> pair = (Map<?, ?>) entry;
      meta.putIfAbsent(String.valueOf(pair.get("identifier")), String.valueOf(pair.get("value")));
    }
    List<YaraMatch.Place> places = new ArrayList<>();
    long count = 0;
    List<?> patterns = (List<?>) rule.get("patterns");
    int most = Math.max(1, MAX_PLACES / Math.max(1, patterns.size()));
    for (Object pattern : patterns) {
      Map<?, ?> one = (Map<?, ?>) pattern;
      int kept = 0;
      for (Object match : (List<?>) one.get("matches")) {
        Map<?, ?> place = (Map<?, ?>) match;
        count++;
        if (kept++ < most) {
          places.add(
              new YaraMatch.Place(
                  String.valueOf(one.get("identifier")),
                  ((Number) place.get("offset")).longValue(),
                  ((Number) place.get("length")).intValue()));
        }
      }
    }
    return new YaraMatch(
        String.valueOf(rule.get("identifier")),
        String.valueOf(rule.get("namespace")),
        tags.stream().sorted().toList(),
        meta.getOrDefault("description", meta.get("reference")),
        meta.get("severity"),
        places,
        count);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "memlake-yara-watch");
    thread.setDaemon(true);
    return thread;
  }

  private int give(byte[] bytes) {
    int place = (int) main.export("__wbindgen_malloc_command_export").apply(bytes.length, 1)[0];
    Memory memory = main.memory();
    memory.write(place, bytes);
    return place;
  }

  private String message(long slot) {
    Object value = taken(slot);
    String text = value instanceof Throwable thrown ? thrown.getMessage() : String.valueOf(value);
    return text.lines().limit(6).map(String::strip).reduce((a, b) -> a + " " + b).orElse("");
  }

  /** Lets go of all values that the module does not hold in its table. */
  private void forget() {
    TableInstance table = glue.references();
    BitSet live = new BitSet();
    for (int slot = 0; slot < table.size(); slot++) {
      int number = table.ref(slot);
      if (number >= 0) {
        live.set(number);
      }
    }
    glue.values().forgetAllBut(live);
  }

  /** The value in a slot of the module's table, which is free afterwards. */
  private Object taken(long slot) {
    Object value = glue.values().value(glue.references().ref((int) slot));
    main.export("__externref_table_dealloc_command_export").apply(slot);
    return value;
  }
}
