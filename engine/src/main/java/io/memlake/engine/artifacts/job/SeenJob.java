package io.memlake.engine.artifacts.job;

import io.memlake.engine.artifacts.Sighting;
import io.memlake.engine.objects.job.Ejob;

/**
 * A job and who saw it.
 *
 * @param job the job
 * @param sighting whether anything of the live system leads to it, and what the scan knows
 * @param inList whether the kernel's list holds it
 * @param inProcesses whether a process says that it belongs to it
 * @param inHandles whether a process has a handle to it
 */
record SeenJob(
    Ejob job, Sighting sighting, boolean inList, boolean inProcesses, boolean inHandles) {

  SeenJob and(SeenJob other) {
    return new SeenJob(
        job,
        sighting.and(other.sighting),
        inList || other.inList,
        inProcesses || other.inProcesses,
        inHandles || other.inHandles);
  }
}
