package io.memlake.jobs.task;

import io.memlake.jobs.lake.DataFile;
import io.memlake.jobs.rows.RowFile;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import io.memlake.schemas.evidence.RowOrigin;
import io.memlake.schemas.row.TimelineRow;
import io.memlake.schemas.timeline.Timeline;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecordBase;

/** Stamps the rows of one task and writes them, one file a table. */
final class StagedRows implements Closeable {
  private final HostContext host;
  private final String task;
  private final RowOrigin origin;
  private final Map<String, RowFile> files = new LinkedHashMap<>();

  StagedRows(HostContext host, String task) {
    this.host = host;
    this.task = task;
    this.origin = host.origin();
  }

  void add(SpecificRecordBase row) throws IOException {
    write(row);
    if (host.timeline()) {
      for (TimelineRow event : Timeline.events(row)) {
        write(event);
      }
    }
  }

  private void write(SpecificRecordBase row) throws IOException {
    Table table = Tables.of(row);
    RowFile file = files.get(table.name());
    if (file == null) {
      file = RowFile.create(host.file(table.name(), task), table, host.configuration());
      files.put(table.name(), file);
    }
    origin.stamp(row);
    file.add(row);
  }

  /** Completes the files. */
  Map<String, DataFile> finish() throws IOException {
    Map<String, DataFile> finished = new TreeMap<>();
    for (Map.Entry<String, RowFile> file : files.entrySet()) {
      finished.put(file.getKey(), file.getValue().finish());
    }
    return finished;
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (RowFile file : files.values()) {
      try {
        file.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
