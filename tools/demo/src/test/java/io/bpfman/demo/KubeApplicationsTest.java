package io.bpfman.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KubeApplicationsTest {
  @Test
  void theFirstConditionCounts() {
    String json =
        """
        {"apiVersion": "v1", "kind": "List", "items": [
          {"metadata": {"name": "app"}, "status": {"conditions": [
            {"type": "Error", "reason": "Error", "message": "1 of 2: \\"no\\"\\nand why"},
            {"type": "Success", "reason": "Success", "message": "old"}]}}]}
        """;
    assertEquals(
        Map.of("app", new Applications.State("Error", "1 of 2: \"no\"\nand why")),
        KubeApplications.parse(json));
  }

  @Test
  void whatTheOperatorHasNotSpokenOfIsAbsent() {
    String json =
        """
        {"items": [{"metadata": {"name": "a"}},
                   {"metadata": {"name": "b"}, "status": {"conditions": []}}]}
        """;
    assertEquals(Map.of(), KubeApplications.parse(json));
    assertEquals(Map.of(), KubeApplications.parse("{\"items\": []}"));
  }
}
