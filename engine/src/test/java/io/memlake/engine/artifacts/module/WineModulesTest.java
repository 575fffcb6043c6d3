package io.memlake.engine.artifacts.module;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.engine.artifacts.Analysis;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.ModuleRow;
import io.memlake.testdata.golden.GoldenTable;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.process.ModuleSpec;
import io.memlake.testdata.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real libraries with exports, imports and resources, Wine's own, mapped into a process as the
 * memory manager does it: the rows say what pefile and winedump say of the files.
 */
class WineModulesTest {
  private static final Path LIBRARIES = Path.of("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows");
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path WINEDUMP = Path.of("/usr/lib/wine/winedump");
  private static final List<String> NAMES =
      List.of("ws2_32.dll", "version.dll", "cmd.exe", "d3d9.dll", "advapi32.dll");

  private static final String READER =
      """
      import json, sys, pefile
      for path in sys.argv[1:]:
          pe = pefile.PE(path)
          texts = {}
          for block in getattr(pe, "FileInfo", []):
              for info in block:
                  for table in getattr(info, "StringTable", []):
                      texts.update({k.decode(): v.decode() for k, v in table.entries.items()})
          exports = getattr(pe, "DIRECTORY_ENTRY_EXPORT", None)
          imports = getattr(pe, "DIRECTORY_ENTRY_IMPORT", [])
          debug = [d.entry for d in getattr(pe, "DIRECTORY_ENTRY_DEBUG", []) if hasattr(d.entry, "PdbFileName")]
          print(json.dumps({
              "name": path.split("/")[-1],
              "imphash": pe.get_imphash(),
              "imports": sum(len(module.imports) for module in imports),
              "import_modules": ",".join(module.dll.decode() for module in imports),
              "exports": exports.struct.NumberOfFunctions if exports else None,
              "export_name": exports.name.decode() if exports else None,
              "timestamp": pe.FILE_HEADER.TimeDateStamp,
              "checksum": pe.OPTIONAL_HEADER.CheckSum,
              "size": pe.OPTIONAL_HEADER.SizeOfImage,
              "sections": ",".join(s.Name.rstrip(b"\\0").decode() for s in pe.sections),
              "company": texts.get("CompanyName") or None,
              "description": texts.get("FileDescription") or None,
              "file_version": texts.get("FileVersion") or None,
              "copyright": texts.get("LegalCopyright") or None,
              "original_name": texts.get("OriginalFilename") or None,
              "product": texts.get("ProductName") or None,
              "product_version": texts.get("ProductVersion") or None,
              "pdb": debug[0].PdbFileName.rstrip(b"\\0").decode() if debug else None}))
      """;

  @TempDir static Path folder;
  private static final Map<String, ModuleRow> ROWS = new HashMap<>();

  @BeforeAll
  static void mapLibraries() throws IOException {
    for (String name : NAMES) {
      assumeTrue(
          Files.isRegularFile(LIBRARIES.resolve(name)),
          "Skipped: wine64 is not installed; .ci/run installs it");
    }
    List<ModuleSpec> modules = new ArrayList<>();
    for (String name : NAMES) {
      modules.add(ModuleSpec.ofFile("C:\\Wine\\" + name, LIBRARIES.resolve(name)));
    }
    SyntheticMachine machine =
        SyntheticMachine.windows(19041)
            .seed(31)
            .standardProcesses()
            .process(
                new ProcessSpec("host.exe")
                    .parent("explorer.exe")
                    .modules(modules.toArray(ModuleSpec[]::new)))
            .build();
    long pid = machine.truth().process("host.exe").pid();
    Analysis analysis = Analysis.of(new SyntheticImage(machine), SampleMachines.embeddedSymbols());
    analysis.modules.stream()
        .filter(row -> row.getPid() == pid && NAMES.contains(row.getName()))
        .forEach(row -> ROWS.put(row.getName(), row));
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(folder.resolve("errors.txt").toFile()).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return process.waitFor() == 0 ? text : "";
  }

  private static Long number(Number value) {
    return value == null ? null : value.longValue();
  }

  @Test
  void rowsSayWhatPefileSays() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(PYTHON), "Skipped: there is no Python");
    List<String> command = new ArrayList<>(List.of(PYTHON.toString(), "-c", READER));
    NAMES.forEach(name -> command.add(LIBRARIES.resolve(name).toString()));
    String lines = run(command);
    assumeTrue(!lines.isEmpty(), "Skipped: Python has no pefile; .ci/run installs it");
    Path file = Files.writeString(folder.resolve("pefile.jsonl"), lines);

    List<Map<String, Object>> read = GoldenTable.readJsonLines(file).rows();
    assertThat(read).hasSameSizeAs(NAMES);
    for (Map<String, Object> expected : read) {
      ModuleRow row = ROWS.get((String) expected.get("name"));
      Map<String, Object> actual = new HashMap<>();
      actual.put("name", row.getName());
      actual.put("imphash", row.getImphash());
      actual.put("imports", number(row.getImports()));
      actual.put("import_modules", String.join(",", row.getImportModules()));
      actual.put("exports", number(row.getExports()));
      actual.put("export_name", row.getExportName());
      actual.put("timestamp", number(row.getTimestamp()));
      actual.put("checksum", number(row.getChecksum()));
      actual.put("size", number(row.getSize()));
      actual.put("sections", String.join(",", row.getSectionNames()));
      actual.put("company", row.getVerCompany());
      actual.put("description", row.getVerDescription());
      actual.put("file_version", row.getVerFile());
      actual.put("copyright", row.getVerCopyright());
      actual.put("original_name", row.getVerOriginalName());
      actual.put("product", row.getVerProduct());
      actual.put("product_version", row.getVerProductVersion());
      actual.put("pdb", row.getPdbName());
      expected.replaceAll(
          (key, value) -> value instanceof Number n ? (Object) n.longValue() : value);
      assertThat(actual).as(row.getName()).containsExactlyInAnyOrderEntriesOf(expected);
    }
  }

  @Test
  void exportsAreAsManyAsWinedumpCounts() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(WINEDUMP), "Skipped: there is no winedump; .ci/run installs it");
    Pattern count = Pattern.compile("# of functions: +(\\d+)");
    for (String name : NAMES) {
      Path file = LIBRARIES.resolve(name);
      String text = run(List.of(WINEDUMP.toString(), "-j", "export", "dump", file.toString()));
      Matcher matcher = count.matcher(text);
      Optional<Integer> expected =
          matcher.find() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
      assertThat(Optional.ofNullable(ROWS.get(name).getExports())).as(name).isEqualTo(expected);
    }
  }

  @Test
  void everyPageOfTheLibrariesIsInTheirProcess() {
    assertThat(ROWS).hasSize(NAMES.size());
    assertThat(ROWS.values())
        .allSatisfy(
            row -> {
              assertThat(row.getInLoad()).isTrue();
              assertThat(row.getMapped()).isTrue();
              assertThat(row.getPagesPresent()).isEqualTo(row.getSize() / 4096);
            });
  }
}
