package io.memlake.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.memlake.schemas",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule dependsOnJdkAndAvroOnly =
      classes()
          .that()
          .resideInAPackage("io.memlake.schemas..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.apache.avro..", "io.memlake.schemas..");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("io.memlake.schemas.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule rowsAreGeneratedAndKnowNothing =
      classes()
          .that()
          .resideInAPackage("io.memlake.schemas.row")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.apache.avro..", "io.memlake.schemas.row");
}
