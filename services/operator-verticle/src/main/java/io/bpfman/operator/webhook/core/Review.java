package io.bpfman.operator.webhook.core;

import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the API server asks.
 *
 * @param request without its objects
 * @param object as it would be; missing for a deletion
 * @param oldObject as it is; missing for a creation
 */
public record Review(AdmissionRequest request, JsonNode object, JsonNode oldObject) {
  static final String API_VERSION = "admission.k8s.io/v1";
  static final String KIND = "AdmissionReview";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /**
   * Reads the body of the API server's request.
   *
   * @throws MalformedReviewException for anything that is not an AdmissionReview of version v1
   */
  public static Review read(byte[] body) throws MalformedReviewException {
    try {
      return read(MAPPER.readTree(body));
    } catch (JacksonException e) {
      throw new MalformedReviewException(
          "the body is no JSON of an AdmissionReview: " + e.getOriginalMessage(), e);
    }
  }

  private static Review read(JsonNode root) throws MalformedReviewException {
    if (!API_VERSION.equals(root.path("apiVersion").asString(""))
        || !KIND.equals(root.path("kind").asString(""))) {
      throw new MalformedReviewException(
          "the body must be an " + KIND + " of " + API_VERSION, null);
    }
    if (!(root.path("request") instanceof ObjectNode request)) {
      throw new MalformedReviewException("the " + KIND + " has no request", null);
    }
    JsonNode object = take(request, "object");
    JsonNode oldObject = take(request, "oldObject");
    request.remove("options");
    AdmissionRequest envelope = MAPPER.treeToValue(root, AdmissionReview.class).getRequest();
    if (envelope.getUid() == null
        || envelope.getOperation() == null
        || envelope.getKind() == null) {
      throw new MalformedReviewException("the request needs uid, operation and kind", null);
    }
    return new Review(envelope, object, oldObject);
  }

  private static JsonNode take(ObjectNode request, String name) {
    JsonNode value = request.remove(name);
    return value == null || value.isNull() ? MissingNode.getInstance() : value;
  }
}
