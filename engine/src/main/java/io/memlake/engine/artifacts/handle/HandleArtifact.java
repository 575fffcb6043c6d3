package io.memlake.engine.artifacts.handle;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.PerProcessArtifact;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.handle.AccessRights;
import io.memlake.engine.objects.handle.Handle;
import io.memlake.engine.objects.handle.ObjectDescriber;
import io.memlake.engine.objects.handle.ObjectFacts;
import io.memlake.engine.objects.object.ExecutiveObject;
import io.memlake.engine.objects.object.ObjectReader;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.evidence.NormalName;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.HandleRow;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Fills {@code handles} from the handle table of a process. */
public final class HandleArtifact implements PerProcessArtifact<HandleRow> {
  private static final String TABLE = "handles";
  private static final String ITEM = "ObjectTable";

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<HandleRow> rowType() {
    return HandleRow.class;
  }

  @Override
  public boolean readsNarrow() {
    return true;
  }

  @Override
  public Collected collect(
      MachineView view,
      Eprocess process,
      RowSink<? super HandleRow> rows,
      RowSink<? super ErrorRow> errors)
      throws IOException {
    if (process.objectTable() == 0) {
      return Collected.NOTHING;
    }
    Rows made;
    try {
      made = new Rows(view, process, rows);
      List<String> problems =
          view.handleTableReader()
              .walk(view.machine().kernelSpace(), process.objectTable(), made::add);
      ErrorRows.gaps(
          errors, TABLE, ITEM, process.objectTable(), (int) process.uniqueProcessId(), problems);
      return Collected.of(made.count, 0);
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
  }

  /** Makes the rows of one process. */
  private static final class Rows {
    private final Eprocess process;
    private final RowSink<? super HandleRow> rows;
    private final ObjectReader objects;
    private final ObjectDescriber describer;
    private final int body;
    private long count;

    Rows(MachineView view, Eprocess process, RowSink<? super HandleRow> rows) throws IOException {
      this.process = process;
      this.rows = rows;
      this.objects = view.kernel().objects();
      this.describer = view.objectDescriber();
      this.body = objects.bodyOffset();
    }

    void add(Handle handle) throws IOException {
      rows.accept(row(handle));
      count++;
    }

    private HandleRow row(Handle handle) throws IOException {
      HandleRow row = new HandleRow();
      Gaps gaps = new Gaps();
      int pid = (int) process.uniqueProcessId();
      row.setSource("walk");
      row.setForensicPath(ForensicPath.kernel(handle.target()));
      row.setPid(pid);
      row.setProcess(process.imageFileName());
      row.setEprocess(process.virtualAddress());
      row.setHandle(handle.value());
      row.setObject(handle.target() + body);
      row.setGrantedAccess(handle.grantedAccess());
      row.setInherited(handle.inherited());
      row.setProtectedFromClose(handle.protectedFromClose());
      Optional<ExecutiveObject> object = objects.read(handle.target() + body);
      if (object.isEmpty() || object.get().type().isEmpty()) {
        row.setConfidence(50);
        gaps.add("type", Absence.UNREADABLE);
        gaps.add("name", Absence.UNREADABLE);
      } else {
        row.setConfidence(100);
        describe(row, object.get(), handle, gaps);
      }
      gaps.into(row);
      return row;
    }

    private void describe(HandleRow row, ExecutiveObject object, Handle handle, Gaps gaps)
        throws IOException {
      String type = object.type().orElseThrow();
      String access = AccessRights.names(type, handle.grantedAccess());
      row.setType(type);
      row.setAccess(access.isEmpty() ? null : access);
      row.setHandleCount(object.handleCount());
      row.setPointerCount(object.pointerCount());
      row.setTag(objects.tag(type).orElse(null));
      ObjectFacts facts = describer.describe(object);
      row.setName(facts.name().orElse(null));
      row.setNameNorm(NormalName.of(row.getName()));
      row.setObjectPath(facts.path().orElse(null));
      row.setDevice(facts.device().orElse(null));
      row.setDetail(facts.detail().orElse(null));
      row.setTargetPid(facts.targetPid() < 0 ? null : facts.targetPid());
      row.setTargetTid(facts.targetTid() < 0 ? null : facts.targetTid());
      row.setTargetName(facts.targetName().orElse(null));
      row.setTargetEprocess(facts.targetProcess() == 0 ? null : facts.targetProcess());
      if (!facts.readable() && row.getName() == null) {
        gaps.add("name", Absence.UNREADABLE);
      }
    }
  }
}
