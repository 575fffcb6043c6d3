package io.memlake.engine.artifacts.job;

import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.ObjectOrigin;
import io.memlake.engine.artifacts.handle.ProcessLabel;
import io.memlake.engine.artifacts.process.SeenProcess;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.objects.job.Ejob;
import io.memlake.engine.objects.job.JobLimits;
import io.memlake.engine.objects.job.JobLists;
import io.memlake.engine.objects.object.ExecutiveObject;
import io.memlake.engine.objects.pool.PoolObject;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.JobRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Makes rows of jobs. */
final class JobRows {
  private final MachineView view;
  private final JobTable table;
  private final Map<Long, Eprocess> processes = new HashMap<>();

  JobRows(MachineView view, JobTable table) throws IOException {
    this.view = view;
    this.table = table;
    for (SeenProcess seen : view.processes().processes()) {
      processes.put(seen.process().virtualAddress(), seen.process());
    }
    processes.remove(0L);
  }

  /**
   * A row, and the list of processes that was walked for it.
   *
   * @param row the row
   * @param processes empty for a job that is not mapped or was given back
   * @param strangers entries of that list that are no known process
   */
  record Made(JobRow row, Optional<JobLists.Listed> processes, List<String> strangers) {}

  Made row(SeenJob seen) throws IOException {
    Ejob job = seen.job();
    ObjectOrigin origin =
        ObjectOrigin.of(
            view.candidates(),
            job.virtualAddress(),
            job.physicalAddress(),
            seen.sighting().scanned());
    boolean scanRan = view.candidates().scanned();
    JobRow row = new JobRow();
    Gaps gaps = new Gaps();
    row.setSource(seen.sighting().source());
    row.setLayer(origin.layer());
    row.setForensicPath(origin.path());
    row.setConfidence(seen.sighting().confidence(scanRan));
    row.setJob(job.virtualAddress() == 0 ? null : job.virtualAddress());
    row.setPhysicalAddress(origin.physicalAddress());
    header(row, seen, gaps);
    counts(row, job);
    limits(row, job);
    boolean alive = !Boolean.TRUE.equals(seen.sighting().freed()) || seen.sighting().inList();
    Optional<JobLists.Listed> listed =
        alive && job.virtualAddress() != 0
            ? Optional.of(JobLists.processes(view.machine(), table.layout(), job))
            : Optional.empty();
    members(row, job, listed);
    row.setInList(table.list().isPresent() ? seen.inList() : null);
    row.setInProcesses(
        view.processReader().eprocessLayout().job().isPresent() ? seen.inProcesses() : null);
    row.setInHandles(table.holders().isPresent() ? seen.inHandles() : null);
    row.setInScan(scanRan ? seen.sighting().scanned().isPresent() : null);
    row.setFreed(seen.sighting().freed());
    gaps.into(row);
    List<String> strangers = new ArrayList<>();
    for (long member : listed.map(JobLists.Listed::objects).orElse(Set.of())) {
      if (!processes.containsKey(member)) {
        strangers.add("the entry at " + Hex.address(member) + " is no known process");
      }
    }
    return new Made(row, listed, strangers);
  }

  private void header(JobRow row, SeenJob seen, Gaps gaps) throws IOException {
    long body = seen.job().virtualAddress();
    Optional<ExecutiveObject> object =
        body == 0 ? Optional.empty() : view.kernel().objects().read(body);
    Optional<PoolObject> scanned = seen.sighting().scanned();
    if (object.isPresent()) {
      row.setName(object.get().name().orElse(null));
      row.setPointerCount(object.get().pointerCount());
      row.setHandleCount(object.get().handleCount());
    } else if (scanned.isPresent()) {
      if (scanned.get().name().isPresent()) {
        row.setName(scanned.get().name().get().read(view.machine().kernelSpace()).orElse(null));
      }
      row.setPointerCount(scanned.get().pointerCount());
      row.setHandleCount(scanned.get().handleCount());
    } else {
      gaps.add("name", Absence.UNREADABLE);
      gaps.add("pointer_count", Absence.UNREADABLE);
      gaps.add("handle_count", Absence.UNREADABLE);
    }
    row.setHolders(table.holders().map(holders -> filled(holders.holders(body))).orElse(null));
  }

  private static void counts(JobRow row, Ejob job) {
    row.setTotalProcesses(job.totalProcesses());
    row.setActiveProcesses(job.activeProcesses());
    row.setTerminatedProcesses(boxed(job.terminatedProcesses()));
    row.setSessionId(narrow(job.sessionId()));
    row.setJobId(narrow(job.jobId()));
    row.setParentJob(job.parentJob() == 0 ? null : job.parentJob());
    row.setServerSilo(job.serverSilo().orElse(null));
  }

  private static void limits(JobRow row, Ejob job) {
    long flags = job.limitFlags();
    row.setLimitFlags(flags);
    row.setLimits(filled(JobLimits.names(flags)));
    row.setActiveProcessLimit(inForce(flags, JobLimits.ACTIVE_PROCESS, job.activeProcessLimit()));
    row.setProcessMemoryLimit(inForce(flags, JobLimits.PROCESS_MEMORY, job.processMemoryLimit()));
    row.setJobMemoryLimit(inForce(flags, JobLimits.JOB_MEMORY, job.jobMemoryLimit()));
    row.setPeakJobMemory(boxed(job.peakJobMemory()));
    OptionalInt priority = job.priorityClass();
    boolean prioritized = (flags & JobLimits.PRIORITY_CLASS) != 0 && priority.isPresent();
    row.setPriorityClass(prioritized ? priority.getAsInt() : null);
    row.setUiRestrictions(
        job.uiRestrictions().isPresent()
            ? filled(JobLimits.restrictions(job.uiRestrictions().getAsLong()))
            : null);
  }

  private void members(JobRow row, Ejob job, Optional<JobLists.Listed> listed) {
    if (listed.isEmpty()) {
      return;
    }
    Set<Long> inList = listed.get().objects();
    List<Eprocess> members = new ArrayList<>();
    List<Eprocess> missing = new ArrayList<>();
    for (Eprocess process : processes.values()) {
      if (inList.contains(process.virtualAddress())) {
        members.add(process);
      } else if (JobTable.belongs(process) && process.job() == job.virtualAddress()) {
        missing.add(process);
      }
    }
    row.setProcesses(filled(ProcessLabel.of(members)));
    row.setMissingProcesses(filled(ProcessLabel.of(missing)));
  }

  private static List<String> filled(List<String> texts) {
    return texts.isEmpty() ? null : texts;
  }

  private static Long inForce(long flags, long limit, OptionalLong value) {
    return (flags & limit) == 0 ? null : boxed(value);
  }

  private static Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  /** Numbers of sessions and jobs; those beyond are none. */
  private static Integer narrow(OptionalLong value) {
    return value.isPresent() && value.getAsLong() <= Integer.MAX_VALUE
        ? (int) value.getAsLong()
        : null;
  }
}
