package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.CrossRule;
import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.graph.SourceTree;
import io.bpfman.nudge.core.graph.Topology;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.olm.Operand;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The labels of the bundle's image say the same as its annotations.yaml. OLM believes the file,
 * registries and other tools show the labels.
 */
public final class LabelRules {
  private static final String CATALOG = "bpfman-operator-catalog";
  private static final String CONFIGS = "operators.operatorframework.io.index.configs.v1";

  private LabelRules() {}

  /** Findings for the Containerfile that the bundle's PipelineRun builds; none without one. */
  public static List<Finding> check(Bundle bundle, SourceTree tree, Topology topology) {
    Findings findings = new Findings();
    containerfile(Operand.BUNDLE, tree, topology)
        .ifPresent(path -> compare(bundle, path, labels(tree.text(path)), findings));
    containerfile(CATALOG, tree, topology)
        .ifPresent(path -> catalog(path, labels(tree.text(path)), findings));
    return findings.list();
  }

  private static Optional<String> containerfile(
      String component, SourceTree tree, Topology topology) {
    return topology
        .push(component)
        .map(trigger -> trigger.run().param("dockerfile"))
        .filter(tree.files()::contains);
  }

  private static void catalog(String path, Map<String, String> labels, Findings findings) {
    findings.expect(
        labels.getOrDefault(CONFIGS, "").startsWith("/"),
        CrossRule.CATALOG_LABEL,
        Place.of(path),
        "has no label %s with the directory of the catalog; write LABEL %s=/configs"
            .formatted(CONFIGS, CONFIGS));
  }

  private static void compare(
      Bundle bundle, String path, Map<String, String> labels, Findings findings) {
    Map<String, YamlValue> annotations =
        bundle.annotations().map(YamlValue::fields).orElse(Map.of());
    Set<String> names = new TreeSet<>(annotations.keySet());
    names.addAll(labels.keySet());
    names.removeIf(name -> !name.startsWith(Bundle.PREFIX));
    for (String name : names) {
      String said = text(annotations.get(name));
      String label = labels.getOrDefault(name, "");
      findings.expect(
          label.equals(said) || isDefaultChannel(name, label),
          CrossRule.IMAGE_LABEL,
          Place.of(path),
          "has the label %s=%s, but the annotations of %s say \"%s\"; let both say the same"
              .formatted(name, label, bundle.directory(), said));
    }
  }

  private static String text(@Nullable YamlValue value) {
    return value == null ? "" : value.text().orElse("");
  }

  /** The default channel need not be a label. */
  private static boolean isDefaultChannel(String name, String label) {
    return name.endsWith("channel.default.v1") && label.isEmpty();
  }

  /** One label a line, as our Containerfiles have them. */
  private static Map<String, String> labels(String containerfile) {
    Map<String, String> labels = new HashMap<>();
    containerfile
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("LABEL "))
        .map(line -> line.substring("LABEL ".length()).split("=", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> labels.put(parts[0].strip(), parts[1].strip().replace("\"", "")));
    return labels;
  }
}
