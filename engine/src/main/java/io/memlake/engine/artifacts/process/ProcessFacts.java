package io.memlake.engine.artifacts.process;

import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.ObjectOrigin;
import io.memlake.engine.artifacts.token.TokenArtifact;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.Peb;
import io.memlake.engine.objects.process.ProcessReader;
import io.memlake.engine.objects.process.ProcessRules;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.objects.token.Token;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.ProcessRow;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Follows the pointers of one process and puts what they lead to into its row. */
final class ProcessFacts {
  /** Columns that pointers lead to, of which those of a left copy are not followed. */
  private static final List<String> FOLLOWED =
      List.of("handles", "user_sid", "kernel_path", "session_id", "path", "command_line", "cwd");

  private final MachineView view;
  private final ProcessReader reader;
  private final ProcessProgram program;

  ProcessFacts(MachineView view) {
    this.view = view;
    this.reader = view.processReader();
    this.program = new ProcessProgram(view);
  }

  /** The row without the columns that say who saw it. */
  ProcessRow row(SeenProcess seen) throws IOException {
    Eprocess process = seen.process();
    ProcessRow row = new ProcessRow();
    Gaps gaps = new Gaps();
    identity(row, seen, gaps);
    row.setThreads(boxed(process.activeThreads()));
    row.setProtection(
        process.protection().isPresent()
            ? ProtectionNames.of(process.protection().getAsInt())
            : null);
    if (process.protection().isEmpty()) {
      gaps.add("protection", Absence.NOT_AVAILABLE);
    }
    row.setSignerLevel(boxed(process.signatureLevel()));
    row.setSectionSignerLevel(boxed(process.sectionSignatureLevel()));
    row.setDebugPort(process.debugPort() == 0 ? null : process.debugPort());
    row.setJob(process.job() == 0 ? null : process.job());
    if (seen.isLeftCopy()) {
      for (String column : FOLLOWED) {
        gaps.add(column, Absence.NOT_AVAILABLE);
      }
    } else {
      followed(row, process, gaps);
    }
    name(row, gaps);
    gaps.into(row);
    return row;
  }

  private void identity(ProcessRow row, SeenProcess seen, Gaps gaps) {
    Eprocess process = seen.process();
    ObjectOrigin origin =
        ObjectOrigin.of(
            view.candidates(), process.virtualAddress(), process.physicalAddress(), seen.scanned());
    row.setSource(seen.inList() ? "walk" : "scan");
    row.setLayer(origin.layer());
    row.setForensicPath(origin.path());
    row.setPid((int) process.uniqueProcessId());
    row.setPpid(
        known(process.layout().inheritedFromUniqueProcessId(), "ppid", gaps)
            ? (int) process.inheritedFromUniqueProcessId()
            : null);
    row.setImageFileName(process.imageFileName());
    known(process.layout().createTime(), "create_time", gaps);
    known(process.layout().exitTime(), "exit_time", gaps);
    boolean created = ProcessRules.isTime(process.createTime());
    row.setCreateTime(created ? FileTimes.instant(process.createTime()) : null);
    if (!created && process.createTime() != 0) {
      gaps.add("create_time", Absence.UNPARSABLE);
    }
    row.setExitTime(FileTimes.instant(process.exitTime()));
    row.setExitStatus(process.exitTime() == 0 ? null : boxed(process.exitStatus()));
    row.setState(seen.state());
    row.setEprocess(process.virtualAddress() == 0 ? null : process.virtualAddress());
    row.setPhysicalAddress(origin.physicalAddress());
    row.setDtb(process.directoryTableBase());
    row.setUserDtb(
        process.userDirectoryTableBase().isPresent()
            ? process.userDirectoryTableBase().getAsLong()
            : null);
    row.setPeb(process.peb() == 0 ? null : process.peb());
  }

  /** Calibrated layouts may lack what symbols always know. */
  private static boolean known(Optional<?> field, String column, Gaps gaps) {
    if (field.isEmpty()) {
      gaps.add(column, Absence.NOT_AVAILABLE);
    }
    return field.isPresent();
  }

  /** What pointers of the process lead to. */
  private void followed(ProcessRow row, Eprocess process, Gaps gaps) throws IOException {
    handles(row, process, gaps);
    user(row, process, gaps);
    program.into(row, process, gaps);
    kernelPath(row, process, gaps);
    wow64(row, process, gaps);
    ownSpace(row, process, gaps);
  }

  private void handles(ProcessRow row, Eprocess process, Gaps gaps) throws IOException {
    row.setHandles(boxed(reader.handleCount(process)));
    if (row.getHandles() == null) {
      gaps.add("handles", process.objectTable() == 0 ? Absence.NOT_APPLICABLE : Absence.UNREADABLE);
    }
  }

