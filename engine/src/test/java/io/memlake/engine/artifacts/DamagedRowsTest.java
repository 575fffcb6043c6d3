package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.ProcessRow;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.Truth;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What smear, gaps and hostile links do to the rows: nothing more than they must. */
class DamagedRowsTest {
  private static final SyntheticMachine MACHINE =
      SyntheticMachine.windows(19041).seed(3).standardProcesses().build();

  private final Truth truth = MACHINE.truth();
  private SyntheticImage image;
  private StructType eprocess;

  @BeforeEach
  void openImage() throws IOException {
    image = new SyntheticImage(MACHINE);
    PdbId pdb =
        new PdbId("ntkrnlmp.pdb", truth.host().kernel().pdbGuid(), truth.host().kernel().pdbAge());
    SymbolTable symbols = SampleMachines.embeddedSymbols().find(pdb).orElseThrow();
    eprocess = symbols.struct("_EPROCESS");
  }

  @Test
  void aListThatLoopsEndsAndTheOtherDirectionFindsTheRest() throws IOException {
    List<ProcessTruth> listed = truth.listed();
    // The fifth process leads back to the second.
    image.putI64(links(listed.get(4)), listed.get(1).eprocess() + linksOffset());
    Analysis analysis = analyze();
    assertThat(analysis.processes)
        .hasSameSizeAs(truth.processes())
        .allSatisfy(row -> assertThat(row.getInPslist()).isTrue());
    assertThat(reasons(analysis)).anyMatch(reason -> reason.endsWith("leads back into the list"));
  }

  @Test
  void processesBetweenTwoBreaksAreFoundByTheScan() throws IOException {
    List<ProcessTruth> listed = truth.listed();
    image.putI64(links(listed.get(3)), 0x00007FFDEADBEEF0L);
    image.putI64(links(listed.get(7)) + Long.BYTES, 0xFFFFF00000000010L);
    Analysis analysis = analyze();
    assertThat(analysis.processes).hasSameSizeAs(truth.processes());
    for (int i = 0; i < listed.size(); i++) {
      boolean between = i > 3 && i < 7;
      assertThat(analysis.process(listed.get(i).pid()).getInPslist()).isEqualTo(!between);
    }
    assertThat(reasons(analysis))
        .anyMatch(reason -> reason.endsWith("is no address of a list entry"))
        .anyMatch(reason -> reason.endsWith("leads to memory that is not in the image"));
    assertThat(analysis.collected.scanOnly()).isEqualTo(3);
  }

  @Test
  void aZeroedProcessGivesNoRowAndIsReported() throws IOException {
    ProcessTruth victim = truth.process("svchost.exe");
    image.zeroPage(victim.physicalEprocess());
    Analysis analysis = analyze();
    assertThat(analysis.processes)
        .noneMatch(row -> row.getPid() == victim.pid() || row.getImageFileName().isEmpty());
    assertThat(reasons(analysis))
        .anyMatch(
            reason -> reason.contains(Long.toHexString(victim.eprocess()) + " is no process"));
  }

  @Test
  void aProcessWhoseTablesAreGoneKeepsWhatTheKernelKnows() throws IOException {
    ProcessTruth victim = truth.process("explorer.exe");
    image.losePage(victim.dtb());
    ProcessRow row = analyze().process(victim.pid());
    assertThat(row.getKernelPath()).isEqualTo(victim.auditPath());
    assertThat(row.getPath()).isNull();
    assertThat(row.getGaps())
        .contains("path:unreadable", "command_line:unreadable", "cwd:unreadable");
  }

  @Test
  void aTopTableThatBecameSomethingElseIsNotBelieved() throws IOException {
    ProcessTruth victim = truth.process("explorer.exe");
    ProcessTruth other = truth.process("csrss.exe");
    // The frame of the table was given away: it holds part of an EPROCESS now.
    image.putI64(
        victim.physicalEprocess() + eprocess.offsetOf("Pcb.DirectoryTableBase"),
        other.physicalEprocess() & ~0xFFFL);
    Analysis analysis = analyze();
    assertThat(analysis.process(victim.pid()).getCommandLine()).isNull();
    assertThat(analysis.modules).noneMatch(row -> row.getPid() == victim.pid());
    assertThat(analysis.errors)
        .anyMatch(
            row ->
                row.getTableName().equals("modules")
                    && row.getPid() == victim.pid()
                    && row.getReason().equals("its page tables are not in the image"));
  }

