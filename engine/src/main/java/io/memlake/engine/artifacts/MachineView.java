package io.memlake.engine.artifacts;

import io.memlake.engine.artifacts.handle.HandleHolders;
import io.memlake.engine.artifacts.module.PeFactsCache;
import io.memlake.engine.artifacts.process.ProcessTable;
import io.memlake.engine.artifacts.registry.HiveTable;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.handle.HandleTableReader;
import io.memlake.engine.objects.handle.ObjectDescriber;
import io.memlake.engine.objects.module.ModuleReader;
import io.memlake.engine.objects.pool.ObjectScan;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.ProcessReader;
import io.memlake.engine.objects.process.ProcessRules;
import io.memlake.engine.objects.thread.ApcQueues;
import io.memlake.engine.objects.thread.EthreadLayout;
import io.memlake.engine.objects.thread.ThreadDetails;
import io.memlake.engine.objects.token.TokenReader;
import io.memlake.engine.objects.vad.SectionReader;
import io.memlake.engine.objects.vad.VadReader;
import io.memlake.engine.symbols.MissingSymbolException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A machine with its candidates and the readers that artifacts share. What several artifacts need
 * is found once. One instance belongs to one thread.
 */
public final class MachineView {
  private final Machine machine;
  private final Candidates candidates;
  private final ProcessReader processReader;
  private final KernelFacts kernel;
  private ModuleReader moduleReader;
  private EthreadLayout ethreadLayout;
  private ProcessTable processTable;
  private List<ObjectScan.ScannedThread> scannedThreads;
  private VadReader vadReader;
  private SectionReader sectionReader;
  private ProcessView lastProcess;
  private HandleTableReader handleTableReader;
  private ObjectDescriber objectDescriber;
  private TokenReader tokenReader;
  private PeFactsCache peFacts;
  private ThreadDetails threadDetails;
  private ApcQueues apcQueues;
  private HiveTable hiveTable;
  private HandleHolders handleHolders;

  private MachineView(Machine machine, Candidates candidates) throws IOException {
    this.machine = machine;
    this.candidates = candidates;
    this.processReader = ProcessReader.of(machine);
    this.kernel = new KernelFacts(machine, candidates);
  }

  /**
   * A view of an opened machine.
   *
   * @throws MissingSymbolException when the symbols cannot tell processes
   * @throws IOException when the medium fails
   */
  public static MachineView of(Machine machine, Candidates candidates) throws IOException {
    return new MachineView(machine, candidates);
  }

  /** The machine. */
  public Machine machine() {
    return machine;
  }

  /** Whether the machine runs a 32-bit Windows, of which only some artifacts are read. */
  public boolean isNarrow() {
    return machine.kernelSpace().pointerSize() != Long.BYTES;
  }

  /** What the scan found. */
  public Candidates candidates() {
    return candidates;
  }

  /** What the artifacts of the kernel share. */
  public KernelFacts kernel() {
    return kernel;
  }

  /** Reads processes. */
  public ProcessReader processReader() {
    return processReader;
  }

  /**
   * Reads modules.
   *
   * @throws MissingSymbolException when the symbols lack the loader's structures
   */
  public ModuleReader moduleReader() {
    if (moduleReader == null) {
      moduleReader = ModuleReader.of(processReader);
    }
    return moduleReader;
  }

  /**
   * Layout of threads.
   *
   * @throws MissingSymbolException when the symbols lack it
   */
  public EthreadLayout ethreadLayout() {
    if (ethreadLayout == null) {
      ethreadLayout = EthreadLayout.resolve(machine.symbols());
    }
    return ethreadLayout;
  }

  /** All processes by list and scan. */
  public ProcessTable processes() throws IOException {
    if (processTable == null) {
      processTable = ProcessTable.of(machine, processReader.eprocessLayout(), candidates);
    }
    return processTable;
  }

