package io.memlake.testdata.process;

import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.objects.FileObjects;
import io.memlake.testdata.objects.KernelObject;
import io.memlake.testdata.objects.PoolKind;
import io.memlake.testdata.pe.CodeLibrary;
import io.memlake.testdata.pe.PeFile;
import io.memlake.testdata.pe.PeImage;
import io.memlake.testdata.pe.PeSection;
import io.memlake.testdata.pe.Relocations;
import io.memlake.testdata.process.SharedImage.ImagePage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The image files that are mapped in this boot. Each gets a file object, a control area with
 * segment and subsection, an array of prototype entries, and frames for a few resident pages:
 * headers, first code, constants.
 */
public final class ImageCatalog {

  private static final int PAGE = 0x1000;
  private static final int CODE_RVA = 0x1000;
  private static final int RESIDENT_CODE_PAGES = 2;

  /** Bits of a base that tell whether the table of relocations is still in memory. */
  private static final long TABLE_STAYED = 0x30000;

  /** Prototype, readable, and the bit that says the entry is stored as it is. */
  private static final long NOT_SWIZZLED_PROTOTYPE = 0x430;

  private final Boot boot;
  private final FileObjects files;
  private final UserLayout layout;
  private final boolean ofBuild;
  private final Map<String, SharedImage> images = new HashMap<>();
  private final Map<String, MappedFile> mappedFiles = new HashMap<>();

  /**
   * A data file that processes map.
   *
   * @param path path on the volume
   * @param size bytes of the view
   */
  record MappedFile(String path, long size, long subsection, long prototypePtes, long fileObject) {}

  /**
   * No image is mapped yet.
   *
   * @param ofBuild whether images are those that every machine of this Windows version has
   */
  public ImageCatalog(Boot boot, FileObjects files, boolean ofBuild) {
    this.ofBuild = ofBuild;
    this.boot = boot;
    this.files = files;
    this.layout = new UserLayout(boot.build(), boot.random().split());
  }

  FileObjects files() {
    return files;
  }

  UserLayout layout() {
    return layout;
  }

  /** The shared image of a file; the first call decides its base. */
  SharedImage image(ModuleSpec module, boolean program) {
    return images.computeIfAbsent(module.path(), path -> map(module, program));
  }

  private SharedImage map(ModuleSpec module, boolean program) {
    SplittableRandom random =
        ofBuild
            ? new SplittableRandom(31L * module.path().hashCode() + boot.build())
            : boot.random();
    long base = layout.imageBase(module, program);
    if (module.file().isPresent()) {
      return fromFile(module, base);
    }
    int stamp = 0x50000000 + random.nextInt(0x10000000);
    int entryPoint = CODE_RVA + random.nextInt(0x80) * 16;
    int data = codeEnd(module.size());
    PeImage pe =
        module.wide()
            ? PeImage.x64(module.size(), stamp, !program)
            : PeImage.x86(module.size(), stamp, !program);
    pe.entryPoint(entryPoint).subsystem(program ? 2 : 3);
    pe.section(new PeSection(".text", CODE_RVA, data - CODE_RVA, PeSection.CODE));
    pe.section(new PeSection(".rdata", data, PAGE, PeSection.READ_ONLY));
    int end = (module.size() & -PAGE) - PAGE;
    boolean movable = ofBuild && !module.equals(CallStack.MODULE) && data + 2 * PAGE <= end;
    if (!movable) {
      end = module.size();
    }
    if (data + PAGE < end) {
      pe.section(new PeSection(".data", data + PAGE, end - data - PAGE, PeSection.DATA));
    }
    byte[] guid = new byte[16];
    random.nextBytes(guid);
    pe.debugRecord(data, guid, 1, module.name().replaceFirst("\\.[^.]*$", "") + ".pdb");
    if (module.equals(CallStack.MODULE)) {
      CodeLibrary library = CallStack.library();
      pe.exports(data + 0x100, module.name(), library.starts())
          .part(CODE_RVA, library.code())
          .part(CallStack.UNWIND_RVA, library.unwindInfo())
          .functionTable(CallStack.TABLE_RVA, library.table());
      return share(module, base, entryPoint, stamp, pagesOf(pe, base, data));
    }
    if (!program) {
      pe.exports(data + 0x100, module.name(), Map.of("DllMain", entryPoint));
    }
    byte[] code = new byte[RESIDENT_CODE_PAGES * PAGE];
    random.nextBytes(code);
    if (movable) {
      relocate(pe, module.wide(), base, code, end);
    }
    pe.part(CODE_RVA, code);
    return share(module, base, entryPoint, stamp, pagesOf(pe, base, data));
  }

