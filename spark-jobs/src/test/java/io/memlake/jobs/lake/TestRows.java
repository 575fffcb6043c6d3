package io.memlake.jobs.lake;

import io.memlake.jobs.rows.RowFile;
import io.memlake.jobs.session.PlainHadoop;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import io.memlake.schemas.row.KernelModuleRow;
import io.memlake.schemas.row.PageRow;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Rows and staged hosts for tests of the lake. */
public final class TestRows {
  private TestRows() {}

  /** A page row of {@code pfn} with everything that must be there. */
  public static PageRow page(String host, String runId, long pfn) {
    PageRow row = new PageRow();
    row.setCaseId("default");
    row.setHost(host);
    row.setImageId("0123456789abcdef");
    row.setRunId(runId);
    row.setSource("scan");
    row.setLayer("physical");
    row.setConfidence(100);
    row.setPfn(pfn);
    row.setPageHash(0xFFFFF8047BA00000L + pfn);
    row.setPageHash2(pfn);
    row.setKind("data");
    row.setOrigin("present");
    return row;
  }

  /** A kernel module row with any name. */
  public static KernelModuleRow kernelModule(String host, String runId, String name) {
    KernelModuleRow row = new KernelModuleRow();
    row.setCaseId("default");
    row.setHost(host);
    row.setImageId("0123456789abcdef");
    row.setRunId(runId);
    row.setSource("walk");
    row.setConfidence(100);
    row.setName(name);
    row.setInList(true);
    row.setBase(0xFFFFF8047BA00000L);
    return row;
  }

  /** A manifest as a job hands it to the publisher. */
  public static HostManifest manifest(String host, String runId, String status) {
    return new HostManifest(
        0,
        "default",
        host,
        runId,
        "0123456789abcdef",
        "",
        status,
        "",
        Map.of("profile", "standard"),
        Instant.EPOCH.toString(),
        Map.of());
  }

  /** Stages rows of several tables, each in one file. */
  public static Map<String, List<DataFile>> stage(
      LakeWriter lake, String runId, String host, List<? extends SpecificRecord> rows)
      throws IOException {
    Map<String, List<IndexedRecord>> byTable = new java.util.TreeMap<>();
    for (SpecificRecord row : rows) {
      byTable.computeIfAbsent(Tables.of(row).name(), name -> new ArrayList<>()).add(row);
    }
    Map<String, List<DataFile>> staged = new java.util.TreeMap<>();
    Configuration configuration = PlainHadoop.configuration();
    for (String name : byTable.keySet()) {
      Table table = Tables.byName(name);
      Path file = new Path(lake.layout().staging(runId, "default", host), name + "/0.parquet");
      staged.put(name, List.of(RowFile.write(file, table, byTable.get(name), configuration)));
    }
    return staged;
  }
}
