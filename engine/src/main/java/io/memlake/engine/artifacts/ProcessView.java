package io.memlake.engine.artifacts;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.module.LoaderLists;
import io.memlake.engine.objects.module.LoaderModule;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.thread.Ethread;
import io.memlake.engine.objects.thread.ThreadList;
import io.memlake.engine.objects.token.Token;
import io.memlake.engine.objects.vad.MappedPages;
import io.memlake.engine.objects.vad.SectionReader;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.objects.vad.VadSection;
import io.memlake.engine.objects.vad.VadTree;
import io.memlake.engine.paging.PagedAddressSpace;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One process and what several artifacts need of it, each found once: its ranges, its pages, the
 * files behind its views.
 */
public final class ProcessView {
  private final Eprocess process;
  private final MachineView view;
  private final Machine machine;
  private final Optional<PagedAddressSpace> space;
  private final Map<Long, Optional<VadSection>> sections = new HashMap<>();
  private VadTree vads;
  private MappedPages pages;
  private Optional<Token> token;
  private LoaderLists modules;
  private LoaderLists modules32;
  private NavigableMap<Long, Long> moduleEnds;
  private List<Ethread> threads;

  ProcessView(MachineView view, Eprocess process) throws IOException {
    this.process = process;
    this.machine = view.machine();
    this.space =
        view.processReader()
            .space(process)
            .map(found -> machine.space(process.directoryTableBase()));
    this.view = view;
  }

  /** The process. */
  public Eprocess process() {
    return process;
  }

  /** Its id. */
  public int pid() {
    return (int) process.uniqueProcessId();
  }

  /** Its own space; empty when its tables are gone. */
  public Optional<PagedAddressSpace> space() {
    return space;
  }

  /** Its ranges. They lie in kernel memory, so they may be there when its own space is not. */
  public VadTree vads() throws IOException {
    if (vads == null) {
      vads =
          process.virtualAddress() == 0
              ? VadTree.EMPTY
              : view.vadReader().tree(machine.kernelSpace(), process.virtualAddress());
    }
    return vads;
  }

  /** The pages of its user half; empty when its tables are gone. */
  public Optional<MappedPages> pages() throws IOException {
    if (pages == null && space.isPresent()) {
      pages = MappedPages.of(space.get(), machine.kernelSpace());
    }
    return Optional.ofNullable(pages);
  }

  /** What a range is a view of; empty for private memory and when a structure is absent. */
  public Optional<VadSection> section(VadNode node) throws IOException {
    Optional<VadSection> known = sections.get(node.address());
    if (known == null) {
      known = view.sectionReader().section(machine.kernelSpace(), node);
      sections.put(node.address(), known);
    }
    return known;
  }

  /**
   * Its primary token; empty when it is absent.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack tokens
   */
  public Optional<Token> token() throws IOException {
    if (token == null) {
      token = view.tokenReader().read(process.token());
    }
    return token;
  }

  /**
   * Its own loader's lists; none when its PEB is absent.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack the loader
   */
  public LoaderLists modules() throws IOException {
    if (modules == null) {
      modules =
          space.isPresent()
              ? view.moduleReader().modules(process, space.get())
              : LoaderLists.none();
    }
    return modules;
  }

  /** The lists of the 32-bit loader inside of it; fails like {@link #modules}. */
  public LoaderLists modules32() throws IOException {
    if (modules32 == null) {
      modules32 =
          space.isPresent()
              ? view.moduleReader().modules32(process, space.get())
              : LoaderLists.none();
    }
    return modules32;
  }

  /**
   * Whether a module of either loader covers an address. A view of an executable may be cut into
   * ranges by section, of which only the first starts where the module does. Fails like {@link
   * #modules}.
   */
  public boolean inListedModule(long virtualAddress) throws IOException {
    if (moduleEnds == null) {
      moduleEnds = new TreeMap<>();
      for (LoaderLists lists : List.of(modules(), modules32())) {
        for (LoaderModule module : lists.modules()) {
          moduleEnds.merge(module.base(), module.base() + module.size(), Math::max);
        }
      }
    }
    Map.Entry<Long, Long> below = moduleEnds.floorEntry(virtualAddress);
    return below != null && virtualAddress < below.getValue();
  }

  /** The listed module of either loader that covers an address; fails like {@link #modules}. */
  public Optional<LoaderModule> moduleAt(long virtualAddress) throws IOException {
    for (LoaderLists lists : List.of(modules(), modules32())) {
      for (LoaderModule module : lists.modules()) {
        if (virtualAddress >= module.base() && virtualAddress - module.base() < module.size()) {
          return Optional.of(module);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether any loader list of it holds a module; fails like {@link #modules}. */
  public boolean hasModules() throws IOException {
    return !modules().modules().isEmpty() || !modules32().modules().isEmpty();
  }

  /**
   * Its threads by its list.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack threads
   */
  public List<Ethread> threads() throws IOException {
    if (threads == null) {
      threads = ThreadList.walk(machine, process, view.ethreadLayout()).threads();
    }
    return threads;
  }

  /** Follows views to their sections. */
  public SectionReader sectionReader() {
    return view.sectionReader();
  }
}
