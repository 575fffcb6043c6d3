package io.memlake.jobs.cli;

import io.memlake.jobs.hunt.run.LakeInventory;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.session.SparkSessions;
import io.memlake.jobs.session.SparkSettings;
import io.memlake.jobs.sql.LakeViews;
import java.io.IOException;
import java.util.Collection;
import org.apache.spark.sql.SparkSession;

/**
 * A case of a lake that is open for queries.
 *
 * @param session with views of the tables
 * @param lake the lake
 * @param inventory its hosts
 */
record CaseSession(SparkSession session, Lake lake, LakeInventory inventory) {

  /** Opens a case with the tables that are named; with all when none is. */
  static CaseSession open(
      SparkSettings settings, String location, String caseId, Collection<String> tables)
      throws IOException {
    SparkSession session = SparkSessions.start(settings);
    Lake lake = Lake.open(location, session.sparkContext().hadoopConfiguration());
    LakeInventory inventory = LakeInventory.of(lake, caseId);
    if (tables.isEmpty()) {
      LakeViews.register(session, lake);
    } else {
      LakeViews.register(session, lake, tables);
    }
    return new CaseSession(session, lake, inventory);
  }

  /** The case as a literal of SQL. */
  String caseLiteral() {
    return SqlText.literal(inventory.caseId());
  }
}
