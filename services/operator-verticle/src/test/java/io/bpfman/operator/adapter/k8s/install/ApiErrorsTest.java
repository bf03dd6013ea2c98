package io.bpfman.operator.adapter.k8s.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.operator.core.install.ObjectRef;
import io.bpfman.operator.core.install.Outcome.Failed;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiErrorsTest {
  private static final ObjectRef OBJECT = new ObjectRef("v1", "ConfigMap", "bpfman", "x");

  private static KubernetesClientException refusal(int code, String words) {
    return new KubernetesClientException(
        "Failure executing: " + words,
        code,
        new StatusBuilder().withCode(code).withMessage(words).build());
  }

  @ParameterizedTest
  @CsvSource({
    "403, Forbidden, k8s/base",
    "404, NotFound, namespace",
    "409, Conflict, tried again",
    "422, Refused, words",
    "429, TooManyRequests, overloaded",
    "500, ApiError, tried again"
  })
  void aRefusalHasAReasonItsWordsAndWhatComesNext(int code, String reason, String told) {
    Failed failed = ApiErrors.failed(OBJECT, refusal(code, "the words"));
    assertEquals(reason, failed.reason());
    assertTrue(failed.message().contains(told), failed.message());
  }

  @Test
  void aServerThatCannotBeReachedIsToldWithTheFirstCause() {
    Failed failed =
        ApiErrors.failed(
            OBJECT,
            new KubernetesClientException(
                "An error has occurred.", new IOException("x", new IOException("no route"))));
    assertEquals("Unreachable", failed.reason());
    assertTrue(failed.message().contains("no route"), failed.message());
  }

  @ParameterizedTest
  @CsvSource({
    "422, 'spec.selector: Invalid value: field is immutable', true",
    "422, 'roleRef: Invalid value: cannot change roleRef', true",
    "422, 'spec.template.spec.containers[0].name: Required value', false",
    "403, 'field is immutable', false"
  })
  void onlyAFixedFieldMakesAnObjectNew(int code, String words, boolean immutable) {
    assertEquals(immutable, ApiErrors.isImmutable(refusal(code, words)));
  }
}
