package io.memlake.engine.symbols.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.compile.LayoutCompiler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SymbolStoreTest {
  private static final String GUID = "00112233445566778899AABBCCDDEEFF";
  private static final PdbId WANTED = new PdbId("ntkrnlmp.pdb", GUID, 10);
  private static final PdbId WINDOWS_10_20H2 =
      new PdbId("ntkrnlmp.pdb", "5278AFF86C341677D7D7835C85B7B844", 1);

  @TempDir Path folder;

  @Test
  void findsFilesInTheLayoutsThatPeopleUse() throws IOException {
    for (String name :
        List.of(
            "windows/ntkrnlmp.pdb/" + GUID + "-10.json",
            "ntkrnlmp.pdb-" + GUID.toLowerCase(Locale.ROOT) + "-10.json",
            "ntkrnlmp.pdb/" + GUID + "A/kernel.json",
            "my-kernel.json")) {
      Path root = Files.createTempDirectory(folder, "layout");
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, isf(GUID, 10, 77));
      SymbolStore store = open(root);
      assertThat(store.find(WANTED)).as(name).isPresent();
      assertThat(store.find(WANTED).orElseThrow().source()).isEqualTo(file.toString());
      assertThat(store.problems()).isEmpty();
      assertThat(store.find(new PdbId("ntkrnlmp.pdb", GUID, 9))).isEmpty();
    }
  }

  @Test
  void prefersTheUsersFileToTheEmbeddedTable() throws IOException {
    Files.writeString(
        folder.resolve(WINDOWS_10_20H2.key() + ".json"), isf(WINDOWS_10_20H2.guid(), 1, 77));
    SymbolTable table = open(folder).find(WINDOWS_10_20H2).orElseThrow();
    assertThat(table.symbol("PsActiveProcessHead")).isEqualTo(77);
  }

  @Test
  void fallsBackWhenTheUsersFileIsBrokenOrOfAnotherKernel() throws IOException {
    Files.writeString(folder.resolve(WINDOWS_10_20H2.key() + ".json"), "{\"metadata\": {");
    Path other = folder.resolve("deeper/" + WINDOWS_10_20H2.key() + ".json");
    Files.createDirectories(other.getParent());
    Files.writeString(other, isf(GUID, 10, 77));
    SymbolStore store = open(folder);
    assertThat(store.find(WINDOWS_10_20H2).orElseThrow().source()).isEqualTo("embedded");
    assertThat(store.problems())
        .hasSize(2)
        .anySatisfy(problem -> assertThat(problem).contains("broken JSON at line 1"))
        .anySatisfy(problem -> assertThat(problem).contains("is of " + WANTED.key()));
  }

  @Test
  void readsTheForcedFileAtOnceAndSaysWhatIsWrongWithIt() throws IOException {
    Path file = Files.writeString(folder.resolve("forced.json"), isf(GUID, 10, 77));
    SymbolStore store = openForced(file);
    assertThat(store.forced().orElseThrow().symbol("PsActiveProcessHead")).isEqualTo(77);
    assertThat(store.find(WANTED)).isEqualTo(store.forced());
    assertThat(store.find(WINDOWS_10_20H2).orElseThrow().source()).isEqualTo("embedded");
    Path broken = Files.writeString(folder.resolve("broken.json"), "no JSON");
    assertThatThrownBy(() -> openForced(broken))
        .isInstanceOf(CorruptSymbolsException.class)
        .hasMessageStartingWith("Cannot use symbols " + broken + ": broken JSON");
    assertThatThrownBy(() -> open(folder.resolve("nowhere")))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("nowhere: there is no such file or folder");
  }

  @Test
  void compiledTablesOfTheUserCountAndAreTheSameWhateverTheOrder() throws IOException {
    Path input = Files.createDirectories(folder.resolve("in"));
    Files.writeString(input.resolve("b.json"), isf(GUID, 10, 77));
    Files.writeString(input.resolve("a.json"), isf(GUID.replace('0', '1'), 1, 5));
    Files.writeString(input.resolve("broken.json"), "{");
    List<String> problems = new ArrayList<>();
    byte[] table = compile(input, problems);
    assertThat(problems).singleElement().asString().contains("broken.json: broken JSON");
    Files.move(input.resolve("b.json"), input.resolve("0.json"));
    assertThat(compile(input, new ArrayList<>())).isEqualTo(table);

    Path output = Files.createDirectories(folder.resolve("out"));
    Files.write(output.resolve("mine.mlsym"), table);
    SymbolStore store = open(output);
    SymbolTable found = store.find(WANTED).orElseThrow();
    assertThat(found.symbol("PsActiveProcessHead")).isEqualTo(77);
    assertThat(found.struct("_EPROCESS").u64("Pcb.Inner").offset()).isEqualTo(24);
    assertThat(found.version().orElseThrow()).hasToString("10.0.26100.33");
    assertThat(store.nearest(26100, -1).orElseThrow().exact()).isFalse();

    Files.write(output.resolve("torn.mlsym"), Arrays.copyOf(table, table.length / 2));
    SymbolStore torn = open(output);
    assertThat(torn.find(WANTED)).isPresent();
    assertThat(torn.problems()).singleElement().asString().contains("torn.mlsym");
  }

  @Test
  void settingsTravelToOtherTasks() throws Exception {
    SymbolSettings settings = new SymbolSettings(List.of("a", "b"), null);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(settings);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(settings);
    }
  }

  private static byte[] compile(Path input, List<String> problems) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = bytes) {
      int count =
          LayoutCompiler.compile(
              input,
              out,
              (file, done, total, problem) -> {
                if (!problem.isEmpty()) {
                  problems.add(problem);
                }
              });
      assertThat(count).isEqualTo(2);
    }
    return bytes.toByteArray();
  }

  private static SymbolStore open(Path folder) throws IOException {
    return SymbolStore.open(
        new SymbolSettings(List.of(folder.toString()), ""), new LocalSymbolFiles());
  }

  private static SymbolStore openForced(Path file) throws IOException {
    return SymbolStore.open(new SymbolSettings(List.of(), file.toString()), new LocalSymbolFiles());
  }

  private static String isf(String guid, int age, int rva) {
    return """
        {"base_types": {"pointer": {"size": 8, "kind": "int"}, "long": {"size": 8, "kind": "int"}},
         "enums": {}, "symbols": {"PsActiveProcessHead": {"address": %d}, "Unwanted": {"address": 1}},
         "user_types": {
           "_EPROCESS": {"kind": "struct", "size": 64, "fields": {"Pcb": {"offset": 16,
             "type": {"kind": "struct", "name": "__unnamed_12"}}}},
           "__unnamed_12": {"kind": "struct", "size": 16, "fields": {"Inner": {"offset": 8,
             "type": {"kind": "base", "name": "long"}}}}},
         "metadata": {"format": "6.2.0", "windows": {
           "pe": {"major": 10, "minor": 0, "revision": 26100, "build": 33},
           "pdb": {"GUID": "%s", "age": %d, "database": "ntkrnlmp.pdb"}}}}
        """
        .formatted(rva, guid, age);
  }
}
