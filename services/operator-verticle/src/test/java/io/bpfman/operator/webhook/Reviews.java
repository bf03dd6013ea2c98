package io.bpfman.operator.webhook;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Bodies as an API server sends them. */
public final class Reviews {
  public static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String APPLICATION =
      """
      {"apiVersion": "bpfman.io/v1alpha1", "kind": "BpfApplication",
       "metadata": {"name": "app", "namespace": "blue", "finalizers": ["a/b"],
                    "managedFields": [{"manager": "kubectl", "fieldsV1": {"f:spec": {}}}]},
       "spec": {"nodeSelector": {}, "byteCode": {"image": {"url": "quay.io/a/b:c"}},
                "programs": [{"name": "counter", "type": "XDP", "xdp": {}}]}}
      """;

  private Reviews() {}

  /** A good BpfApplication. */
  public static ObjectNode application() {
    return (ObjectNode) JSON.readTree(APPLICATION);
  }

  /** One with two problems: its image and its second program. */
  public static ObjectNode badApplication() {
    return (ObjectNode)
        JSON.readTree(
            APPLICATION
                .replace("quay.io/a/b:c", "quay.io/A/b")
                .replace(
                    "\"programs\": [",
                    "\"programs\": [{\"name\": \"counter\", \"type\": \"XDP\", \"xdp\": {}},"));
  }

  public static byte[] create(JsonNode object) {
    return review("CREATE", object, JSON.nullNode());
  }

  public static byte[] update(JsonNode object, JsonNode oldObject) {
    return review("UPDATE", object, oldObject);
  }

  public static byte[] review(String operation, JsonNode object, JsonNode oldObject) {
    ObjectNode root = JSON.createObjectNode();
    root.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
    ObjectNode request = root.putObject("request");
    request.put("uid", "705ab4f5").put("operation", operation).put("name", "app");
    JsonNode shown = object.isNull() ? oldObject : object;
    request
        .putObject("kind")
        .put("group", "bpfman.io")
        .put("version", "v1alpha1")
        .put("kind", shown.path("kind").asString(""));
    request.put("dryRun", true).putObject("options").put("kind", "CreateOptions");
    request.putObject("userInfo").put("username", "jane").putObject("extra");
    request.set("object", object);
    request.set("oldObject", oldObject);
    return JSON.writeValueAsBytes(root);
  }
}
