package io.memlake.jobs.bytes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class PlainLocalFileSystemTest {
  /** A device that Linux has to try this out: every write to it finds the disk full. */
  private static final File FULL = new File("/dev/full");

  @Test
  void aFullDiskIsAnExceptionThatWritersExpect() throws IOException {
    assumeThat(FULL).as("this system has no /dev/full").exists();
    try (PlainLocalFileSystem files = new PlainLocalFileSystem()) {
      files.initialize(URI.create("file:///"), new Configuration());
      OutputStream out = files.getRawFileSystem().append(new Path(FULL.toURI()));
      assertThatThrownBy(
              () -> {
                try (out) {
                  out.write(new byte[1 << 16]);
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessageContaining("No space left");
    }
  }
}
