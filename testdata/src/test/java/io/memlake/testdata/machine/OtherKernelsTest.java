package io.memlake.testdata.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.testdata.corpus.Corpus;
import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.truth.ProcessTruth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machines of kernels that are not bundled, from the symbol files of the sample data. */
class OtherKernelsTest {

  @ParameterizedTest
  @CsvSource({
    "22597D0B40394E23936F6A24C6C52D5B, 6.3.9600.19913",
    "517E128F7B7C4EA79491DE6B9B9CE190, 10.0.14393.4583",
    "8B11040A5928757B11390AC78F6B6925, 10.0.17763.379",
    "616A94E33A4827B451B0E19C14C03792, 10.0.18326.535",
    "32C1A669D5FFEFD41091F636CFDB6E99, 10.0.22000.318"
  })
  void aMachineOfAnyKernelListsItsProcesses(String guid, String version) throws IOException {
    String name = "isf/windows/ntkrnlmp.pdb/" + guid + "-1.json.xz";
    Path file = Corpus.file(name).orElse(null);
    assumeTrue(file != null, Corpus.missing(name));

    SyntheticMachine machine =
        SyntheticMachine.kernel(KernelLayout.fromIsf(file, version)).standardProcesses().build();

    assertThat(machine.truth().host().kernel().pdbGuid()).isEqualTo(guid);
    assertThat(listed(machine))
        .isEqualTo(machine.truth().listed().stream().map(ProcessTruth::eprocess).toList());
  }

  private static List<Long> listed(SyntheticMachine machine) {
    int links = machine.layout().struct("_EPROCESS").offset("ActiveProcessLinks");
    RawWalk kernel = new RawWalk(machine, machine.truth().host().dtb());
    long head = machine.truth().host().activeProcessHead();
    List<Long> found = new ArrayList<>();
    for (long at = kernel.readLong(head);
        at != head && found.size() < 1000;
        at = kernel.readLong(at)) {
      found.add(at - links);
    }
    return found;
  }
}
