package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.InjectionRow;
import io.memlake.schemas.row.ModuleRow;
import io.memlake.schemas.row.ProcessRow;
import io.memlake.schemas.row.TokenRow;
import io.memlake.testdata.machine.TamperedMachine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code where none should be, and code that is not what its file says. */
class InjectionRowsTest {
  private static Analysis analysis(int build) throws IOException {
    return Analysis.of(
        new SyntheticImage(TamperedMachine.of(build)), SampleMachines.embeddedSymbols());
  }

  private static List<InjectionRow> of(Analysis analysis, String process) {
    return analysis.rows(InjectionRow.class).stream()
        .filter(row -> row.getProcess().equals(process))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 9600, 14393, 17763, 18362, 19041, 20348, 22000})
  void eachTraceHasItsReason(int build) throws IOException {
    Analysis analysis = analysis(build);
    assertThat(of(analysis, "shell.exe"))
        .extracting(InjectionRow::getReason)
        .containsExactly("private_rwx");
    assertThat(of(analysis, "reflect.exe"))
        .extracting(InjectionRow::getReason)
        .containsExactly("pe_header", "private_rwx");
    assertThat(of(analysis, "erased.exe"))
        .extracting(InjectionRow::getReason)
        .containsExactly("pe_header_without_mz", "private_rx");
    assertThat(of(analysis, "hollow.exe"))
        .extracting(InjectionRow::getReason)
        .containsExactly("pe_header", "private_rwx", "program_not_image");
    assertThat(of(analysis, "hooked.exe"))
        .extracting(InjectionRow::getReason)
        .containsExactly("image_patched");
    assertThat(of(analysis, "secret.exe"))
        .extracting(InjectionRow::getReason)
        .containsExactly("no_vad");
    assertThat(of(analysis, "loader.exe"))
        .extracting(InjectionRow::getReason)
        .containsExactly("image_not_listed");
    assertThat(analysis.rows(InjectionRow.class)).hasSize(11);
    assertThat(analysis.errorsOfProcesses()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 19041})
  void whatStandsThereAndWhatShould(int build) throws IOException {
    Analysis analysis = analysis(build);
    InjectionRow hook = of(analysis, "hooked.exe").get(0);
    assertThat(hook.getPagesChanged()).isEqualTo(1);
    assertThat(hook.getFile()).endsWith("ntdll.dll");
    assertThat(hook.getAddress() & 0xFFF).isEqualTo(0x40);
    assertThat(first(hook.getFirstBytes(), 5)).isEqualTo(TamperedMachine.jump());
    assertThat(hook.getReferenceBytes()).isNotEqualTo(hook.getFirstBytes());
    InjectionRow shell = of(analysis, "shell.exe").get(0);
    assertThat(first(shell.getFirstBytes(), 7)).isEqualTo(TamperedMachine.code());
    assertThat(shell.getHasMz()).isFalse();
    assertThat(shell.getFirstInstructions().lines().toList())
        .startsWith("0x%x: sub rsp,28h".formatted(shell.getAddress()));
    assertThat(hook.getFirstInstructions().lines().findFirst().orElseThrow())
        .isEqualTo(
            "0x%x: jmp %016Xh".formatted(hook.getAddress(), hook.getAddress() + 0x44332216L));
    assertThat(of(analysis, "reflect.exe").get(0).getFirstInstructions()).isNull();
    assertThat(shell.getEntropy()).isBetween(0.0, 1.0);
    InjectionRow header = of(analysis, "reflect.exe").get(0);
    assertThat(header.getPeBits()).isEqualTo(64);
    assertThat(header.getPeSize()).isEqualTo(0x21000);
    assertThat(header.getPeTimestamp()).isEqualTo(0x5F000001);
    assertThat(of(analysis, "secret.exe").get(0).getVad()).isNull();
    // The program's own thread starts where the program was.
    assertThat(of(analysis, "hollow.exe").get(1).getThreadsStarted()).isEqualTo(1);
  }

  private static byte[] first(ByteBuffer buffer, int count) {
    byte[] bytes = new byte[count];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 22000})
  void mappedExecutablesThatNoListHoldsAreModules(int build) throws IOException {
    List<ModuleRow> unlisted =
        analysis(build).modules.stream().filter(row -> row.getLdrEntry() == null).toList();
    assertThat(unlisted).hasSize(1);
    ModuleRow row = unlisted.get(0);
    assertThat(row.getProcess()).isEqualTo("loader.exe");
    assertThat(row.getName()).isEqualTo("x.dll");
    assertThat(row.getMappedPath()).isEqualTo("\\Users\\Public\\x.dll");
    assertThat(row.getMapped()).isTrue();
    assertThat(row.getInLoad() || row.getInMem() || row.getInInit()).isFalse();
    assertThat(row.getSize()).isEqualTo(0x12000);
    assertThat(row.getExportName()).isEqualTo("x.dll");
    assertThat(row.getExports()).isPositive();
    assertThat(row.getPdbName()).isEqualTo("x.pdb");
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 22000})
  void threadsThatBeganOutsideOfExecutablesShow(int build) throws IOException {
    Analysis analysis = analysis(build);
    assertThat(analysis.threads)
        .filteredOn(row -> Boolean.FALSE.equals(row.getStartBacked()))
        .hasSize(1)
        .allSatisfy(
            row -> {
              assertThat(row.getProcess()).isEqualTo("hollow.exe");
              assertThat(row.getWin32StartType()).isEqualTo("private");
            });
    assertThat(analysis.threads)
        .filteredOn(row -> row.getProcess().equals("hooked.exe"))
        .allSatisfy(
            row -> {
              assertThat(row.getWin32StartModule()).isEqualTo("hooked.exe");
              assertThat(row.getStartModule()).isEqualTo("ntdll.dll");
              assertThat(row.getStartBacked()).isTrue();
              assertThat(row.getPriority()).isEqualTo(9);
              assertThat(row.getBasePriority()).isEqualTo(8);
              assertThat(row.getImpersonating()).isFalse();
              assertThat(row.getStackBaseKernel() - row.getStackLimitKernel()).isEqualTo(0x6000);
              assertThat(row.getStackBaseUser() - row.getStackLimitUser()).isEqualTo(0x1000);
              assertThat(row.getTrapFrame())
                  .isBetween(row.getStackLimitKernel(), row.getStackBaseKernel());
            });
    assertThat(analysis.threads)
        .filteredOn(row -> row.getProcess().equals("System"))
        .allSatisfy(row -> assertThat(row.getStartModule()).isEqualTo("ntoskrnl.exe"));
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 14393, 22000})
  void processesShowReplacedAndDeletedPrograms(int build) throws IOException {
    Analysis analysis = analysis(build);
    ProcessRow hollow = process(analysis, "hollow.exe");
    assertThat(hollow.getImageVadType()).isEqualTo("private");
    assertThat(hollow.getImageVadProtection()).isEqualTo("PAGE_EXECUTE_READWRITE");
    assertThat(hollow.getImageFile()).isNull();
    ProcessRow ghost = process(analysis, "ghost.exe");
    assertThat(ghost.getImageFileState()).isEqualTo(build < 14393 ? null : "delete_pending");
    TokenRow token =
        analysis.rows(TokenRow.class).stream()
            .filter(row -> row.getProcess().equals("loader.exe"))
            .findFirst()
            .orElseThrow();
    assertThat(token.getDebugPrivilege()).isEqualTo("enabled");
  }

  private static ProcessRow process(Analysis analysis, String name) {
    return analysis.processes.stream()
        .filter(row -> row.getImageFileName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
