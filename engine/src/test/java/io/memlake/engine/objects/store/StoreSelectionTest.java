package io.memlake.engine.objects.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.testdata.store.StoreFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StoreSelectionTest {

  @ParameterizedTest
  @EnumSource(StoreFormat.class)
  void theRowOfTheBuildIsChosenAtOnce(StoreFormat format) throws IOException {
    StoreSelection selection = SyntheticStore.of(format).select();
    StoreChoice choice = selection.choice().orElseThrow();
    assertThat(choice.expected()).isTrue();
    assertThat(choice.layout().covers(format.ntBuild())).isTrue();
    assertThat(choice.trial().rate()).isEqualTo(1.0);
    assertThat(choice.trial().decoded()).isGreaterThan(150);
    assertThat(choice.pageFileNumber()).isEqualTo(2);
    assertThat(choice.numberSource()).isEqualTo(format.isLz4() ? "default" : "keys");
    assertThat(selection.trials()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "19041, 14393, x64-14393",
    "26100, 19041, x64-22601",
    "19041, 26100, x64-26100",
    "25398, 26100, x64-26100",
    "25398, 22621, x64-22601",
    "16299, 15063, x64-15063",
    "22621, 22000, x64-22601"
  })
  void aRowOfAnotherBuildIsFoundByTrial(int claimed, int real, String row) throws IOException {
    SyntheticStore machine = SyntheticStore.of(StoreFormat.of(real, true));
    StoreSelection selection = choose(machine, claimed, OptionalInt.of(3));
    StoreChoice choice = selection.choice().orElseThrow();
    assertThat(choice.layout().name()).isEqualTo(row);
    assertThat(choice.trial().rate()).isEqualTo(1.0);
    assertThat(choice.pageFileNumber()).isEqualTo(3);
    assertThat(choice.numberSource()).isEqualTo("image");
    assertThat(choice.reason()).startsWith("row " + row).contains("decode to 4096 bytes, 0 fail");
  }

  @Test
  void rowsThatReadNothingAreNotChosen() throws IOException {
    SyntheticStore machine = SyntheticStore.of(StoreFormat.BUILD_19041, 100, 3);
    byte[] noise = new byte[4096];
    new Random(3).nextBytes(noise);
    machine.truth.pages().forEach(page -> machine.memCompression.write(page.address(), noise));
    StoreSelection selection = machine.select();
    assertThat(selection.choice()).isEmpty();
    assertThat(selection.trials()).isNotEmpty();
    assertThat(selection.trials()).allMatch(trial -> trial.decoded() == 0);
  }

  /**
   * What the layout of a build says of its algorithm is a guess where the records say otherwise.
   */
  @ParameterizedTest
  @CsvSource({
    "BUILD_19041, true, x64-19041+lz4, lz4",
    "BUILD_22621, true, x64-22601+lz4, lz4",
    "BUILD_26100, false, x64-26100+xpress, xpress"
  })
  void recordsOfAnotherAlgorithmThanTheLayoutSaysAreRead(
      StoreFormat format, boolean lz4, String row, String algorithm) throws IOException {
    SyntheticStore machine = SyntheticStore.compressedBy(format, lz4);

    StoreChoice choice = machine.select().choice().orElseThrow();

    assertThat(choice.layout().name()).isEqualTo(row);
    assertThat(choice.trial().rate()).isEqualTo(1.0);
    CompressedStore store =
        CompressedStore.open(machine.kernel, machine.memCompression, choice).orElseThrow();
    assertThat(store.algorithm(0).map(StoreAlgorithm::text)).contains(algorithm);
    byte[] page = new byte[4096];
    for (Map.Entry<Long, byte[]> one : machine.pages.entrySet()) {
      if (store.read(store.find(machine.key(one.getKey())), page, 0) == StoredPageStatus.OK) {
        assertThat(page).isEqualTo(one.getValue());
      }
    }
  }

  @Test
  void anAlgorithmThatNobodyKnowsByItsNumberIsFoundByTrial() throws IOException {
    StoreChoice choice =
        SyntheticStore.of(StoreFormat.BUILD_19041, 100, 7).select().choice().orElseThrow();

    assertThat(choice.layout().name()).endsWith("+xpress");
    assertThat(choice.trial().rate()).isEqualTo(1.0);
  }

  @Test
  void aWrongAddressOfSmGlobalsIsNotChosen() throws IOException {
    SyntheticStore machine = SyntheticStore.of(StoreFormat.BUILD_19041, 100, 3);
    StoreSelection selection =
        StoreSelection.choose(
            machine.kernel,
            machine.memCompression,
            19041,
            List.of(
                new SmGlobals(machine.truth.smGlobals() + 8, "code pattern"),
                new SmGlobals(machine.truth.smGlobals(), "data pattern")),
            OptionalInt.empty());
    assertThat(selection.choice().orElseThrow().source()).isEqualTo("data pattern");
  }

  @Test
  void aChoiceTravelsToAnotherMachineAndOpensThere() throws Exception {
    SyntheticStore machine = SyntheticStore.of(StoreFormat.BUILD_22621, 20, 3);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(machine.select().choice().orElseThrow());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      StoreChoice choice = (StoreChoice) in.readObject();
      CompressedStore store =
          CompressedStore.open(machine.kernel, machine.memCompression, choice).orElseThrow();
      assertThat(store.find(machine.key(100)).isLocated()).isTrue();
    }
  }

  @Test
  void absentRegionsSayNothingAboutTheRow() throws IOException {
    SyntheticStore machine = SyntheticStore.of(StoreFormat.BUILD_19041, 200, 3);
    machine.truth.pages().stream()
        .skip(20)
        .forEach(page -> machine.memCompression.remove(page.address()));
    StoreTrial trial = machine.select().choice().orElseThrow().trial();
    assertThat(trial.failed()).isZero();
    assertThat(trial.absent()).isGreaterThan(100);
    assertThat(trial.rate()).isEqualTo(1.0);
  }

  private static StoreSelection choose(SyntheticStore machine, int ntBuild, OptionalInt number)
      throws IOException {
    return StoreSelection.choose(
        machine.kernel,
        machine.memCompression,
        ntBuild,
        List.of(new SmGlobals(machine.truth.smGlobals(), "symbol")),
        number);
  }
}
