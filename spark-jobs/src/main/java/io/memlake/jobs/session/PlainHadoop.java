package io.memlake.jobs.session;

import io.memlake.jobs.bytes.PlainLocalFileSystem;
import org.apache.hadoop.conf.Configuration;

/** File systems for commands that answer at once because they do not start Spark. */
public final class PlainHadoop {
  /**
   * How S3A reads. Its default fetches ahead on its own, with a further library; Memlake knows
   * better what it will read next.
   */
  static final String S3A_STREAM = "fs.s3a.input.stream.type";

  static final String S3A_STREAM_CLASSIC = "classic";

  private PlainHadoop() {}

  /** Hadoop's settings from its own files, with local files as Memlake reads them. */
  public static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set("fs.file.impl", PlainLocalFileSystem.class.getName());
    configuration.setIfUnset(S3A_STREAM, S3A_STREAM_CLASSIC);
    // Spark hands settings to Hadoop the same way; spark-submit passes them as system properties.
    String prefix = "spark.hadoop.";
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(prefix)) {
        configuration.set(name.substring(prefix.length()), System.getProperty(name));
      }
    }
    return configuration;
  }
}
