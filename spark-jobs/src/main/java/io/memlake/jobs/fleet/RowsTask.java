package io.memlake.jobs.fleet;

import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.lake.DataFile;
import io.memlake.jobs.rows.RowFile;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import io.memlake.schemas.row.CodePatchRow;
import io.memlake.schemas.row.CodeVoteRow;
import io.memlake.schemas.row.PagePrevalenceRow;
import java.util.Iterator;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** Writes the rows of a partition to a file of their table. */
final class RowsTask implements Function2<Integer, Iterator<Row>, Iterator<DataFile>> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<HadoopEvidence> evidence;
  private final String table;
  private final String caseId;
  private final String folder;

  RowsTask(Broadcast<HadoopEvidence> evidence, String table, String caseId, String folder) {
    this.evidence = evidence;
    this.table = table;
    this.caseId = caseId;
    this.folder = folder;
  }

  @Override
  public Iterator<DataFile> call(Integer partition, Iterator<Row> rows) throws Exception {
    if (!rows.hasNext()) {
      return List.<DataFile>of().iterator();
    }
    Table schema = Tables.byName(table);
    Path path = new Path(folder, String.format("%05d.parquet", partition));
    try (RowFile file = RowFile.create(path, schema, evidence.value().configuration())) {
      while (rows.hasNext()) {
        file.add(record(schema, rows.next()));
      }
      return List.of(file.finish()).iterator();
    }
  }

  private SpecificRecordBase record(Table schema, Row row) {
    SpecificRecordBase record =
        switch (table) {
          case "page_prevalence" -> new PagePrevalenceRow();
          case "code_patches" -> new CodePatchRow();
          default -> new CodeVoteRow();
        };
    record.put(schema.avro().getField("case_id").pos(), caseId);
    record.put(schema.avro().getField("source").pos(), "derived");
    for (String name : row.schema().fieldNames()) {
      record.put(schema.avro().getField(name).pos(), row.getAs(name));
    }
    return record;
  }
}
