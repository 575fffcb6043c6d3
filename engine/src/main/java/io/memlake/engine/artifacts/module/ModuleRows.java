package io.memlake.engine.artifacts.module;

import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.ProcessView;
import io.memlake.engine.objects.module.ImageFacts;
import io.memlake.engine.objects.module.LoaderModule;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.objects.vad.VadSection;
import io.memlake.engine.objects.vad.VadType;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.pe.ImportTable;
import io.memlake.engine.pe.PeFacts;
import io.memlake.engine.pe.VersionResource;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.ModuleRow;
import java.io.IOException;
import java.util.Optional;

/** Makes the rows of the modules of one process. */
final class ModuleRows {
  /** 16 GiB of modules: more than any process maps, and what a hostile list may cost. */
  private static final long MAXIMUM_PAGES_OF_PROCESS = 1 << 22;

  private final ProcessView memory;
  private final AddressSpace space;
  private final PeFactsCache facts;
  private long pagesLeft = MAXIMUM_PAGES_OF_PROCESS;
  private int partial;

  ModuleRows(MachineView view, ProcessView memory) {
    this.memory = memory;
    this.space = memory.space().orElseThrow();
    this.facts = view.peFacts();
  }

  /** How many modules so far had absent pages. */
  int partial() {
    return partial;
  }

  /** A module that a loader lists. */
  ModuleRow listed(LoaderModule module) throws IOException {
    ModuleRow row = bare(module.base(), module.size());
    Gaps gaps = new Gaps();
    row.setSource("walk");
    row.setForensicPath(ForensicPath.process(memory.pid(), module.entry()));
    row.setConfidence(
        90
            + (module.inLoad() ? 4 : 0)
            + (module.inMemory() ? 4 : 0)
            + (module.inInitialization() ? 2 : 0));
    row.setName(module.name().orElse(null));
    row.setPath(module.path().orElse(null));
    row.setBits(module.bits());
    row.setWow64(module.bits() == 32 && space.pointerSize() == Long.BYTES);
    row.setLoadTime(FileTimes.instant(module.loadTime()));
    row.setLoadReason(module.loadReason().map(LoadReasons::name).orElse(null));
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
    mapping(row, memory.vads().find(module.base()));
    image(row, gaps);
    gaps.into(row);
    return row;
  }

  /** An executable that is mapped and that no list holds. */
  ModuleRow unlisted(VadNode node) throws IOException {
    ModuleRow row = bare(node.start(), node.size());
    Gaps gaps = new Gaps();
    row.setSource("derived");
    row.setForensicPath(ForensicPath.process(memory.pid(), node.start()));
    row.setConfidence(80);
    row.setBits(space.pointerSize() * Byte.SIZE);
    row.setWow64(false);
    row.setInLoad(false);
    row.setInInit(false);
    row.setInMem(false);
    mapping(row, node);
    if (row.getMappedPath() != null) {
      row.setName(row.getMappedPath().substring(row.getMappedPath().lastIndexOf('\\') + 1));
    } else {
      gaps.add("name", Absence.UNREADABLE);
    }
    gaps.add("path", Absence.NOT_APPLICABLE);
    gaps.add("entry_point", Absence.NOT_APPLICABLE);
    image(row, gaps);
    gaps.into(row);
    return row;
  }

  private ModuleRow bare(long base, long size) {
    ModuleRow row = new ModuleRow();
    row.setPid(memory.pid());
    row.setProcess(memory.process().imageFileName());
    row.setEprocess(memory.process().virtualAddress());
    row.setBase(base);
    row.setSize(size);
    return row;
  }

  private void mapping(ModuleRow row, VadNode node) throws IOException {
    boolean known = memory.vads().isComplete() || node != null;
    boolean mapped =
        node != null && node.type() == VadType.IMAGE_MAP && node.start() == row.getBase();
    row.setMapped(known ? mapped : null);
    if (mapped) {
      row.setVad(node.address());
      row.setMappedPath(
          memory
              .section(node)
              .map(VadSection::fileName)
              .filter(name -> !name.isEmpty())
              .orElse(null));
    }
  }

  private void image(ModuleRow row, Gaps gaps) throws IOException {
    ImageFacts seen = ImageFacts.read(space, row.getBase(), row.getSize(), pagesLeft);
    pagesLeft -= seen.pages();
    partial += seen.pagesPresent() < seen.pages() ? 1 : 0;
    if (seen.counted()) {
      row.setPagesPresent(seen.pagesPresent());
    } else {
      gaps.add("pages_present", Absence.UNPARSABLE);
    }
    if (seen.debug().isPresent()) {
      row.setPdbName(seen.debug().get().path());
      row.setPdbGuid(seen.debug().get().guid());
      row.setPdbAge(seen.debug().get().age());
    }
    if (seen.header().isEmpty()) {
      gaps.add("timestamp", Absence.UNREADABLE);
      gaps.add("checksum", Absence.UNREADABLE);
      return;
    }
    row.setTimestamp(seen.header().get().timeDateStamp());
    row.setChecksum(seen.header().get().checkSum());
    if (row.getLdrEntry() == null) {
      row.setBits(seen.header().get().is64Bit() ? 64 : 32);
    }
    tables(row, facts.of(space, seen.header().get()));
  }

  private static void tables(ModuleRow row, PeFacts tables) {
    row.setMachine(tables.machine());
    row.setSections(tables.sectionNames().size());
    row.setSectionNames(tables.sectionNames());
    row.setImports(tables.imports().map(ImportTable::functions).orElse(null));
    row.setImportModules(tables.imports().map(table -> table.modules()).orElse(null));
    row.setImphash(tables.imports().flatMap(ImportTable::hash).orElse(null));
    row.setExports(tables.exports() < 0 ? null : tables.exports());
    row.setExportName(tables.exportName().isEmpty() ? null : tables.exportName());
    row.setRichHash(tables.richHash().orElse(null));
    Optional<VersionResource> version = tables.version();
    row.setVerCompany(text(version, "CompanyName"));
    row.setVerDescription(text(version, "FileDescription"));
    row.setVerFile(text(version, "FileVersion"));
    row.setVerInternalName(text(version, "InternalName"));
    row.setVerCopyright(text(version, "LegalCopyright"));
    row.setVerOriginalName(text(version, "OriginalFilename"));
    row.setVerProduct(text(version, "ProductName"));
    row.setVerProductVersion(text(version, "ProductVersion"));
  }

  private static String text(Optional<VersionResource> version, String name) {
    return version.flatMap(resource -> resource.text(name)).orElse(null);
  }
}
