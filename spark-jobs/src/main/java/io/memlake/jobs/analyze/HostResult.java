package io.memlake.jobs.analyze;

import io.memlake.jobs.lake.RunRecord.HostOutcome;
import io.memlake.schemas.row.RunStepRow;
import java.util.List;

/**
 * How an analysis ended for one host.
 *
 * @param outcome status and reason
 * @param imageId identity of its image; empty when it could not be read
 * @param steps what was done
 * @param lakeFull whether it ended because the lake cannot be written
 * @param hashChanged whether its evidence is not what an earlier run recorded
 */
record HostResult(
    HostOutcome outcome,
    String imageId,
    List<RunStepRow> steps,
    boolean lakeFull,
    boolean hashChanged) {}
