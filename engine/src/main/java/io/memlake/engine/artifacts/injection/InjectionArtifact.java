package io.memlake.engine.artifacts.injection;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.PerProcessArtifact;
import io.memlake.engine.artifacts.ProcessView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.Peb;
import io.memlake.engine.objects.vad.MappedPages;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.objects.vad.VadProtection;
import io.memlake.engine.objects.vad.VadType;
import io.memlake.engine.paging.MappingFlags;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.InjectionRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Fills {@code injections} from the ranges and pages of a process. */
public final class InjectionArtifact implements PerProcessArtifact<InjectionRow> {
  private static final String TABLE = "injections";

  /** Ranges of executable pages outside of all descriptors that are told of one process. */
  private static final int MAXIMUM_UNLISTED = 1024;

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<InjectionRow> rowType() {
    return InjectionRow.class;
  }

  @Override
  public Collected collect(
      MachineView view,
      Eprocess process,
      RowSink<? super InjectionRow> rows,
      RowSink<? super ErrorRow> errors)
      throws IOException {
    ProcessView memory;
    try {
      memory = view.processView(process);
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
    Optional<MappedPages> pages =
        memory.vads().nodes().isEmpty() ? Optional.empty() : memory.pages();
    if (pages.isEmpty()) {
      return Collected.NOTHING;
    }
    List<InjectionRow> found = new ArrayList<>();
    Search search = new Search(view, memory, pages.get(), found, new FirstInstructions());
    for (VadNode node : memory.vads().nodes()) {
      search.range(node);
    }
    search.unlisted();
    found.sort(
        Comparator.comparing(InjectionRow::getStart)
            .thenComparing(InjectionRow::getReason)
            .thenComparing(InjectionRow::getAddress));
    for (InjectionRow row : found) {
      rows.accept(row);
    }
    return Collected.of(found.size(), 0);
  }

  /** Looks through one process. */
  private static final class Search {
    private final ProcessView memory;
    private final PagedAddressSpace space;
    private final MappedPages pages;
    private final List<InjectionRow> found;
    private final InjectionRows rows;
    private final boolean knowsModules;
    private final long program;

    Search(
        MachineView view,
        ProcessView memory,
        MappedPages pages,
        List<InjectionRow> found,
        FirstInstructions instructions)
        throws IOException {
      this.memory = memory;
      this.space = memory.space().orElseThrow();
      this.pages = pages;
      this.found = found;
      this.rows = new InjectionRows(memory, instructions);
      this.knowsModules = knowsModules(memory);
      this.program = program(view, memory);
    }

    /** Where the process says that its program lies. */
    private static long program(MachineView view, ProcessView memory) throws IOException {
      Optional<Peb> peb = view.processReader().peb(memory.process(), memory.space().orElseThrow());
      return peb.map(Peb::imageBaseAddress).orElse(0L);
    }

    /** Without a list that could be read nothing is said about modules. */
    private static boolean knowsModules(ProcessView memory) throws IOException {
      try {
        return memory.hasModules();
      } catch (MissingSymbolException e) {
        return false;
      }
    }

    void range(VadNode node) throws IOException {
      boolean image = node.type() == VadType.IMAGE_MAP;
      ExecutablePages code = null;
      if (node.contains(program) && program != 0 && !image) {
        code = ExecutablePages.of(space, pages, node.start(), node.end());
        found.add(rows.row(node, "program_not_image", program, code));
      }
      if (image) {
        image(node);
        return;
      }
      code = code == null ? ExecutablePages.of(space, pages, node.start(), node.end()) : code;
      if (code.firstUsed() == 0) {
        return;
      }
      boolean writable =
          code.writable()
              || (VadProtection.isExecutable(node.protection())
                  && VadProtection.isWritable(node.protection()));
      String reason = (node.privateMemory() ? "private" : "mapped") + (writable ? "_rwx" : "_rx");
      found.add(rows.row(node, reason, code.firstUsed(), code));
      for (HeaderTrace header : code.headers()) {
        found.add(rows.header(node, header, code));
      }
    }

    private void image(VadNode node) throws IOException {
      ChangedPages changed =
          node.hasPrototypes()
              ? ChangedPages.of(space, memory.sectionReader(), pages, node)
              : ChangedPages.NONE;
      boolean listed = !knowsModules || memory.inListedModule(node.start());
      if (changed.changed() == 0 && listed) {
        return;
      }
      ExecutablePages code = ExecutablePages.of(space, pages, node.start(), node.end());
      if (changed.changed() > 0) {
        found.add(rows.changed(node, changed, code));
      }
      if (!listed && code.executable() > 0) {
        found.add(rows.row(node, "image_not_listed", node.start(), code));
      }
    }

    /** Executable pages that page tables map and no descriptor holds. */
    void unlisted() throws IOException {
      int told = 0;
      for (int run = 0; run < pages.size() && told < MAXIMUM_UNLISTED; run++) {
        int wanted = MappingFlags.EXECUTABLE | MappingFlags.USER;
        boolean code =
            (pages.flags(run) & wanted) == wanted
                && (pages.flags(run) & MappingFlags.NOT_IN_EVIDENCE) == 0;
        if (!code || memory.vads().find(pages.start(run)) != null) {
          continue;
        }
        long start = pages.start(run);
        long end = pages.end(run);
        while (run + 1 < pages.size()
            && pages.start(run + 1) == end
            && (pages.flags(run + 1) & wanted) == wanted
            && memory.vads().find(end) == null) {
          end = pages.end(++run);
        }
        ExecutablePages looked = ExecutablePages.of(space, pages, start, end - 1);
        if (looked.firstUsed() != 0) {
          found.add(rows.unlisted(start, end - 1, looked));
          told++;
        }
      }
    }
  }
}
