package io.memlake.engine.objects.pagedout;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.EmbeddedEvidence;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.objects.pagedout.PageFileNumbering.Candidate;
import io.memlake.engine.objects.pagedout.PageFileNumbering.Given;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.EprocessLayout;
import io.memlake.engine.objects.process.ProcessList;
import io.memlake.engine.objects.store.PagingFileTable;
import io.memlake.engine.objects.store.StoreChoice;
import io.memlake.engine.objects.store.StoreSelection;
import io.memlake.engine.paging.PageTableWalker;
import io.memlake.engine.paging.PagedOutPages;
import io.memlake.engine.paging.pagefile.PageFile;
import io.memlake.engine.paging.pagefile.PageFileCheck;
import io.memlake.engine.paging.pagefile.PageFileSample;
import io.memlake.engine.paging.pagefile.PageFiles;
import io.memlake.engine.paging.pagefile.PagedOutEntries;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.engine.symbols.store.SymbolStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds out, once a host, where pages are that left RAM. The only entry point of that search. */
public final class PagedOutDiscovery {
  private static final String MEM_COMPRESSION = "MemCompression";
  private static final long SYSTEM_PROCESS_ID = 4;

  /** First build whose compressed store has a process of its own: Windows 10 1607. */
  private static final int FIRST_STORE_BUILD = 14393;

  /** Processes whose tables are walked for slots. */
  private static final int WALKED_PROCESSES = 256;

  private final MachineDescription description;
  private final Evidence evidence;
  private final Machine machine;
  private final List<Eprocess> processes;
  private final List<String> notes = new ArrayList<>();

  private PagedOutDiscovery(
      MachineDescription description,
      Evidence evidence,
      Machine machine,
      List<Eprocess> processes) {
    this.description = description;
    this.evidence = evidence;
    this.machine = machine;
    this.processes = processes;
  }

  /**
   * Numbers the files, checks that they belong to the machine, and finds the compressed store.
   *
   * @param requests page files and swap file that were given or found; those inside the container
   *     are found here
   * @throws IOException when the machine cannot be opened, a given file cannot be read, or the
   *     medium fails
   * @throws IllegalArgumentException when the user gave one number twice
   */
  public static PagedOutDescription discover(
      MachineDescription description,
      Evidence evidence,
      SymbolStore symbols,
      List<PageFileRequest> requests)
      throws IOException {
    try (Machine machine = Machine.open(description, evidence, symbols)) {
      List<Eprocess> processes = processes(machine);
      return new PagedOutDiscovery(
              description, EmbeddedEvidence.of(description.image(), evidence), machine, processes)
          .run(withEmbedded(requests, description.image()));
    }
  }

  /** Page files inside the container, unless one of that name was given beside it. */
  private static List<PageFileRequest> withEmbedded(
      List<PageFileRequest> requests, ImageIndex image) {
    List<PageFileRequest> all = new ArrayList<>(requests);
    for (String inside : EmbeddedEvidence.pageFiles(image)) {
      PageFileRequest request = PageFileRequest.of(inside);
      if (requests.stream().noneMatch(given -> given.fileName().equals(request.fileName()))) {
        all.add(request);
      }
    }
    return all;
  }

  private static List<Eprocess> processes(Machine machine) throws IOException {
    try {
      EprocessLayout layout = EprocessLayout.resolve(machine.symbols());
      return ProcessList.walk(machine, layout).processes().stream()
          .filter(process -> process.exitTime() == 0)
          .toList();
    } catch (MissingSymbolException e) {
      return List.of();
    }
  }

  private PagedOutDescription run(List<PageFileRequest> requests) throws IOException {
    PagingFileTable table =
        PagingFileTable.read(machine.kernelSpace(), description.kernelBase(), machine.symbols());
    Map<Candidate, Given> numbers =
        PageFileNumbering.of(candidates(requests), table.files(), notes);
    List<PageFileUse> uses = check(numbers);
    Optional<Eprocess> memCompression = memCompression();
    Optional<StoreChoice> store =
        memCompression.isPresent()
            ? store(memCompression.get(), uses, table.storeNumber())
            : Optional.empty();
    int number =
        store
            .map(StoreChoice::pageFileNumber)
            .orElseGet(() -> table.storeNumber().orElse(PagedOutDescription.NO_STORE));
    uses = withoutStoreNumber(uses, number);
    return new PagedOutDescription(
        uses,
        number,
        store.orElse(null),
        memCompression.map(Eprocess::directoryTableBase).orElse(0L),
        notes);
  }

