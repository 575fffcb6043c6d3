package io.memlake.jobs.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.session.PlainHadoop;
import io.memlake.testdata.image.PatternFrames;
import io.memlake.testdata.image.VmwareWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceFinderTest {

  @TempDir Path folder;

  private final EvidenceFinder finder =
      new EvidenceFinder(new HadoopEvidence(PlainHadoop.configuration()));

  @Test
  void aLooseImageIsAHostNamedByItsStem() throws IOException {
    Path image = file("w10-19041.804.raw");
    assertThat(find(image)).containsExactly(EvidenceSet.ofImage("w10-19041.804", image.toString()));
  }

  @Test
  void aFolderWithOneImageIsAHostWithItsPageFiles() throws IOException {
    Path image = file("WS01/memory.raw");
    Path pageFile = file("WS01/pagefile.sys");
    Path swapFile = file("WS01/swapfile.sys");
    file("WS01/memory.raw.sha256");
    file("WS01/notes.txt");
    EvidenceSet set = find(folder.resolve("WS01")).get(0);
    assertThat(set.host()).isEqualTo("WS01");
    assertThat(set.image()).isEqualTo(image.toString());
    assertThat(set.pageFiles()).containsExactly(pageFile.toString());
    assertThat(set.swapFile()).isEqualTo(swapFile.toString());
  }

  @Test
  void aFolderOfFoldersIsAFleet() throws IOException {
    file("fleet/WS02/memory.dmp");
    file("fleet/WS01/memory.raw");
    file("fleet/site/SRV1/memory.vmem");
    file("fleet/site/SRV1/memory.vmss");
    assertThat(find(folder.resolve("fleet")))
        .extracting(EvidenceSet::host)
        .containsExactly("SRV1", "WS01", "WS02");
  }

  @Test
  void aStateFileThatHoldsTheMemoryItselfIsAnImage() throws IOException {
    Path guest = Files.createDirectories(folder.resolve("ESX1"));
    VmwareWriter.writeState(
        PatternFrames.of(3, 0, 512), 1, true, true, 0x1AD000, guest.resolve("guest.vmsn"));
    file("ESX2/other.vmss");
    assertThat(find(guest))
        .extracting(EvidenceSet::image)
        .containsExactly(guest.resolve("guest.vmsn").toString());
    assertThatThrownBy(() -> find(folder.resolve("ESX2"))).hasMessageContaining("No memory image");
  }

  @Test
  void severalLooseImagesOfAFolderAreAHostEach() throws IOException {
    file("images/a.raw");
    file("images/b.dmp");
    file("images/c.001");
    file("images/c.002");
    assertThat(find(folder.resolve("images")))
        .extracting(EvidenceSet::host)
        .containsExactly("a", "b", "c");
  }

  @Test
  void patternsAreExpandedHere() throws IOException {
    file("x/a.raw");
    file("x/b.raw");
    file("x/pagefile.sys");
    assertThat(finder.find(List.of(folder + "/x/*")))
        .extracting(EvidenceSet::host)
        .containsExactly("a", "b");
  }

  @Test
  void namesWithSpecialCharactersAreFound() throws IOException {
    Path image = file("odd %41 [1] #é/Büro PC.raw");
    assertThat(find(image)).extracting(EvidenceSet::image).containsExactly(image.toString());
  }

  @Test
  void twoHostsWithOneNameAreRefusedByBothPaths() throws IOException {
    Path one = file("a/WS01.raw");
    Path other = file("b/ws01.dmp");
    assertThatThrownBy(() -> find(one, other))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining(one.toString())
        .hasMessageContaining(other.toString())
        .hasMessageStartingWith("Two hosts are named ");
  }

  @Test
  void oneImageNamedTwiceIsOneHost() throws IOException {
    Path image = file("a/WS01.raw");
    assertThat(find(image, image)).hasSize(1);
  }

  @Test
  void whatLeadsToNothingIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    assertThatThrownBy(() -> find(folder.resolve("empty")))
        .isInstanceOf(OperatorException.class)
        .hasMessage("No memory image in " + folder.resolve("empty"));
    assertThatThrownBy(() -> find(folder.resolve("missing.raw")))
        .isInstanceOf(OperatorException.class)
        .hasMessage("No such evidence: " + folder.resolve("missing.raw"));
    assertThatThrownBy(() -> finder.find(List.of(folder + "/*.raw")))
        .hasMessage("No such evidence: " + folder + "/*.raw");
  }

  @Test
  void aPageFileAloneIsNoHost() throws IOException {
    Path pageFile = file("pagefile.sys");
    assertThatThrownBy(() -> find(pageFile)).hasMessageContaining("page file without its image");
    file("two/a.raw");
    file("two/b.raw");
    file("two/pagefile.sys");
    assertThatThrownBy(() -> find(folder.resolve("two")))
        .hasMessageContaining("Page files of which image?");
  }

  @Test
  void aYamlManifestNamesEverything() throws IOException {
    Path image = file("m/one.raw");
    Path manifest =
        text(
            "m/fleet.yaml",
            """
            hosts:
              - host: WS01
                image: one.raw
                pagefiles: [pagefile.sys, d/pagefile.sys]
                swapfile: swapfile.sys
                symbols: isf
                acquired_at: 2026-03-01T12:00:00+02:00
                tags: [finance, vip]
                minidumps: [dumps/lsass.dmp, dumps/probe.dmp]
              - host: WS02
                image: s3a://bucket/two.raw
            """);
    List<EvidenceSet> sets = find(manifest);
    String base = folder.resolve("m") + "/";
    assertThat(sets)
        .containsExactly(
            new EvidenceSet(
                "WS01",
                image.toString(),
                List.of(base + "pagefile.sys", base + "d/pagefile.sys"),
                base + "swapfile.sys",
                List.of(base + "isf"),
                "2026-03-01T10:00:00Z",
                List.of("finance", "vip"),
                List.of(base + "dumps/lsass.dmp", base + "dumps/probe.dmp")),
            EvidenceSet.ofImage("WS02", "s3a://bucket/two.raw"));
  }

  @Test
  void aCsvManifestNamesEverything() throws IOException {
    Path manifest =
        text(
            "fleet.csv",
            "\uFEFFhost,image,pagefiles,tags\r\n"
                + "\"WS,01\",one.raw,\"a.sys;b.sys\",\"x;\"\"y\"\"\"\r\n"
                + "\r\nWS02,two.raw\r\n");
    List<EvidenceSet> sets = find(manifest);
    assertThat(sets).extracting(EvidenceSet::host).containsExactly("WS,01", "WS02");
    assertThat(sets.get(0).pageFiles())
        .containsExactly(folder.resolve("a.sys").toString(), folder.resolve("b.sys").toString());
    assertThat(sets.get(0).tags()).containsExactly("x", "\"y\"");
  }

  @Test
  void wrongManifestsAreRefusedByEntry() throws IOException {
    assertWrong("host: x\n", "holds no list of hosts");
    assertWrong("- host: x\n", "Entry 1 of ", "needs one image");
    assertWrong("- {host: x, image: y, colour: red}\n", "unknown key colour");
    assertWrong("- {host: x, image: y, acquired_at: yesterday}\n", "accepted: ISO-8601");
    assertWrong("- {host: '', image: y}\n", "needs one host");
    assertWrong("- [\n", "is not YAML");
  }

  private void assertWrong(String yaml, String... parts) throws IOException {
    Path manifest = text("wrong.yaml", yaml);
    assertThatThrownBy(() -> find(manifest))
        .isInstanceOf(OperatorException.class)
        .hasMessageContainingAll(parts);
  }

  private List<EvidenceSet> find(Path... paths) throws IOException {
    return finder.find(Arrays.stream(paths).map(Path::toString).toList());
  }

  private Path file(String name) throws IOException {
    return text(name, "");
  }

  private Path text(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
