package io.memlake.engine.objects.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.objects.value.MalformedObjectException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every sample hive against hivex and reglookup; resources/…/README.md says how they were run. */
class HiveGoldenTest {

  /** Hives of which this reader and the oracles give different counts: keys, values, reason. */
  private static final Map<String, Difference> DIFFERENCES =
      Map.of(
          "ez/SAMBadHBinHeader",
          new Difference(68, 73, "cells are found by index whatever the header of their bin says"),
          "yarp/BadListHive",
          new Difference(6, 0, "one key in two lists is given once"),
          "yarp/BadSubkeyHive",
          new Difference(6, 0, "one key in two lists is given once"),
          "yarp/DeletedDataHiveTruncated",
          new Difference(2, 0, "a key whose list of values is out of reach is still a key"));

  private record Difference(int keys, int values, String reason) {}

  @TestFactory
  Stream<DynamicTest> everyHiveHasTheKeysAndValuesThatOtherReadersFind() throws Exception {
    return SampleHives.golden("hives.tsv").stream()
        .map(row -> DynamicTest.dynamicTest(row[0], () -> compare(row)));
  }

  private static void compare(String[] row) throws Exception {
    SampleHives.Listing listing = SampleHives.Listing.of(Hive.of(SampleHives.open(row[0])));
    Difference difference = DIFFERENCES.get(row[0]);
    if (difference != null) {
      assertThat(listing.keys).as(difference.reason).hasSize(difference.keys);
      assertThat(listing.values).as(difference.reason).hasSize(difference.values);
      return;
    }
    assertThat(listing.keys).hasSize(Integer.parseInt(row[4]));
    assertThat(listing.values).hasSize(Integer.parseInt(row[5]));
    if (!row[3].equals("-")) {
      assertThat(listing.digest()).isEqualTo(row[3]);
    }
  }

  @Test
  void badHeaderOfABinDoesNotHideItsKeys() throws Exception {
    String good = SampleHives.Listing.of(Hive.of(SampleHives.open("ez/SAM"))).digest();

    RegfFile file = SampleHives.open("ez/SAMBadHBinHeader");

    assertThat(SampleHives.Listing.of(Hive.of(file)).digest()).isEqualTo(good);
  }

  @Test
  void wrongChecksumIsReportedAndTheHiveIsReadAllTheSame() throws Exception {
    RegfFile file = SampleHives.open("ez/SAN(OTHER)");

    assertThat(file.baseBlock().checksumValid()).isFalse();
    assertThat(file.baseBlock().dirty()).isTrue();
    assertThat(SampleHives.Listing.of(Hive.of(file)).digest())
        .isEqualTo(SampleHives.Listing.of(Hive.of(SampleHives.open("ez/SAM"))).digest());
  }

  @Test
  void hiveThatNeedsItsLogsIsDirtyAndItsRecoveredStateIsNot() throws Exception {
    assertThat(SampleHives.open("yarp/NewDirtyHive1/NewDirtyHive").baseBlock().dirty()).isTrue();
    assertThat(SampleHives.open("yarp/NewDirtyHive1/RecoveredHive_Windows10").baseBlock().dirty())
        .isFalse();
  }

  @Test
  void chainOfBinsCountsWhereTheBaseBlockIsWrong() throws Exception {
    RegfFile file = SampleHives.open("yarp/EffectiveSizeHive");

    assertThat(file.length(false)).isEqualTo(487_424).isNotEqualTo(file.baseBlock().binsLength());
  }

  @Test
  void bytesBehindTheLastBinDoNotBelongToTheHive() throws Exception {
    assertThat(SampleHives.open("yarp/GarbageHive").length(false)).isEqualTo(4096);
  }

  @Test
  void keyWithAForeignParentIsGivenAndNamed() throws Exception {
    SampleHives.Listing listing =
        SampleHives.Listing.of(Hive.of(SampleHives.open("yarp/InvalidParentHive")));

    assertThat(listing.gaps)
        .containsExactly(
            "key_with_many_subkeys: Cell 0x74b08: the key 4900 names 0x20 as its parent");
  }

  @Test
  void cutOffHiveNamesEveryListThatIsLost() throws Exception {
    SampleHives.Listing listing =
        SampleHives.Listing.of(Hive.of(SampleHives.open("yarp/TruncatedHive")));

    assertThat(listing.gaps)
        .hasSize(9)
        .allMatch(gap -> gap.endsWith("a list of subkeys lies outside the hive"));
  }

  @Test
  void nameLongerThanItsCellIsAGap() throws Exception {
    SampleHives.Listing listing =
        SampleHives.Listing.of(Hive.of(SampleHives.open("yarp/TruncatedNameHive")));

    assertThat(listing.gaps)
        .containsExactly(": Cell 0x1b0: the name of a key needs 98 bytes and its cell has 92");
  }

  @Test
  void logIsRefusedAsALog() {
    assertThatThrownBy(() -> SampleHives.open("yarp/NewDirtyHive1/NewDirtyHive.LOG1"))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageEndingWith("at 0x1c the type is 6, which is a log");
  }

  @Test
  void fileWithoutSignatureIsRefused() {
    assertThatThrownBy(() -> SampleHives.open("ez/NotAHive"))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageEndingWith("is no base block: the signature regf is missing");
  }

  @Test
  void bigDataAreJoinedFromTheirSegments() throws Exception {
    Hive hive = Hive.of(SampleHives.open("yarp/BigDataHive"));
    SampleHives.Listing listing = SampleHives.Listing.of(hive);

    assertThat(listing.values)
        .anyMatch(line -> line.contains("|16345|467ee04489cf367dcdca895b2ccc0ae631c0d0f3"));
    assertThat(listing.gaps).isEmpty();
  }

  @Test
  void securityOfAKeyHasOwnerAndDescriptor() throws Exception {
    Hive hive = Hive.of(SampleHives.open("yarp/UnicodeHive"));
    KeyNode root = hive.root(SampleHives::fail).orElseThrow();

    KeySecurity security = hive.security(root, SampleHives::fail).orElseThrow();

    assertThat(security.descriptor()).hasSize(144);
    assertThat(security.owner()).contains("S-1-5-32-544");
  }

  @Test
  void keysAndValuesAreFoundByNameWithoutCase() throws Exception {
    Hive hive = Hive.of(SampleHives.open("yarp/UnicodeHive"));

    assertThat(hive.find("ПриВет\\КлюЧ", SampleHives::fail)).isPresent();
    assertThat(hive.find("ПриВет\\нет", SampleHives::fail)).isEmpty();
  }

  @Test
  void pathOfAKeyIsFoundByItsParents() throws Exception {
    Hive hive = Hive.of(SampleHives.open("ez/SAM"));
    String path = "SAM\\Domains\\Account\\Users\\000001F4";

    KeyNode key = hive.find(path, SampleHives::fail).orElseThrow();

    assertThat(hive.path(key)).contains(path);
  }
}