  private void user(ProcessRow row, Eprocess process, Gaps gaps) throws IOException {
    Optional<Token> token;
    try {
      token = view.tokenReader().read(process.token());
    } catch (MissingSymbolException e) {
      gaps.add("user_sid", Absence.NOT_AVAILABLE);
      return;
    }
    row.setUserSid(token.flatMap(Token::userSid).orElse(null));
    row.setUserName(token.flatMap(TokenArtifact::userName).orElse(null));
    row.setIntegrity(token.flatMap(Token::integrityName).orElse(null));
    if (row.getUserSid() == null) {
      gaps.add("user_sid", Absence.UNREADABLE);
    }
  }

  private void kernelPath(ProcessRow row, Eprocess process, Gaps gaps) throws IOException {
    Optional<String> path = reader.kernelPath(process);
    row.setKernelPath(path.filter(text -> !text.isEmpty()).orElse(null));
    if (row.getKernelPath() == null) {
      gaps.add("kernel_path", path.isPresent() ? Absence.NOT_APPLICABLE : Absence.UNREADABLE);
    }
  }

  private void wow64(ProcessRow row, Eprocess process, Gaps gaps) throws IOException {
    if (process.layout().wow64Process().isEmpty()) {
      gaps.add("wow64", Absence.NOT_AVAILABLE);
      return;
    }
    row.setWow64(process.wow64Process() != 0);
    if (row.getWow64()) {
      long peb = reader.peb32(process);
      row.setPeb32(peb == 0 ? null : peb);
      if (peb == 0) {
        gaps.add("peb32", Absence.UNREADABLE);
      }
    }
  }

  private void ownSpace(ProcessRow row, Eprocess process, Gaps gaps) throws IOException {
    row.setImageBase(process.sectionBaseAddress() == 0 ? null : process.sectionBaseAddress());
    Optional<AddressSpace> space = reader.space(process);
    boolean outsideSessions = process.layout().session().isPresent() && process.session() == 0;
    if (outsideSessions) {
      gaps.add("session_id", Absence.NOT_APPLICABLE);
    }
    if (process.peb() == 0) {
      for (String column : new String[] {"path", "command_line", "cwd"}) {
        gaps.add(column, Absence.NOT_APPLICABLE);
      }
    }
    Optional<Peb> peb = space.isPresent() ? reader.peb(process, space.get()) : Optional.empty();
    if (space.isPresent()) {
      row.setSessionId(boxed(reader.sessionId(process, space.get())));
    }
    if (peb.isPresent()) {
      fromPeb(row, peb.get(), space.get());
      if (row.getSessionId() == null && !outsideSessions) {
        row.setSessionId(boxed(peb.get().sessionId()));
      }
    }
    if (row.getSessionId() == null) {
      gaps.add("session_id", Absence.UNREADABLE);
    }
    if (row.getImageBase() == null) {
      gaps.add("image_base", process.peb() == 0 ? Absence.NOT_APPLICABLE : Absence.UNREADABLE);
    }
    unreadable(gaps, "path", row.getPath());
    unreadable(gaps, "command_line", row.getCommandLine());
    unreadable(gaps, "cwd", row.getCwd());
  }

  private static void fromPeb(ProcessRow row, Peb peb, AddressSpace space) throws IOException {
    if (row.getImageBase() == null && peb.imageBaseAddress() != 0) {
      row.setImageBase(peb.imageBaseAddress());
    }
    row.setPebImageBase(peb.imageBaseAddress() == 0 ? null : peb.imageBaseAddress());
    row.setBeingDebugged(peb.beingDebugged().orElse(null));
    row.setWindowTitle(text(peb.windowTitle(), space));
    row.setDesktop(text(peb.desktopInfo(), space));
    row.setPath(text(peb.imagePathName(), space));
    row.setCommandLine(text(peb.commandLine(), space));
    row.setCwd(text(peb.currentDirectory(), space));
  }

  private static String text(Optional<UnicodeString> string, AddressSpace space)
      throws IOException {
    return string.isEmpty() ? null : string.get().read(space).orElse(null);
  }

  private static void unreadable(Gaps gaps, String column, String value) {
    if (value == null) {
      gaps.add(column, Absence.UNREADABLE);
    }
  }

  /**
   * No program file stands behind System, Registry and MemCompression: the kernel's name is whole.
   */
  private static void name(ProcessRow row, Gaps gaps) {
    String path = row.getKernelPath() != null ? row.getKernelPath() : row.getPath();
    boolean fileless = path == null && gaps.has("kernel_path", Absence.NOT_APPLICABLE);
    row.setName(fileless ? row.getImageFileName() : lastPart(path));
  }

  private static String lastPart(String path) {
    if (path == null) {
      return null;
    }
    String name = path.substring(path.lastIndexOf('\\') + 1);
    return name.isEmpty() ? null : name;
  }

  private static Integer boxed(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : null;
  }
}
