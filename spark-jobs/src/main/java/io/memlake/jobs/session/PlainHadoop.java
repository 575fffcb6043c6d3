package io.memlake.jobs.session;

import io.memlake.jobs.bytes.PlainLocalFileSystem;
import org.apache.hadoop.conf.Configuration;

/** File systems for commands that answer at once because they do not start Spark. */
public final class PlainHadoop {
  private PlainHadoop() {}

  /** Hadoop's settings from its own files, with local files as Memlake reads them. */
  public static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set("fs.file.impl", PlainLocalFileSystem.class.getName());
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
