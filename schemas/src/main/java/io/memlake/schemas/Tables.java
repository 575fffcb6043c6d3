package io.memlake.schemas;

import io.memlake.schemas.row.AddressSpaceRow;
import io.memlake.schemas.row.ChunkRow;
import io.memlake.schemas.row.CodePatchRow;
import io.memlake.schemas.row.CodeVoteRow;
import io.memlake.schemas.row.CompressedPageRow;
import io.memlake.schemas.row.DesktopRow;
import io.memlake.schemas.row.EnvironmentVariableRow;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.EvidenceRow;
import io.memlake.schemas.row.FindingRow;
import io.memlake.schemas.row.HandleRow;
import io.memlake.schemas.row.HostRow;
import io.memlake.schemas.row.HuntCoverageRow;
import io.memlake.schemas.row.ImageQualityRow;
import io.memlake.schemas.row.InjectionRow;
import io.memlake.schemas.row.IocMatchRow;
import io.memlake.schemas.row.JobRow;
import io.memlake.schemas.row.KernelModuleRow;
import io.memlake.schemas.row.ModuleRow;
import io.memlake.schemas.row.PagePrevalenceRow;
import io.memlake.schemas.row.PageRow;
import io.memlake.schemas.row.ProcessRow;
import io.memlake.schemas.row.RunRow;
import io.memlake.schemas.row.RunStepRow;
import io.memlake.schemas.row.SessionRow;
import io.memlake.schemas.row.SigmaMatchRow;
import io.memlake.schemas.row.ThreadRow;
import io.memlake.schemas.row.TokenGroupRow;
import io.memlake.schemas.row.TokenPrivilegeRow;
import io.memlake.schemas.row.TokenRow;
import io.memlake.schemas.row.VadRow;
import io.memlake.schemas.row.YaraMatchRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** The register of all tables: the one place to add one. */
public final class Tables {
  /** The evidence, the run, and the machine as it ran. */
  private static final List<Table> MACHINE =
      Stream.of(
              EvidenceRow.getClassSchema(),
              HostRow.getClassSchema(),
              RunRow.getClassSchema(),
              RunStepRow.getClassSchema(),
              ErrorRow.getClassSchema(),
              ImageQualityRow.getClassSchema(),
              ChunkRow.getClassSchema(),
              PageRow.getClassSchema(),
              AddressSpaceRow.getClassSchema(),
              CompressedPageRow.getClassSchema(),
              ProcessRow.getClassSchema(),
              ThreadRow.getClassSchema(),
              JobRow.getClassSchema(),
              SessionRow.getClassSchema(),
              DesktopRow.getClassSchema(),
              ModuleRow.getClassSchema(),
              VadRow.getClassSchema(),
              InjectionRow.getClassSchema(),
              EnvironmentVariableRow.getClassSchema(),
              HandleRow.getClassSchema(),
              TokenRow.getClassSchema(),
              TokenGroupRow.getClassSchema(),
              TokenPrivilegeRow.getClassSchema(),
              KernelModuleRow.getClassSchema(),
              FindingRow.getClassSchema(),
              IocMatchRow.getClassSchema(),
              YaraMatchRow.getClassSchema(),
              SigmaMatchRow.getClassSchema(),
              HuntCoverageRow.getClassSchema(),
              PagePrevalenceRow.getClassSchema(),
              CodePatchRow.getClassSchema(),
              CodeVoteRow.getClassSchema())
          .map(Table::of)
          .toList();

  private static final List<Table> ALL =
      Stream.of(MACHINE, ProcessMemoryTables.ALL, KernelTables.ALL, TraceTables.ALL)
          .flatMap(List::stream)
          .toList();

  private static final Map<String, Table> BY_NAME =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Table::name, Function.identity()));

  private static final Map<String, Table> BY_ROW =
      ALL.stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  table -> table.avro().getFullName(), Function.identity()));

  private Tables() {}

  /** All tables, from what was put in to what was found. */
  public static List<Table> all() {
    return ALL;
  }

  /** Names of all tables, in the order of {@link #all}. */
  public static List<String> names() {
    return ALL.stream().map(Table::name).toList();
  }

  /** The table of that name, if there is one. */
  public static Optional<Table> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /**
   * The table of that name.
   *
   * @throws IllegalArgumentException when there is none; the message lists those there are
   */
  public static Table byName(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No table \"" + name + "\"; there are: " + String.join(" ", names())));
  }

  /**
   * The table that rows of a type belong to.
   *
   * @throws IllegalArgumentException when the type is not the row of a table
   */
  public static Table ofRow(Class<? extends SpecificRecord> rowType) {
    return ofSchema(rowType.getName());
  }

  /**
   * The table that a row belongs to.
   *
   * @throws IllegalArgumentException when the row is of no table
   */
  public static Table of(SpecificRecord row) {
    Schema schema = row.getSchema();
    return ofSchema(schema.getFullName());
  }

  private static Table ofSchema(String fullName) {
    Table table = BY_ROW.get(fullName);
    if (table == null) {
      throw new IllegalArgumentException(fullName + " is not the row type of a table");
    }
    return table;
  }
}
