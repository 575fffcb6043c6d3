package io.memlake.testdata.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes the bundled layout resources from ISF files. Run it after a change of {@code wanted.txt}:
 *
 * <pre>
 *   java -cp ... io.memlake.testdata.layout.CompileLayouts OUT_DIR 10.0.19041.985=FILE.json.xz ...
 *   java -cp ... CompileLayouts OUT_DIR facts=system 10.0.19041.985=FILE.json.xz ...
 * </pre>
 *
 * {@code facts=system} takes the facts of {@code wanted-system.txt} and writes {@code
 * 10.0.19041.985.system.txt}.
 */
public final class CompileLayouts {

  private CompileLayouts() {}

  /**
   * Writes one text file for each kernel.
   *
   * @param args the folder to write to, then {@code facts=SUBJECT} or {@code version=ISF file}
   * @throws IOException when a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    if (args.length < 2) {
      throw new IllegalArgumentException("Usage: CompileLayouts OUT_DIR VERSION=ISF...");
    }
    Path out = Files.createDirectories(Path.of(args[0]));
    WantedFacts wanted = WantedFacts.load();
    String suffix = ".txt";
    for (int i = 1; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      String version = args[i].substring(0, equals);
      String value = args[i].substring(equals + 1);
      if (version.equals("facts")) {
        wanted = WantedFacts.load("wanted-" + value + ".txt");
        suffix = "." + value + ".txt";
        continue;
      }
      KernelLayout layout = IsfFile.read(Path.of(value)).layout(version, wanted);
      Files.writeString(out.resolve(version + suffix), LayoutText.write(layout));
    }
  }
}
