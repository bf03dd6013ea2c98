package io.bpfman.operator.adapter.k8s;

import io.bpfman.api.v1alpha1.ApplicationStateStatus;
import io.bpfman.api.v1alpha1.ApplicationStatus;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bodies of JSON merge patches (RFC 7386). What a bean leaves out is removed on the server. */
final class StatusPatches {
  private static final List<String> STATE_FIELDS =
      List.of("observedGeneration", "conditions", "programs");
  private static final List<String> APPLICATION_FIELDS =
      List.of("observedGeneration", "conditions", "nodes", "failures");

  private final KubernetesSerialization json;

  StatusPatches(KubernetesSerialization json) {
    this.json = json;
  }

  /**
   * @param updateCount in place of the status's own
   */
  String state(ApplicationStateStatus status, long updateCount) {
    Map<String, @Nullable Object> fields = fields(status, STATE_FIELDS);
    fields.put("updateCount", updateCount);
    return json.asJson(Map.of("status", fields));
  }

  String application(ApplicationStatus status) {
    return json.asJson(Map.of("status", fields(status, APPLICATION_FIELDS)));
  }

  /** Refused by the server when the object has another version by now. */
  String finalizers(List<String> finalizers, String version) {
    return json.asJson(
        Map.of("metadata", Map.of("resourceVersion", version, "finalizers", finalizers)));
  }

  /**
   * @param text empty removes it
   */
  String annotation(String name, String text) {
    Map<String, @Nullable Object> annotations = new LinkedHashMap<>();
    annotations.put(name, text.isEmpty() ? null : text);
    return json.asJson(Map.of("metadata", Map.of("annotations", annotations)));
  }

  private Map<String, @Nullable Object> fields(Object status, List<String> optional) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    optional.forEach(name -> fields.put(name, null));
    Map<String, Object> present = json.convertValue(status, Map.class);
    fields.putAll(present);
    return fields;
  }
}
