package io.memlake.testdata.process;

import io.memlake.testdata.objects.Sid;
import io.memlake.testdata.truth.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a process shall be like. Everything but the name has a default: a 64-bit process of session
 * 0, run by the system, from the system folder, with the usual modules and one thread.
 */
public final class ProcessSpec {

  private static final long SYSTEM_PID = 4;

  final String name;
  OptionalLong pid = OptionalLong.empty();
  String parent = "";
  OptionalLong parentPid = OptionalLong.empty();
  String path;
  String shownPath;
  String commandLine;
  String currentDirectory = "C:\\Windows\\System32\\";
  String userSid = Sid.LOCAL_SYSTEM;
  Optional<Integer> session = Optional.of(0);
  Presence presence = Presence.ACTIVE;
  boolean minimal;
  boolean wow64;
  boolean straddling;
  boolean callStacks;
  int threads = 1;
  int exitedThreads;
  int handleTableLevels = 1;
  int manyHandles;
  Duration startedAfter = Duration.ofSeconds(5);
  Duration ranFor = Duration.ZERO;
  final Map<String, String> environment = new LinkedHashMap<>();
  final List<ModuleSpec> modules = new ArrayList<>();
  final List<ModuleSpec> hiddenModules = new ArrayList<>();
  final List<HandleSpec> handles = new ArrayList<>();
  final List<String> mappedFiles = new ArrayList<>();
  final List<PrivateRegion> regions = new ArrayList<>();
  final List<InjectedThread> injectedThreads = new ArrayList<>();
  final Tampering tampering = new Tampering();
  long extraPrivileges;

  /** Private memory that a process shall have: pages behind the content were never touched. */
  static final class PrivateRegion {

    final long size;
    final Protection protection;
    final byte[] content;

    PrivateRegion(long size, Protection protection, byte[] content) {
      this.size = size;
      this.protection = protection;
      this.content = content.clone();
    }
  }

  /** A thread that starts in private memory: number of the region, and offset of the start. */
  record InjectedThread(int region, int offset) {}

  /** A process by the name of its executable. */
  public ProcessSpec(String name) {
    this.name = name;
    this.path = "C:\\Windows\\System32\\" + name;
  }

  /** Fixes the process id, a multiple of 4. */
  public ProcessSpec pid(long value) {
    pid = OptionalLong.of(value);
    return this;
  }

  /** Names the process that started it; it must be made before this one. */
  public ProcessSpec parent(String processName) {
    parent = processName;
    return this;
  }

  /** Names the starting process by id: it need not exist any more. */
  public ProcessSpec parentPid(long value) {
    parentPid = OptionalLong.of(value);
    return this;
  }

  /** Full path of the executable with drive letter; the command line defaults to it. */
  public ProcessSpec path(String fullPath) {
    path = fullPath;
    return this;
  }

  /** Shows another path in the process' parameters than the kernel recorded. */
  public ProcessSpec shownPath(String fullPath) {
    shownPath = fullPath;
    return this;
  }

  /** Sets the command line, of any length up to 32 766 characters. */
  public ProcessSpec commandLine(String text) {
    commandLine = text;
    return this;
  }

  /** Sets the current directory. */
  public ProcessSpec currentDirectory(String directory) {
    currentDirectory = directory;
    return this;
  }

