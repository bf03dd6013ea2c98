package io.bpfman.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * The dependency rules of the design, each with its reason. A module checks itself with one test:
 *
 * <pre>{@code
 * @Test
 * void theDesignsRulesHold() {
 *   ArchitectureRules.check("io.bpfman.agent");
 * }
 * }</pre>
 */
public final class ArchitectureRules {
  private static final String RUNTIME = "io.bpfman.runtime..";
  private static final String CORE = "..core..";
  private static final List<String> SERVICES =
      List.of("io.bpfman.loader", "io.bpfman.agent", "io.bpfman.operator", "io.bpfman.console");

  private ArchitectureRules() {}

  /**
   * Checks the main classes on the class path below {@code packageName}; all rules, with every
   * violation in the error.
   *
   * @throws AssertionError also when there are no classes below that package
   */
  public static void check(String packageName) {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(packageName);
    if (classes.isEmpty()) {
      throw new AssertionError("no classes below package " + packageName);
    }
    List<String> violations =
        all().stream()
            .map(rule -> rule.allowEmptyShould(true).evaluate(classes))
            .filter(result -> result.hasViolation())
            .map(result -> result.getFailureReport().toString())
            .toList();
    if (!violations.isEmpty()) {
      throw new AssertionError(String.join("\n\n", violations));
    }
  }

  /** Every rule. */
  public static List<ArchRule> all() {
    return List.of(
        nativeAccessInOnePlace(),
        kubernetesClientInOnePlace(),
        hazelcastInOnePlace(),
        coreIsPure(),
        coreKeepsNoTime(),
        modelNeedsTheJdkOnly(),
        servicesDoNotKnowOneAnother(),
        onlyMainReadsTheEnvironment(),
        onlyRuntimeMakesVertx(),
        poolsAndThreadsInFewPlaces(),
        nobodySleeps(),
        everyMainLeavesTheUsersLanguage(),
        lettersChangeCaseAlikeEverywhere(),
        packagesAreNullMarked(),
        optionalIsForResults());
  }

  static ArchRule nativeAccessInOnePlace() {
    return noClasses()
        .that()
        .resideOutsideOfPackages("io.bpfman.loader.adapter.libbpf..", "io.bpfman.testkit..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jnr.ffi..")
        .because("a wrong native call kills the process, so all of them are reviewed in one place");
  }

  static ArchRule kubernetesClientInOnePlace() {
    return noClasses()
        .that()
        .resideOutsideOfPackages("..adapter.k8s..", "io.bpfman.api..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8.kubernetes.client..")
        .because("decisions must be testable without an API server, and work standalone");
  }