  private SharedImage fromFile(ModuleSpec module, long base) {
    PeFile file;
    try {
      file = PeFile.read(module.file().orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] image = file.at(base);
    Map<Integer, ImagePage> pages = new TreeMap<>();
    for (int rva = 0; rva < image.length; rva += PAGE) {
      int page = rva;
      boolean code =
          file.sections().stream()
              .anyMatch(at -> at.code() && page >= at.rva() && page < at.rva() + at.size());
      long pfn = boot.frames().take();
      System.arraycopy(image, rva, boot.frames().content(pfn), 0, PAGE);
      pages.put(rva, new ImagePage(pfn, code));
    }
    return share(module, base, file.entryPoint(), file.timeDateStamp(), pages);
  }

  /**
   * Puts addresses into the code, one across the border of its two pages. Three machines of four,
   * by the base that they chose, still have the table in memory.
   */
  private static void relocate(PeImage pe, boolean wide, long base, byte[] code, int tableRva) {
    Relocations relocations =
        new Relocations(wide)
            .add(CODE_RVA + 0x8A0, CODE_RVA)
            .add(CODE_RVA + PAGE - 3, CODE_RVA + 0x40)
            .add(CODE_RVA + PAGE + 0x600, CODE_RVA + 0x80);
    relocations.apply(code, CODE_RVA, base);
    byte[] table = relocations.table();
    pe.section(new PeSection(".reloc", tableRva, PAGE, PeSection.READ_ONLY))
        .relocationTable(tableRva, table.length);
    if ((base & TABLE_STAYED) != 0) {
      pe.part(tableRva, table);
    }
  }

  private static int codeEnd(int size) {
    return Math.max(CODE_RVA + RESIDENT_CODE_PAGES * PAGE, size * 3 / 4 & -PAGE);
  }

  private Map<Integer, ImagePage> pagesOf(PeImage pe, long base, int data) {
    Map<Integer, ImagePage> pages = new TreeMap<>();
    pe.parts(base)
        .forEach(
            (rva, bytes) -> {
              int done = 0;
              while (done < bytes.length) {
                int page = (rva + done) & -PAGE;
                int inPage = rva + done - page;
                int length = Math.min(PAGE - inPage, bytes.length - done);
                boolean code = page >= CODE_RVA && page < data;
                ImagePage resident =
                    pages.computeIfAbsent(page, at -> new ImagePage(boot.frames().take(), code));
                byte[] frame = boot.frames().content(resident.pfn());
                System.arraycopy(bytes, done, frame, inPage, length);
                done += length;
              }
            });
    return pages;
  }

  private SharedImage share(
      ModuleSpec module, long base, int entryPoint, int stamp, Map<Integer, ImagePage> pages) {
    KernelObject file = files.file(FileObjects.onVolume(module.path()));
    long control = section(file, module.size(), true);
    long subsection = control + boot.struct("_CONTROL_AREA").size();
    long prototypes = prototypesOf(subsection);
    pages.forEach(
        (rva, page) ->
            boot.space()
                .writeLong(
                    prototypes + rva / PAGE * 8L,
                    (page.code() ? Access.USER_EXECUTE_READ : Access.USER_READ_ONLY)
                        .entry(page.pfn())));
    return new SharedImage(
        module, base, entryPoint, stamp, subsection, prototypes, file.body(), pages);
  }

  private long prototypesOf(long subsection) {
    return boot.space()
        .readNumber(subsection + boot.struct("_SUBSECTION").offset("SubsectionBase"), Long.BYTES);
  }

  /** Makes control area, subsection, segment and prototype entries; returns the control area. */
  private long section(KernelObject file, long size, boolean image) {
    int pages = (int) ((size + PAGE - 1) / PAGE);
    StructLayout controlLayout = boot.struct("_CONTROL_AREA");
    StructLayout subsectionLayout = boot.struct("_SUBSECTION");
    long control =
        boot.pool()
            .allocate(
                PoolKind.NONPAGED,
                image ? "MmCi" : "MmCa",
                controlLayout.size() + subsectionLayout.size());
    long subsection = control + controlLayout.size();
    long segment = boot.pool().allocate(PoolKind.PAGED, "MmSm", boot.struct("_SEGMENT").size());
    long prototypes = boot.pool().allocate(PoolKind.PAGED, "MmSt", pages * Long.BYTES);
    new Struct(boot.space(), control, controlLayout)
        .set("Segment", segment)
        .setEmptyListIfPresent("ListHead")
        .set("NumberOfSectionReferences", 1)
        .set("NumberOfMappedViews", 1)
        .set("u.Flags.Image", image ? 1 : 0)
        .set("u.Flags.File", 1)
        .set("FilePointer", file.body() | 0xA);
    new Struct(boot.space(), subsection, subsectionLayout)
        .set("ControlArea", control)
        .set("SubsectionBase", prototypes)
        .set("PtesInSubsection", pages);
    new Struct(boot.space(), segment, boot.struct("_SEGMENT"))
        .set("ControlArea", control)
        .set("TotalNumberOfPtes", pages)
        .set("SizeOfSegment", (long) pages * PAGE)
        .set("PrototypePte", prototypes);
    for (int i = 0; i < pages; i++) {
      boot.space()
          .writeLong(prototypes + (long) i * Long.BYTES, subsection << 16 | NOT_SWIZZLED_PROTOTYPE);
    }
    sectionPointers(file, control, image);
    return control;
  }

  private void sectionPointers(KernelObject file, long control, boolean image) {
    StructLayout layout = boot.struct("_SECTION_OBJECT_POINTERS");
    long at = boot.pool().allocate(PoolKind.NONPAGED, "MmSc", layout.size());
    new Struct(boot.space(), at, layout)
        .set(image ? "ImageSectionObject" : "DataSectionObject", control);
    boot.objects().view(file, "_FILE_OBJECT").set("SectionObjectPointer", at);
  }

  /** A data file as processes map it. */
  MappedFile mappedFile(String fullPath) {
    return mappedFiles.computeIfAbsent(
        fullPath,
        path -> {
          String onVolume = FileObjects.onVolume(path);
          KernelObject file = files.file(onVolume);
          long size = (1L + boot.random().nextInt(0x40)) * PAGE;
          long control = section(file, size, false);
          long subsection = control + boot.struct("_CONTROL_AREA").size();
          long prototypes = prototypesOf(subsection);
          return new MappedFile(onVolume, size, subsection, prototypes, file.body());
        });
  }
}
