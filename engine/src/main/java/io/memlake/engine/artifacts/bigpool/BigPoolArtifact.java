package io.memlake.engine.artifacts.bigpool;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.objects.pool.BigPages;
import io.memlake.engine.objects.pool.BigPages.BigPage;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.EnumType;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.row.BigPoolRow;
import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Fills {@code big_pool}. */
public final class BigPoolArtifact implements MachineArtifact<BigPoolRow> {
  private static final String TABLE = "big_pool";
  private static final String VARIABLE = "PoolBigPageTable";
  private static final int PAGE_SHIFT = 12;
  private static final int FIRST_BYTES = 16;

  /** Larger allocations are not counted page by page: 256 MiB. */
  private static final long MAXIMUM_PAGES = 1 << 16;

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<BigPoolRow> rowType() {
    return BigPoolRow.class;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super BigPoolRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    try {
      BigPages table = BigPages.read(view.machine());
      if (table.slots() == 0) {
        errors.accept(
            ErrorRows.gap(
                TABLE, VARIABLE, 0, Absence.UNREADABLE, "the table of big pages was not found"));
      }
      if (table.lost() > 0) {
        errors.accept(
            ErrorRows.gap(
                TABLE,
                VARIABLE,
                0,
                Absence.UNREADABLE,
                table.lost() + " of " + table.slots() + " slots are not in the image"));
      }
      Optional<EnumType> types = view.machine().symbols().findEnum("_POOL_TYPE");
      List<BigPage> sorted = new ArrayList<>(table.pages());
      sorted.sort(
          Comparator.comparing(BigPage::address, Long::compareUnsigned)
              .thenComparing(BigPage::slot));
      for (BigPage page : sorted) {
        rows.accept(row(view, types, page));
      }
      return Collected.of(sorted.size(), 0);
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
  }

  private static BigPoolRow row(MachineView view, Optional<EnumType> types, BigPage page)
      throws IOException {
    AddressSpace space = view.machine().kernelSpace();
    BigPoolRow row = new BigPoolRow();
    row.setSource("walk");
    row.setLayer(space.translate(page.address()) == AddressSpace.ABSENT ? null : "physical");
    row.setForensicPath(ForensicPath.kernel(page.address()));
    row.setConfidence(90);
    row.setSlot(page.slot());
    row.setAddress(page.address());
    row.setTag(printable(page.tag()));
    row.setTagValue(Integer.toUnsignedLong(page.tag()));
    row.setPoolTypeValue(page.poolType());
    row.setPoolType(types.flatMap(names -> names.nameOf(page.poolType())).orElse(null));
    row.setBytes(page.bytes());
    row.setFree(page.free());
    if (!page.free()) {
      row.setPagesPresent(pagesPresent(space, page));
      row.setFirstBytes(space.map(page.address(), FIRST_BYTES).map(Hex::bytes).orElse(null));
    }
    return row;
  }

  private static Integer pagesPresent(AddressSpace space, BigPage page) throws IOException {
    long pages = (page.bytes() + 0xFFF) >>> PAGE_SHIFT;
    if (pages < 0 || pages > MAXIMUM_PAGES) {
      return null;
    }
    byte[] probe = new byte[1];
    int present = 0;
    for (long i = 0; i < pages; i++) {
      present += space.read(page.address() + (i << PAGE_SHIFT), probe, 0, 1) ? 1 : 0;
    }
    return present;
  }

  /** The characters of a tag that print; protected tags lose their marked character. */
  private static String printable(int tag) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Integer.BYTES; i++) {
      char character = (char) ((tag >>> (8 * i)) & 0xFF);
      if (character > ' ' && character < 0x7F) {
        text.append(character);
      }
    }
    return text.toString();
  }
}
