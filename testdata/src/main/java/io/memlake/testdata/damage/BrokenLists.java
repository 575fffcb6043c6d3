package io.memlake.testdata.damage;

import io.memlake.testdata.machine.SyntheticMachine;

/**
 * Breaks in the kernel's lists of a machine: of processes, of a process' threads, of kernel
 * modules. What follows the break can no longer be reached in that direction.
 */
public final class BrokenLists {

  private final SyntheticMachine machine;
  private final DamagedFrames frames;

  /** Breaks lists of a machine in its damaged frames. */
  public BrokenLists(SyntheticMachine machine, DamagedFrames frames) {
    this.machine = machine;
    this.frames = frames;
  }

  /** Lets the forward link of one process lead back to another, so that the list has a loop. */
  public BrokenLists loopProcesses(String from, String backTo) {
    return setForwardLink(links(from), links(backTo));
  }

  /** Lets the forward link of a process lead to any address. */
  public BrokenLists breakProcesses(String from, long target) {
    return setForwardLink(links(from), target);
  }

  /** Lets the backward link of a process lead to any address. */
  public BrokenLists breakProcessesBackward(String from, long target) {
    return setForwardLink(links(from) + Long.BYTES, target);
  }

  /** Lets the forward link of a kernel module lead back to another. */
  public BrokenLists loopKernelModules(String from, String backTo) {
    return setForwardLink(module(from), module(backTo));
  }

  /** Lets the forward link of a kernel module lead to any address. */
  public BrokenLists breakKernelModules(String from, long target) {
    return setForwardLink(module(from), target);
  }

  private long links(String process) {
    return machine.truth().process(process).eprocess()
        + machine.layout().struct("_EPROCESS").offset("ActiveProcessLinks");
  }

  /** The links are the first field of a loader entry. */
  private long module(String name) {
    return machine.truth().kernelModules().stream()
        .filter(module -> module.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No kernel module " + name))
        .entry();
  }

  private BrokenLists setForwardLink(long links, long target) {
    frames.overwrite(machine.kernelSpace().physical(links), target);
    return this;
  }
}
