package io.memlake.testdata.machine;

import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.layout.KernelLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the reference and the tampered machines as RAW images, to run another reader on them. */
public final class WriteReferenceImages {

  private WriteReferenceImages() {}

  /**
   * Writes {@code BUILD.raw}, {@code tampered/BUILD.raw}, {@code BUILD-system.raw} and {@code
   * BUILD-sessions.raw} for every bundled build.
   *
   * @param args the folder to write to
   * @throws IOException when a file cannot be written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("Usage: WriteReferenceImages OUT_DIR");
    }
    Path folder = Files.createDirectories(Path.of(args[0]));
    Path tampered = Files.createDirectories(folder.resolve("tampered"));
    for (int build : KernelLayout.bundledBuilds()) {
      RawWriter.writePadded(ReferenceMachine.of(build), folder.resolve(build + ".raw"));
      RawWriter.writePadded(TamperedMachine.of(build), tampered.resolve(build + ".raw"));
      RawWriter.writePadded(ReferenceMachine.system(build), folder.resolve(build + "-system.raw"));
      RawWriter.writePadded(
          ReferenceMachine.sessions(build), folder.resolve(build + "-sessions.raw"));
    }
  }
}
