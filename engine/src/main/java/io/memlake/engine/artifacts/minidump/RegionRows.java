package io.memlake.engine.artifacts.minidump;

import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.minidump.DumpModule;
import io.memlake.engine.image.minidump.DumpRegion;
import io.memlake.engine.image.minidump.ProcessDump;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.VadRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows of the ranges of the address space; free ranges have none. */
final class RegionRows {
  private static final int PRIVATE = 0x20000;
  private static final int MAPPED = 0x40000;
  private static final int IMAGE = 0x1000000;
  private static final int CONFIDENCE = 90;

  private static final Map<Integer, String> PROTECTIONS =
      Map.of(
          0x01, "PAGE_NOACCESS",
          0x02, "PAGE_READONLY",
          0x04, "PAGE_READWRITE",
          0x08, "PAGE_WRITECOPY",
          0x10, "PAGE_EXECUTE",
          0x20, "PAGE_EXECUTE_READ",
          0x40, "PAGE_EXECUTE_READWRITE",
          0x80, "PAGE_EXECUTE_WRITECOPY");
  private static final int GUARD = 0x100;
  private static final int NO_CACHE = 0x200;
  private static final int WRITE_COMBINE = 0x400;

  private final ImageIndex image;
  private final ProcessDump dump;
  private final Integer pid;
  private final String process;

  RegionRows(ImageIndex image, ProcessDump dump, Integer pid, String process) {
    this.image = image;
    this.dump = dump;
    this.pid = pid;
    this.process = process;
  }

  List<VadRow> rows() {
    List<VadRow> rows = new ArrayList<>();
    for (DumpRegion region : dump.regions()) {
      if (region.state() != DumpRegion.FREE && region.size() > 0) {
        rows.add(row(region));
      }
    }
    return rows;
  }

  private VadRow row(DumpRegion region) {
    VadRow row = new VadRow();
    row.setSource("container");
    row.setLayer(MinidumpRows.LAYER);
    row.setConfidence(CONFIDENCE);
    row.setForensicPath(ForensicPath.file(region.recordOffset()));
    row.setPid(pid);
    row.setProcess(process);
    row.setStart(region.base());
    row.setEnd(region.base() + region.size() - 1);
    row.setSize(region.size());
    row.setType(
        switch (region.type()) {
          case PRIVATE -> "private";
          case MAPPED -> "mapped";
          case IMAGE -> "image";
          default -> null;
        });
    row.setPrivateMemory(region.type() == 0 ? null : region.type() == PRIVATE);
    row.setMemCommit(region.state() == 0 ? null : region.state() == DumpRegion.COMMITTED);
    row.setProtection(
        protection(region.protection() != 0 ? region.protection() : region.allocationProtection()));
    row.setFile(region.type() == IMAGE ? file(region) : null);
    row.setPagesPresent(MinidumpRows.storedPages(image, region.base(), region.size()));
    Gaps gaps = new Gaps();
    MinidumpRows.gap(gaps, "pid", row.getPid());
    MinidumpRows.gap(gaps, "eprocess", row.getEprocess());
    MinidumpRows.gap(gaps, "type", row.getType());
    MinidumpRows.gap(gaps, "protection", row.getProtection());
    gaps.into(row);
    return row;
  }

  /** The module that the range lies in. */
  private String file(DumpRegion region) {
    for (DumpModule module : dump.modules()) {
      if (Long.compareUnsigned(region.base() - module.base(), module.size()) < 0) {
        return module.path().isEmpty() ? null : module.path();
      }
    }
    return null;
  }

  private static String protection(int value) {
    String name = PROTECTIONS.get(value & 0xFF);
    if (name == null) {
      return null;
    }
    return name
        + ((value & GUARD) != 0 ? "|PAGE_GUARD" : "")
        + ((value & NO_CACHE) != 0 ? "|PAGE_NOCACHE" : "")
        + ((value & WRITE_COMBINE) != 0 ? "|PAGE_WRITECOMBINE" : "");
  }
}
