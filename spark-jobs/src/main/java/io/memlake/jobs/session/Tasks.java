package io.memlake.jobs.session;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** Runs a list of small work units, a task each, and hands results over as they come in. */
public final class Tasks {
  private Tasks() {}

  /**
   * Runs {@code work} for every unit.
   *
   * @param group the host that the work is for: jobs of different groups share the cores fairly
   * @param onResult called for each result by one thread at a time, in no particular order
   * @return all results in the order of the units
   */
  public static <U extends Serializable, R extends Serializable> List<R> run(
      JavaSparkContext spark,
      String group,
      List<U> units,
      Function<U, R> work,
      Consumer<R> onResult) {
    if (units.isEmpty()) {
      return List.of();
    }
    spark.setJobGroup(group, group);
    spark.setLocalProperty("spark.scheduler.pool", group);
    List<R> ordered = new ArrayList<>(java.util.Collections.nCopies(units.size(), null));
    spark
        .sc()
        .runJob(
            new UnitRdd<>(spark.sc(), units, work),
            new Result<R>(),
            scala.collection.immutable.Range$.MODULE$.apply(0, units.size()).toSeq(),
            new Keep<>(ordered, onResult),
            ClassTag$.MODULE$.apply(Object.class));
    return ordered;
  }

  /** Takes the one element of a partition, on the executor. No lambda; see {@link UnitRdd}. */
  private static final class Result<R> extends AbstractFunction2<TaskContext, Iterator<R>, R>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public R apply(TaskContext task, Iterator<R> results) {
      return results.next();
    }
  }

  /** Puts a result in its place, on the driver. */
  private static final class Keep<R> extends AbstractFunction2<Object, R, BoxedUnit> {
    private final List<R> ordered;
    private final Consumer<R> onResult;

    Keep(List<R> ordered, Consumer<R> onResult) {
      this.ordered = ordered;
      this.onResult = onResult;
    }

    @Override
    public BoxedUnit apply(Object index, R result) {
      synchronized (ordered) {
        ordered.set((Integer) index, result);
        onResult.accept(result);
      }
      return BoxedUnit.UNIT;
    }
  }
}