  private List<Candidate> candidates(List<PageFileRequest> requests) throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    for (PageFileRequest request : requests) {
      try (ByteSource source = evidence.open(request.path())) {
        candidates.add(new Candidate(request, source.size()));
      }
    }
    return candidates;
  }

  private List<PageFileUse> check(Map<Candidate, Given> numbers) throws IOException {
    if (numbers.isEmpty()) {
      return List.of();
    }
    SlotSamples samples = walk(numbers.values().stream().map(Given::number).toList());
    List<PageFileUse> uses = new ArrayList<>();
    for (Map.Entry<Candidate, Given> entry : numbers.entrySet()) {
      uses.add(check(entry.getKey(), entry.getValue(), samples));
    }
    uses.sort(Comparator.comparingInt(PageFileUse::number));
    return uses;
  }

  private SlotSamples walk(List<Integer> numbers) throws IOException {
    SlotSamples samples = new SlotSamples();
    int walked = 0;
    for (Eprocess process : processes) {
      if (walked++ == WALKED_PROCESSES || numbers.stream().allMatch(samples::isEnough)) {
        break;
      }
      PageTableWalker.walkOwn(
          machine.space(process.directoryTableBase()), machine.kernelSpace(), samples);
    }
    return samples;
  }

  private PageFileUse check(Candidate candidate, Given given, SlotSamples samples)
      throws IOException {
    String path = candidate.request().path();
    try (PageFile file = new PageFile(given.number(), evidence.open(path))) {
      PageFileSample sample = PageFileSample.of(file);
      PageFileCheck check = new PageFileCheck(file);
      samples.check(file, check);
      new FrameCopies(machine).check(file, check);
      note(path, sample, check);
      return new PageFileUse(
          path, candidate.size(), given.number(), given.source(), check.verdict(), check.reason());
    }
  }

  private void note(String path, PageFileSample sample, PageFileCheck check) {
    if (check.verdict() == PageFileCheck.Verdict.FOREIGN) {
      notes.add(path + " is not used, it belongs to another system or start: " + check.reason());
    } else if (sample.isEncrypted()) {
      notes.add(path + " looks encrypted (NtfsEncryptPagingFile): its pages are noise");
    } else if (sample.crashDump()) {
      notes.add(path + " starts with a crash dump, under which pages of processes are lost");
    }
  }

  private Optional<Eprocess> memCompression() {
    return description.version().build() < FIRST_STORE_BUILD
        ? Optional.empty()
        : processes.stream()
            .filter(process -> process.imageFileName().equals(MEM_COMPRESSION))
            .filter(PagedOutDiscovery::isOfSystem)
            .findFirst();
  }

  /** Its name alone is no proof: any program may have it. */
  private static boolean isOfSystem(Eprocess process) {
    return process.layout().inheritedFromUniqueProcessId().isEmpty()
        || process.inheritedFromUniqueProcessId() == SYSTEM_PROCESS_ID;
  }

  private Optional<StoreChoice> store(
      Eprocess memCompression, List<PageFileUse> uses, OptionalInt number) throws IOException {
    PagedOutDescription files =
        new PagedOutDescription(
            uses, number.orElse(PagedOutDescription.NO_STORE), null, 0, List.of());
    try (PageFiles opened = PagedOutMachine.openFiles(files, evidence)) {
      Machine withFiles =
          machine.withPagedOut(
              new PagedOutEntries(
                  machine.pteLayout(), new FileSlots(opened, files), PagedOutPages.NONE));
      StoreSelection selection =
          StoreSelection.discover(
              withFiles.kernelSpace(),
              description.kernelBase(),
              withFiles.space(memCompression.directoryTableBase()),
              description.version().build(),
              Optional.of(machine.symbols()));
      notes.add(
          selection
              .choice()
              .map(choice -> "Compressed store: " + choice.reason())
              .orElse("Compressed store: no known layout reads it"));
      return selection.choice();
    }
  }

  /** The store's number may come from its keys only after files were numbered by order. */
  private List<PageFileUse> withoutStoreNumber(List<PageFileUse> uses, int storeNumber) {
    uses.stream()
        .filter(use -> use.number() == storeNumber)
        .forEach(
            use ->
                notes.add(
                    use.path()
                        + " is not used: its number "
                        + storeNumber
                        + " is that of the compressed store"));
    return uses.stream().filter(use -> use.number() != storeNumber).toList();
  }
}
