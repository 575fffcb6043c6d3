package io.memlake.engine.artifacts.integrity;

import io.memlake.engine.artifacts.ProcessView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.module.LoaderModule;
import io.memlake.engine.objects.vad.MappedPages;
import io.memlake.engine.objects.vad.PrototypeFrames;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.objects.vad.VadSection;
import io.memlake.engine.paging.MappingFlags;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.pe.PeSection;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.row.ModulePageRow;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks through the views of executables of one process. */
final class ModulePages {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  /** Pages that are told of one view; browsers have below 100 000. */
  private static final int MAXIMUM_PAGES = 1 << 18;

  private final ProcessView memory;
  private final PagedAddressSpace space;
  private final MappedPages mapped;
  private final CodePages pages;
  private final PrototypeFrames prototypes;
  private final RowSink<? super ModulePageRow> rows;
  private final byte[] own = new byte[PAGE];
  private final byte[] shared = new byte[PAGE];
  private long count;

  ModulePages(
      ProcessView memory,
      MappedPages mapped,
      CodePages pages,
      RowSink<? super ModulePageRow> rows) {
    this.memory = memory;
    this.space = memory.space().orElseThrow();
    this.mapped = mapped;
    this.pages = pages;
    this.prototypes = new PrototypeFrames(space, memory.sectionReader());
    this.rows = rows;
  }

  /** Rows made so far. */
  long count() {
    return count;
  }

  /** A view of an executable with what is needed for each of its pages. */
  private record View(
      VadNode node, String name, long base, Optional<CodePages.Image> image, String section) {}

  void add(VadNode node) throws IOException {
    long base = module(node).map(LoaderModule::base).orElse(node.start());
    Optional<CodePages.Image> image = CodePages.Image.at(space, base);
    String name = name(node);
    List<PeSection> sections = image.map(found -> found.headers().sections()).orElse(List.of());
    int told = 0;
    for (PeSection section : sections) {
      if (!section.executable()) {
        continue;
      }
      long from = Math.max(section.address(), node.start());
      long to = Math.min(section.address() + section.size() - 1L, node.end());
      View view = new View(node, name, base, image, section.name());
      long absent = 0;
      for (long at = from & -PAGE; at <= to && told < MAXIMUM_PAGES; at += PAGE) {
        if (page(view, at)) {
          absent = flush(view, at, absent);
          told++;
        } else {
          absent++;
        }
      }
      flush(view, to + 1 + PAGE - 1 & -PAGE, absent);
    }
  }

  private Optional<LoaderModule> module(VadNode node) throws IOException {
    try {
      return memory.moduleAt(node.start());
    } catch (MissingSymbolException e) {
      return Optional.empty();
    }
  }

  private String name(VadNode node) throws IOException {
    Optional<String> listed = module(node).flatMap(LoaderModule::name);
    if (listed.isPresent()) {
      return listed.get();
    }
    String file = memory.section(node).map(VadSection::fileName).orElse("");
    return file.substring(file.lastIndexOf('\\') + 1);
  }

  /** Tells a run of pages that are not there, which ends at {@code end}. */
  private long flush(View view, long end, long absent) throws IOException {
    if (absent > 0) {
      ModulePageRow row = row(view, end - absent * PAGE);
      row.setPages(absent);
      row.setState("absent");
      row.setPresent(false);
      rows.accept(row);
      count++;
    }
    return 0;
  }

  /** Tells a page; false when the process has none there. */
  private boolean page(View view, long at) throws IOException {
    int run = mapped.firstBehind(at);
    if (run >= mapped.size() || mapped.start(run) > at) {
      return false;
    }
    int flags = mapped.flags(run);
    long first = mapped.pfn(run);
    long frame =
        first < 0 ? first : first + ((at - mapped.start(run)) >>> PhysicalMemory.PAGE_SHIFT);
    ModulePageRow row = row(view, at);
    row.setPages(1L);
    row.setWritable((flags & MappingFlags.WRITABLE) != 0);
    row.setExecutable((flags & MappingFlags.EXECUTABLE) != 0);
    Optional<CodePage> content = pages.at(space, at, frame, view.image());
    row.setPresent(content.isPresent());
    content.ifPresent(
        found -> {
          row.setPageHash(found.hash());
          row.setRelocatedHash(found.placeless());
        });
    origin(row, view, at, frame, flags);
    rows.accept(row);
    count++;
    return true;
  }

  private void origin(ModulePageRow row, View view, long at, long frame, int flags)
      throws IOException {
    long section =
        view.node().hasPrototypes() ? prototypes.frameOf(view.node(), at) : PrototypeFrames.UNKNOWN;
    boolean same = (flags & MappingFlags.PROTOTYPE) != 0 || (section >= 0 && section == frame);
    row.setState(same ? "shared" : section == PrototypeFrames.UNKNOWN ? "unknown" : "own");
    if (same || section < 0 || !Boolean.TRUE.equals(row.getPresent())) {
      return;
    }
    boolean readable =
        space.read(at, own, 0, PAGE)
            && space.memory().read(section << PhysicalMemory.PAGE_SHIFT, shared, 0, PAGE);
    if (!readable) {
      return;
    }
    pages
        .inFrame(space, space.memory(), section, at, view.image())
        .ifPresent(found -> row.setSectionHash(found.hash()));
    int difference = Arrays.mismatch(own, shared);
    row.setDiffers(difference >= 0);
    if (difference >= 0) {
      row.setFirstChange(at + difference);
      row.setBytesChanged(changed());
    }
  }

  private int changed() {
    int changed = 0;
    for (int i = 0; i < PAGE; i++) {
      changed += own[i] != shared[i] ? 1 : 0;
    }
    return changed;
  }

  private ModulePageRow row(View view, long at) {
    ModulePageRow row = new ModulePageRow();
    row.setSource("walk");
    row.setForensicPath(ForensicPath.process(memory.pid(), at));
    row.setConfidence(view.node().hasPrototypes() ? 90 : 60);
    row.setPid(memory.pid());
    row.setProcess(memory.process().imageFileName());
    row.setEprocess(memory.process().virtualAddress());
    row.setModule(view.name().isEmpty() ? null : view.name());
    row.setBase(view.base());
    row.setSection(view.section());
    row.setRva(at - view.base());
    row.setVa(at);
    return row;
  }
}