  /**
   * Threads that the scan found.
   *
   * @throws MissingSymbolException when the symbols lack their layout
   */
  public List<ObjectScan.ScannedThread> scannedThreads() throws IOException {
    if (scannedThreads == null) {
      scannedThreads =
          candidates.scanned()
              ? ObjectScan.threads(machine, ethreadLayout(), candidates.pages(), candidates.hits())
              : List.of();
    }
    return scannedThreads;
  }

  /**
   * Reads address descriptors.
   *
   * @throws MissingSymbolException when the symbols do not describe them
   */
  public VadReader vadReader() {
    if (vadReader == null) {
      vadReader = VadReader.of(machine.symbols());
    }
    return vadReader;
  }

  /**
   * Follows views to their sections.
   *
   * @throws MissingSymbolException when the symbols do not describe them
   */
  public SectionReader sectionReader() {
    if (sectionReader == null) {
      sectionReader = SectionReader.of(machine.symbols());
    }
    return sectionReader;
  }

  /**
   * Reads handle tables.
   *
   * @throws MissingSymbolException when the symbols do not describe them
   */
  public HandleTableReader handleTableReader() {
    if (handleTableReader == null) {
      handleTableReader = HandleTableReader.of(machine.symbols());
    }
    return handleTableReader;
  }

  /**
   * Who has handles to jobs, window stations and desktops.
   *
   * @throws MissingSymbolException when the symbols do not describe handle tables
   */
  public HandleHolders handleHolders() throws IOException {
    if (handleHolders == null) {
      handleHolders = HandleHolders.of(this);
    }
    return handleHolders;
  }

  /**
   * Reads what objects say of themselves.
   *
   * @throws MissingSymbolException when the symbols do not describe headers of objects
   */
  public ObjectDescriber objectDescriber() throws IOException {
    if (objectDescriber == null) {
      objectDescriber =
          ObjectDescriber.of(machine, kernel.objects(), processReader.eprocessLayout());
    }
    return objectDescriber;
  }

  /**
   * Reads tokens.
   *
   * @throws MissingSymbolException when the symbols do not describe them
   */
  public TokenReader tokenReader() {
    if (tokenReader == null) {
      tokenReader = TokenReader.of(machine);
    }
    return tokenReader;
  }

  /**
   * Reads what threads are about.
   *
   * @throws MissingSymbolException when the symbols lack threads
   */
  public ThreadDetails threadDetails() {
    if (threadDetails == null) {
      threadDetails = ThreadDetails.of(machine);
    }
    return threadDetails;
  }

  /**
   * Reads which routines wait to run in threads.
   *
   * @throws MissingSymbolException when the symbols lack threads
   */
  public ApcQueues apcQueues() {
    if (apcQueues == null) {
      apcQueues = ApcQueues.of(machine);
    }
    return apcQueues;
  }

  /** What the tables of mapped executables say, each read once for all processes. */
  public PeFactsCache peFacts() {
    if (peFacts == null) {
      peFacts = new PeFactsCache();
    }
    return peFacts;
  }

  /**
   * What artifacts share of a process. The last one is kept, since they ask one after the other.
   *
   * @throws MissingSymbolException when the symbols do not describe the memory of processes
   */
  public ProcessView processView(Eprocess process) throws IOException {
    boolean same =
        lastProcess != null
            && process.virtualAddress() != 0
            && lastProcess.process().virtualAddress() == process.virtualAddress();
    if (!same) {
      lastProcess = new ProcessView(this, process);
    }
    return lastProcess;
  }

  /**
   * All hives by list and scan.
   *
   * @throws MissingSymbolException when the symbols lack their layout
   */
  public HiveTable hives() throws IOException {
    if (hiveTable == null) {
      hiveTable = HiveTable.of(this);
    }
    return hiveTable;
  }

  /**
   * The process at a kernel address that {@link ProcessTable#units} gave, on whatever executor;
   * empty when it is none.
   */
  public Optional<Eprocess> process(long eprocess) throws IOException {
    return Eprocess.read(machine, processReader.eprocessLayout(), eprocess)
        .filter(found -> ProcessRules.violation(found).isEmpty());
  }
}
