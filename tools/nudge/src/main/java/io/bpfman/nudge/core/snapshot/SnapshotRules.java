package io.bpfman.nudge.core.snapshot;

import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.Rule;
import io.bpfman.nudge.core.SnapshotRule;
import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.image.InvalidReferenceException;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.olm.Operand;
import io.bpfman.nudge.core.snapshot.Snapshot.Part;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The matched set: operator, agent and daemon are there, those of one repository were built from
 * one commit, and the bundle names exactly these images. Digests are compared, not repositories: a
 * release copies images to another registry.
 */
public final class SnapshotRules {
  private static final List<Operand> SET = List.of(Operand.OPERATOR, Operand.AGENT, Operand.BPFMAN);

  private final Snapshot snapshot;
  private final String name;
  private final List<Finding> findings = new ArrayList<>();

  private SnapshotRules(Snapshot snapshot, String name) {
    this.snapshot = snapshot;
    this.name = name;
  }

  /** Components and commits; nothing when the set matches. */
  public static List<Finding> images(Snapshot snapshot, String name, boolean commits) {
    SnapshotRules rules = new SnapshotRules(snapshot, name);
    SET.forEach(operand -> rules.present(operand.component()));
    rules.present(Operand.BUNDLE);
    if (commits) {
      rules.commits();
    }
    return List.copyOf(rules.findings);
  }

  /** What the bundle of the snapshot names. */
  public static List<Finding> bundle(Snapshot snapshot, Bundle bundle) {
    SnapshotRules rules = new SnapshotRules(snapshot, bundle.directory());
    Csv csv = bundle.csv();
    csv.containerImage().ifPresent(value -> rules.same(value, Operand.OPERATOR));
    List<Operand> found = new ArrayList<>();
    csv.containers().forEach(container -> rules.variables(container, found));
    bundle.objects().forEach(object -> rules.configMap(object, found));
    for (Operand operand : List.of(Operand.AGENT, Operand.BPFMAN)) {
      if (!found.contains(operand)) {
        rules.add(
            SnapshotRule.BUNDLE_SILENT,
            csv.root().place(),
            "names no image of %s: neither %s nor a ConfigMap with %s"
                .formatted(operand.component(), operand.variables(), operand.key()));
      }
    }
    return List.copyOf(rules.findings);
  }

  private void present(String component) {
    if (!snapshot.parts().containsKey(component)) {
      add(SnapshotRule.COMPONENT_MISSING, Place.of(name), "has no component " + component);
    }
  }

  private void commits() {
    Map<String, Map<String, String>> byUrl = new TreeMap<>();
    for (Operand operand : SET) {
      Part part = snapshot.parts().get(operand.component());
      if (part != null && !part.url().isEmpty() && !part.revision().isEmpty()) {
        byUrl
            .computeIfAbsent(part.url(), url -> new TreeMap<>())
            .put(operand.component(), part.revision());
      }
    }
    byUrl.forEach(
        (url, revisions) -> {
          if (revisions.values().stream().distinct().count() > 1) {
            add(
                SnapshotRule.MIXED_COMMITS,
                Place.of(name),
                "mixes commits of %s: %s".formatted(url, revisions));
          }
        });
  }

  private void variables(YamlValue container, List<Operand> found) {
    for (YamlValue variable : container.items("env")) {
      for (Operand operand : SET) {
        Optional<YamlValue> value = variable.get("value");
        if (operand.variables().contains(variable.text("name")) && value.isPresent()) {
          found.add(operand);
          same(value.get(), operand);
        }
      }
    }
  }

  private void configMap(YamlValue object, List<Operand> found) {
    for (Operand operand : SET) {
      if (!operand.key().isEmpty()) {
        object
            .get("data", operand.key())
            .ifPresent(
                value -> {
                  found.add(operand);
                  same(value, operand);
                });
      }
    }
  }

  private void same(YamlValue value, Operand operand) {
    Part part = snapshot.parts().get(operand.component());
    if (part == null) {
      return;
    }
    String digest;
    try {
      digest = ImageReference.parse(value.text().orElse("")).digest();
    } catch (InvalidReferenceException e) {
      throw value.refused(String.valueOf(e.getMessage()));
    }
    if (!digest.equals(part.image().digest())) {
      add(
          SnapshotRule.MIXED_SET,
          value.place(),
          "names %s, but the snapshot's %s is %s"
              .formatted(
                  digest.isEmpty() ? "no digest" : digest, part.name(), part.image().digest()));
    }
  }

  private void add(Rule rule, Place place, String message) {
    findings.add(new Finding(rule, place, message));
  }
}
