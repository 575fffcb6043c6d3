package io.memlake.engine.artifacts.vad;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.PerProcessArtifact;
import io.memlake.engine.artifacts.ProcessView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.vad.MappedPages;
import io.memlake.engine.objects.vad.VadGap;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.objects.vad.VadSection;
import io.memlake.engine.objects.vad.VadTree;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.VadRow;
import java.io.IOException;
import java.util.Optional;

/** Fills {@code vads} from the tree of address descriptors of a process. */
public final class VadArtifact implements PerProcessArtifact<VadRow> {
  private static final String TABLE = "vads";
  private static final String ROOT = "VadRoot";

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<VadRow> rowType() {
    return VadRow.class;
  }

  @Override
  public boolean readsNarrow() {
    return true;
  }

  @Override
  public Collected collect(
      MachineView view,
      Eprocess process,
      RowSink<? super VadRow> rows,
      RowSink<? super ErrorRow> errors)
      throws IOException {
    ProcessView memory;
    try {
      memory = view.processView(process);
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
    VadTree tree = memory.vads();
    reportDamage(memory, tree, errors);
    Optional<MappedPages> pages = tree.nodes().isEmpty() ? Optional.empty() : memory.pages();
    for (VadNode node : tree.nodes()) {
      rows.accept(row(memory, node, pages));
    }
    return Collected.of(tree.nodes().size(), tree.gaps().size());
  }

  private static void reportDamage(
      ProcessView memory, VadTree tree, RowSink<? super ErrorRow> errors) throws IOException {
    long at = memory.process().virtualAddress();
    ErrorRows.gaps(
        errors, TABLE, ROOT, at, memory.pid(), tree.gaps().stream().map(VadGap::toString).toList());
    if (tree.gaps().isEmpty() && !tree.isComplete()) {
      String text =
          "the tree holds " + tree.nodes().size() + " of " + tree.recordedCount() + " descriptors";
      errors.accept(ErrorRows.inProcess(ErrorRows.warning(TABLE, ROOT, at, text), memory.pid()));
    }
  }

  private static VadRow row(ProcessView memory, VadNode node, Optional<MappedPages> pages)
      throws IOException {
    VadRow row = new VadRow();
    Gaps gaps = new Gaps();
    row.setSource("walk");
    row.setForensicPath(ForensicPath.kernel(node.address()));
    row.setConfidence(node.tag().isEmpty() ? 80 : 100);
    row.setPid(memory.pid());
    row.setProcess(memory.process().imageFileName());
    row.setEprocess(memory.process().virtualAddress());
    row.setStart(node.start());
    row.setEnd(node.end());
    row.setSize(node.size());
    row.setTag(node.tag().isEmpty() ? null : node.tag());
    row.setType(VadNames.type(node));
    row.setVadType(VadNames.vadType(node.type()));
    row.setProtection(node.protectionName());
    row.setProtectionValue(node.protection());
    row.setPrivateMemory(node.privateMemory());
    row.setCommitCharge(node.commitCharge());
    row.setMemCommit(node.memCommit());
    row.setVad(node.address());
    row.setParent(nonZero(node.parent()));
    row.setSubsection(nonZero(node.subsection()));
    row.setFirstPrototypePte(nonZero(node.firstPrototypePte()));
    row.setLastContiguousPte(nonZero(node.lastContiguousPte()));
    section(row, memory, node, gaps);
    tally(row, memory, node, pages, gaps);
    gaps.into(row);
    return row;
  }

  private static void section(VadRow row, ProcessView memory, VadNode node, Gaps gaps)
      throws IOException {
    if (node.subsection() == 0) {
      return;
    }
    Optional<VadSection> section = memory.section(node);
    if (section.isEmpty()) {
      gaps.add("control_area", Absence.UNREADABLE);
      gaps.add("file", Absence.UNREADABLE);
      return;
    }
    row.setControlArea(section.get().controlArea());
    row.setFileObject(nonZero(section.get().fileObject()));
    if (!section.get().fileName().isEmpty()) {
      row.setFile(section.get().fileName());
    } else if (section.get().fileObject() != 0) {
      gaps.add("file", Absence.UNREADABLE);
    }
  }

  private static void tally(
      VadRow row, ProcessView memory, VadNode node, Optional<MappedPages> pages, Gaps gaps)
      throws IOException {
    if (pages.isEmpty()) {
      gaps.add("pages_present", Absence.UNREADABLE);
      gaps.add("pages_exec", Absence.UNREADABLE);
      return;
    }
    PageTally tally = PageTally.of(memory, pages.get(), node);
    row.setPagesPresent(tally.present());
    row.setPagesExec(tally.executable());
    row.setPagesPrivate(node.hasPrototypes() ? tally.copied() : null);
  }

  private static Long nonZero(long address) {
    return address == 0 ? null : address;
  }
}
