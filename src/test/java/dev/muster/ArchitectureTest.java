package dev.muster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.web.bind.annotation.RestController;

/** The shape that newcomers may rely on. */
@AnalyzeClasses(packages = "dev.muster", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule ONLY_RULES_USES_DROOLS =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.muster.rules")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.drools..", "org.kie..");

  @ArchTest
  static final ArchRule ONLY_PROCESS_USES_THE_CAMUNDA_CLIENT =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.muster.process")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.camunda..");

  @ArchTest
  static final ArchRule ONLY_CALLOUT_SENDS_REQUESTS =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.muster.callout")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.hc..", "java.net.http..");

  @ArchTest
  static final ArchRule TIME_IS_ASKED_OF_THE_CLOCK =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now");

  @ArchTest
  static final ArchRule THE_SYSTEM_CLOCK_IS_READ_IN_ONE_PLACE =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.muster.Muster")
          .should()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone");

  @ArchTest
  static final ArchRule CONTROLLERS_ARE_NOBODYS_BUSINESS =
      classes().that().areAnnotatedWith(RestController.class).should().bePackagePrivate();

  @Test
  void modulesKeepToTheirNeighbours() {
    ApplicationModules.of(Muster.class).verify();
  }
}
