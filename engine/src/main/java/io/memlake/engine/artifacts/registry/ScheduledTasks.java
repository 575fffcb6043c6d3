package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.ScheduledTaskRow;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Scheduled tasks: {@code Schedule\TaskCache\Tasks\GUID}, and their entries in {@code Tree} by
 * path.
 *
 * <pre>DynamicInfo   version:4 registered:8 lastRun:8 state:4 result:4 [lastCompleted:8]</pre>
 */
final class ScheduledTasks implements HiveInterpreter {
  private static final String CACHE = "Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache";
  private static final int RESULT = 24;
  private static final int COMPLETED = 28;

  @Override
  public String table() {
    return "scheduled_tasks";
  }

  @Override
  public Set<HiveKind> kinds() {
    return Set.of(HiveKind.SOFTWARE);
  }

  @Override
  public void read(HiveReading hive, RowSink<SpecificRecordBase> rows) throws IOException {
    Optional<RegistryKey> tasks = hive.find(CACHE + "\\Tasks");
    Optional<RegistryKey> tree = hive.find(CACHE + "\\Tree");
    if (tasks.isEmpty()) {
      return;
    }
    for (RegistryKey task : tasks.get().subkeys()) {
      TaskActions actions = TaskActions.parse(task.bytes("Actions").orElse(new byte[0]));
      List<TaskActions.Action> all = actions.actions();
      for (int i = 0; i < Math.max(1, all.size()); i++) {
        ScheduledTaskRow row = task(hive, task, tree);
        row.setRunAs(actions.context());
        row.setAction(i);
        if (i < all.size()) {
          action(row, all.get(i));
        }
        rows.accept(row);
      }
    }
  }

  private static ScheduledTaskRow task(
      HiveReading hive, RegistryKey task, Optional<RegistryKey> tree) throws IOException {
    ScheduledTaskRow row = hive.stamp(new ScheduledTaskRow(), task);
    row.setGuid(task.name());
    row.setTaskPath(task.text("Path"));
    row.setAuthor(task.text("Author"));
    row.setDescription(task.text("Description"));
    byte[] dynamic = task.bytes("DynamicInfo").orElse(new byte[0]);
    if (dynamic.length >= COMPLETED) {
      row.setRegistered(FileTimes.instant(LittleEndian.i64(dynamic, 4)));
      row.setLastRun(FileTimes.instant(LittleEndian.i64(dynamic, 12)));
      row.setLastResult(LittleEndian.u32(dynamic, RESULT));
    }
    if (dynamic.length >= COMPLETED + Long.BYTES) {
      row.setLastCompleted(FileTimes.instant(LittleEndian.i64(dynamic, COMPLETED)));
    }
    Gaps gaps = new Gaps();
    if (row.getTaskPath() == null) {
      gaps.add("task_path", Absence.UNREADABLE);
    } else if (tree.isPresent()) {
      String path = row.getTaskPath();
      Optional<RegistryKey> entry =
          tree.get().find(path.startsWith("\\") ? path.substring(1) : path);
      row.setHasSecurityDescriptor(
          entry.isEmpty() ? null : Boolean.valueOf(entry.get().bytes("SD").isPresent()));
    }
    gaps.into(row);
    return row;
  }

  private static void action(ScheduledTaskRow row, TaskActions.Action action) {
    row.setActionType(action.type());
    row.setCommand(action.command());
    row.setArguments(action.arguments());
    row.setWorkingDirectory(action.directory());
    row.setComClass(action.comClass());
  }
}
