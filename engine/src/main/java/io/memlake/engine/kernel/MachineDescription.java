package io.memlake.engine.kernel;

import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.kernel.calibration.Calibration;
import io.memlake.engine.paging.PagingMode;
import io.memlake.engine.symbols.PdbId;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Everything that was learnt about the Windows in one image: enough for any executor to open it
 * again without searching. Immutable, a few KiB, serializable.
 *
 * @param image the container
 * @param mode how its processor pages, null when no page tables were found
 * @param dtb directory table base of the kernel's address space, 0 when none was found
 * @param kernelBase virtual address of the kernel's first byte, 0 when it was not found
 * @param kernelSize bytes of the loaded kernel, 0 when its header cannot be read
 * @param pdb identity of the kernel, null when unknown
 * @param symbolMatch how the symbols were chosen
 * @param symbolSource where the symbols come from, as {@code SymbolTable.source()} says
 * @param version version of Windows
 * @param activeProcessHead virtual address of {@code PsActiveProcessHead}, 0 when unknown
 * @param loadedModuleList virtual address of {@code PsLoadedModuleList}, 0 when unknown
 * @param debuggerData virtual address of {@code KdDebuggerDataBlock}, 0 when unknown
 * @param votes what each locator said
 * @param notes contradictions and weak places, in words
 * @param calibration layouts that the image itself told, null when symbols did
 * @param confidence how sure the whole is, 0 to 100
 */
public record MachineDescription(
    ImageIndex image,
    PagingMode mode,
    long dtb,
    long kernelBase,
    long kernelSize,
    PdbId pdb,
    SymbolMatch symbolMatch,
    String symbolSource,
    SystemVersion version,
    long activeProcessHead,
    long loadedModuleList,
    long debuggerData,
    List<LocatorVote> votes,
    List<String> notes,
    Calibration calibration,
    int confidence)
    implements Serializable {

  /** Copies the lists. */
  public MachineDescription {
    votes = List.copyOf(votes);
    notes = List.copyOf(notes);
  }

  /** Why {@link Machine#open} would refuse, in one line; empty when the machine can be opened. */
  public Optional<String> problem() {
    String file = image.files().get(0);
    if (dtb == 0) {
      return Optional.of("No Windows page tables found in " + file + ": " + summary("dtb."));
    }
    if (kernelBase == 0) {
      return Optional.of("No Windows kernel found in " + file + ": " + summary("kernel."));
    }
    if (symbolMatch == SymbolMatch.NONE) {
      String wanted = pdb == null ? "a kernel without identity" : pdb.name() + " " + pdb.key();
      return Optional.of(
          "No symbols for the kernel in " + file + " (" + wanted + "): " + summary("symbols."));
    }
    return Optional.empty();
  }

  /** {@code x64} or {@code x86}; empty when no page tables were found. */
  public String architecture() {
    return mode == null ? "" : mode.pointerSize() == Long.BYTES ? "x64" : "x86";
  }

  /** Bytes of an address in its kernel: 8 when that is not known. */
  public int pointerSize() {
    return mode == null ? Long.BYTES : mode.pointerSize();
  }

  /** Layouts that the image itself told; empty when symbols did. */
  public Optional<Calibration> calibrated() {
    return Optional.ofNullable(calibration);
  }

  private String summary(String prefix) {
    List<String> reasons =
        votes.stream()
            .filter(vote -> !vote.accepted() && vote.locator().startsWith(prefix))
            .map(vote -> vote.locator().substring(prefix.length()) + ": " + vote.reason())
            .distinct()
            .limit(6)
            .toList();
    return reasons.isEmpty() ? "nothing was tried" : String.join("; ", reasons);
  }
}
