package io.bpfman.api.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ObjectValidatorTest {
  private static final String GOOD =
      """
      {"apiVersion": "bpfman.io/v1alpha1", "kind": "BpfApplication",
       "metadata": {"name": "app", "namespace": "blue", "fieldOfTheFuture": {"a": 1}},
       "spec": {"nodeSelector": {}, "fieldOfTheFuture": 1,
                "byteCode": {"image": {"url": "quay.io/a/b:c"}},
                "globalData": {"limit": [1, 0, 0, 0], "rate": "AQAAAA=="},
                "programs": [{"name": "counter", "type": "XDP", "xdp": {}}]}}
      """;

  private static List<FieldProblem> problems(String json) {
    JsonNode object = JsonMapper.shared().readTree(json);
    return ObjectValidator.validate(object.get("kind").stringValue(), object);
  }

  @Test
  void anObjectWithFieldsOfANewerServerIsGood() {
    assertEquals(List.of(), problems(GOOD));
  }

  @Test
  void problemsHaveFieldReasonAndWords() {
    String secret =
        """
        "url": "quay.io/a/b:c", "imagePullSecret": {"name": "login", "namespace": "red"}
        """;
    assertEquals(
        List.of(
            new FieldProblem(
                "spec.byteCode.image.imagePullSecret.namespace",
                "\"red\" is not the application's own namespace \"blue\"",
                FieldReason.FORBIDDEN)),
        problems(GOOD.replace("\"url\": \"quay.io/a/b:c\"", secret)));
  }

  @Test
  void anObjectWithoutSpecLacksIt() {
    FieldProblem missing = new FieldProblem("spec", "is required", FieldReason.REQUIRED);
    assertEquals(List.of(missing), problems("{\"kind\": \"Config\", \"metadata\": {}}"));
    assertEquals(List.of(missing), problems("{\"kind\": \"BpfApplication\", \"spec\": null}"));
  }

  @Test
  void whatDoesNotFitTheBeansIsAProblemAtItsPath() {
    FieldProblem problem = problems(GOOD.replace("\"XDP\"", "\"X\"")).getFirst();
    assertEquals("spec.programs[0].type", problem.path());
    assertTrue(problem.message().startsWith("cannot be read: "), problem.message());
    assertEquals("spec.globalData.rate", problems(GOOD.replace("AQAAAA==", "*")).getFirst().path());
  }

  @Test
  void otherKindsAreNotForThisValidator() {
    assertThrows(
        IllegalArgumentException.class, () -> problems("{\"kind\": \"Pod\", \"spec\": {}}"));
    assertEquals(
        List.of("ClusterBpfApplication", "BpfApplication", "Config"), ObjectValidator.kinds());
  }
}
