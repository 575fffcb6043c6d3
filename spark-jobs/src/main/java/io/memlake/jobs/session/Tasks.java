package io.memlake.jobs.session;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
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
    return run(spark, group, units, work, onResult, nanos -> {});
  }

  /**
   * Runs {@code work} for every unit and tells what it cost.
   *
   * @param group the host that the work is for: jobs of different groups share the cores fairly
   * @param onResult called for each result by one thread at a time, in no particular order
   * @param onCost called once when all is done, with the processor time in nanoseconds that the
   *     threads of the tasks took together, failed attempts left out; not called without units or
   *     where an executor cannot measure it
   * @return all results in the order of the units
   */
  public static <U extends Serializable, R extends Serializable> List<R> run(
      JavaSparkContext spark,
      String group,
      List<U> units,
      Function<U, R> work,
      Consumer<R> onResult,
      LongConsumer onCost) {
    if (units.isEmpty()) {
      return List.of();
    }
    spark.setJobGroup(group, group);
    spark.setLocalProperty("spark.scheduler.pool", group);
    Keep<R> keep = new Keep<>(units.size(), onResult);
    spark
        .sc()
        .runJob(
            new UnitRdd<>(spark.sc(), units, work),
            new Result<R>(),
            scala.collection.immutable.Range$.MODULE$.apply(0, units.size()).toSeq(),
            keep,
            ClassTag$.MODULE$.apply(Object.class));
    if (keep.measured) {
      onCost.accept(keep.nanos);
    }
    return keep.ordered;
  }

  /** Takes the one element of a partition, on the executor. No lambda; see {@link UnitRdd}. */
  private static final class Result<R extends Serializable>
      extends AbstractFunction2<TaskContext, Iterator<UnitRdd.Timed<R>>, UnitRdd.Timed<R>>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public UnitRdd.Timed<R> apply(TaskContext task, Iterator<UnitRdd.Timed<R>> results) {
      return results.next();
    }
  }

  /** Puts a result in its place, on the driver. */
  private static final class Keep<R extends Serializable>
      extends AbstractFunction2<Object, UnitRdd.Timed<R>, BoxedUnit> {
    private final List<R> ordered;
    private final Consumer<R> onResult;
    private boolean measured = true;
    private long nanos;

    Keep(int units, Consumer<R> onResult) {
      this.ordered = new ArrayList<>(Collections.nCopies(units, null));
      this.onResult = onResult;
    }

    @Override
    public BoxedUnit apply(Object index, UnitRdd.Timed<R> timed) {
      synchronized (ordered) {
        ordered.set((Integer) index, timed.result());
        measured &= timed.nanos() >= 0;
        nanos += Math.max(0, timed.nanos());
        onResult.accept(timed.result());
      }
      return BoxedUnit.UNIT;
    }
  }
}
