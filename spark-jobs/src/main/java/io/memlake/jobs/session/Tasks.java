package io.memlake.jobs.session;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
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
    JavaRDD<R> results = spark.parallelize(units, units.size()).map(work);
    List<R> ordered = new ArrayList<>(java.util.Collections.nCopies(units.size(), null));
    ClassTag<R> tag = ClassTag$.MODULE$.apply(Object.class);
    SparkContext context = spark.sc();
    Function1<Iterator<R>, R> first = (Function1<Iterator<R>, R> & Serializable) Iterator::next;
    Function2<Object, R, BoxedUnit> keep =
        (index, result) -> {
          synchronized (ordered) {
            ordered.set((Integer) index, result);
            onResult.accept(result);
          }
          return BoxedUnit.UNIT;
        };
    context.runJob(results.rdd(), first, keep, tag);
    return ordered;
  }
}
