package io.bpfman.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.bpfman.testkit.violations.core.Impure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureRulesTest {
  private static final JavaClasses IMPURE = new ClassFileImporter().importClasses(Impure.class);

  @ParameterizedTest
  @ValueSource(
      strings = {"io.bpfman.model", "io.bpfman.contract", "io.bpfman.runtime", "io.bpfman.testkit"})
  void theSharedModulesKeepTheRules(String packageName) {
    ArchitectureRules.check(packageName);
  }

  @Test
  void aPackageWithoutClassesIsAnError() {
    assertThrows(AssertionError.class, () -> ArchitectureRules.check("io.bpfman.absent"));
  }

  @Test
  void aClassThatBreaksTheRulesIsNamedWithTheReason() {
    violated(ArchitectureRules.coreIsPure(), "without a machine");
    violated(ArchitectureRules.coreKeepsNoTime(), "every decision can be repeated");
    violated(ArchitectureRules.nobodySleeps(), "stops an event loop");
    violated(ArchitectureRules.everyMainLeavesTheUsersLanguage(), "eastern digits");
    violated(ArchitectureRules.lettersChangeCaseAlikeEverywhere(), "Locale.ROOT");
    violated(ArchitectureRules.optionalIsForResults(), "@Nullable or an overload");
  }

  @Test
  void everyRuleSaysWhy() {
    assertEquals(
        0,
        ArchitectureRules.all().stream()
            .filter(rule -> !rule.getDescription().contains("because"))
            .count());
  }

  private static void violated(ArchRule rule, String reason) {
    String report = rule.evaluate(IMPURE).getFailureReport().toString();
    assertTrue(report.contains("Impure"), report);
    assertTrue(report.contains(reason), report);
  }
}
