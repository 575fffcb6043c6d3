package io.memlake.testdata.truth;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One process.
 *
 * @param pid process id
 * @param ppid id of the process it was started by
 * @param name full name of its executable
 * @param imageFileName the at most 14 characters that {@code _EPROCESS.ImageFileName} keeps
 * @param presence how it is present in memory
 * @param eprocess address of its {@code _EPROCESS}
 * @param physicalEprocess physical address of the first byte of that structure
 * @param straddles whether the structure lies in two frames that are not adjacent
 * @param dtb physical address of its top page table
 * @param peb address of its {@code _PEB}; 0 for none
 * @param peb32 address of its 32-bit PEB; 0 for a 64-bit process
 * @param sessionId its session; empty for processes outside of sessions
 * @param userSid security identifier of the user it runs as
 * @param createTime when it was started
 * @param exitTime when it ended; 0 while it runs
 * @param imagePath path in its parameters, such as C:\Windows\System32\lsass.exe
 * @param auditPath device path that the kernel recorded when it was started
 * @param commandLine its command line
 * @param currentDirectory its current directory
 * @param environment its environment variables
 * @param modules modules of the 64-bit loader lists, in load order
 * @param modules32 modules of the 32-bit loader lists, in load order
 * @param threads its threads
 * @param vads its memory regions, ascending
 * @param handles its handles, ascending
 * @param objectTable address of its {@code _HANDLE_TABLE}; 0 for none
 */
public record ProcessTruth(
    long pid,
    long ppid,
    String name,
    String imageFileName,
    Presence presence,
    long eprocess,
    long physicalEprocess,
    boolean straddles,
    long dtb,
    long peb,
    long peb32,
    Optional<Integer> sessionId,
    String userSid,
    long createTime,
    long exitTime,
    String imagePath,
    String auditPath,
    String commandLine,
    String currentDirectory,
    Map<String, String> environment,
    List<ModuleTruth> modules,
    List<ModuleTruth> modules32,
    List<ThreadTruth> threads,
    List<VadTruth> vads,
    List<HandleTruth> handles,
    long objectTable) {

  /** Whether it is a 32-bit process on the 64-bit system. */
  public boolean wow64() {
    return peb32 != 0;
  }

  /** How many of its threads run: the value of {@code ActiveThreads}. */
  public int activeThreads() {
    return (int) threads.stream().filter(thread -> thread.exitTime() == 0).count();
  }
}
