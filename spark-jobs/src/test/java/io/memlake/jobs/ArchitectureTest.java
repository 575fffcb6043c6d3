package io.memlake.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Encoders;

@AnalyzeClasses(packages = "io.memlake.jobs", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** A static overwrite of a partitioned table that fails half-way leaves no host at all. */
  @ArchTest
  static final ArchRule NO_OVERWRITE_OF_SHARED_TABLES =
      noClasses()
          .should()
          .callMethod(DataFrameWriter.class, "mode", String.class)
          .orShould()
          .callMethod(DataFrameWriter.class, "mode", org.apache.spark.sql.SaveMode.class)
          .orShould()
          .callMethod(DataFrameWriter.class, "save")
          .orShould()
          .callMethod(DataFrameWriter.class, "save", String.class)
          .orShould()
          .callMethod(DataFrameWriter.class, "insertInto", String.class)
          .orShould()
          .callMethod(DataFrameWriter.class, "saveAsTable", String.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(DataFrameWriterV2.class);

  /** Results of queries, which go to a new folder outside the lake. */
  @ArchTest
  static final ArchRule ONLY_QUERY_RESULTS_ARE_WRITTEN_AS_DATA_FRAMES =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.memlake.jobs.sql.QueryResult")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(DataFrameWriter.class);

  /** Records come out of these as empty rows, without an error. */
  @ArchTest
  static final ArchRule RECORDS_DO_NOT_CROSS_A_SPARK_BORDER =
      noClasses().should().dependOnClassesThat().areAssignableTo(Encoders.class);

  @ArchTest
  static final ArchRule NO_KRYO =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("com.esotericsoftware..");

  @ArchTest
  static final ArchRule TASK_BODIES_DO_NOT_SEE_SPARK =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..jobs.task..",
              "..jobs.plan..",
              "..jobs.lake..",
              "..jobs.evidence..",
              "..jobs.hunt.rule..",
              "..jobs.hunt.run..",
              "..jobs.hunt.indicator..",
              "..jobs.hunt.yara..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..");

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_KNOWS_PICOCLI =
      classes()
          .that()
          .resideInAPackage("picocli..")
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAnyPackage("io.memlake.jobs.cli..", "picocli..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule JOBS_DO_NOT_KNOW_THE_COMMAND_LINE =
      noClasses()
          .that()
          .resideOutsideOfPackage("..jobs.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..jobs.cli..", "picocli..");

  @ArchTest
  static final ArchRule STREAMS_ARE_WRITTEN_BY_THE_COMMAND_LINE =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static void theRulesSeeTheProgram(JavaClasses program) {
    assertThat(program.size()).isGreaterThan(100);
  }
}
