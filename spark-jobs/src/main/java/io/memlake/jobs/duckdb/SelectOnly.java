package io.memlake.jobs.duckdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.duckdb.DuckDBConnection;

/**
 * Tells a single SELECT from everything else with DuckDB's own parser: its {@code
 * json_serialize_sql} takes no other statement.
 */
final class SelectOnly {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_LENGTH = 1 << 16;

  private SelectOnly() {}

  /** What is wrong with {@code sql}, or nothing. */
  static Optional<String> objection(DuckDBConnection connection, String sql) throws SQLException {
    if (sql.length() > MAX_LENGTH) {
      return Optional.of("The query is longer than " + MAX_LENGTH + " characters");
    }
    JsonNode parsed;
    try (Connection own = connection.duplicate();
        PreparedStatement statement =
            own.prepareStatement(
                "SELECT CAST(json_serialize_sql(CAST(? AS VARCHAR)) AS VARCHAR)")) {
      statement.setString(1, sql);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        parsed = JSON.readTree(result.getString(1));
      }
    } catch (JsonProcessingException e) {
      return Optional.of("The query cannot be understood");
    }
    if (parsed.path("error").asBoolean(true)) {
      String type = parsed.path("error_type").asText();
      return Optional.of(
          type.equals("not implemented")
              ? "Only a SELECT is accepted"
              : parsed.path("error_message").asText("The query cannot be understood"));
    }
    return parsed.path("statements").size() == 1
        ? Optional.empty()
        : Optional.of("Only one SELECT is accepted");
  }
}
