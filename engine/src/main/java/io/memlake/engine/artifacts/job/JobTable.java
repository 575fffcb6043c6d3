package io.memlake.engine.artifacts.job;

import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.Sighting;
import io.memlake.engine.artifacts.handle.HandleHolders;
import io.memlake.engine.artifacts.process.SeenProcess;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.objects.job.Ejob;
import io.memlake.engine.objects.job.EjobLayout;
import io.memlake.engine.objects.job.JobLists;
import io.memlake.engine.objects.pool.ObjectScan;
import io.memlake.engine.objects.pool.PoolObject;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.MissingSymbolException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All jobs of a machine, each once, whoever saw it. */
final class JobTable {
  private static final Set<String> TAGS = Set.of("Job ", "Job\u00a0");
  private static final Comparator<SeenJob> ORDER =
      Comparator.comparing(
              (SeenJob seen) -> seen.job().virtualAddress(),
              (one, other) -> Long.compareUnsigned(one, other))
          .thenComparingLong(seen -> seen.job().physicalAddress());

  private final MachineView view;
  private final EjobLayout layout;
  private final Map<Long, SeenJob> jobs = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private Optional<JobLists.Listed> list = Optional.empty();
  private Optional<HandleHolders> holders = Optional.empty();

  private JobTable(MachineView view, EjobLayout layout) {
    this.view = view;
    this.layout = layout;
  }

  /**
   * Looks in all places.
   *
   * @throws MissingSymbolException when the symbols lack jobs
   * @throws IOException when the medium fails
   */
  static JobTable of(MachineView view) throws IOException {
    JobTable table = new JobTable(view, EjobLayout.resolve(view.machine().symbols()));
    table.fromList();
    table.fromProcesses();
    table.fromHandles();
    table.fromScan();
    return table;
  }

  private void fromList() throws IOException {
    list = JobLists.jobs(view.machine(), layout);
    for (long at : list.map(JobLists.Listed::objects).orElse(Set.of())) {
      add(at, "the list of jobs", true, false, false);
    }
  }

  private void fromProcesses() throws IOException {
    for (SeenProcess seen : view.processes().processes()) {
      if (belongs(seen.process())) {
        String source = "process " + seen.process().uniqueProcessId();
        add(seen.process().job(), source, false, true, false);
      }
    }
  }

  private void fromHandles() throws IOException {
    try {
      holders = Optional.of(view.handleHolders()).filter(HandleHolders::known);
    } catch (MissingSymbolException e) {
      return;
    }
    if (holders.isEmpty()) {
      return;
    }
    for (HandleHolders.Held held : holders.get().ofType("Job")) {
      add(held.object().body(), "a handle", false, false, true);
    }
  }

  private void add(long at, String source, boolean inList, boolean inProcesses, boolean inHandles)
      throws IOException {
    Optional<Ejob> job = Ejob.read(view.machine(), layout, at);
    if (job.isEmpty() || !job.get().sound()) {
      String wrong = job.isEmpty() ? "which is not in the image" : "which is none";
      problems.add(source + " names a job at " + Hex.address(at) + ", " + wrong);
      return;
    }
    put(new SeenJob(job.get(), Sighting.listed(), inList, inProcesses, inHandles));
  }

  private void fromScan() throws IOException {
    if (!view.candidates().scanned()) {
      return;
    }
    for (PoolObject object :
        ObjectScan.objects(
            view.machine(),
            view.candidates().pages(),
            view.candidates().hits(),
            TAGS,
            "PsJobType",
            layout.size(),
            found -> found.rightType().orElse(true) && job(found).sound())) {
      put(new SeenJob(job(object), Sighting.scanned(object), false, false, false));
    }
  }

  private Ejob job(PoolObject object) {
    return new Ejob(object.virtualAddress(), object.physicalAddress(), object.bytes(), layout);
  }

  private void put(SeenJob seen) {
    Ejob job = seen.job();
    long place =
        job.physicalAddress() != AddressSpace.ABSENT
            ? job.physicalAddress()
            : seen.sighting().scanned().map(PoolObject::identity).orElse(job.virtualAddress());
    jobs.merge(place, seen, SeenJob::and);
  }

  /** Whether a process runs and says that it belongs to a job. */
  static boolean belongs(Eprocess process) {
    return process.job() != 0 && !process.ended();
  }

  /** The jobs by address. */
  Collection<SeenJob> jobs() {
    return jobs.values().stream().sorted(ORDER).toList();
  }

  EjobLayout layout() {
    return layout;
  }

  /** The kernel's list; empty when its head is unknown. */
  Optional<JobLists.Listed> list() {
    return list;
  }

  /** Who has handles; empty when handles cannot be read. */
  Optional<HandleHolders> holders() {
    return holders;
  }

  /** What named a job that is none, in words. */
  List<String> problems() {
    return problems;
  }
}
