package io.memlake.engine.kernel.calibration;

import io.memlake.engine.kernel.SystemVersion;
import io.memlake.engine.paging.PageTableWalker;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.paging.PteLayoutEstimate;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Tells the layouts of a kernel that no symbol source knows from its image. */
public final class Calibrator {
  private static final String EPROCESS = "_EPROCESS";
  private static final String ETHREAD = "_ETHREAD";

  private static final Set<String> TOLD =
      Set.of(
          "ActiveProcessLinks",
          "ActiveThreads",
          "CreateTime",
          "ExitStatus",
          "ExitTime",
          "ImageFileName",
          "InheritedFromUniqueProcessId",
          "ObjectTable",
          "Peb",
          "Protection",
          "SeAuditProcessCreationInfo",
          "SectionBaseAddress",
          "Session",
          "ThreadListHead",
          "Token",
          "UniqueProcessId",
          "VadRoot",
          "WoW64Process",
          "Wow64Process");

  /** Bytes of the image that are searched when its header does not say how large it is. */
  private static final long USUAL_IMAGE = 16L << 20;

  /** Processes whose page tables are looked at for the form of entries. */
  private static final int WALKED = 64;

  /** A list of so many processes that closes leaves no doubt. */
  private static final int LONG_LIST = 3;

  private static final int SURE = 95;
  private static final int NEARLY_SURE = 80;

  private final PagedAddressSpace kernel;
  private final PhysicalMemory memory;
  private final SymbolTable prior;
  private final StructType guess;
  private final SystemVersion version;
  private final long now;

  private Calibrator(
      PagedAddressSpace kernel,
      PhysicalMemory memory,
      SymbolTable prior,
      StructType guess,
      SystemVersion version,
      long now) {
    this.kernel = kernel;
    this.memory = memory;
    this.prior = prior;
    this.guess = guess;
    this.version = version;
    this.now = now;
  }

  /**
   * Calibrates.
   *
   * @param kernel the kernel's address space
   * @param base where the kernel is loaded
   * @param size bytes of it; 0 when unknown
   * @param prior layouts of a similar kernel
   * @param version version of Windows, as far as it is known
   * @param now time of the system's clock as FILETIME; 0 when unknown
   * @return empty when the System process cannot be found or the guess has no processes
   */
  public static Optional<Calibration> run(
      PagedAddressSpace kernel,
      PhysicalMemory memory,
      long base,
      long size,
      SymbolTable prior,
      SystemVersion version,
      long now)
      throws IOException {
    Optional<StructType> guess = prior.findStruct(EPROCESS);
    if (guess.isEmpty()) {
      return Optional.empty();
    }
    long searched = size == 0 ? USUAL_IMAGE : size;
    KernelPointers pointers = KernelPointers.scan(kernel, base, searched);
    ProcessChain best = null;
    for (long system : pointers.systems().keySet()) {
      Optional<ProcessChain> chain = ProcessChain.from(kernel, memory, system, base, searched);
      if (chain.isPresent()
          && (best == null || chain.get().samples().size() > best.samples().size())) {
        best = chain.get();
      }
    }
    return best == null
        ? Optional.empty()
        : Optional.of(
            new Calibrator(kernel, memory, prior, guess.get(), version, now)
                .calibrate(best, pointers, base));
  }

  private Calibration calibrate(ProcessChain chain, KernelPointers pointers, long base)
      throws IOException {
    ProcessFacts facts = new ProcessFacts(kernel, version, chain.samples());
    FieldSearch search = search(chain, facts);
    Map<String, Map<String, Integer>> moved = new HashMap<>();
    Set<String> dropped = new HashSet<>();
    moved.put(EPROCESS, moved(search.found()));
    CalibratedField threads = search.found().get(EprocessRules.THREAD_LIST_HEAD);
    Optional<Map<String, Integer>> thread =
        threads == null || !threads.isFound()
            ? Optional.empty()
            : ThreadCheck.run(prior, chain.samples(), threads.offset());
    thread.ifPresentOrElse(members -> moved.put(ETHREAD, members), () -> dropped.add(ETHREAD));
    PteLayoutEstimate estimate = entries(chain.samples());
    return new Calibration(
        prior.source(),
        search.found().values().stream().filter(Calibrator::isTold).toList(),
        symbols(chain, pointers, base),
        moved,
        dropped,
        estimate.hasSwizzleBit().orElse(null),
        estimate.invalidPteMask(),
        facts.build());
  }

