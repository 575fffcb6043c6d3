package io.memlake.testdata.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes the bundled layout resources from ISF files. Run it after a change of {@code wanted.txt}:
 *
 * <pre>
 *   java -cp ... io.memlake.testdata.layout.CompileLayouts OUT_DIR 10.0.19041.985=FILE.json.xz ...
 * </pre>
 */
public final class CompileLayouts {

  private CompileLayouts() {}

  /**
   * Writes one text file for each kernel.
   *
   * @param args the folder to write to, then {@code version=ISF file} for each kernel
   * @throws IOException when a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    if (args.length < 2) {
      throw new IllegalArgumentException("Usage: CompileLayouts OUT_DIR VERSION=ISF...");
    }
    Path out = Files.createDirectories(Path.of(args[0]));
    for (int i = 1; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      String version = args[i].substring(0, equals);
      KernelLayout layout = KernelLayout.fromIsf(Path.of(args[i].substring(equals + 1)), version);
      Files.writeString(out.resolve(version + ".txt"), LayoutText.write(layout));
    }
  }
}
