package io.memlake.testdata.machine;

import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.LinkedLists;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.objects.KernelObject;
import io.memlake.testdata.objects.Namespace;
import io.memlake.testdata.objects.ObjectRequest;
import io.memlake.testdata.process.DraftProcess;
import java.util.ArrayList;
import java.util.List;

/** Writes jobs and puts processes into them. */
final class Jobs {
  private static final int FIRST_JOB_ID = 0x40;
  private static final int ENDED_BEFORE = 2;

  private final Boot boot;
  private final Namespace namespace;
  private final List<DraftProcess> processes;

  Jobs(Boot boot, Namespace namespace, List<DraftProcess> processes) {
    this.boot = boot;
    this.namespace = namespace;
    this.processes = processes;
  }

  /** Writes them; the processes in them exist, their handles do not yet. */
  void write(List<JobSpec> specs) {
    int links = boot.struct("_EJOB").offset("JobLinks");
    List<Long> listed = new ArrayList<>();
    int number = FIRST_JOB_ID;
    for (JobSpec spec : specs) {
      KernelObject job = create(spec);
      fill(boot.objects().view(job, "_EJOB"), spec, number++);
      if (spec.listed()) {
        listed.add(job.body() + links);
      }
    }
    boot.objects().publishType("PsJobType", "Job");
    LinkedLists.link(boot.space(), boot.kernel().address("PspJobList"), listed);
  }

  private KernelObject create(JobSpec spec) {
    int size = boot.struct("_EJOB").size();
    return spec.path().isEmpty()
        ? boot.objects().create(new ObjectRequest("Job", size).quota().counts(2, 0))
        : namespace.object("Job", spec.path(), size);
  }

  private void fill(Struct job, JobSpec spec, int number) {
    StructLayout layout = boot.struct("_EPROCESS");
    List<DraftProcess> members = find(spec.members());
    job.set("TotalProcesses", members.size() + ENDED_BEFORE)
        .set("ActiveProcesses", members.size())
        .set("TotalTerminatedProcesses", 1)
        .set("LimitFlags", spec.limitFlags())
        .set("ActiveProcessLimit", spec.activeLimit())
        .set("JobMemoryLimit", spec.memoryPages())
        .set("PeakJobMemoryUsed", 0x123)
        .set("UIRestrictionsClass", spec.uiRestrictions())
        .set("SessionId", members.isEmpty() ? 0 : members.get(0).spec().sessionNumber())
        .setIfPresent("JobId", number)
        .setEmptyList("JobLinks");
    LinkedLists.link(
        boot.space(),
        job.addressOf("ProcessListHead"),
        members.stream()
            .map(process -> process.object().body() + layout.offset("JobLinks"))
            .toList());
    List<DraftProcess> all = new ArrayList<>(members);
    all.addAll(find(spec.claimed()));
    all.forEach(
        process -> boot.objects().view(process.object(), "_EPROCESS").set("Job", job.address()));
  }

  private List<DraftProcess> find(List<String> names) {
    return processes.stream()
        .filter(process -> process.isRunning() && names.contains(process.spec().name()))
        .toList();
  }
}