  /** Members that rows rest on; the others are in the layout and in no report. */
  private static boolean isTold(CalibratedField field) {
    return TOLD.contains(field.field());
  }

  private FieldSearch search(ProcessChain chain, ProcessFacts facts) throws IOException {
    List<ProcessSample> samples = chain.samples();
    Map<String, Integer> offsets = new TreeMap<>();
    guess.fields().forEach((name, field) -> offsets.put(name, field.offset()));
    FieldSearch search = new FieldSearch(samples, offsets, chain.uniqueProcessId());
    int sure = samples.size() >= LONG_LIST && chain.head() != 0 ? SURE : NEARLY_SURE;
    String reason = samples.size() + " processes are linked there";
    search.fix("Pcb", 0, sure, "it comes first");
    search.fix("ImageFileName", chain.imageFileName(), sure, "System's name stands there");
    search.fix("UniqueProcessId", chain.uniqueProcessId(), sure, reason);
    search.fix("ActiveProcessLinks", chain.activeProcessLinks(), sure, reason);
    List<FieldRule> rules =
        new EprocessRules(facts, prior, now, version.build()).all(samples.size());
    for (FieldRule rule : rules) {
      OptionalInt offset = search.search(rule);
      learn(rule, offset, facts, samples);
    }
    for (FieldRule rule : rules) {
      search.decide(rule);
      CalibratedField decided = search.found().get(rule.field());
      if (decided.isFound()) {
        learn(rule, OptionalInt.of(decided.offset()), facts, samples);
      }
    }
    for (String member : offsets.keySet()) {
      if (!search.found().containsKey(member)) {
        search.between(member);
      }
    }
    return search;
  }

  private static void learn(
      FieldRule rule, OptionalInt offset, ProcessFacts facts, List<ProcessSample> samples)
      throws IOException {
    if (offset.isEmpty()) {
      return;
    }
    if (rule.field().equals(EprocessRules.PEB)) {
      facts.readImageBases(samples, offset.getAsInt());
    } else if (rule.field().equals(EprocessRules.THREAD_LIST_HEAD)) {
      facts.countThreads(samples, offset.getAsInt());
    }
  }

  private Map<String, Integer> moved(Map<String, CalibratedField> found) {
    Map<String, Integer> distances = new HashMap<>();
    found.forEach(
        (name, field) -> {
          if (field.isFound() && guess.find(name).isPresent()) {
            distances.put(name, field.offset() - guess.offsetOf(name));
          }
        });
    return distances;
  }

  private static Map<String, Long> symbols(ProcessChain chain, KernelPointers pointers, long base) {
    Map<String, Long> symbols = new TreeMap<>();
    long system = chain.samples().get(0).address();
    symbols.put("PsInitialSystemProcess", pointers.systems().get(system) - base);
    if (chain.head() != 0) {
      symbols.put("PsActiveProcessHead", chain.head() - base);
    }
    if (pointers.moduleList() != 0) {
      symbols.put("PsLoadedModuleList", pointers.moduleList() - base);
    }
    return symbols;
  }

  private PteLayoutEstimate entries(List<ProcessSample> samples) throws IOException {
    PteLayoutEstimate estimate = new PteLayoutEstimate(memory.endPfn());
    for (ProcessSample sample : samples.subList(0, Math.min(WALKED, samples.size()))) {
      PageTableWalker.walkOwn(sample.space(), kernel, estimate);
    }
    return estimate;
  }
}
