package io.bpfman.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.api.v1alpha1.BpfApplication;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Applications that name a pull secret which cannot be used. */
@Tag("kube")
class KubernetesPullSecretIT extends KubernetesCase {
  private static final String FIELD = "spec.byteCode.image.imagePullSecret";
  private static final String MISSING =
      FIELD
          + ": there is no Secret \"login\" in namespace \"blue\";"
          + " \"kubectl create secret docker-registry\" makes one; ";

  @AfterEach
  void removeSecrets() {
    for (String namespace : List.of("blue", "red")) {
      kubernetes.secrets().inNamespace(namespace).withName("login").delete();
    }
  }

  private void applyWithSecretOf(String namespace) {
    kubernetes
        .resource(
            """
            apiVersion: bpfman.io/v1alpha1
            kind: BpfApplication
            metadata: {name: app, namespace: blue}
            spec:
              nodeSelector: {}
              byteCode:
                image:
                  url: registry.example.com/team/counters:1.0
                  imagePullSecret: {name: login, namespace: %s}
              programs: [{name: count, type: XDP, xdp: {}}]
            """
                .formatted(namespace))
        .serverSideApply();
  }

  private void secret(String namespace, String type) {
    kubernetes
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("login")
                .endMetadata()
                .withType(type)
                .withStringData(
                    type.equals("Opaque") ? Map.of() : Map.of(".dockerconfigjson", "{}"))
                .build())
        .create();
  }

  private String condition() {
    BpfApplication found = bpfman.applications().inNamespace("blue").withName("app").get();
    return found == null ? "gone" : describe(found);
  }

  private List<String> eventMessages() {
    return events("app").stream()
        .filter(event -> event.getType().equals("Warning"))
        .map(event -> event.getMessage())
        .toList();
  }

  @Test
  void aMissingOneIsNamedFirstInConditionEventAndStateUntilItIsThere() throws Exception {
    startOperator("a");
    FakeAgent agent = node("n1", "x");
    agent.failing.put("BpfApplication/blue/app", "no image");
    secret("red", "kubernetes.io/dockerconfigjson");
    applyWithSecretOf("blue");
    String cause = "n1 (VerifierRejected: no image)";
    String nodes = "0 of 1 selected nodes ready; failing: " + cause;
    soon().untilAsserted(() -> assertEquals("Error: " + MISSING + nodes, condition()));
    soon().untilAsserted(() -> assertEquals(List.of(MISSING + nodes), eventMessages()));
    var state = bpfman.applicationStates().inNamespace("blue").list().getItems().getFirst();
    assertEquals(
        MISSING + "VerifierRejected: no image",
        Objects.requireNonNull(state.getStatus()).getConditions().getFirst().getMessage());
    secret("blue", "kubernetes.io/dockerconfigjson");
    soon().untilAsserted(() -> assertEquals("Error: " + nodes, condition()));
  }

  @Test
  void whatRunsWithoutItGoesOnAndIsNoSuccess() throws Exception {
    startOperator("a");
    FakeAgent agent = node("n1", "x");
    applyWithSecretOf("blue");
    soon()
        .untilAsserted(
            () -> assertEquals("Error: " + MISSING + "1 of 1 selected nodes ready", condition()));
    assertEquals(List.of("BpfApplication/blue/app"), agent.keys());
    secret("blue", "kubernetes.io/dockerconfigjson");
    soon().until(() -> condition().equals("Success: 1 of 1 selected nodes ready"));
  }

  @Test
  void oneThatHoldsNoLoginIsNamedWithItsType() throws Exception {
    startOperator("a");
    node("n1", "x");
    secret("blue", "Opaque");
    applyWithSecretOf("blue");
    soon()
        .until(
            () ->
                condition()
                    .startsWith(
                        "Error: "
                            + FIELD
                            + ": Secret \"login\" in namespace \"blue\" has type Opaque;"
                            + " a pull secret has kubernetes.io/dockerconfigjson; "));
  }

  @Test
  void oneOfAnotherNamespaceIsRefusedByItsFieldWhetherItIsThereOrNot() throws Exception {
    startOperator("a");
    FakeAgent agent = node("n1", "x");
    secret("red", "kubernetes.io/dockerconfigjson");
    applyWithSecretOf("red");
    String refusal = FIELD + ".namespace: \"red\" is not the application's own namespace \"blue\"";
    soon().untilAsserted(() -> assertEquals("Error: " + refusal, condition()));
    soon().untilAsserted(() -> assertEquals(List.of(refusal), eventMessages()));
    assertEquals(List.of(), agent.keys());
  }

  @Test
  void withoutTheRightToReadItThatIsSaid() throws Exception {
    withRights(
        rules -> rules.replace("\"secrets\"", "\"nothing\""),
        () -> {
          startOperator("a");
          node("n1", "x");
          secret("blue", "kubernetes.io/dockerconfigjson");
          applyWithSecretOf("blue");
          soon()
              .until(
                  () ->
                      condition()
                          .startsWith(
                              "Error: "
                                  + FIELD
                                  + ": Secret \"login\" in namespace \"blue\" cannot be read: "));
        });
    soon().until(() -> condition().startsWith("Success"));
  }
}
