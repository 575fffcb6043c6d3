package io.memlake.testdata;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The machine is built from the bottom up, and shares nothing with the engine that reads it. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.memlake.testdata");

  @Test
  void nothingKnowsTheEngine() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.memlake.engine..", "io.memlake.jobs..", "org.apache.spark..", "org.apache.hadoop..")
        .check(CLASSES);
  }

  @Test
  void packagesDependOnlyOnThoseBelow() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("layout")
        .definedBy("..testdata.layout..")
        .layer("image")
        .definedBy("..testdata.image..")
        .layer("pe")
        .definedBy("..testdata.pe..")
        .layer("memory")
        .definedBy("..testdata.memory..")
        .layer("kernel")
        .definedBy("..testdata.kernel..")
        .layer("objects")
        .definedBy("..testdata.objects..")
        .layer("truth")
        .definedBy("..testdata.truth..")
        .layer("process")
        .definedBy("..testdata.process..")
        .layer("machine")
        .definedBy("..testdata.machine..")
        .layer("above")
        .definedBy("..testdata.damage..", "..testdata.golden..", "..testdata.fleet..")
        .whereLayer("above")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("machine")
        .mayOnlyBeAccessedByLayers("above")
        .whereLayer("process")
        .mayOnlyBeAccessedByLayers("machine", "above")
        .whereLayer("objects")
        .mayOnlyBeAccessedByLayers("process", "machine", "above")
        .whereLayer("kernel")
        .mayOnlyBeAccessedByLayers("objects", "process", "machine", "above")
        .whereLayer("memory")
        .mayOnlyBeAccessedByLayers("kernel", "objects", "process", "machine", "above")
        .check(CLASSES);
  }
}
