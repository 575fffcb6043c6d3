package io.memlake.engine.artifacts.module;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.PerProcessArtifact;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.module.ImageFacts;
import io.memlake.engine.objects.module.LoaderLists;
import io.memlake.engine.objects.module.LoaderModule;
import io.memlake.engine.objects.module.ModuleReader;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.ModuleRow;
import java.io.IOException;
import java.util.Optional;

/** Fills {@code modules} from the loader lists of a process, 64-bit and 32-bit. */
public final class ModuleArtifact implements PerProcessArtifact<ModuleRow> {
  private static final String TABLE = "modules";

  /** 16 GiB of modules: more than any process maps, and what a hostile list may cost. */
  private static final long MAXIMUM_PAGES_OF_PROCESS = 1 << 22;

  /** {@code LDR_DLL_LOAD_REASON} without its prefix, from 0. */
  private static final String[] LOAD_REASONS = {
    "StaticDependency",
    "StaticForwarderDependency",
    "DynamicForwarderDependency",
    "DelayloadDependency",
    "DynamicLoad",
    "AsImageLoad",
    "AsDataLoad",
    "EnclavePrimary",
    "EnclaveDependency",
    "PatchImage"
  };

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<ModuleRow> rowType() {
    return ModuleRow.class;
  }

  @Override
  public Collected collect(
      MachineView view,
      Eprocess process,
      RowSink<? super ModuleRow> rows,
      RowSink<? super ErrorRow> errors)
      throws IOException {
    int pid = (int) process.uniqueProcessId();
    ModuleReader reader;
    try {
      reader = view.moduleReader();
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
    if (process.peb() == 0) {
      return Collected.NOTHING;
    }
    Optional<AddressSpace> space = view.processReader().space(process);
    if (space.isEmpty()) {
      errors.accept(gap(pid, "page tables", "its page tables are not in the image"));
      return Collected.NOTHING;
    }
    if (view.processReader().peb(process, space.get()).isEmpty()) {
      errors.accept(gap(pid, "PEB", "its PEB is not in the image"));
      return Collected.NOTHING;
    }
    Collected native64 =
        rows(process, space.get(), reader.modules(process, space.get()), rows, errors);
    Collected guest32 =
        rows(process, space.get(), reader.modules32(process, space.get()), rows, errors);
    return native64.plus(guest32);
  }

  private static Collected rows(
      Eprocess process,
      AddressSpace space,
      LoaderLists lists,
      RowSink<? super ModuleRow> rows,
      RowSink<? super ErrorRow> errors)
      throws IOException {
    int partial = 0;
    long pagesLeft = MAXIMUM_PAGES_OF_PROCESS;
    for (LoaderModule module : lists.modules()) {
      ImageFacts facts = ImageFacts.read(space, module.base(), module.size(), pagesLeft);
      pagesLeft -= facts.pages();
      ModuleRow row = row(process, module, facts);
      partial += facts.pagesPresent() < facts.pages() ? 1 : 0;
      rows.accept(row);
    }
    ErrorRows.gaps(
        errors, TABLE, "loader lists", 0, (int) process.uniqueProcessId(), lists.problems());
    return new Collected(lists.modules().size(), lists.listBreaks(), 0, 0, partial);
  }

  private static ModuleRow row(Eprocess process, LoaderModule module, ImageFacts facts) {
    int pid = (int) process.uniqueProcessId();
    ModuleRow row = new ModuleRow();
    Gaps gaps = new Gaps();
    row.setSource("walk");
    row.setForensicPath(ForensicPath.process(pid, module.entry()));
    row.setConfidence(
        90
            + (module.inLoad() ? 4 : 0)
            + (module.inMemory() ? 4 : 0)
            + (module.inInitialization() ? 2 : 0));
    row.setPid(pid);
    row.setProcess(process.imageFileName());
    row.setEprocess(process.virtualAddress());
    row.setBase(module.base());
    row.setSize(module.size());
    row.setName(module.name().orElse(null));
    row.setPath(module.path().orElse(null));
    row.setBits(module.bits());
    row.setWow64(module.bits() == 32);
    row.setLoadTime(FileTimes.instant(module.loadTime()));
    row.setLoadReason(module.loadReason().map(ModuleArtifact::loadReason).orElse(null));
    row.setInLoad(module.inLoad());
    row.setInInit(module.inInitialization());
    row.setInMem(module.inMemory());
    row.setEntryPoint(module.entryPoint());
    row.setLdrEntry(module.entry());
    if (row.getName() == null) {
      gaps.add("name", Absence.UNREADABLE);
    }
    if (row.getPath() == null) {
      gaps.add("path", Absence.UNREADABLE);
    }
    image(row, facts, gaps);
    gaps.into(row);
    return row;
  }

  private static void image(ModuleRow row, ImageFacts facts, Gaps gaps) {
    if (facts.counted()) {
      row.setPagesPresent(facts.pagesPresent());
    } else {
      gaps.add("pages_present", Absence.UNPARSABLE);
    }
    if (facts.header().isEmpty()) {
      gaps.add("timestamp", Absence.UNREADABLE);
      gaps.add("checksum", Absence.UNREADABLE);
    } else {
      row.setTimestamp(facts.header().get().timeDateStamp());
      row.setChecksum(facts.header().get().checkSum());
    }
    if (facts.debug().isPresent()) {
      row.setPdbName(facts.debug().get().path());
      row.setPdbGuid(facts.debug().get().guid());
      row.setPdbAge(facts.debug().get().age());
    }
  }

  private static String loadReason(int number) {
    return number == -1
        ? "Unknown"
        : number >= 0 && number < LOAD_REASONS.length
            ? LOAD_REASONS[number]
            : Integer.toString(number);
  }

  private static ErrorRow gap(int pid, String item, String reason) {
    return ErrorRows.inProcess(ErrorRows.gap(TABLE, item, 0, Absence.UNREADABLE, reason), pid);
  }
}
