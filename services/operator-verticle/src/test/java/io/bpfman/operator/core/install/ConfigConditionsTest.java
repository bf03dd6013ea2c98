package io.bpfman.operator.core.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.api.v1alpha1.ConfigStatus;
import io.bpfman.operator.core.install.ConfigConditions.Verdict;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfigConditionsTest {
  private static final ObjectRef OBJECT = new ObjectRef("v1", "ConfigMap", "bpfman", "x");
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant T1 = Instant.parse("2026-01-02T00:00:00Z");

  private static GenericKubernetesResource daemonSet(Map<String, Object> status) {
    GenericKubernetesResource set = Trees.template("daemon-set.yaml");
    set.getMetadata().setGeneration(2L);
    set.setAdditionalProperty("status", status);
    return set;
  }

  @Test
  void allObjectsInPlaceIsTrueAndSaysWhatIsLeftToUsers() {
    Verdict verdict =
        ConfigConditions.applied(
            List.of(
                new Outcome.Created(OBJECT),
                new Outcome.Unchanged(OBJECT),
                new Outcome.Unmanaged(OBJECT)));
    assertTrue(verdict.good());
    assertEquals(
        "2 objects are as configured, 1 are left to their user by spec.overrides",
        verdict.message());
  }

  @Test
  void failuresAreNamedWithTheirCausesAndCounted() {
    List<Outcome> outcomes =
        IntStream.range(0, 7)
            .<Outcome>mapToObj(i -> new Outcome.Failed(OBJECT, "Forbidden", "no " + i))
            .toList();
    Verdict verdict = ConfigConditions.applied(outcomes);
    assertFalse(verdict.good());
    assertEquals("Forbidden", verdict.reason());
    assertTrue(verdict.message().startsWith("ConfigMap bpfman/x: no 0; "), verdict.message());
    assertTrue(verdict.message().endsWith("and 2 more"), verdict.message());
  }

  @Test
  void podsAreCounted() {
    Map<String, Object> some =
        Map.of(
            "observedGeneration", 2,
            "desiredNumberScheduled", 5,
            "numberAvailable", 3,
            "updatedNumberScheduled", 4);
    assertEquals(
        "3 of 5 pods are available, 4 are up to date",
        ConfigConditions.available(daemonSet(some)).message());
    assertFalse(ConfigConditions.available(daemonSet(some)).good());
  }

  @Test
  void aDaemonSetThatNoNodeIsChosenForIsNotAvailable() {
    Verdict none = ConfigConditions.available(daemonSet(Map.of("observedGeneration", 2)));
    assertFalse(none.good());
    assertEquals("NoNodes", none.reason());
    assertTrue(none.message().contains("spec.daemon.nodeSelector"), none.message());
  }

  @Test
  void whatKubernetesHasNotSeenIsUnknownAndWhatIsMissingIsFalse() {
    assertNull(ConfigConditions.available(daemonSet(Map.of("observedGeneration", 1))).good());
    assertFalse(ConfigConditions.available(null).good());
  }

  @Test
  void theTimeOfAConditionChangesWithItsStatusOnly() {
    ConfigStatus first =
        ConfigConditions.status(null, 1, List.of(new Verdict("Applied", true, "A", "m")), T0);
    ConfigStatus same =
        ConfigConditions.status(first, 1, List.of(new Verdict("Applied", true, "A", "m")), T1);
    assertTrue(ConfigConditions.isSame(first, same));
    ConfigStatus other =
        ConfigConditions.status(first, 2, List.of(new Verdict("Applied", false, "B", "m")), T1);
    assertFalse(ConfigConditions.isSame(first, other));
    assertEquals(2, other.getObservedGeneration());
    assertEquals("2026-01-02T00:00:00Z", other.getConditions().getFirst().getLastTransitionTime());
  }

  @Test
  void anEndlessMessageIsCutToWhatKubernetesTakes() {
    ConfigStatus status =
        ConfigConditions.status(
            null, 1, List.of(new Verdict("Applied", false, "A", "x".repeat(50_000))), T0);
    assertEquals(32_768, status.getConditions().getFirst().getMessage().length());
  }
}
