package io.bpfman.nudge.core.generate;

import io.bpfman.nudge.core.yaml.YamlValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Admission webhooks as a ClusterServiceVersion describes them. OLM makes the Service, the
 * certificate and the configuration itself; it knows no {@code matchConditions}.
 */
final class WebhookDefinitions {
  /** Where OLM mounts {@code tls.crt} and {@code tls.key} in every container. */
  static final String CERTIFICATES = "/tmp/k8s-webhook-server/serving-certs";

  private static final List<String> SAME =
      List.of(
          "admissionReviewVersions",
          "failurePolicy",
          "matchPolicy",
          "objectSelector",
          "rules",
          "sideEffects",
          "timeoutSeconds");

  private final InstallObjects objects;

  WebhookDefinitions(InstallObjects objects) {
    this.objects = objects;
  }

  List<Object> all() {
    List<Object> all = new ArrayList<>();
    for (YamlValue configuration : objects.all(InstallObjects.WEBHOOKS)) {
      configuration.items("webhooks").forEach(webhook -> all.add(definition(webhook)));
    }
    return all;
  }

  private Map<String, Object> definition(YamlValue webhook) {
    Map<String, Object> definition = new TreeMap<>();
    for (String field : SAME) {
      webhook.get(field).ifPresent(value -> definition.put(field, value.plain()));
    }
    YamlValue port = port(webhook);
    definition.put("type", "ValidatingAdmissionWebhook");
    definition.put("generateName", webhook.text("name"));
    definition.put("deploymentName", InstallObjects.name(objects.deployment()));
    definition.put("containerPort", Fields.value(port, "port").plain());
    definition.put("targetPort", Fields.value(port, "targetPort").plain());
    definition.put("webhookPath", webhook.text("clientConfig", "service", "path"));
    return definition;
  }

  private YamlValue port(YamlValue webhook) {
    Object wanted =
        webhook
            .get("clientConfig", "service", "port")
            .map(YamlValue::plain)
            .orElse(BigInteger.valueOf(443));
    YamlValue service = objects.service(webhook);
    return service.items("spec", "ports").stream()
        .filter(port -> Fields.value(port, "port").plain().equals(wanted))
        .findFirst()
        .orElseThrow(() -> service.refused("has no port " + wanted));
  }
}
