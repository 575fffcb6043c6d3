package io.memlake.engine.artifacts.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.artifacts.Analysis;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.engine.objects.file.FileContent;
import io.memlake.engine.objects.file.FileObject;
import io.memlake.engine.objects.file.FileObjectReader;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.FileRow;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.process.HandleSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileArtifactTest {

  @ParameterizedTest
  @ValueSource(ints = {7601, 9600, 14393, 17763, 18362, 19041, 20348, 22000})
  void openFilesAreFoundByScanAndByHandles(int build) throws IOException {
    SyntheticMachine machine =
        SyntheticMachine.windows(build)
            .seed(build)
            .standardProcesses()
            .process(
                "editor.exe",
                p ->
                    p.parent("explorer.exe")
                        .mappedFile("C:\\Users\\alice\\mapped.bin")
                        .handles(HandleSpec.file("C:\\Users\\alice\\secret.txt")))
            .build();
    List<FileRow> rows = new ArrayList<>();
    List<ErrorRow> errors = new ArrayList<>();
    Analysis.view(
        new SyntheticImage(machine),
        SampleMachines.embeddedSymbols(),
        view -> new FileArtifact().collect(view, rows::add, errors::add));

    FileRow secret = only(rows, "\\Device\\HarddiskVolume3\\Users\\alice\\secret.txt");
    assertThat(secret.getInHandles()).isTrue();
    assertThat(secret.getInScan()).isTrue();
    assertThat(secret.getHandles()).isEqualTo(1);
    assertThat(secret.getPid()).isNotNull();
    assertThat(secret.getReadAccess()).isTrue();
    assertThat(secret.getWriteAccess()).isFalse();
    FileRow mapped = only(rows, "\\Device\\HarddiskVolume3\\Users\\alice\\mapped.bin");
    assertThat(mapped.getInHandles()).isFalse();
    assertThat(mapped.getInScan()).isTrue();
    assertThat(rows).allMatch(FileRow::getInScan);
    assertThat(rows.stream().map(FileRow::getObject)).doesNotHaveDuplicates();
    assertThat(errors).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 9600, 14393, 19041, 22000})
  void contentsComeFromTheCacheAndFromTheSection(int build) throws IOException {
    byte[] content = new byte[700_001];
    new Random(7).nextBytes(content);
    SyntheticMachine machine =
        SyntheticMachine.windows(build)
            .seed(build)
            .standardProcesses()
            .fileContent("\\Users\\alice\\secret.bin", content)
            .build();
    List<FileRow> rows = new ArrayList<>();
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    List<FileContent.Report> reports = new ArrayList<>();
    Analysis.view(
        new SyntheticImage(machine),
        SampleMachines.embeddedSymbols(),
        view -> {
          new FileArtifact().collect(view, rows::add, error -> {});
          FileRow row = only(rows, "\\Device\\HarddiskVolume3\\Users\\alice\\secret.bin");
          assertThat(row.getSize()).isEqualTo(content.length);
          FileObject file = FileObjectReader.of(view.machine()).at(row.getObject()).orElseThrow();
          reports.add(FileContent.of(view.machine(), file).write(written));
        });

    byte[] expected = content.clone();
    int missing = 0;
    for (int page = 64; page < 128; page++) {
      if (page % 2 == 1) {
        Arrays.fill(expected, page * 4096, (page + 1) * 4096, (byte) 0);
        missing++;
      }
    }
    assertThat(written.toByteArray()).isEqualTo(expected);
    assertThat(reports.get(0))
        .usingRecursiveComparison()
        .ignoringFields("holes")
        .isEqualTo(new FileContent.Report(content.length, 171 - 64, 32, missing, List.of(), 0));
    assertThat(reports.get(0).holes()).hasSize(missing).allMatch(hole -> hole.size() == 4096);
  }

  private static FileRow only(List<FileRow> rows, String name) {
    List<FileRow> found = rows.stream().filter(row -> name.equals(row.getName())).toList();
    assertThat(found).as(name).hasSize(1);
    return found.get(0);
  }
}
