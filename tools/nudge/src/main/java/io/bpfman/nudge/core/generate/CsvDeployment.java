package io.bpfman.nudge.core.generate;

import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.olm.Operand;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The operator's deployment with pinned images. */
final class CsvDeployment {
  /** Fixed ids: OpenShift gives each namespace its own, elsewhere the image says who it runs as. */
  private static final List<String> IDS = List.of("runAsUser", "runAsGroup", "fsGroup");

  private final YamlValue deployment;
  private final Map<Operand, ImageReference> images;
  private final boolean certificates;
  private final Set<Operand> used = EnumSet.noneOf(Operand.class);

  CsvDeployment(YamlValue deployment, Map<Operand, ImageReference> images, boolean certificates) {
    this.deployment = deployment;
    this.images = images;
    this.certificates = certificates;
  }

  /** Name, labels and specification; refuses when one of the images is used nowhere. */
  Map<String, Object> build() {
    YamlValue podTemplate = Fields.value(deployment, "spec", "template");
    Map<String, Object> pod = Fields.required(podTemplate, "spec");
    Map<String, Object> security = Fields.below(podTemplate, "spec", "securityContext");
    IDS.forEach(security::remove);
    pod.put("securityContext", security);
    pod.put(
        "containers",
        podTemplate.items("spec", "containers").stream().map(this::container).toList());
    requireAllUsed();
    Map<String, Object> template = Fields.copy(podTemplate);
    template.put("spec", pod);
    Map<String, Object> spec = Fields.required(deployment, "spec");
    spec.put("template", template);
    return new TreeMap<>(
        Map.of(
            "name", InstallObjects.name(deployment),
            "label", Fields.below(deployment, "metadata", "labels"),
            "spec", spec));
  }

  private Map<String, Object> container(YamlValue container) {
    Map<String, Object> copy = Fields.copy(container);
    List<Object> variables = new ArrayList<>();
    container.items("env").forEach(variable -> variables.add(variable(variable)));
    ImageReference operator = images.get(Operand.OPERATOR);
    if (operator != null && isOf(container.text("image"), operator.repository())) {
      used.add(Operand.OPERATOR);
      copy.put("image", operator.toString());
      if (certificates) {
        variables.add(
            new TreeMap<>(
                Map.of("name", "BPFMAN_CERT_DIR", "value", WebhookDefinitions.CERTIFICATES)));
      }
    }
    copy.put("env", variables);
    return copy;
  }

  private Object variable(YamlValue variable) {
    String name = variable.text("name");
    for (Map.Entry<Operand, ImageReference> image : images.entrySet()) {
      if (image.getKey().variables().contains(name)) {
        used.add(image.getKey());
        return new TreeMap<>(Map.of("name", name, "value", image.getValue().toString()));
      }
    }
    return variable.plain();
  }

  private void requireAllUsed() {
    for (Map.Entry<Operand, ImageReference> image : images.entrySet()) {
      if (!used.contains(image.getKey())) {
        throw deployment.refused(
            "uses %s nowhere: no container of its repository and no variable of %s"
                .formatted(image.getValue(), image.getKey().variables()));
      }
    }
  }

  private static boolean isOf(String image, String repository) {
    return ImageReference.find(image)
        .filter(reference -> reference.repository().equals(repository))
        .isPresent();
  }
}
