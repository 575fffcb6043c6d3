package io.memlake.jobs.task;

import io.memlake.engine.artifacts.ArtifactRegistry;
import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.PerProcessArtifact;
import io.memlake.engine.artifacts.process.SeenProcess;
import io.memlake.engine.artifacts.registry.HiveRows;
import io.memlake.engine.artifacts.registry.HiveUnit;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.vbs.VbsFacts;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.jobs.lake.DataFile;
import io.memlake.jobs.lake.LakeWriteException;
import io.memlake.schemas.row.HostRow;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/** Collects the artifacts that look at a machine as a whole. */
public final class MachineTask {
  private MachineTask() {}

  /**
   * Collects all machine artifacts of {@code host}.
   *
   * @param kernelMap where the kernel maps frames
   * @param scanned whether all chunks were scanned
   * @param pagedOut findings of pages that left RAM
   * @param tables names of the tables that are wanted
   */
  public static Walked run(
      HostContext host,
      ReverseMap kernelMap,
      boolean scanned,
      PagedOutFindings pagedOut,
      Set<String> tables)
      throws IOException {
    try (PagedOutMachine opened = host.openPagedOut();
        PoolCandidates candidates = PoolCandidates.read(host, opened, kernelMap, pagedOut);
        StagedRows rows = new StagedRows(host, "machine")) {
      Machine machine = opened.machine();
      MachineView view = MachineView.of(machine, candidates.view(scanned));
      Collected collected = Collected.NOTHING;
      for (MachineArtifact<?> artifact : ArtifactRegistry.machineArtifacts()) {
        if (tables.contains(artifact.table())) {
          collected = collected.plus(collect(artifact, view, host, rows));
        }
      }
      if (view.isNarrow()) {
        for (PerProcessArtifact<?> artifact : ArtifactRegistry.perProcessArtifacts()) {
          if (tables.contains(artifact.table()) && !artifact.readsNarrow()) {
            rows.add(ErrorRows.narrow(artifact.table()));
          }
        }
      }
      ArrayList<HiveUnit> hives = new ArrayList<>();
      if (!Collections.disjoint(tables, HiveRows.tables())) {
        hives.addAll(HiveRows.units(view, rows::add));
      }
      List<Eprocess> running =
          view.processes().processes().stream().map(SeenProcess::process).toList();
      VbsFacts security = VbsFacts.of(machine, running);
      return new Walked(view.processes().units(), hives, collected, security, rows.finish(), "");
    } catch (MissingSymbolException e) {
      return new Walked(
          List.of(),
          new ArrayList<>(),
          Collected.NOTHING,
          VbsFacts.UNKNOWN,
          Map.of(),
          e.getMessage());
    }
  }

  /** One artifact that fails must not take the others with it. */
  private static Collected collect(
      MachineArtifact<?> artifact, MachineView view, HostContext host, StagedRows rows)
      throws IOException {
    if (view.isNarrow() && !artifact.readsNarrow()) {
      rows.add(ErrorRows.narrow(artifact.table()));
      return Collected.NOTHING;
    }
    try {
      return artifact.collect(view, row -> rows.add(tagged(row, host)), rows::add);
    } catch (LakeWriteException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      rows.add(ErrorRowOf.failure("walk", "artifact " + artifact.table(), artifact.table(), e));
      return Collected.NOTHING;
    }
  }

  private static SpecificRecordBase tagged(SpecificRecordBase row, HostContext host) {
    if (row instanceof HostRow described && !host.tags().isEmpty()) {
      described.setTags(host.tags());
    }
    return row;
  }

  /**
   * What the walk over the machine gave.
   *
   * @param processes kernel addresses of the processes whose memory can be looked into
   * @param hives registry hives
   * @param collected counts
   * @param security what the image says about virtualisation-based security
   * @param files staged files by table
   * @param error why nothing could be walked; empty when it could
   */
  public record Walked(
      List<Long> processes,
      ArrayList<HiveUnit> hives,
      Collected collected,
      VbsFacts security,
      Map<String, DataFile> files,
      String error)
      implements Serializable {}
}
