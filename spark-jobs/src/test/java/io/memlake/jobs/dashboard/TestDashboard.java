package io.memlake.jobs.dashboard;

import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.duckdb.DuckDbLake;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.lake.LakeSnapshot;
import io.memlake.jobs.query.LakeDatabase;
import io.memlake.jobs.session.PlainHadoop;
import java.io.IOException;
import java.nio.file.Path;

/** Dashboards for tests. */
public final class TestDashboard {
  private TestDashboard() {}

  /** A dashboard over a lake with the case {@code default}, on any port. */
  public static DashboardServer start(Path lake, boolean freeSql) throws IOException {
    return DashboardServer.start(
        new DashboardSettings(lake.toString(), "default", 0, freeSql, "test"),
        new DashboardServer.Opener() {
          @Override
          public LakeSnapshot look() throws IOException {
            return LakeSnapshot.of(Lake.open(lake.toString(), PlainHadoop.configuration()));
          }

          @Override
          public LakeDatabase open(LakeSnapshot snapshot) {
            return DuckDbLake.open(snapshot, "default");
          }
        },
        new HadoopEvidence(PlainHadoop.configuration()));
  }
}
