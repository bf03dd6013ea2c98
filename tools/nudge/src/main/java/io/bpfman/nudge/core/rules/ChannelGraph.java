package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.CatalogRule;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The upgrade edges of one channel: one head, from which every entry is reached or skipped. */
final class ChannelGraph {
  private final YamlValue channel;
  private final Map<String, YamlValue> entries;
  private final Findings findings;
  private final Set<String> skipped = new HashSet<>();

  ChannelGraph(YamlValue channel, Map<String, YamlValue> entries, Findings findings) {
    this.channel = channel;
    this.entries = entries;
    this.findings = findings;
    entries
        .values()
        .forEach(
            entry -> entry.items("skips").forEach(skip -> skipped.add(skip.text().orElse(""))));
  }

  void check() {
    Set<String> heads = new HashSet<>(entries.keySet());
    entries.values().forEach(entry -> heads.remove(entry.text("replaces")));
    heads.removeAll(skipped);
    if (heads.size() == 1) {
      walk(heads.iterator().next());
    } else {
      findings.add(
          CatalogRule.CATALOG_CHANNEL_HEAD,
          channel.place(),
          "has %d heads %s; let each entry but one be replaced or skipped by another"
              .formatted(heads.size(), heads.stream().sorted().toList()));
    }
  }

  /** As model.go: it ends at what is not there or is skipped by somebody. */
  private void walk(String head) {
    Set<String> reached = new HashSet<>();
    String name = head;
    for (YamlValue entry = entries.get(name);
        entry != null && reached.add(name) && !skipped.contains(name);
        entry = entries.get(name)) {
      name = entry.text("replaces");
      findings.expect(
          !reached.contains(name),
          CatalogRule.CATALOG_CHANNEL_CYCLE,
          entry.place(),
          "replaces %s, from which it is reached; break the circle".formatted(name));
    }
    entries.entrySet().stream()
        .filter(entry -> !reached.contains(entry.getKey()) && !skipped.contains(entry.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                findings.add(
                    CatalogRule.CATALOG_STRANDED,
                    entry.getValue().place(),
                    "%s leads nowhere; let something on the way from the head %s replace it"
                        .formatted(entry.getKey(), head)));
  }
}
