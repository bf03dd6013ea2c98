package io.bpfman.operator.adapter.k8s;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.operator.core.ManagedApplication;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastUsableSpecTest {
  private final KubernetesSerialization json = new KubernetesSerialization();
  private final LastUsableSpec last = new LastUsableSpec(json);
  private final ClusterBpfApplication object =
      json.unmarshal(
          """
          apiVersion: bpfman.io/v1alpha1
          kind: ClusterBpfApplication
          metadata:
            name: app
            uid: u-1
            generation: 3
            annotations: {other: x}
          spec:
            nodeSelector: {matchLabels: {zone: x}}
            byteCode: {path: /opt/x.o}
            globalData: {limit: AQAAAA==}
            programs: [{name: count, type: XDP, xdp: {}}]
          """,
          ClusterBpfApplication.class);
  private final ManagedApplication usable = ManagedApplication.of(object);

  @Test
  void whatIsWrittenForARefusedSpecIsReadAgain() {
    object
        .getMetadata()
        .setAnnotations(Map.of(LastUsableSpec.ANNOTATION, last.textFor(usable.refused(4, "no"))));
    LastUsableSpec.Kept kept = last.of(object).orElseThrow();
    assertEquals(3, kept.generation());
    assertEquals(json.asYaml(object.getSpec()), json.asYaml(kept.spec()));
    assertArrayEquals(new byte[] {1, 0, 0, 0}, kept.spec().getGlobalData().get("limit"));
  }

  @Test
  void nothingIsWrittenForASpecThatIsUsedOrForOneWithoutPredecessor() {
    assertEquals("", last.textFor(usable));
    assertEquals("", last.textFor(usable.refused(3, "no")));
  }

  @Test
  void whatDoesNotFitIntoAnAnnotationIsNotWritten() {
    object.getSpec().getGlobalData().put("table", new byte[160_000]);
    assertEquals("", last.textFor(usable.refused(4, "no")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"uid\":\"u-1\",\"generation\":3}",
        "{\"uid\":\"u-1\",\"generation\":3,\"spec\":\"x\"}",
        "{\"uid\":\"u-2\",\"generation\":3,\"spec\":{}}"
      })
  void whatIsDamagedOrOfAnotherObjectIsNone(String text) {
    object.getMetadata().setAnnotations(Map.of(LastUsableSpec.ANNOTATION, text));
    assertEquals(Optional.empty(), last.of(object));
  }

  @Test
  void ofAnObjectsAnnotationsOnlyThisOneIsKeptInMemory() {
    object.getMetadata().setAnnotations(Map.of("other", "x", LastUsableSpec.ANNOTATION, "{}"));
    LastUsableSpec.trim(object);
    assertEquals(Map.of(LastUsableSpec.ANNOTATION, "{}"), object.getMetadata().getAnnotations());
    object.getMetadata().setAnnotations(Map.of("other", "x"));
    LastUsableSpec.trim(object);
    assertTrue(LastUsableSpec.textOf(object).isEmpty());
  }
}
