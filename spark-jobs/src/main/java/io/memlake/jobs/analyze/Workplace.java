package io.memlake.jobs.analyze;

import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.lake.LakeWriter;
import io.memlake.jobs.options.JobOptions;
import io.memlake.jobs.progress.Progress;
import java.util.concurrent.ExecutorService;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * What all hosts of a run share.
 *
 * @param spark where tasks run
 * @param options settings
 * @param lake the lake
 * @param evidence how evidence is opened, here and on executors
 * @param progress where progress is told
 * @param background threads for what a host does beside its stages
 * @param runId the run
 */
record Workplace(
    JavaSparkContext spark,
    JobOptions options,
    LakeWriter lake,
    Broadcast<HadoopEvidence> evidence,
    Progress progress,
    ExecutorService background,
    String runId) {}
