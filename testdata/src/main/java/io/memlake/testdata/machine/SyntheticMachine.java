package io.memlake.testdata.machine;

import io.memlake.testdata.image.CrashDumpWriter;
import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.Frames;
import io.memlake.testdata.truth.HostTruth;
import io.memlake.testdata.truth.SystemTruth;
import io.memlake.testdata.truth.Truth;
import java.util.List;
import java.util.Map;

/**
 * A Windows x64 machine that never ran: its physical memory, and the truth about what is in it.
 *
 * <pre>{@code
 * SyntheticMachine machine =
 *     SyntheticMachine.windows(19041)
 *         .seed(7)
 *         .standardProcesses()
 *         .process("notepad.exe", process -> process.parent("explorer.exe").user(sid, 1))
 *         .build();
 * RawWriter.writePadded(machine, file);
 * }</pre>
 */
public final class SyntheticMachine implements FrameSource {

  private final Frames frames;
  private final KernelLayout layout;
  private final AddressSpace kernelSpace;
  private final Map<Long, AddressSpace> processSpaces;
  private final RamFill fill;
  private final Truth truth;
  private final SystemTruth system;

  SyntheticMachine(
      Frames frames,
      KernelLayout layout,
      AddressSpace kernelSpace,
      Map<Long, AddressSpace> processSpaces,
      RamFill fill,
      Truth truth,
      SystemTruth system) {
    this.frames = frames;
    this.layout = layout;
    this.kernelSpace = kernelSpace;
    this.processSpaces = Map.copyOf(processSpaces);
    this.fill = fill;
    this.truth = truth;
    this.system = system;
  }

  /**
   * Begins a machine with the bundled kernel of a build.
   *
   * @param build one of {@link KernelLayout#bundledBuilds()}
   */
  public static MachineBuilder windows(int build) {
    return new MachineBuilder(KernelLayout.bundled(build));
  }

  /** Begins a machine with any kernel. */
  public static MachineBuilder kernel(KernelLayout layout) {
    return new MachineBuilder(layout);
  }

  @Override
  public List<FrameRun> runs() {
    return frames.ram().runs();
  }

  @Override
  public byte[] frame(long pfn) {
    return frames.isTaken(pfn) ? frames.read(pfn) : fill.frame(pfn);
  }

  @Override
  public boolean isZero(long pfn) {
    return frames.isTaken(pfn) ? !frames.isWritten(pfn) : fill.isZero(pfn);
  }

  /** What the header of a crash dump of this machine says. */
  public CrashDumpWriter.Machine crashDumpHeader() {
    HostTruth host = truth.host();
    return new CrashDumpWriter.Machine(
        host.dtb(),
        host.pfnDatabase(),
        host.loadedModuleList(),
        host.activeProcessHead(),
        host.debuggerDataBlock(),
        host.kernel().build(),
        host.processors(),
        host.systemTime());
  }

  /** The layouts that it was made with. */
  public KernelLayout layout() {
    return layout;
  }

  /** The kernel's address space: where virtual addresses lie in RAM, and what is there. */
  public AddressSpace kernelSpace() {
    return kernelSpace;
  }

  /**
   * The address space of a process, with the kernel's behind it.
   *
   * @throws IllegalArgumentException when there is none: the process was freed, or never was
   */
  public AddressSpace processSpace(long pid) {
    AddressSpace space = processSpaces.get(pid);
    if (space == null) {
      throw new IllegalArgumentException("No address space of a process " + pid);
    }
    return space;
  }

  /** What is in it. */
  public Truth truth() {
    return truth;
  }

  /** What its system was made to hold, as far as no other reader tells it. */
  public SystemTruth system() {
    return system;
  }
}
