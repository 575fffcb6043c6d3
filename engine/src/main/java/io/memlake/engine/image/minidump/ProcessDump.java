package io.memlake.engine.image.minidump;

import java.io.Serializable;
import java.util.List;

/**
 * What a minidump tells about its process.
 *
 * @param pid process id; -1 when the dump does not tell
 * @param createTime seconds since 1970; 0 when the dump does not tell
 * @param wide whether the process has 64-bit addresses
 * @param architecture {@code x64}, {@code x86}, {@code arm64} or {@code arm}; empty when unknown
 * @param windows whether the process ran on Windows: crash reporters write minidumps elsewhere too
 * @param build of the operating system; 0 when unknown
 * @param modules loaded ones, the program first
 * @param unloaded modules that were unloaded
 * @param threads in the dump's order
 * @param regions of the address space, by address
 * @param handles in the dump's order
 */
public record ProcessDump(
    long pid,
    long createTime,
    boolean wide,
    String architecture,
    boolean windows,
    int build,
    List<DumpModule> modules,
    List<DumpModule> unloaded,
    List<DumpThread> threads,
    List<DumpRegion> regions,
    List<DumpHandle> handles)
    implements Serializable {

  /** Copies the lists. */
  public ProcessDump {
    modules = List.copyOf(modules);
    unloaded = List.copyOf(unloaded);
    threads = List.copyOf(threads);
    regions = List.copyOf(regions);
    handles = List.copyOf(handles);
  }
}
