package io.bpfman.nudge.core.simulate;

import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.yaml.YamlFile;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be played. As YAML: {@code changes} (a list of {@code at}, {@code commit} and {@code
 * files}), {@code builds} (seconds by component), {@code build}, {@code merge} and {@code batch}
 * (seconds).
 */
public record Scenario(List<Change> changes, Timing timing) {
  private static final long DAY = 86_400;
  private static final long TEN_YEARS = 3_650 * DAY;

  /** Seconds that upstream quotes for its builds; a nudge is merged after ten minutes. */
  public static final Timing USUAL =
      new Timing(
          Map.of("bpfman", 1_200L, "bpfman-operator-bundle", 180L, "bpfman-operator-catalog", 180L),
          600,
          600,
          900);

  /**
   * Reads a scenario.
   *
   * @throws UnusableInputException when a field is missing, unknown or no number of its range
   */
  public static Scenario parse(YamlFile file) {
    if (file.documents().size() != 1) {
      throw new UnusableInputException(
          Place.of(file.name()),
          "has %d documents; expected one scenario".formatted(file.documents().size()));
    }
    YamlValue root = file.documents().getFirst();
    known(root, Set.of("changes", "builds", "build", "merge", "batch"));
    Map<String, Long> builds = new LinkedHashMap<>(USUAL.builds());
    root.get("builds")
        .ifPresent(all -> all.fields().forEach((name, v) -> builds.put(name, seconds(v, DAY))));
    Timing timing =
        new Timing(
            Map.copyOf(builds),
            field(root, "build", USUAL.build()),
            field(root, "merge", USUAL.merge()),
            field(root, "batch", USUAL.batch()));
    List<Change> changes = new ArrayList<>();
    root.items("changes").forEach(change -> changes.add(change(change)));
    if (changes.isEmpty()) {
      throw root.refused("has no list changes; expected entries with at, commit and files");
    }
    return new Scenario(List.copyOf(changes), timing);
  }

  private static Change change(YamlValue value) {
    known(value, Set.of("at", "commit", "files"));
    Set<String> files = new LinkedHashSet<>();
    value.items("files").forEach(file -> file.text().ifPresent(files::add));
    if (files.isEmpty()) {
      throw value.refused("has no list files");
    }
    long at = seconds(value.get("at").orElseThrow(() -> value.refused("has no at")), TEN_YEARS);
    return new Change(at, value.text("commit"), files);
  }

  private static void known(YamlValue value, Set<String> names) {
    if (!value.isObject()) {
      throw value.refused("is no object");
    }
    value
        .fields()
        .forEach(
            (name, field) -> {
              if (!names.contains(name)) {
                throw field.refused("is unknown; expected " + names.stream().sorted().toList());
              }
            });
  }

  private static long field(YamlValue root, String name, long usual) {
    return root.get(name).map(value -> seconds(value, DAY)).orElse(usual);
  }

  private static long seconds(YamlValue value, long most) {
    String text = value.text().orElse("");
    long seconds = text.matches("[0-9]{1,12}") ? Long.parseLong(text) : -1;
    if (seconds < 0 || seconds > most) {
      throw value.refused("\"%s\" is no number of seconds from 0 to %d".formatted(text, most));
    }
    return seconds;
  }
}
