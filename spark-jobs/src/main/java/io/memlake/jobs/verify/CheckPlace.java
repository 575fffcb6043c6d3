package io.memlake.jobs.verify;

import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.session.Tasks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Where files are read and hashed. */
public sealed interface CheckPlace {

  /** Checks every file, in any order and as many at once as there are cores. */
  List<Check> check(List<RecordedFile> files, Configuration configuration) throws IOException;

  /** The cores of this machine, without starting Spark. */
  static CheckPlace here() {
    return new Here();
  }

  /** The executors of a cluster. */
  static CheckPlace on(JavaSparkContext spark) {
    return new OnExecutors(spark);
  }

  /** A thread a core. */
  record Here() implements CheckPlace {
    @Override
    public List<Check> check(List<RecordedFile> files, Configuration configuration)
        throws IOException {
      HadoopEvidence bytes = new HadoopEvidence(configuration);
      ExecutorService threads =
          Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
      try {
        List<Future<Check>> running = new ArrayList<>();
        for (RecordedFile file : files) {
          running.add(threads.submit(() -> file.check(bytes)));
        }
        List<Check> checks = new ArrayList<>();
        for (Future<Check> one : running) {
          checks.add(one.get());
        }
        return checks;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } finally {
        threads.shutdownNow();
      }
    }
  }

  /**
   * A task a file or piece. An executor that dies loses the files it was at, which others read.
   *
   * @param spark the cluster
   */
  record OnExecutors(JavaSparkContext spark) implements CheckPlace {
    @Override
    public List<Check> check(List<RecordedFile> files, Configuration configuration) {
      Broadcast<HadoopEvidence> bytes = spark.broadcast(new HadoopEvidence(configuration));
      try {
        return Tasks.run(spark, "verify", files, file -> file.check(bytes.value()), check -> {});
      } finally {
        bytes.destroy();
      }
    }
  }
}