  /** Sets an environment variable, in addition to the usual ones. */
  public ProcessSpec environment(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Runs as a user in a session. */
  public ProcessSpec user(String sid, int sessionId) {
    userSid = sid;
    session = Optional.of(sessionId);
    return this;
  }

  /** Runs in a session. */
  public ProcessSpec session(int sessionId) {
    session = Optional.of(sessionId);
    return this;
  }

  /** Belongs to no session, like the System process and the session manager. */
  public ProcessSpec withoutSession() {
    session = Optional.empty();
    return this;
  }

  /** Has no user space: System, Registry, MemCompression. */
  public ProcessSpec minimal() {
    minimal = true;
    return withoutSession();
  }

  /** Is a 32-bit program. */
  public ProcessSpec wow64() {
    wow64 = true;
    return this;
  }

  /** Is taken out of the list of active processes. */
  public ProcessSpec hidden() {
    presence = Presence.UNLINKED;
    return this;
  }

  /** Has ended after a time, and is still listed. */
  public ProcessSpec terminatedAfter(Duration time) {
    presence = Presence.TERMINATED;
    ranFor = time;
    return this;
  }

  /** Has ended after a time, and its pool block was freed. */
  public ProcessSpec freedAfter(Duration time) {
    presence = Presence.FREED;
    ranFor = time;
    return this;
  }

  /** Its {@code _EPROCESS} crosses into a frame that is not adjacent. */
  public ProcessSpec straddling() {
    straddling = true;
    return this;
  }

  /** Sets how many threads run. */
  public ProcessSpec threads(int count) {
    threads = count;
    return this;
  }

  /** Adds threads that have ended and whose structures still lie in the pool, unlinked. */
  public ProcessSpec exitedThreads(int count) {
    exitedThreads = count;
    return this;
  }

  /** Sets when it started, counted from boot. */
  public ProcessSpec startedAfter(Duration time) {
    startedAfter = time;
    return this;
  }

  /** Loads modules behind the usual ones. */
  public ProcessSpec modules(ModuleSpec... added) {
    modules.addAll(Arrays.asList(added));
    return this;
  }

  /** Maps an image that is in none of the loader's lists. */
  public ProcessSpec hiddenModule(ModuleSpec module) {
    hiddenModules.add(module);
    return this;
  }

  /** Adds handles. */
  public ProcessSpec handles(HandleSpec... added) {
    handles.addAll(Arrays.asList(added));
    return this;
  }

  /** Adds that many handles of events without names. */
  public ProcessSpec manyHandles(int count) {
    manyHandles = count;
    return this;
  }

  /** Gives the handle table at least this many levels: 1, 2 or 3. */
  public ProcessSpec handleTableLevels(int levels) {
    handleTableLevels = levels;
    return this;
  }

  /** Has threads whose user stacks lead through functions with all kinds of unwind data. */
  public ProcessSpec callStacks() {
    callStacks = true;
    return threads(CallStack.THREADS).modules(CallStack.MODULE);
  }

  /** Maps a data file for reading. */
  public ProcessSpec mappedFile(String fullPath) {
    mappedFiles.add(fullPath);
    return this;
  }

  /** Adds private memory with some bytes at its start. */
  public ProcessSpec privateRegion(long size, Protection protection, byte[] content) {
    regions.add(new PrivateRegion(size, protection, content));
    return this;
  }

  /** Runs one more thread, which starts at an offset of the private memory that was added last. */
  public ProcessSpec threadInRegion(int offset) {
    injectedThreads.add(new InjectedThread(regions.size() - 1, offset));
    return this;
  }

  /** Puts private memory with these bytes where its program was mapped. */
  public ProcessSpec hollowed(byte[] program) {
    tampering.hollow(program);
    return this;
  }

  /**
   * Overwrites code of a loaded module.
   *
   * @param module its file name
   * @param rva where, counted from its base, in a resident page: from 0x1000 on
   */
  public ProcessSpec patched(String module, int rva, byte[] bytes) {
    tampering.patch(module, rva, bytes);
    return this;
  }

  /** Maps executable pages that none of its regions describes. */
  public ProcessSpec unlistedCode(byte[] code) {
    tampering.unlisted(code);
    return this;
  }

  /** Marks the file of its program for deletion. */
  public ProcessSpec fileDeletePending() {
    tampering.deletePending();
    return this;
  }

  /** Adds a privilege by its number and enables it, such as 20 for debugging. */
  public ProcessSpec enabledPrivilege(int number) {
    extraPrivileges |= 1L << number;
    return this;
  }

  /** Whether it is a service host that runs as the network service. */
  public boolean isNetworkService() {
    return name.equals("svchost.exe") && userSid.equals(Sid.NETWORK_SERVICE);
  }

  /** Whether it belongs to a session. */
  public boolean hasSession() {
    return session.isPresent();
  }

  /** Number of its session; 0 for the processes outside of all, too. */
  public int sessionNumber() {
    return session.orElse(0);
  }

  /** Full path of the executable. */
  public String imagePath() {
    return path;
  }

  /** The name of the executable. */
  public String name() {
    return name;
  }

  /** The handles asked for. */
  public List<HandleSpec> handleSpecs() {
    return List.copyOf(handles);
  }

  /** How many further handles of unnamed events were asked for. */
  public int manyHandleCount() {
    return manyHandles;
  }

  /** The least number of handle table levels. */
  public int handleTableLevelCount() {
    return handleTableLevels;
  }

  /** Whether it is the System process. */
  public boolean isSystem() {
    return pid.isPresent() && pid.getAsLong() == SYSTEM_PID;
  }

  /** The id of the starting process, if it was given by id. */
  public OptionalLong parentId() {
    return parentPid;
  }

  /** The name of the starting process. */
  public String parentName() {
    return parent;
  }

  String commandLineOrDefault() {
    return commandLine == null ? path : commandLine;
  }

  String shownPathOrDefault() {
    return shownPath == null ? path : shownPath;
  }
}
