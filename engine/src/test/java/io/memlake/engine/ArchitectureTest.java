package io.memlake.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The shape of the engine: data flows one way through the layers. */
class ArchitectureTest {
  private static final String ENGINE = "io.memlake.engine.";

  /** In the order in which data flows; a layer may use those before it. */
  private static final List<String> LAYERS =
      List.of(
          "bytes",
          "compression",
          "physical",
          "image",
          "paging",
          "pe",
          "symbols",
          "kernel",
          "objects",
          "scan",
          "artifacts",
          "extract");

  /** Names that say nothing about what a package is for. */
  private static final Set<String> EMPTY_WORDS =
      Set.of("util", "utils", "common", "helper", "helpers", "manager", "managers", "impl", "misc");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.memlake.engine");

  @Test
  void everyLayerDependsOnlyOnThoseBeforeIt() {
    for (int i = 0; i < LAYERS.size(); i++) {
      String[] later =
          LAYERS.subList(i + 1, LAYERS.size()).stream()
              .map(layer -> ENGINE + layer + "..")
              .toArray(String[]::new);
      if (later.length > 0) {
        noClasses()
            .that()
            .resideInAPackage(ENGINE + LAYERS.get(i) + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(later)
            .because("data flows " + String.join(" -> ", LAYERS))
            .allowEmptyShould(true)
            .check(CLASSES);
      }
    }
  }

  @Test
  void everyPackageBelongsToALayer() {
    Set<String> found = new TreeSet<>();
    CLASSES.stream()
        .map(type -> type.getPackageName())
        .filter(name -> name.startsWith(ENGINE))
        .map(name -> name.substring(ENGINE.length()).split("\\.", 2)[0])
        .forEach(found::add);
    assertThat(found).isNotEmpty().isSubsetOf(LAYERS);
  }

  @Test
  void theEngineNeverSeesSparkOrHadoop() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.spark..", "org.apache.hadoop..", "scala..", "org.apache.parquet..")
        .because("the engine reads one host on one thread and runs anywhere")
        .check(CLASSES);
  }

  @Test
  void noPackageHasAnEmptyName() {
    Set<String> words = new TreeSet<>();
    CLASSES.stream()
        .flatMap(type -> List.of(type.getPackageName().split("\\.")).stream())
        .forEach(words::add);
    assertThat(words).doesNotContainAnyElementsOf(EMPTY_WORDS);
  }

  @Test
  void classesAreNotInheritedFromUnlessTheySaySo() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areNotAnonymousClasses()
        .and()
        .areNotAssignableTo(Throwable.class)
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .because("values are records, services are final classes")
        .check(CLASSES);
  }
}