  static ArchRule hazelcastInOnePlace() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(RUNTIME)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster.hazelcast..")
        .because("services speak over the bus; who carries it must stay replaceable");
  }

  static ArchRule coreIsPure() {
    return noClasses()
        .that()
        .resideInAPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "..adapter..", "java.sql..", "jnr..", "io.netty..")
        .because("decisions are tested in milliseconds, without a machine");
  }

  static ArchRule coreKeepsNoTime() {
    return noClasses()
        .that()
        .resideInAPackage(CORE)
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .because("time and chance are passed in, so that every decision can be repeated");
  }

  static ArchRule modelNeedsTheJdkOnly() {
    return ArchRuleDefinition.classes()
        .that()
        .resideInAPackage("io.bpfman.model..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.bpfman.model..", "java..", "org.jspecify..")
        .because("everything else depends on the model");
  }

  static ArchRule servicesDoNotKnowOneAnother() {
    return ArchRuleDefinition.classes()
        .should(
            new ArchCondition<>("not depend on another service") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                service(type).ifPresent(own -> foreign(type, own, events));
              }
            })
        .because("services meet on the bus and on the socket, in the types of shared/contract");
  }

  static ArchRule onlyMainReadsTheEnvironment() {
    return noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Main")
        .and()
        .resideOutsideOfPackage("io.bpfman.testkit..")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .because("what a class depends on is seen in its constructor");
  }

  static ArchRule onlyRuntimeMakesVertx() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(RUNTIME, "io.bpfman.testkit..", "io.bpfman.bench..")
        .and()
        .haveSimpleNameNotEndingWith("Main")
        .should()
        .callMethod(Vertx.class, "vertx")
        .orShould()
        .callMethod(Vertx.class, "vertx", VertxOptions.class)
        .orShould()
        .callMethod(Vertx.class, "builder")
        .orShould()
        .callMethod(Vertx.class, "clusteredVertx", VertxOptions.class)
        .because("one instance per process, made where it is also closed");
  }

  static ArchRule poolsAndThreadsInFewPlaces() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            RUNTIME,
            "io.bpfman.testkit..",
            "io.bpfman.bench..",
            "io.bpfman.loader.adapter.libbpf..")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Executors.class)
        .orShould()
        .callConstructor(Thread.class, Runnable.class)
        .because("threads nobody knows of outlive a stop; setns needs its own, in one class");
  }

  static ArchRule nobodySleeps() {
    return noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", Duration.class)
        .because("a sleep is either too short or too long, and stops an event loop");
  }

  static ArchRule everyMainLeavesTheUsersLanguage() {
    return ArchRuleDefinition.classes()
        .should(
            new ArchCondition<>("call Locale.setDefault before anything else in main") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                type.tryGetMethod("main", String[].class)
                    .filter(main -> !startsWithLocale(main))
                    .ifPresent(
                        main ->
                            events.add(SimpleConditionEvent.violated(main, main.getFullName())));
              }
            })
        .because(
            "the format of numbers follows the user's language: eastern digits in file names and"
                + " decimal commas in JSON, which no other program reads");
  }

  private static boolean startsWithLocale(JavaMethod main) {
    return main.getCallsFromSelf().stream()
        .min(Comparator.comparingInt(JavaAccess::getLineNumber))
        .filter(first -> first.getTargetOwner().isEquivalentTo(Locale.class))
        .filter(first -> first.getName().equals("setDefault"))
        .isPresent();
  }

  static ArchRule lettersChangeCaseAlikeEverywhere() {
    return noClasses()
        .should()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .because("in Turkish the small letter of I is no i; name the locale, Locale.ROOT");
  }

  static ArchRule packagesAreNullMarked() {
    return ArchRuleDefinition.classes()
        .that()
        .resideOutsideOfPackage("io.bpfman.proto..")
        .should(
            new ArchCondition<>("be in a package with @NullMarked") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                boolean marked =
                    type.getPackage().tryGetPackageInfo().stream()
                        .anyMatch(
                            info -> info.isAnnotatedWith("org.jspecify.annotations.NullMarked"));
                if (!marked) {
                  events.add(SimpleConditionEvent.violated(type, type.getName() + " is not"));
                }
              }
            })
        .because("NullAway checks marked packages only");
  }

  static ArchRule optionalIsForResults() {
    return methods()
        .that()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .and()
        .areDeclaredInClassesThat()
        .areNotAnonymousClasses()
        .should(
            new ArchCondition<>("not take an Optional") {
              @Override
              public void check(JavaMethod method, ConditionEvents events) {
                boolean takes =
                    method.getRawParameterTypes().stream()
                        .anyMatch(type -> type.isEquivalentTo(Optional.class));
                if (takes && !method.getName().startsWith("lambda$")) {
                  events.add(SimpleConditionEvent.violated(method, method.getFullName()));
                }
              }
            })
        .because("an absent argument is @Nullable or an overload");
  }

  private static Optional<String> service(JavaClass type) {
    return SERVICES.stream()
        .filter(name -> (type.getPackageName() + ".").startsWith(name + "."))
        .findFirst();
  }

  private static void foreign(JavaClass type, String own, ConditionEvents events) {
    type.getDirectDependenciesFromSelf().stream()
        .filter(
            dependency ->
                service(dependency.getTargetClass())
                    .filter(other -> !other.equals(own))
                    .isPresent())
        .forEach(
            dependency ->
                events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
  }
}
