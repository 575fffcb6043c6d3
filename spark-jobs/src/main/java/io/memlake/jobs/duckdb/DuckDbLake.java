package io.memlake.jobs.duckdb;

import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.exit.EnvironmentException;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.lake.LakeSnapshot;
import io.memlake.jobs.query.Answer;
import io.memlake.jobs.query.LakeDatabase;
import io.memlake.jobs.query.NamedSql;
import io.memlake.jobs.query.QueryException;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import io.memlake.schemas.view.SqlDialect;
import io.memlake.schemas.view.View;
import io.memlake.schemas.view.Views;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.duckdb.DuckDBConnection;

/**
 * One case of a lake in an in-memory DuckDB. Before the first query the engine is told to open
 * nothing outside the lake's folder and to take no more settings.
 *
 * <p>That alone would let a statement write into the lake, for DuckDB grants a folder for reading
 * and writing together; {@link #askFreely} therefore takes nothing but a single SELECT.
 */
public final class DuckDbLake implements LakeDatabase {
  /** A query of a dashboard that needs more is the wrong query. */
  private static final String MEMORY_LIMIT = "1GB";

  private static final int TIMEOUT_SECONDS = 60;
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final LakeSnapshot lake;
  private final String caseId;
  private final DuckDBConnection connection;
  private final Set<String> defined = new HashSet<>();

  private DuckDbLake(LakeSnapshot lake, String caseId, DuckDBConnection connection) {
    this.lake = lake;
    this.caseId = caseId;
    this.connection = connection;
  }

  /**
   * Opens a case.
   *
   * @throws OperatorException when the lake is not on this machine's file system
   * @throws EnvironmentException when DuckDB does not run here
   */
  public static DuckDbLake open(LakeSnapshot lake, String caseId) {
    Path root = lake.layout().root();
    if (!Locations.isLocal(root)) {
      throw new OperatorException(
          "DuckDB reads lakes on this machine's file system, not "
              + Locations.text(root)
              + "; --engine spark reads all");
    }
    try {
      DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TimeZone = 'UTC'");
        // As Spark sorts, so that a query has one answer whoever is asked.
        statement.execute("SET default_null_order = 'nulls_first_on_asc_last_on_desc'");
        statement.execute("SET parquet_metadata_cache = true");
        statement.execute("SET memory_limit = '" + MEMORY_LIMIT + "'");
        statement.execute("SET temp_directory = ''");
        statement.execute("SET autoinstall_known_extensions = false");
        statement.execute("SET autoload_known_extensions = false");
        // The name is compared as it was asked for, with its patterns, and again as it is opened.
        String folder = root.toUri().getPath().replaceFirst("/*$", "/");
        statement.execute(
            "SET allowed_directories = ["
                + LakeTableSql.text(folder)
                + ", "
                + LakeTableSql.fileName(folder)
                + "]");
        statement.execute("SET enable_external_access = false");
        statement.execute("SET lock_configuration = true");
      }
      return new DuckDbLake(lake, caseId, connection);
    } catch (SQLException | UnsatisfiedLinkError | IllegalStateException e) {
      throw new EnvironmentException(
          "DuckDB does not run here: " + oneLine(e) + "; --engine spark needs none", e);
    }
  }

  @Override
  public String engine() {
    return "duckdb";
  }

  @Override
  public long rows(String table) {
    return Tables.find(table).isEmpty() ? 0 : lake.rows(table);
  }

  @Override
  public Answer ask(String sql, Map<String, Object> parameters, int maxRows) throws QueryException {
    NamedSql named = NamedSql.parse(sql);
    List<Object> values = new ArrayList<>();
    for (String name : named.names()) {
      values.add(parameters.get(name));
    }
    try {
      define(sql);
      return answer(named.positional(), values, maxRows);
    } catch (SQLException e) {
      throw new QueryException(oneLine(e), e);
    }
  }

  @Override
  public Answer askFreely(String sql, int maxRows) throws QueryException {
    try {
      Optional<String> objection = SelectOnly.objection(connection, sql);
      if (objection.isPresent()) {
        throw new QueryException(objection.get(), null);
      }
      define(sql);
      return answer(sql, List.of(), maxRows);
    } catch (SQLException e) {
      throw new QueryException(oneLine(e), e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // Nothing was ever written; there is nothing to lose.
      return;
    }
  }

  private Answer answer(String sql, List<Object> values, int maxRows) throws SQLException {
    try (Connection own = connection.duplicate();
        PreparedStatement statement = own.prepareStatement(sql)) {
      statement.setQueryTimeout(TIMEOUT_SECONDS);
      for (int at = 0; at < values.size(); at++) {
        statement.setObject(at + 1, values.get(at));
      }
      try (ResultSet result = statement.executeQuery()) {
        int count = result.getMetaData().getColumnCount();
        List<String> columns = new ArrayList<>(count);
        for (int column = 1; column <= count; column++) {
          columns.add(result.getMetaData().getColumnLabel(column));
        }
        List<List<Object>> rows = new ArrayList<>();
        while (rows.size() < maxRows && result.next()) {
          rows.add(DuckDbValue.row(result, count));
        }
        return new Answer(columns, rows, rows.size() == maxRows && result.next());
      }
    }
  }

  /**
   * Defines the tables and views that a statement names. A view over many files is not free, since
   * DuckDB reads all their footers for it.
   */
  private synchronized void define(String sql) throws SQLException {
    Matcher words = WORD.matcher(sql);
    while (words.find()) {
      String name = words.group().toLowerCase(Locale.ROOT);
      Optional<Table> table = Tables.find(name);
      if (table.isPresent()) {
        define(table.get());
      }
      Optional<View> view = Views.find(name);
      if (view.isPresent() && !defined.contains(name)) {
        for (String used : view.get().tables()) {
          define(Tables.byName(used));
        }
        execute(view.get().create(SqlDialect.DUCKDB));
        defined.add(name);
      }
    }
  }

  private void define(Table table) throws SQLException {
    if (defined.contains(table.name())) {
      return;
    }
    List<String> files =
        lake.files(table.name()).stream().map(file -> new Path(file).toUri().getPath()).toList();
    execute(LakeTableSql.create(table, files, columnsOf(files), caseId));
    defined.add(table.name());
  }

  private Set<String> columnsOf(List<String> files) throws SQLException {
    if (files.isEmpty()) {
      return Set.of();
    }
    return Set.copyOf(
        answer("SELECT * FROM " + LakeTableSql.source(files) + " LIMIT 0", List.of(), 1).columns());
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String oneLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("unknown");
  }
}
