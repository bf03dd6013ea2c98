package io.bpfman.operator.webhook.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.api.manifest.FieldProblem;
import io.bpfman.operator.webhook.Reviews;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class AdmissionTest {
  private static final List<String> BAD =
      List.of("spec.byteCode.image.url", "spec.programs[1].name");

  private static List<String> paths(byte[] body) throws MalformedReviewException {
    return Admission.problems(Review.read(body)).stream().map(FieldProblem::path).toList();
  }

  private static ObjectNode metadata(ObjectNode object) {
    return (ObjectNode) object.get("metadata");
  }

  private static void grow(ObjectNode object) {
    ((ArrayNode) object.at("/spec/programs"))
        .addObject()
        .put("name", "third")
        .put("type", "XDP")
        .putObject("xdp");
  }

  @Test
  void goodObjectsPassAndBadOnesFailWithEveryProblem() throws Exception {
    assertEquals(List.of(), paths(Reviews.create(Reviews.application())));
    assertEquals(BAD, paths(Reviews.create(Reviews.badApplication())));
    assertEquals(BAD, paths(Reviews.update(Reviews.badApplication(), Reviews.application())));
  }

  @Test
  void whatLeavesABadSpecAsItIsPasses() throws Exception {
    ObjectNode changed = Reviews.badApplication();
    metadata(changed).remove("finalizers");
    metadata(changed).putObject("labels").put("a", "b");
    changed.putObject("status").putArray("conditions");
    assertEquals(List.of(), paths(Reviews.update(changed, Reviews.badApplication())));
  }

  @Test
  void anObjectThatIsBeingDeletedPassesWhateverItBecomes() throws Exception {
    ObjectNode leaving = Reviews.badApplication();
    grow(leaving);
    metadata(leaving).put("deletionTimestamp", "2026-01-01T00:00:00Z");
    assertEquals(List.of(), paths(Reviews.update(leaving, Reviews.badApplication())));
    metadata(leaving).putNull("deletionTimestamp");
    assertEquals(BAD, paths(Reviews.update(leaving, Reviews.badApplication())));
  }

  @Test
  void aNameThatIsTooLongIsAProblemOnlyWhereItCanBeChanged() throws Exception {
    ObjectNode object = Reviews.application();
    metadata(object).put("name", "a".repeat(64));
    assertEquals(List.of("metadata.name"), paths(Reviews.create(object)));
    ObjectNode changed = object.deepCopy();
    grow(changed);
    assertEquals(List.of(), paths(Reviews.update(changed, object)));
  }

  @Test
  void deletionsSubresourcesAndOtherKindsPass() throws Exception {
    JsonNode nothing = Reviews.JSON.nullNode();
    assertEquals(List.of(), paths(Reviews.review("DELETE", nothing, Reviews.badApplication())));
    assertEquals(List.of(), paths(Reviews.create(Reviews.badApplication().put("kind", "Pod"))));
    String text = new String(Reviews.create(Reviews.badApplication()), UTF_8);
    String status = text.replace("\"operation\"", "\"subResource\":\"status\",\"operation\"");
    assertEquals(List.of(), paths(status.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{}",
        "null",
        "{\"apiVersion\": \"admission.k8s.io/v1beta1\", \"kind\": \"AdmissionReview\", \"request\": {}}",
        "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\"}",
        "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\", \"request\": {}}",
        "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\", \"request\": {\"uid\": [], \"operation\": {}}}",
        "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\", \"request\": {\"uid\": \"u\", \"operation\": \"CREATE\", \"kind\": 3}}"
      })
  void whatIsNoReviewIsMalformed(String body) {
    String message =
        assertThrows(MalformedReviewException.class, () -> Review.read(body.getBytes(UTF_8)))
            .getMessage();
    assertTrue(message.startsWith("the "), message);
  }

  @Test
  void jsonThatIsNestedWithoutEndIsMalformed() {
    byte[] deep = ("{\"a\":".repeat(100_000)).getBytes(UTF_8);
    assertThrows(MalformedReviewException.class, () -> Review.read(deep));
  }

  @Test
  void theAnswerNamesFieldsAndReasonsAndIsBounded() throws Exception {
    Review review = Review.read(Reviews.create(Reviews.badApplication()));
    List<FieldProblem> many =
        IntStream.range(0, 60)
            .mapToObj(i -> new FieldProblem("spec.a[" + i + "]", "x".repeat(2000)))
            .toList();
    JsonNode status =
        Reviews.JSON.readTree(ReviewAnswer.of(review.request(), many)).at("/response/status");
    assertEquals(50, status.at("/details/causes").size());
    assertEquals(1003, status.at("/details/causes/0/message").asString().length());
    assertTrue(status.get("message").asString().endsWith("; and 10 more"));
  }
}
