package io.memlake.jobs.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.paging.MappingFlags;
import io.memlake.engine.paging.MappingOwner;
import io.memlake.engine.paging.MappingVisitor;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.engine.paging.ReverseMapBuilder;
import io.memlake.engine.scan.PageKind;
import io.memlake.schemas.row.PageRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageRowsTest {

  private static final MappingOwner KERNEL = new MappingOwner(4, 0x1AD000, true);
  private static final MappingOwner SHELL = new MappingOwner(900, 0x5000, false);
  private static final MappingOwner EDITOR = new MappingOwner(1200, 0x6000, false);

  @Test
  void theLowestProcessOwnsAPageAndRightsAreOfAllMappings() throws IOException {
    ReverseMapBuilder builder = new ReverseMapBuilder();
    builder.visitor(KERNEL).frames(0xFFFFF80000000000L, 10, 4, MappingFlags.LARGE);
    builder.visitor(EDITOR).frames(0x7FF600000000L, 11, 1, MappingFlags.USER);
    builder
        .visitor(SHELL)
        .frames(0x10000, 11, 1, MappingFlags.USER | MappingFlags.WRITABLE | MappingFlags.NOT_VALID);
    MappingVisitor kernel = builder.visitor(KERNEL);
    kernel.table(0, 13, 1);
    List<PageRow> rows = rows(findings(9, 10, 11, 13), builder.build());

    assertThat(rows).extracting(PageRow::getPfn).containsExactly(9L, 10L, 11L, 12L, 13L);
    assertThat(rows.get(0).getPid()).isNull();
    assertThat(rows.get(0).getRefCount()).isZero();
    assertThat(rows.get(1).getPid()).isEqualTo(4);
    assertThat(rows.get(1).getMapping()).isEqualTo("large");
    assertThat(rows.get(1).getUserMode()).isFalse();
    PageRow shared = rows.get(2);
    assertThat(shared.getPid()).isEqualTo(900);
    assertThat(shared.getVa()).isEqualTo(0x10000);
    assertThat(shared.getMapping()).isEqualTo("transition");
    assertThat(shared.getRefCount()).isEqualTo(3);
    assertThat(shared.getWritable()).isTrue();
    assertThat(shared.getExecutable()).isFalse();
    assertThat(shared.getUserMode()).isTrue();
    assertThat(rows.get(4).getKind()).isEqualTo("pagetable");
  }

  @Test
  void aPageWithoutBytesIsARowWithoutHash() throws IOException {
    PageRow lost = rows(findings(9, 10, 11, 13), new ReverseMapBuilder().build()).get(3);
    assertThat(lost.getPfn()).isEqualTo(12);
    assertThat(lost.getKind()).isEqualTo("absent");
    assertThat(lost.getPageHash()).isNull();
  }

  @Test
  void withoutPageTablesNothingIsSaidAboutOwners() throws IOException {
    for (PageRow row : rows(findings(9, 10), null)) {
      assertThat(row.getPid()).isNull();
      assertThat(row.getRefCount()).isNull();
    }
  }

  private static ChunkFindings findings(long... pfns) {
    ChunkFindings findings = new ChunkFindings(pfns.length);
    for (long pfn : pfns) {
      findings.page(pfn, PageKind.DATA, pfn * 31, pfn * 37);
    }
    findings.lost(12);
    return findings;
  }

  private static List<PageRow> rows(ChunkFindings findings, ReverseMap owners) throws IOException {
    List<PageRow> rows = new ArrayList<>();
    new PageRows(owners, FrameOwners.NONE)
        .forEach(findings, row -> rows.add(PageRow.newBuilder(stamped(row)).build()));
    return rows;
  }

  private static PageRow stamped(PageRow row) {
    row.setCaseId("c");
    row.setHost("h");
    row.setImageId("i");
    row.setRunId("r");
    return row;
  }
}
