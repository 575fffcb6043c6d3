package io.memlake.jobs.hunt.sigma;

import io.memlake.jobs.hunt.indicator.Addresses;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/** What Spark SQL lacks for Sigma. */
final class SigmaFunctions {
  /** Patterns of this JVM; bounded by the rules that were given. */
  private static final ConcurrentHashMap<String, com.google.re2j.Pattern> PATTERNS =
      new ConcurrentHashMap<>();

  private SigmaFunctions() {}

  static void register(SparkSession session) {
    session.udf().register(SigmaCompiler.RE2, new Matches(), DataTypes.BooleanType);
    session.udf().register(SigmaCompiler.CIDR, new InRange(), DataTypes.BooleanType);
  }

  /** Whether an expression of RE2 is found in a text. */
  static final class Matches implements UDF2<String, String, Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean call(String text, String expression) {
      return text != null
          && PATTERNS
              .computeIfAbsent(expression, com.google.re2j.Pattern::compile)
              .matcher(text)
              .find();
    }
  }

  /** Whether an address lies in a range. */
  static final class InRange implements UDF2<String, String, Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean call(String address, String range) {
      return address != null && Addresses.isIn(address, range);
    }
  }
}