  @Test
  void aProcessThatIsItsOwnNeighbourEndsBothWalks() throws IOException {
    ProcessTruth hermit = truth.listed().get(2);
    image.putI64(links(hermit), hermit.eprocess() + linksOffset());
    image.putI64(links(hermit) + Long.BYTES, hermit.eprocess() + linksOffset());
    Analysis analysis = analyze();
    assertThat(analysis.processes).hasSameSizeAs(truth.processes());
    assertThat(reasons(analysis))
        .filteredOn(reason -> reason.endsWith("leads back into the list"))
        .hasSize(2);
  }

  /** Two processes whose thread lists were tied together: each keeps its own threads. */
  @Test
  void crossLinkedThreadListsGiveNoThreadToAForeignProcess() throws IOException {
    ProcessTruth one = truth.process("explorer.exe");
    ProcessTruth other = truth.process("lsass.exe");
    int head = eprocess.offsetOf("ThreadListHead");
    long first = image.i64(one.physicalEprocess() + head);
    long second = image.i64(other.physicalEprocess() + head);
    image.putI64(one.physicalEprocess() + head, second);
    image.putI64(other.physicalEprocess() + head, first);
    Analysis analysis = analyze();
    for (ProcessTruth process : List.of(one, other)) {
      assertThat(analysis.threads.stream().filter(row -> row.getPid() == process.pid()))
          .hasSize(process.threads().size())
          .allSatisfy(row -> assertThat(row.getEprocess()).isEqualTo(process.eprocess()));
    }
    assertThat(reasons(analysis))
        .anyMatch(reason -> reason.endsWith("it belongs to process " + other.pid()))
        .anyMatch(reason -> reason.endsWith("it belongs to process " + one.pid()));
  }

  /** The object begins in a page that is there and ends in one that is not. */
  @Test
  void aProcessWhoseSecondPageIsMissingGivesNoRowAndIsReported() throws IOException {
    SyntheticMachine machine =
        SyntheticMachine.windows(19041)
            .seed(4)
            .standardProcesses()
            .process("torn.exe", spec -> spec.parent("explorer.exe").session(1).straddling())
            .build();
    ProcessTruth torn = machine.truth().process("torn.exe");
    SyntheticImage damaged = new SyntheticImage(machine);
    long end = torn.eprocess() + eprocess.size() - 1;
    damaged.losePage(machine.kernelSpace().physical(end));
    Analysis analysis = Analysis.of(damaged, SampleMachines.embeddedSymbols());
    assertThat(analysis.processes).noneMatch(row -> row.getPid() == torn.pid());
    assertThat(reasons(analysis))
        .anyMatch(
            reason ->
                reason.endsWith(
                    Long.toHexString(torn.eprocess())
                        + " is no process: its memory is not in the image"));
  }

  @Test
  void aThreadListThatLeavesTheKernelIsReportedAndTheScanFindsItsThreads() throws IOException {
    ProcessTruth victim = truth.process("explorer.exe");
    long head = victim.physicalEprocess() + eprocess.offsetOf("ThreadListHead");
    image.putI64(head, image.i64(head) ^ 1L << 40);
    image.putI64(head + Long.BYTES, image.i64(head + Long.BYTES) ^ 1L << 40);
    Analysis analysis = analyze();
    assertThat(analysis.threads.stream().filter(row -> row.getPid() == victim.pid()))
        .hasSameSizeAs(victim.threads())
        .allSatisfy(row -> assertThat(row.getInList()).isFalse())
        .allSatisfy(row -> assertThat(row.getProcess()).isEqualTo("explorer.exe"));
    assertThat(analysis.error("ThreadListHead").map(ErrorRow::getPid)).contains((int) victim.pid());
  }

  private Analysis analyze() throws IOException {
    return Analysis.of(image, SampleMachines.embeddedSymbols());
  }

  private int linksOffset() {
    return eprocess.offsetOf("ActiveProcessLinks");
  }

  private long links(ProcessTruth process) {
    return process.physicalEprocess() + linksOffset();
  }

  private static List<String> reasons(Analysis analysis) {
    return analysis.errors.stream().map(ErrorRow::getReason).toList();
  }
}
