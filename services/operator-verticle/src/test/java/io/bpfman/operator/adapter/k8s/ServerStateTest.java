package io.bpfman.operator.adapter.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.bpfman.api.v1alpha1.ApplicationStateStatus;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ServerStateTest {
  private final KubernetesSerialization json = new KubernetesSerialization();

  @Test
  void aStatusThatDiffersInTimesAndCountOnlyIsTheSame() {
    assertEquals(
        digest(1, "2026-01-01T00:00:00Z", "all is well"),
        digest(2, "2026-01-01T00:00:05Z", "all is well"));
  }

  @Test
  void wordsThatLookLikeATimeOfTransitionCount() {
    String time = "\"lastTransitionTime\":\"%s\",";
    assertNotEquals(
        digest(1, "2026-01-01T00:00:00Z", time.formatted("now")),
        digest(1, "2026-01-01T00:00:00Z", time.formatted("then")));
  }

  @Test
  void withoutConditionsNothingIsSaid() {
    assertEquals(new UUID(0, 0), ServerState.digest(new ApplicationStateStatus(), json));
    assertEquals(new UUID(0, 0), ServerState.digest(null, json));
  }

  private UUID digest(long count, String time, String message) {
    String text =
        """
        {"updateCount": %d, "conditions": [{"type": "Success", "status": "True",
          "reason": "Success", "lastTransitionTime": "%s", "message": "%s"}]}"""
            .formatted(count, time, message.replace("\"", "\\\""));
    return ServerState.digest(json.unmarshal(text, ApplicationStateStatus.class), json);
  }
}
